"""Lists beside the list of people: who retires when, and who was moved after the list was made."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from planner.domain.case import Person
from planner.domain.dates import Day
from planner.domain.ids import PersonId
from planner.domain.office_words import ListWords
from planner.importers.build import Built
from planner.importers.dates import agree, day_of
from planner.importers.doubts import Doubt
from planner.importers.heading import Heading
from planner.importers.people_names import person_name
from planner.importers.sheets import Cell, Sheet
from planner.importers.table import Table, TableRow, tables
from planner.importers.text import spelled
from planner.importers.units import Organisation


def retired(sheet: Sheet, headings: list[Heading], built: Built, office: ListWords, doubts: list[Doubt]) -> Built:
    """The case with the dates of retirement of a list; a date that another sheet gives otherwise stays, as a doubt."""
    on: dict[PersonId, Day] = {}
    for table, row in _people_rows(sheet, headings, office):
        column = table.heading.first("retires_on")
        cell = row.cells.get(column.index) if column else None
        if cell is None:
            continue
        dated = day_of(cell.value, cell.text, cell.number_format)
        person = _person(table, row, built, office, doubts, sheet)
        if dated is None or person is None:
            continue
        if dated.day <= person.birth_date:
            doubts.append(Doubt("date_before_birth", sheet.name, cell.place, cell.text, None, (), True, {}))
            continue
        before = person.retires_on
        if before is None:
            on[person.person_id] = dated.day
        elif not agree(before, dated.day):
            values = {"value": dated.day, "other": before}
            doubts.append(
                Doubt("retire_conflict", sheet.name, cell.place, cell.text, before.written(), (dated.day.written(),),
                      True, values)
            )  # fmt: skip
    people = tuple(
        p.model_copy(update={"retires_on": on[p.person_id]}) if p.person_id in on else p for p in built.case.people
    )
    return replace(built, case=replace(built.case, people=people))


def moved(sheet: Sheet, headings: list[Heading], built: Built, organisation: Organisation, doubts: list[Doubt]) -> None:
    """A doubt for each one who was moved to a post that the list of people does not show."""
    for table, row in _people_rows(sheet, headings, organisation.office):
        person = _person(table, row, built, organisation.office, doubts, sheet)
        column = table.heading.first("move_to")
        cell: Cell | None = row.cells.get(column.index) if column else None
        if person is None or cell is None:
            continue
        draft = built.drafts[person.person_id]
        root = draft.root or organisation.roots()[0]
        known = list(organisation.units)
        placed = [organisation.place(p.text, root, draft.section) for p in organisation.posts.posts(cell.text)]
        del organisation.units[len(known) :]
        held = {(p.placed.title.casefold(), id(p.placed.unit)) for p in draft.posts}
        if not any((p.title.casefold(), id(p.unit)) in held for p in placed):
            values = {"value": cell.text, "name": person.name}
            doubts.append(
                Doubt("moved_on_other_sheet", sheet.name, cell.place, cell.text, draft.post_text, (cell.text,), True,
                      values)
            )  # fmt: skip


def _people_rows(sheet: Sheet, headings: Sequence[Heading], office: ListWords) -> Iterator[tuple[Table, TableRow]]:
    for table in tables(sheet, list(headings), office):
        for row in table.rows()[0]:
            if row.kind == "person" and not row.struck:
                yield table, row


def _person(
    table: Table, row: TableRow, built: Built, office: ListWords, doubts: list[Doubt], sheet: Sheet
) -> Person | None:
    """The one person of the case with that name and a birth that agrees."""
    name = person_name(table.name(row), office).text
    births = [
        dated.day
        for column in table.heading.of("birth", "birth_male", "birth_female")
        if (cell := row.cells.get(column.index)) and (dated := day_of(cell.value, cell.text, cell.number_format))
    ]
    named = [p for p in built.case.people if spelled(p.name) == spelled(name)]
    found = [p for p in named if all(agree(b, p.birth_date) for b in births)]
    if len(found) == 1:
        return found[0]
    cell = table.name_cell(row)
    code = "not_in_list" if not named else "who_of_them"
    doubts.append(Doubt(code, sheet.name, cell.place, name, None, (), True, {"value": name}))
    return None
