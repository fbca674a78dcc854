"""What a careful human asks about: each function writes one odd cell into a person's row and records the question."""

from __future__ import annotations

from datetime import datetime

from tests.importers.offices.people import Person
from tests.importers.offices.ways import Cell


def birth_column(person: Person, columns: str) -> str:
    """The column of the birth date: one for all ("birth") or one for each sex ("birth M birth F")."""
    return "birth" if columns == "birth" else f"birth {person.sex}"


def impossible_day(person: Person, year: int, month: int, columns: str = "both", day: int = 31) -> None:
    """A day that the month does not have: month and year are still read."""
    person.birth = f"{year}-{month:02}"
    person.flags["birth_accept"] = [person.birth, f"{year}"]
    column = birth_column(person, columns)
    person.cells[column] = Cell(f"{day}/{month}/{year}")
    person.doubt(column, "date_impossible", person.birth, why="this day does not exist in that month")


def month_first(person: Person, year: int, month: int, day: int, columns: str = "both") -> None:
    """A true date shown month first among dates shown day first."""
    person.birth = f"{year}-{month:02}-{day:02}"
    person.flags["birth_accept"] = [person.birth, f"{year}-{day:02}-{month:02}"]
    column = birth_column(person, columns)
    person.cells[column] = Cell(datetime(year, month, day), "mm/dd/yyyy")
    person.doubt(column, "date_order", person.birth, why="shown month first while the others are day first")


def wrong_year(person: Person, text: str, read_as: str, columns: str = "both") -> None:
    """A year of birth that nobody in office can have."""
    person.birth = read_as
    person.flags["birth_open"] = True
    column = birth_column(person, columns)
    person.cells[column] = Cell(text)
    person.doubt(column, "date_year", read_as, why="year of birth cannot be right")


def two_digits(person: Person, year: int, month: int, day: int, columns: str = "both") -> None:
    person.birth = f"{year}-{month:02}-{day:02}"
    column = birth_column(person, columns)
    person.cells[column] = Cell(f"{day}/{month}/{year % 100:02}")
    person.doubt(column, "date_two_digits", person.birth, must=False, why="year with two digits")


def apostrophe(person: Person, year: int, month: int, day: int, columns: str = "both") -> None:
    """The apostrophe is typed as part of the text."""
    person.birth = f"{year}-{month:02}-{day:02}"
    column = birth_column(person, columns)
    person.cells[column] = Cell(f"'{day}/{month}/{year}")
    person.doubt(column, "text_apostrophe", person.birth, must=False, why="the apostrophe is part of the text")


def lookalike(person: Person, latin: str, cyrillic: str) -> None:
    """A Cyrillic letter in a name."""
    assert latin in person.name
    person.cells["name"] = Cell(person.name[::-1].replace(latin, cyrillic, 1)[::-1])
    person.doubt("name", "lookalike", person.name, why="the name holds a Cyrillic letter that looks Latin")


def unclear_rating(person: Person, year: int) -> None:
    person.cells[f"rating:{year}"] = Cell("HT")
    person.doubt(f"rating:{year}", "rating_unclear", None, why="“HT” may be HTTNV or HTNV")


def unrated(person: Person, year: int, text: str = "Không xếp loại") -> None:
    person.cells[f"rating:{year}"] = Cell(text)
    person.doubt(f"rating:{year}", "rating_none", None, must=False, why="no rating that year")


def studying(person: Person, text: str = "CC (đang học)") -> None:
    """Advanced theory is being studied; the present level is not written."""
    person.theory = None
    person.cells["theory"] = Cell(text)
    person.fact("courses", grants="CC", **{"from": None, "until": None})
    person.doubt("theory", "level_in_progress", "course in progress", why="being studied: not yet held")


def struck(person: Person) -> None:
    person.struck = True
    person.doubt("name" if "family" not in person.cells else "family", "struck_row", None, why="has this person left?")


def other_sex(person: Person, text: str) -> None:
    """The birth stands in the column of the other sex than the name says."""
    here, there = ("birth F", "birth M") if person.sex == "M" else ("birth M", "birth F")
    person.cells |= {here: Cell(text), there: Cell()}
    person.flags["sex_open"] = True
    person.doubt(
        here,
        "sex_conflict",
        person.sex,
        why="the column of the other sex than the name suggests",
        also=f"{there.replace(' ', '_')} name",
    )


def both_sexes(person: Person, text: str) -> None:
    person.cells |= {"birth M": Cell(text), "birth F": Cell(text)}
    person.flags["sex_open"] = True
    person.doubt("birth M", "sex_both", None, why="birth date under both Nam and Nữ", also="birth_F name")


def course(person: Person, note: str, grants: str, first: int | None = None, last: int | None = None) -> None:
    person.note = note
    person.fact("courses", grants=grants, **{"from": first, "until": last})


def retires(person: Person, note: str, on: str) -> None:
    person.note = note
    person.fact("retirements", on=on, precision=("year", "month", "day")[on.count("-")])


def disciplined(person: Person, note: str, form: str | None, decided: str, side: str | None = None) -> None:
    person.note = note
    person.fact("discipline", form=form, decided=decided, side=side)


def related(person: Person, note: str, other: Person | None, relation: str) -> None:
    """`relation` says what the person is to the other."""
    person.note = note
    person.fact("relations", b=other, b_text=note, relation=relation)
