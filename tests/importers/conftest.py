"""The content with which workbooks are read, and small workbooks made for one test."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from planner.domain.content import Content
from planner.files.content import find_content, read_content
from planner.importers.posts import PostReader

OFFICE = Path(__file__).parent / "office"


@pytest.fixture(scope="session")
def content() -> Content:
    return read_content(find_content("vietnam-province", Path()), "vn-2025").content


@pytest.fixture(scope="session")
def office(content):
    assert content.office is not None
    return content.office


@pytest.fixture(scope="session")
def posts(content, office):
    return PostReader(content.titles, office)


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[[Sequence[Sequence[Any]]], Path]:
    """A workbook of one sheet from its rows."""

    def made(rows: Sequence[Sequence[Any]], name: str = "list.xlsx") -> Path:
        book = Workbook()
        for row in rows:
            book.active.append(list(row))
        path = tmp_path / name
        book.save(path)
        return path

    return made
