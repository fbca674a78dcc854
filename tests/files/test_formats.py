"""docs/formats.md says what the program reads: every column with its meaning, fresh."""

import pytest

from planner.domain.case import TABLES
from planner.domain.messages import LANGUAGES, catalogue
from planner.files.formats import columns_of_table
from planner.files.words import choice_label, choices_of, table_name, table_of
from tools import formats


def test_the_page_is_fresh():
    assert formats.PAGE.read_text(encoding="utf-8") == formats.page(), "run `make docs`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_has_a_meaning(language):
    for table in TABLES:
        for column in columns_of_table(table):
            own = {f"column.{table}.{column.name}", f"column.{column.name}"}
            assert own & set(catalogue(language)), (table, column.name)
            assert column.meaning(language) not in own


def test_no_meaning_is_there_for_nothing():
    known = {f"column.{t}.{c.name}" for t in TABLES for c in columns_of_table(t)}
    common = {f"column.{c.name}" for t in TABLES for c in columns_of_table(t)}
    written = {code for code in catalogue("en") if code.startswith("column.")}
    assert sorted(written - known - common) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_and_choice_has_words_of_its_own(language):
    assert {table_of(table_name(table, language)) for table in TABLES} == set(TABLES)
    for table in TABLES:
        for column, choices in choices_of(table).items():
            labels = [choice_label(table, column, choice, language) for choice in choices]
            assert len(set(labels)) == len(choices)
            assert language == "en" or not set(labels) & set(choices), (table, column)


def test_the_page_names_every_table_and_column():
    text = formats.page()
    for table in TABLES:
        part = text.partition(f"`{table}` · ")[2].partition("\n### ")[0]
        for column in columns_of_table(table):
            assert f"| `{column.name}` |" in part
