"""Both content sets: everything that is named is there, in both languages, and nothing is found in them."""

from pathlib import Path

import pytest

from planner.domain.content import Content
from planner.domain.messages import catalogue
from planner.files.content import read_content, shipped
from planner.rules.registry import check_rulebook

SETS = [
    (folder.name, book.stem)
    for folder in sorted(shipped("models").iterdir())
    for book in sorted((folder / "rulebooks").glob("*.yaml"))
]


@pytest.fixture(scope="module", params=SETS, ids="/".join)
def content(request: pytest.FixtureRequest) -> Content:
    name, rulebook = request.param
    source = read_content(shipped("models") / name, rulebook)
    assert source.findings == ()
    assert source.broken == frozenset()
    return source.content


def test_there_are_the_two_sets() -> None:
    assert {name for name, _ in SETS} == {"general", "vietnam-province"}


def test_the_rules_of_every_rulebook_are_known_and_their_parameters_too(content: Content) -> None:
    assert check_rulebook(content) == []


def test_everything_has_a_name_in_vietnamese_and_in_english(content: Content) -> None:
    named = [*content.competencies, *content.ranks, *content.standards, *content.courses, *content.fields]
    nameless = [repr(record)[:60] for record in named if not (record.name and record.name.en and record.name.vi)]
    assert nameless == []


def test_every_level_that_is_wanted_after_planning_is_granted_by_some_course(
    content: Content,
) -> None:
    """Whatever closes a gap is granted by some course: no cell of ordered levels is left to chance."""
    granted = {course.grants.competency for course in content.courses}
    wanted = {
        cell.competency
        for standard in content.standards
        for cell in standard.cells
        if not content.competency[cell.competency].unit and cell.required_at != "plan"
    }
    assert content.courses
    assert sorted(wanted - granted) == []


def test_a_course_that_needs_a_level_grants_a_higher_one(content: Content) -> None:
    for course in content.courses:
        if course.needs and course.needs.competency == course.grants.competency:
            assert content.level(course.needs) == content.level(course.grants) - 1, course.id


def test_a_level_above_the_first_has_a_course_for_each_level_below_it(content: Content) -> None:
    """Else somebody who begins at the bottom could never reach it."""
    granted = {course.grants for course in content.courses}
    for course in content.courses:
        assert course.needs is None or course.needs in granted or course.needs.competency == "degree", course.id


@pytest.mark.parametrize("name", ["vietnam-province", "general"])
def test_content_is_read_the_same_from_what_a_plan_keeps_of_it(name: str, tmp_path: Path) -> None:
    from planner.files.plan_input import content_files

    book = next(b for n, b in SETS if n == name)
    content = read_content(shipped("models") / name, book).content
    for file, text in content_files(content).items():
        path = tmp_path / name / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    again = read_content(tmp_path / name, book)
    assert again.findings == ()
    for part in ("competencies", "ranks", "retirement", "courses", "fields", "field_families"):
        assert getattr(again.content, part) == getattr(content, part), part
    assert set(again.content.standards) == set(content.standards)


def test_every_level_that_a_paper_may_print_has_a_word_in_both_languages(content: Content) -> None:
    levels = [(c.id, level) for c in content.competencies for level in (c.levels or ())[1:]]
    bare = [
        pair for pair in levels if {f"value.{'.'.join(pair)}", f"value.level.{pair[1]}"}.isdisjoint(catalogue("vi"))
    ]
    assert (len(levels) > 5, bare) == (True, [])
