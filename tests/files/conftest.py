"""A small sound case, and what is said of it when one thing is spoiled."""

import datetime as dt

import pytest

from planner.files.case import read_case
from planner.files.content import read_content
from planner.files.references import check_case
from tests.files.sound_case import CASES, TABLES, short


@pytest.fixture
def case(tmp_path):
    """Writes the sound case with some tables replaced or added (None: left out); gives the folder."""

    def write(**tables):
        folder = tmp_path / "case"
        folder.mkdir(exist_ok=True)
        for name, text in (TABLES | tables).items():
            if text is not None:
                data = text if isinstance(text, bytes) else text.encode()
                (folder / f"{name}.csv").write_bytes(data)
        return folder

    return write


@pytest.fixture(scope="session")
def content():
    return read_content(CASES / "_content", "06-kin")


@pytest.fixture
def said(case, content):
    """What is said of the case with some tables replaced: (code, file, row, column, value, suggestion)."""

    def findings(as_of=dt.date(2026, 1, 1), **tables):
        source = read_case(case(**tables))
        return [short(f) for f in (*source.findings, *check_case(source, content, as_of))]

    return findings
