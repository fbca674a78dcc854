"""The reader on workbooks of other offices: other layouts, orders and wordings than those it was written beside."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from openpyxl import load_workbook

from planner.domain.content import Content
from planner.files.content import find_content, read_content
from planner.importers.office import read_office
from tests.importers.compare import Comparison, compare
from tests.importers.offices.generate import BOOKS, FOLDER
from tests.importers.offices.variants import expected_of, variants

MOST_EXTRA = 2
"""Questions about cells that are plain: so many in a workbook waste nobody's time."""


@cache
def content() -> Content:
    return read_content(find_content("vietnam-province", Path()), "vn-2025").content


def judged(comparison: Comparison) -> None:
    assert comparison.passes(precision=0.99, recall=0.97), comparison.report()
    assert len(comparison.extra) <= MOST_EXTRA, comparison.report()


@pytest.mark.parametrize("name", BOOKS)
def test_every_table_is_read_as_a_careful_human_would(name: str) -> None:
    imported = read_office(FOLDER / f"{name}.xlsx", content())
    judged(compare(imported, FOLDER / f"{name}.expected.json"))


@pytest.mark.long
@pytest.mark.parametrize("variant", variants(""))
@pytest.mark.parametrize("name", BOOKS)
def test_the_same_facts_in_another_layout_give_the_same_case(name: str, variant: str, tmp_path: Path) -> None:
    book, moves = variants(name)[variant](load_workbook(FOLDER / f"{name}.xlsx"))
    path = tmp_path / f"{name}.xlsx"
    book.save(path)
    expected = json.loads((FOLDER / f"{name}.expected.json").read_text(encoding="utf-8"))
    judged(compare(read_office(path, content()), expected_of(expected, moves)))
