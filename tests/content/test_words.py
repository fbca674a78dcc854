"""The words of the shipped sets: nothing that rules, titles or the importer name is missing; names are read back."""

import csv
import itertools
from pathlib import Path

import pytest

from planner.domain.case import TABLES
from planner.files.content import ContentSource, read_content, shipped, vocabulary_of
from planner.files.headings import column_of, headings_of
from planner.files.plan_input import content_files
from planner.files.vocabulary import CODES
from planner.files.words import choices_of, flags_of

BOOKS = [
    ("vietnam-province", "vn-2025"),
    ("vietnam-province", "vn-2021"),
    ("general", "general"),
    ("general", "company"),
]
LISTED = ("relations.relation", "discipline.form", "units.kind", "people.sex", "yes_no", "positions.nature",
          "positions.filled_by", "service.kind", "pools.status", "decisions.kind", "decisions.status",
          "discipline.side", "courses.mode", "sessions.status", "positions.term_system")  # fmt: skip


@pytest.fixture(params=BOOKS, ids="/".join)
def source(request: pytest.FixtureRequest) -> ContentSource:
    return read_content(shipped("models") / request.param[0], request.param[1])


def test_every_choice_column_has_words(source: ContentSource) -> None:
    assert source.findings == ()
    assert set(LISTED) <= set(source.content.words.columns)


def test_every_code_of_a_column_is_listed(source: ContentSource) -> None:
    """A code of the program that the set forgot could not be written any more."""
    vocabulary = vocabulary_of(source)
    for (table, column), codes in CODES.items():
        listed = vocabulary.of(table, column)
        assert set(codes) <= set(listed.choices if listed else ()), (table, column)


def test_every_name_is_read_as_its_code(source: ContentSource) -> None:
    """What the lists of `planner new` offer, in both languages."""
    vocabulary = vocabulary_of(source)
    for table in TABLES:
        for column in headings_of(table):
            listed = vocabulary.of(table, column)
            for code, language in itertools.product(listed.choices if listed else (), ("vi", "en")):
                assert listed is not None
                assert listed.codes(listed.label(code, language)) == (code,)
            if column in choices_of(table) or column in flags_of(table):
                assert listed is not None
    for competency in source.content.competencies:
        for level in competency.levels:
            for language in ("vi", "en"):
                label = vocabulary.need_label(competency.id, level, language)
                assert vocabulary.need(label) == f"{competency.id}:{level}"


@pytest.mark.parametrize("book", ["vn-2021", "vn-2025"])
def test_every_kind_that_the_province_names_is_listed(book: str) -> None:
    source = read_content(shipped("models") / "vietnam-province", book)
    content = source.content
    named = {kind for title in content.titles.titles for kind in (*title.kinds, *title.below, title.organ) if kind}
    for entry in content.rulebook:
        kinds = entry.applies_to.get("unit_kind", ())
        named |= {kinds} if isinstance(kinds, str) else set(kinds)
    assert content.office is not None
    named |= {u.kind for u in content.office.units} | {u.parent for u in content.office.units if u.parent}
    named |= {organ.kind for organ in content.office.organs}
    for path in shipped("scenarios").glob("*/case/units.csv"):
        if "vietnam-province" in (path.parent.parent / "scenario.yaml").read_text(encoding="utf-8"):
            with path.open(encoding="utf-8") as file:
                named |= {row["kind"] for row in csv.DictReader(file) if row.get("kind")}
    listed = vocabulary_of(source).of("units", "kind")
    assert listed is not None
    assert sorted(named - set(listed.choices)) == []
    assert len(named) > 15


@pytest.mark.parametrize(
    ("column", "code", "words"),
    [
        ("relations.relation", "spouse", "vợ|chồng|vợ chồng|husband|wife"),
        ("relations.relation", "child", "con|con đẻ|son|daughter"),
        ("relations.relation", "parent", "cha|mẹ|bố đẻ|mẹ đẻ|father|mother|parent"),
        ("relations.relation", "sibling", "anh ruột|chị ruột|em ruột|anh/chị/em ruột|brother|sister"),
        ("relations.relation", "child_in_law", "con dâu|con rể|con dâu/rể|son-in-law"),
        ("relations.relation", "parent_in_law", "bố vợ|mẹ chồng|bố mẹ vợ|bố/mẹ chồng|mother-in-law"),
        ("relations.relation", "sibling_in_law", "anh rể|chị dâu|em vợ|anh vợ/chồng|sister in law"),
        ("discipline.form", "reprimand", "khiển trách|Khiển trách|reprimand"),
        ("discipline.form", "warning", "cảnh cáo|warning"),
        ("discipline.form", "removal", "cách chức"),
        ("discipline.form", "expulsion", "khai trừ"),
        ("discipline.form", "demotion", "giáng chức"),
        ("discipline.form", "salary_cut", "hạ bậc lương"),
        ("discipline.form", "dismissal", "buộc thôi việc"),
        ("discipline.side", "party", "đảng|về Đảng"),
        ("people.sex", "M", "nam|Nam|male"),
        ("people.sex", "F", "nữ|Nữ|nu|Female"),
        ("positions.head", "yes", "có|Có|x|yes"),
        ("positions.head", "no", "không|khong|no"),
        ("pools.status", "add", "bổ sung|thêm"),
        ("service.kind", "acting", "phụ trách|quyền"),
        ("positions.filled_by", "elect", "bầu cử|bầu"),
    ],
)
def test_the_words_that_people_write(source: ContentSource, column: str, code: str, words: str) -> None:
    table, _, name = column.partition(".")
    listed = vocabulary_of(source).of(table, name)
    assert listed is not None
    for word in words.split("|"):
        assert listed.codes(word) == (code,), word


def test_a_copy_of_the_content_has_the_words(source: ContentSource, tmp_path: Path) -> None:
    """Whoever adds a row to a generated case, or to the input of a plan, writes as before."""
    for name, text in content_files(source.content).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    copy = read_content(tmp_path, source.content.rulebook_name)
    assert copy.findings == ()
    assert copy.content.words == source.content.words


def test_headings_of_a_set_name_columns_that_no_other_heading_names(source: ContentSource) -> None:
    for name, headings in source.content.words.headings.items():
        table, _, column = name.partition(".")
        for heading in headings:
            assert column_of(table, heading) in (None, column), (name, heading)
