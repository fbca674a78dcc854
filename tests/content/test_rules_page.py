"""docs/rules.md says what the rulebooks say."""

from planner.rules.registry import RULES
from tools.rules_doc import PAGE, RULEBOOKS, SECTIONS, entries_of, page


def test_the_page_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `python -m tools.rules_doc`"


def test_every_entry_stands_under_the_heading_of_a_section() -> None:
    placed = {(book, i): p.section for book in RULEBOOKS for i, p in entries_of(book).items()}
    assert {key: section for key, section in placed.items() if section not in SECTIONS} == {}


def test_every_entry_is_named_in_both_languages() -> None:
    entries = [p.entry for book in RULEBOOKS for p in entries_of(book).values()]
    assert [e.id for e in entries if e.name is None or not e.name.vi or not e.name.en] == []


def test_the_page_names_every_entry_and_every_rule_class_once() -> None:
    lines = page().splitlines()
    ids = {i for book in RULEBOOKS for i in entries_of(book)}
    assert sorted(line[5:-1] for line in lines if line.startswith("### `")) == sorted(ids)
    assert [line[4:] for line in lines if line.startswith("### ") and "`" not in line] == sorted(RULES)
