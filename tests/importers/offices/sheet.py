"""A sheet as an office lays it out: titles, headings, sections, rows, footers. A column writes and records one fact."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.importers.offices import ways
from tests.importers.offices.case import Case
from tests.importers.offices.people import Person
from tests.importers.offices.ways import Cell


@dataclass(frozen=True)
class Column:
    """A column: what it holds, its heading, and the heading above it where two rows head the list."""

    kind: str
    heading: str
    above: str | None = None
    hidden: bool = False


class Sheet:
    """Writes one list into a worksheet, from column `left` on, and tells the case what it wrote."""

    def __init__(
        self, sheet: Worksheet, case: Case, columns: Sequence[Column], draw: Random, left: int = 1, untidy: bool = True
    ) -> None:
        self.sheet, self.case, self.columns, self.draw, self.left = sheet, case, columns, draw, left
        self.kinds = {column.kind for column in columns}
        self.row = 1
        self.untidy = untidy
        self.province = "Đông Giang"
        self.open_merge: dict[str, tuple[int, Any]] = {}
        self.year_of_heading = 2025

    # ------------------------------------------------------------ plain cells
    def letter(self, kind: str) -> str:
        return get_column_letter(self.left + [column.kind for column in self.columns].index(kind))

    @property
    def right(self) -> int:
        return self.left + len(self.columns) - 1

    def put(self, row: int, column: int, cell: Cell, struck: bool = False) -> None:
        if cell.value is None or cell.value == "":
            return
        target = self.sheet.cell(row, column, cell.value)
        if cell.shown:
            target.number_format = cell.shown
        if cell.quote:
            target.quotePrefix = True
        target.alignment = Alignment(wrap_text=True, vertical="center")
        if struck:
            target.font = Font(strike=True)

    def line(
        self, text: str, column: int | None = None, until: int | None = None, bold: bool = False, skip: int = 1
    ) -> str:
        """A free text on the present row, merged as far as `until`; the address of its cell."""
        column = column or self.left
        target = self.sheet.cell(self.row, column, text)
        target.font = Font(bold=bold)
        if until and until > column:
            self.sheet.merge_cells(start_row=self.row, start_column=column, end_row=self.row, end_column=until)
        address = target.coordinate
        self.row += skip
        return address

    def titles(self, left: Sequence[str], right: Sequence[str], middle: Sequence[str], first: int = 1) -> None:
        """Head of the paper: the office at the left, the motto at the right, what the list is below."""
        half = self.left + len(self.columns) // 2
        for number, (texts, column, until) in enumerate([(left, self.left, half - 1), (right, half, self.right)]):
            self.row = first
            for text in texts:
                self.line(text, column, until, bold=number == 1)
        self.row = first + max(len(left), len(right)) + 1
        for text in middle:
            self.line(text, self.left, self.right, bold=True)
        self.row += 1

    def headings(self, numbers: bool = False) -> None:
        """One or two rows of headings, merged as offices do."""
        top = self.row
        two = any(column.above for column in self.columns)
        start = self.left
        for offset, column in enumerate(self.columns):
            place = self.left + offset
            if column.above:
                self.sheet.cell(top + 1, place, column.heading).font = Font(bold=True)
                if offset == 0 or self.columns[offset - 1].above != column.above:
                    start = place
                    self.sheet.cell(top, place, column.above).font = Font(bold=True)
                last = offset + 1 == len(self.columns) or self.columns[offset + 1].above != column.above
                if last and place > start:
                    self.sheet.merge_cells(start_row=top, start_column=start, end_row=top, end_column=place)
            else:
                self.sheet.cell(top, place, column.heading).font = Font(bold=True)
                if two:
                    self.sheet.merge_cells(start_row=top, start_column=place, end_row=top + 1, end_column=place)
            if column.hidden:
                self.sheet.column_dimensions[get_column_letter(place)].hidden = True
        self.row += 2 if two else 1
        if numbers:
            for offset in range(len(self.columns)):
                self.sheet.cell(self.row, self.left + offset, f"({offset + 1})")
            self.row += 1

    def section(self, text: str, number: str | None = None, merged: bool = True) -> None:
        """A row that heads a block: its number in the first column, or everything in one cell."""
        place = self.left
        if number is not None:
            self.sheet.cell(self.row, place, number).font = Font(bold=True)
            place += 1
        self.line(text, place, self.right if merged else None, bold=True)

    def doubt(self, cell: str, kind: str, read_as: str | None, must: bool, why: str, also: Sequence[str] = ()) -> None:
        value = self.sheet[cell].value
        self.case.add(
            "doubts",
            sheet=self.sheet.title,
            cell=cell,
            also=list(also),
            value=None if value is None else str(value),
            kind=kind,
            why=why,
            read_as=read_as,
            must=must,
        )

    # ------------------------------------------------------------ people
    def person(self, person: Person, number: Any = None, **cells: Any) -> None:
        """One row; `cells` or the person's own `cells` say what is written instead of one of the usual ways."""
        self.case.person(person)
        written = person.cells | {
            kind: value if isinstance(value, Cell) else Cell(value) for kind, value in cells.items()
        }
        written |= {kind: Cell(value) for kind, value in written.items() if not isinstance(value, Cell)}
        for offset, column in enumerate(self.columns):
            kind = column.kind
            usual = Cell(number) if kind == "number" else WRITERS[kind.split(":")[0]](self, person, kind)
            self.put(self.row, self.left + offset, written.get(kind, usual), person.struck)
        for kind, what, read_as, must, why, also in person.doubts:
            others = [f"{self.letter(other.replace('_', ' '))}{self.row}" for other in also.split()]
            if what in {"struck_row", "same_person_twice"}:
                others = [f"{get_column_letter(place)}{self.row}" for place in range(self.left, self.right + 1)]
            self.doubt(f"{self.letter(kind)}{self.row}", what, read_as, must, why, others)
        # A wrong date that stands in two rows is asked about in both.
        person.doubts = [doubt for doubt in person.doubts if doubt[1] == "date_impossible"]
        self.row += 1

    def vacant(
        self, title: str, at: str, say: str, number: Any = None, word: str | None = "Khuyết", **cells: Any
    ) -> None:
        """A row for a seat without a holder."""
        for offset, column in enumerate(self.columns):
            if column.kind == "number":
                self.put(self.row, self.left + offset, Cell(number))
            elif column.kind in {"name", "family"}:
                self.put(self.row, self.left + offset, Cell(word))
                if word is None:
                    cell = f"{get_column_letter(self.left + offset)}{self.row}"
                    self.doubt(
                        cell, "vacant_row", "vacant", False, "a row with a post and no name: read as a vacant seat"
                    )
            elif column.kind in {"post", "post+"}:
                self.put(self.row, self.left + offset, Cell(say))
            elif column.kind in cells:
                self.put(self.row, self.left + offset, Cell(cells[column.kind]))
        self.case.vacancy(title, at)
        self.row += 1


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
