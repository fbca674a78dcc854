"""What a column writes of a person, and records: one function for each kind of column."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.importers.offices import ways
from tests.importers.offices.people import Person
from tests.importers.offices.ways import Cell

if TYPE_CHECKING:
    from tests.importers.offices.sheet import Sheet


def fact(sheet: Sheet, person: Person, field: str, value: Any) -> None:
    """A field of the row in `people`, where the file says it."""
    if value:
        sheet.case.person(person)[field] = value


def level(
    sheet: Sheet, person: Person, competency: str, value: str | None, subject: str | None = None, **more: Any
) -> None:
    if value:
        row = {"person": person.key, "competency": competency, "level": value, "field": subject}
        held = {(row["person"], row["competency"]) for row in sheet.case.tables["qualifications"]}
        if (person.key, competency) not in held:
            sheet.case.add("qualifications", **row, **more)


def name(sheet: Sheet, person: Person, kind: str) -> Cell:
    return Cell(ways.untidy(sheet.draw, person.name) if sheet.untidy else person.name)


def family(sheet: Sheet, person: Person, kind: str) -> Cell:
    return Cell(person.name.rsplit(" ", 1)[0])


def given(sheet: Sheet, person: Person, kind: str) -> Cell:
    return Cell(person.name.rsplit(" ", 1)[1])


def sex(sheet: Sheet, person: Person, kind: str) -> Cell:
    return Cell("Nam" if person.sex == "M" else "Nữ")


def woman(sheet: Sheet, person: Person, kind: str) -> Cell:
    return Cell("x" if person.sex == "F" else None)


def birth(sheet: Sheet, person: Person, kind: str) -> Cell:
    return ways.date_cell(sheet.draw, person.birth)


def birth_of_man(sheet: Sheet, person: Person, kind: str) -> Cell:
    return birth(sheet, person, kind) if person.sex == "M" else Cell()


def birth_of_woman(sheet: Sheet, person: Person, kind: str) -> Cell:
    return birth(sheet, person, kind) if person.sex == "F" else Cell()


def birth_part(place: int) -> Callable[[Sheet, Person, str], Cell]:
    def part(sheet: Sheet, person: Person, kind: str) -> Cell:
        parts = ways.numbers(person.birth)
        return Cell(parts[place] if place < len(parts) else None)

    return part


def age(sheet: Sheet, person: Person, kind: str) -> Cell:
    return Cell(f"=2026-{person.birth[:4]}")


def native(sheet: Sheet, person: Person, kind: str) -> Cell:
    fact(sheet, person, "native_place", list(person.native))
    return Cell(ways.place_text(sheet.draw, *person.native, sheet.province))


def ethnicity(sheet: Sheet, person: Person, kind: str) -> Cell:
    fact(sheet, person, "ethnicity", person.ethnicity)
    return Cell(person.ethnicity)


def party(sheet: Sheet, person: Person, kind: str) -> Cell:
    fact(sheet, person, "party_since", person.party)
    return ways.date_cell(sheet.draw, person.party) if person.party else Cell()


def party_full(sheet: Sheet, person: Person, kind: str) -> Cell:
    fact(sheet, person, "party_full_since", person.party_full)
    return ways.date_cell(sheet.draw, person.party_full) if person.party_full else Cell()


def unit(sheet: Sheet, person: Person, kind: str) -> Cell:
    key = person.posts[-1].unit
    return Cell(next(row["name"] for row in sheet.case.tables["units"] if row["id"] == key))


def post(sheet: Sheet, person: Person, kind: str) -> Cell:
    """The post alone; since when is in a column of its own, or nowhere."""
    for one in person.posts:
        sheet.case.serve(person, one, "since" in sheet.kinds)
    return Cell(person.say)


def party_post(sheet: Sheet, person: Person, kind: str) -> Cell:
    """Posts in the party beside the state post, in a column of their own."""
    for one in person.party_posts:
        sheet.case.serve(person, one, False)
    return Cell(", ".join(one.title for one in person.party_posts))


def dated_post(sheet: Sheet, person: Person, kind: str) -> Cell:
    """The post as free text, with its date in it."""
    for one in person.posts:
        sheet.case.serve(person, one, True)
    dates = [one.since for one in person.posts if one.since]
    return Cell(f"{person.say} {ways.since_text(sheet.draw, dates[-1])}".replace(" ,", ",") if dates else person.say)


def since(sheet: Sheet, person: Person, kind: str) -> Cell:
    dates = [one.since for one in person.posts if one.since]
    return ways.since_cell(sheet.draw, dates[-1]) if dates else Cell()


def degree(sheet: Sheet, person: Person, kind: str) -> Cell:
    level(sheet, person, "degree", person.degree, person.subject)
    return Cell(ways.degree_text(sheet.draw, person.degree, person.subject) if person.degree else None)


def theory(sheet: Sheet, person: Person, kind: str) -> Cell:
    level(sheet, person, "theory", person.theory)
    return Cell(ways.word(sheet.draw, "theory", person.theory))


def state(sheet: Sheet, person: Person, kind: str) -> Cell:
    level(sheet, person, "state_management", person.state)
    return Cell(ways.word(sheet.draw, "state", person.state))


def tick(sheet: Sheet, person: Person, kind: str) -> Cell:
    """A column for one level or class of a year, with a tick for those who have it: "tick:theory:CC"."""
    _, what, value = kind.split(":")
    if what.isdecimal():
        rated = person.ratings.get(int(what))
        if rated == value:
            sheet.case.add("ratings", person=person.key, year=int(what), rating=value)
        return Cell("x" if rated == value else None)
    held = getattr(person, what)
    if held != value:
        return Cell()
    if what == "degree":
        level(sheet, person, "degree", value, person.subject)
        return Cell(person.subject)  # in the column of the degree stands its field
    level(sheet, person, {"state": "state_management"}.get(what, what), value)
    return Cell("x")


def language(sheet: Sheet, person: Person, kind: str) -> Cell:
    level(sheet, person, "foreign_language", person.language)
    return Cell(person.language)


def computing(sheet: Sheet, person: Person, kind: str) -> Cell:
    level(sheet, person, "it", person.it)
    return Cell(person.it)


def levels(sheet: Sheet, person: Person, kind: str) -> Cell:
    """Degree, theory and state management in one cell."""
    texts = [degree(sheet, person, kind).value, theory(sheet, person, kind).value, state(sheet, person, kind).value]
    return Cell(sheet.draw.choice(["; ", "; ", ";\n", " - "]).join(text for text in texts if text and len(text) > 1))


def rating(sheet: Sheet, person: Person, kind: str) -> Cell:
    year = int(kind.split(":")[1])
    value = person.ratings.get(year)
    if value is None:
        return Cell()
    if person.cells.get(kind) is None:
        sheet.case.add("ratings", person=person.key, year=year, rating=value)
    return Cell(ways.word(sheet.draw, "rating", value))


def ratings(sheet: Sheet, person: Person, kind: str) -> Cell:
    """The classes of several years in one cell."""
    for year, value in person.ratings.items():
        sheet.case.add("ratings", person=person.key, year=year, rating=value)
    written = [(year, ways.word(sheet.draw, "rating", value).strip()) for year, value in person.ratings.items()]
    shape, between = sheet.draw.choice(
        [("{0}: {1}", "; "), ("{0}: {1}", "; "), ("Năm {0}: {1}", "\n"), ("{0} {1}", ", "), ("{1} ({0})", "; ")]
    )
    return Cell(between.join(shape.format(year, word) for year, word in written))


def pools(sheet: Sheet, person: Person, kind: str) -> Cell:
    """The planned posts, each with its decision where no other column has it."""
    apart = "decision" in sheet.kinds
    for pool in person.pools:
        sheet.case.plan(person, pool, shows_decision=True, shows_status="proposal" in sheet.kinds)
    between = sheet.draw.choice(["; ", ";\n", "\n"])
    return Cell(
        between.join(
            pool.say if apart else ways.decided(sheet.draw, pool.say, pool.decision, pool.on) for pool in person.pools
        )
    )


def decision(sheet: Sheet, person: Person, kind: str) -> Cell:
    if not person.pools or person.pools[-1].decision is None:
        return Cell()
    pool = person.pools[-1]
    number, on = pool.decision, pool.on
    return Cell(
        sheet.draw.choice(
            [f"Số {number} ngày {on}", f"QĐ {number}, {on}", f"{number}\n({on})", f"Quyết định số {number} ngày {on}"]
        )
    )


def proposal(sheet: Sheet, person: Person, kind: str) -> Cell:
    return Cell(person.proposal)


def note(sheet: Sheet, person: Person, kind: str) -> Cell:
    return Cell(person.note)


def phone(sheet: Sheet, person: Person, kind: str) -> Cell:
    number = f"09{sheet.draw.randrange(10**8):08}"
    return sheet.draw.choice([Cell(number), Cell(int(number)), Cell(f"{number[:4]}.{number[4:7]}.{number[7:]}")])


def identity(sheet: Sheet, person: Person, kind: str) -> Cell:
    return Cell(f"0310{sheet.draw.randrange(10**8):08}", "@")


WRITERS: dict[str, Callable[[Sheet, Person, str], Cell]] = {
    "name": name,
    "family": family,
    "given": given,
    "sex": sex,
    "woman": woman,
    "birth": birth,
    "birth M": birth_of_man,
    "birth F": birth_of_woman,
    "day": birth_part(2),
    "month": birth_part(1),
    "year": birth_part(0),
    "age": age,
    "native": native,
    "ethnicity": ethnicity,
    "party": party,
    "party_full": party_full,
    "unit": unit,
    "post": post,
    "post+": dated_post,
    "party_post": party_post,
    "since": since,
    "degree": degree,
    "theory": theory,
    "tick": tick,
    "state": state,
    "language": language,
    "it": computing,
    "levels": levels,
    "rating": rating,
    "ratings": ratings,
    "pools": pools,
    "planned": pools,
    "carried": lambda sheet, person, kind: Cell(),
    "decision": decision,
    "proposal": proposal,
    "note": note,
    "phone": phone,
    "identity": identity,
    "discipline": lambda sheet, person, kind: Cell(),
    "retires": lambda sheet, person, kind: Cell(),
    "kin": lambda sheet, person, kind: Cell(),
    "blank": lambda sheet, person, kind: Cell(),
}
