"""The committed stand-ins are what the generator writes: the expected cases word for word, the sheets cell for cell."""

from __future__ import annotations

import pytest
from openpyxl import Workbook, load_workbook

from tests.importers.offices.generate import BOOKS, FOLDER


def cells(book: Workbook) -> dict[str, object]:
    return {
        f"{sheet.title}!{cell.coordinate}": (
            cell.value,
            cell.number_format,
            cell.font.strike or False,
            cell.quotePrefix,
        )
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


@pytest.mark.parametrize("name", BOOKS)
def test_the_generator_writes_the_committed_workbook_and_its_case_again(name: str) -> None:
    book, case = BOOKS[name]()
    assert (FOLDER / f"{name}.expected.json").read_text(encoding="utf-8") == case.text()
    assert cells(load_workbook(FOLDER / f"{name}.xlsx")) == cells(book)


@pytest.mark.parametrize("name", BOOKS)
def test_every_doubt_points_at_a_cell_of_the_sheet(name: str) -> None:
    book, case = BOOKS[name]()
    for doubt in case.tables["doubts"]:
        value = book[doubt["sheet"]][doubt["cell"]].value
        assert (None if value is None else str(value)) == doubt["value"]
        assert value is not None or doubt["kind"] == "vacant_row"
