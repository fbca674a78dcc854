"""Indicator sets that say something wrong are refused, each with the line where it stands."""

import shutil
from pathlib import Path

import pytest

from planner.domain.errors import Finding
from planner.domain.messages import LANGUAGES, finding_text
from planner.files.content import ContentSource, find_content, read_content
from planner.files.plan_input import content_files

SET = """\
sets:
  - id: small
    version: "1"
    name: {en: Small}
    valid_from: 2025-01-01
    valid_to: 2025-12-31
    status: proposed
    source: test
    applies_to: {ranks: [DIV_HEAD]}
    parts:
      - {code: p, name: {en: All}, formula: sum, points: 10}
    indicators:
      - {code: A, name: {en: A}, part: p, unit: "", points: 6, traits: [t], formula: {kind: scale, full: 100, zero: 50}}
      - {code: B, name: {en: B}, part: p, unit: n, direction: down, points: 4, formula: {kind: scale, full: 0, zero: 3}}
    facts:
      - {code: flag, name: {en: Flag}, unit: flag}
    traits:
      - {id: t, name: {en: T}, veto: {facts: [flag], at_most: complete}}
    bands:
      rule: bands
      from_best:
        - {rating: excellent, min: 9, conditions: [{rule: r, of: A, at_least: 90}]}
        - {rating: not_complete, min: 0}
    cap: {rule: c, rating: excellent, share: 0.2, of: [excellent], per: office, outstanding: {share: 0.25, fact: flag}}
"""


@pytest.fixture
def read(tmp_path: Path):
    """The Vietnamese content with one set of our own in place of the shipped ones."""
    folder = tmp_path / "vietnam"
    shutil.copytree(find_content("vietnam-province", Path()), folder)
    for path in (folder / "indicators").glob("*.yaml"):
        if path.name != "ratings.yaml":
            path.unlink()

    def of(text: str, name: str = "small.yaml") -> ContentSource:
        (folder / "indicators" / name).write_text(text, encoding="utf-8")
        return read_content(folder, "vn-2025")

    return of


def found(source: ContentSource) -> list[tuple[str, int | None]]:
    return [(f.code, f.row) for f in source.findings if "indicators/" in f.file]


def test_a_sound_set_has_no_finding(read) -> None:
    assert found(read(SET)) == []


@pytest.mark.parametrize(
    ("was", "is_", "code", "line"),
    [
        ("points: 10}", "points: 11}", "finding.part_points", 11),
        ("part: p, unit: n", "part: q, unit: n", "finding.dangling", 14),
        ("traits: [t], f", "traits: [u], f", "finding.dangling", 13),
        ("{code: B,", "{code: A,", "finding.twin_id", 14),
        ("{code: flag,", "{code: B,", "finding.twin_id", 16),
        ("facts: [flag]", "facts: [flagg]", "finding.dangling", 18),
        ("at_most: complete", "at_most: completed", "finding.dangling", 18),
        ("rating: excellent", "rating: excelent", "finding.dangling", 22),
        ("of: A,", "of: Z,", "finding.dangling", 22),
        ("at_least: 90}", "at_least: 90, at_most: 95}", "finding.one_bound", 22),
        ("per: office", "per: authority", "finding.outstanding_of_a_unit", 24),
        ("ranks: [DIV_HEAD]", "ranks: [DIV_HED]", "finding.dangling", 9),
        ("valid_to: 2025-12-31", "valid_to: 2024-12-31", "finding.ends_before_start", 6),
        ("direction: down, ", "", "finding.scale_direction", 14),
        ("full: 0, zero: 3", "full: 3, zero: 3", "finding.full_is_zero", 14),
        ("points: 6, ", "", "finding.no_points", 13),
        ("points: 6, ", "points: six, ", "finding.not_a_number", 13),
        ("points: 6, ", "points: .nan, ", "finding.not_a_number", 13),
        ("points: 6, ", "points: '1e999999999', ", "finding.too_large", 13),
        ("points: 6, ", "points: '1e-999999999', ", "finding.not_a_number", 13),
        ("formula: sum", "formula: mean", "finding.points_of_a_mean", 13),
        ("formula: sum", "formula: product", "finding.not_one_of", 11),
        ("status: proposed", "status: proposed\n    weight: 3", "finding.unknown_key", 8),
        ("kind: scale, full: 100", "kind: python, full: 100", "finding.refused", 13),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_set_is_told_with_its_line(read, was: str, is_: str, code: str, line: int) -> None:
    assert was in SET
    told = found(read(SET.replace(was, is_, 1)))
    assert (code, line) in told, told


def test_two_versions_in_force_on_one_day_are_refused(read) -> None:
    second = SET.removeprefix("sets:\n").replace('version: "1"', 'version: "2"')
    assert found(
        read(SET + second.replace("2025-01-01", "2025-12-31").replace("valid_to: 2025-12-31", "valid_to: 2026-12-31"))
    ) == [("finding.versions_overlap", 28)]
    later = second.replace("2025-01-01", "2026-01-01").replace("valid_to: 2025-12-31", "valid_to: 2026-12-31")
    assert found(read(SET + later)) == []
    assert ("finding.twin_id", 26) in found(read(SET + later.replace('version: "2"', 'version: "1"')))


def test_a_class_that_stands_twice_is_refused(read, tmp_path: Path) -> None:
    path = tmp_path / "vietnam" / "indicators" / "ratings.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("code: good", "code: excellent"), encoding="utf-8")
    assert "finding.twin_id" in [f.code for f in read(SET).findings]


@pytest.mark.parametrize("language", LANGUAGES)
def test_findings_read_in_both_languages(read, language) -> None:
    findings: list[Finding] = [f for f in read(SET.replace("points: 10}", "points: 11}")).findings if f.file]
    text = "; ".join(finding_text(f, language) for f in findings)
    assert ("tổng điểm tối đa" if language == "vi" else "give 10 points, not 11") in text


def test_sets_and_classes_of_a_plan_s_own_input_are_read_again_as_they_were(tmp_path: Path) -> None:
    before = read_content(find_content("vietnam-province", Path()), "vn-2025").content
    for name, text in content_files(before).items():
        path = tmp_path / "again" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    again = read_content(tmp_path / "again", "vn-2025")
    assert again.content.ratings == before.ratings
    assert again.content.indicator_sets == before.indicator_sets
