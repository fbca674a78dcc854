"""Scenario files: `extends`, where paths may lead, overrides of rules, and every problem at once."""

import shutil
from pathlib import Path

import pytest

from planner.domain.errors import InputError
from planner.edits.load import inspect, load
from planner.files.content import shipped

CASES = Path(__file__).parent.parent / "cases"
ALL = sorted([*CASES.glob("*/scenario*.yaml"), *shipped("scenarios").glob("*/*.yaml")])


@pytest.fixture
def tree(tmp_path):
    """The case 06 with its content in a place where files can be added."""
    shutil.copytree(CASES / "06-kin", tmp_path / "06-kin")
    shutil.copytree(CASES / "_content", tmp_path / "_content")

    def write(name, text):
        path = tmp_path / "06-kin" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def said(path):
    return [
        (f.code.removeprefix("finding."), f.file, f.row, f.column, f.value, f.suggestion)
        for f in inspect(path).findings
    ]


@pytest.mark.parametrize("path", ALL, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_every_scenario_that_we_have_is_loaded_without_an_error(path):
    loaded = load(path)
    assert loaded.case.people
    assert loaded.horizon.periods


def test_a_what_if_changes_case_and_rulebook():
    assert load(CASES / "05-swap-or-vacancy/scenario-36-months.yaml").content.rulebook[1].params == {"months": 36}
    vacant = load(CASES / "05-swap-or-vacancy/scenario-vacant.yaml")
    assert [(d.kind, d.person_id, d.from_.written(), d.status) for d in vacant.case.decisions] == [
        ("leaves", "B", "2026-01-01", "decided")
    ]
    assert vacant.scenario.title == "The other seat is vacant"
    assert load(CASES / "11-keep-names/scenario-keep-off.yaml").content.rulebook[2].strength == "off"


def test_extends_is_merged_in_order_and_the_last_word_counts(tree):
    tree("a.yaml", "extends: scenario.yaml\nedits:\n  - set_rule: {id: kin_apart, force: info}\n")
    tree("b.yaml", "extends: a.yaml\ntitle: B\nrules: {kin_apart: {force: {should: 3}, params: {within: unit}}}\n")
    loaded = load(tree("c/c.yaml", "extends: ../b.yaml\nedits:\n  - leaves: {person_id: E, from: 07/2026}\n"))
    kin = loaded.content.rulebook[1]
    assert (loaded.scenario.title, kin.weight, kin.strength) == ("B", 3, "should")
    # Each parameter that is named is replaced, the others stay.
    assert kin.params == {"relations": ["spouse", "parent", "child", "sibling"], "within": "unit"}
    # A changed entry stands where it was changed, so that a wrong parameter is found there.
    assert (kin.file, kin.line) == ("b.yaml", 3)
    assert [name for name, _ in loaded.scenario.edits] == ["set_rule", "set_rule", "leaves"]


def test_dates_of_an_entry_are_replaced_and_can_be_taken_away(tree):
    tree("a.yaml", "extends: scenario.yaml\nrules: {kin_apart: {from: 2027-01-01, until: 2028-12-31}}\n")
    path = tree("b.yaml", "extends: a.yaml\nedits: [{set_rule: {id: kin_apart, until: ''}}]\n")
    kin = load(path).content.rulebook[1]
    assert (kin.from_.written(), kin.until) == ("2027-01-01", None)


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("extends: scenrio.yaml\n", ("no_extended", "x.yaml", 1, "extends", "scenrio.yaml", "scenario.yaml")),
        ("extends: x.yaml\n", ("extends_circle", "x.yaml", 1, "extends", "x.yaml", None)),
        ("extends: ../../etc.yaml\n", ("outside_tree", "x.yaml", 1, "extends", "../../etc.yaml", None)),
        ("extends: /etc/passwd\n", ("outside_tree", "x.yaml", 1, "extends", "/etc/passwd", None)),
        ("extends: scenario.yaml\ngoals: [heads]\n", ("beside_extends", "x.yaml", 2, "goals", None, None)),
        ("extends: scenario.yaml\nedit: []\n", ("beside_extends", "x.yaml", 2, "edit", None, "edits")),
        ("extends: scenario.yaml\nedits: {a: 1}\n", ("not_a_list", "x.yaml", 2, "edits", None, None)),
        ("extends: scenario.yaml\nedits:\n  - leaves\n", ("one_edit", "x.yaml", 3, "edits[1]", None, None)),
        (
            "extends: scenario.yaml\nedits:\n  - leaves: {person_id: E, from: 2027}\n    stays: {person_id: A}\n",
            ("one_edit", "x.yaml", 3, "edits[1]", None, None),
        ),
        (
            "extends: scenario.yaml\nrules: {kin_apat: {force: 'off'}}\n",
            ("dangling", "x.yaml", 2, "id", "kin_apat", "kin_apart"),
        ),
        (
            "extends: scenario.yaml\nedits:\n  - set_rule: {id: kin_apart, forse: info}\n",
            ("unknown_key", "x.yaml", 3, "set_rule.forse", "info", "force"),
        ),
        ("[1, 2]\n", ("not_a_mapping", "x.yaml", 1, None, None, None)),
    ],
)
def test_a_what_if_that_is_refused(tree, text, finding):
    assert said(tree("x.yaml", text)) == [finding]


def test_a_circle_of_three_is_named(tree):
    tree("a.yaml", "extends: b.yaml\n")
    tree("b.yaml", "extends: c.yaml\n")
    (finding,) = inspect(tree("c.yaml", "extends: a.yaml\n")).findings
    assert finding.values["circle"] == "c.yaml → a.yaml → b.yaml → c.yaml"


BASE = """title: X
case: case
content: ../_content
rulebook: 06-kin
as_of: 2026-01-01
horizon: {until: 2027-12-31}
"""


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("case: case", "case: cases", ("no_case_folder", "x.yaml", 2, "case", "cases", "case")),
        ("case: case", "case: ../06-kin2", ("outside_tree", "x.yaml", 2, "case", "../06-kin2", None)),
        ("../_content", "../../elsewhere", ("no_content_folder", "x.yaml", 3, "content", "../../elsewhere", None)),
        ("../_content", "../..", ("outside_tree", "x.yaml", 3, "content", "../..", None)),
        ("06-kin", "06-kim", ("no_rulebook", "", None, "rulebook", "06-kim", "06-kin")),
        ("2027-12-31", "2027-12-30", ("not_half_end", "x.yaml", 6, "horizon.until", "2027-12-30", None)),
        ("2027-12-31", "2025-12-31", ("horizon_past", "x.yaml", 6, "horizon.until", "2025-12-31", None)),
        ("title: X", "titel: X", ("unknown_key", "x.yaml", 1, "titel", "X", "title")),
        ("title: X", "title: X\ngoals: [heads, posst]", ("not_one_of", "x.yaml", 2, "goals[2]", "posst", "posts")),
        ("title: X", "title: X\npath: /etc", ("unknown_key", "x.yaml", 2, "path", None, None)),
    ],
)
def test_a_scenario_that_is_refused(tree, old, new, finding):
    assert finding in said(tree("x.yaml", BASE.replace(old, new)))


def test_a_link_does_not_lead_out_of_the_tree(tree, tmp_path):
    shutil.copytree(CASES / "07-inherited-breach/case", tmp_path / "other")
    path = tree("x.yaml", BASE.replace("case: case", "case: link"))
    (path.parent / "link").symlink_to(tmp_path / "other", target_is_directory=True)
    assert ("outside_tree", "x.yaml", 2, "case", "link", None) in said(path)


def test_problems_of_all_parts_come_together_in_one_error(tree):
    tree("case/people.csv", (CASES / "06-kin/case/people.csv").read_text().replace("1984-04-04", "4 April"))
    path = tree(
        "x.yaml",
        BASE.replace("06-kin", "06-kin\nnames_from: all") + "rules: {kin: {}}\nedits:\n  - leaves: {person_id: E}\n",
    )
    book = path.parent.parent / "_content/rulebooks/06-kin.yaml"
    book.write_text(book.read_text().replace("status: confirmed", "status: sure", 1))
    with pytest.raises(InputError) as problem:
        load(path)
    assert [(f.code, f.file) for f in problem.value.findings] == [
        ("finding.not_one_of", "x.yaml"),
        ("finding.not_one_of", "_content/rulebooks/06-kin.yaml"),
        ("finding.not_a_date", "case/people.csv"),
        ("finding.missing_value", "x.yaml"),
    ]


def test_a_file_that_is_not_there():
    assert [f.code for f in inspect(CASES / "nothing.yaml").findings] == ["finding.no_scenario_file"]
