"""Content sets: what is read, what is refused, and where sets are found."""

import shutil

import pytest

from planner.domain.case import Need
from planner.domain.errors import InputError
from planner.files.content import find_content, find_scenario, read_content, shipped
from planner.files.yaml_source import read_yaml
from tests.files.sound_case import CASES

RETIREMENT = "by_birth_month:\n  - {sex: M, born_from: 1900-01, years: 62}\n"


@pytest.fixture
def spoiled(tmp_path):
    """Copies the content of the cases, changes some files, and gives the findings."""

    def findings(rulebook="06-kin", **changes):
        folder = tmp_path / "set"
        shutil.copytree(CASES / "_content", folder)
        for name, change in changes.items():
            path = folder / name.replace("__", "/").replace("_yaml", ".yaml").replace("06_kin", "06-kin")
            if change is None:
                path.unlink()
            elif isinstance(change, str):
                path.write_text(change, encoding="utf-8")
            else:
                old, new = change
                text = path.read_text(encoding="utf-8")
                assert old in text
                path.write_text(text.replace(old, new), encoding="utf-8")
        source = read_content(folder, rulebook)
        return [
            (f.code.removeprefix("finding."), f.file.removeprefix("set/"), f.row, f.column, f.value, f.suggestion)
            for f in source.findings
        ]

    return findings


def test_the_content_of_the_cases_is_read(content):
    assert content.findings == ()
    assert content.content.level(Need("theory", "advanced")) == 3
    assert content.content.standard["head_finance_24"].cells[2].level == "24"
    assert [(e.id, e.line, e.file) for e in content.content.rulebook] == [
        ("upward_only", 2, "_content/rulebooks/06-kin.yaml"),
        ("kin_apart", 9, "_content/rulebooks/06-kin.yaml"),
        ("acting_by", 17, "_content/rulebooks/06-kin.yaml"),
    ]


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        ({"competencies_yaml": None}, ("missing_content", "competencies.yaml", None, None, None, None)),
        (
            {
                "competencies_yaml": (
                    "group: qualification, levels: [none, specialist",
                    "groop: q, levels: [none, specialist",
                )
            },
            ("missing_value", "competencies.yaml", 5, "competencies[2].group", None, None),
        ),
        (
            {"competencies_yaml": ("counts: {rank: DEP}", "counts: {rank: DEPP}")},
            ("dangling", "competencies.yaml", 9, "competencies[6].counts.rank", "DEPP", "DEP"),
        ),
        (
            {"competencies_yaml": ("unit: months, counts: {rank: DEP}", "unit: months")},
            ("months_without_counts", "competencies.yaml", 9, "competencies[6]", None, None),
        ),
        (
            {"ranks_yaml": ("order: 20,", "order: twenty,")},
            ("not_whole", "ranks.yaml", 5, "ranks[2].order", "twenty", None),
        ),
        ({"ranks_yaml": ("code: DIV", "code: STAFF")}, ("twin_id", "ranks.yaml", 5, "ranks[2].code", "STAFF", None)),
        ({"retirement_yaml": RETIREMENT}, ("no_retirement", "retirement.yaml", 1, "by_birth_month", None, None)),
        (
            {"standards__standards_yaml": ("competency: law,", "competency: laws,")},
            ("dangling", "standards/standards.yaml", 9, "standards[5].cells[1].competency", "laws", "law"),
        ),
        (
            {"standards__standards_yaml": ("level: 24", "level: two")},
            ("not_months", "standards/standards.yaml", 23, "standards[8].cells[3].level", "two", None),
        ),
        (
            {"standards__standards_yaml": ("level: primary", "level: primry")},
            ("not_a_level", "standards/standards.yaml", 4, "standards[2].cells[1].level", "primry", "primary"),
        ),
        (
            {"standards__standards_yaml": ("required_at: plan", "required_at: planned")},
            ("not_one_of", "standards/standards.yaml", 9, "standards[5].cells[1].required_at", "planned", "plan"),
        ),
        (
            {"rulebooks__06_kin_yaml": ("waived_by", "waved_by")},
            ("unknown_key", "rulebooks/06-kin.yaml", 14, "entries[2].waved_by", "province", "waived_by"),
        ),
        (
            {"rulebooks__06_kin_yaml": ("force: must\n    waived_by", "force: most\n    waived_by")},
            ("not_one_of", "rulebooks/06-kin.yaml", 13, "entries[2].force", "most", "must"),
        ),
        (
            {"rulebooks__06_kin_yaml": ("- id: acting_by", "- id: kin_apart")},
            ("twin_id", "rulebooks/06-kin.yaml", 17, "entries[3].id", "kin_apart", None),
        ),
        (
            {"rulebooks__06_kin_yaml": ("waived_by: province", "from: 2027-01-01\n    until: 2026-01-01")},
            ("ends_before_start", "rulebooks/06-kin.yaml", 15, "entries[2].until", "2026-01-01", None),
        ),
        (
            {"rulebooks__06_kin_yaml": ("waived_by: province", "line: 3")},
            ("unknown_key", "rulebooks/06-kin.yaml", 14, "entries[2].line", None, None),
        ),
        ({"rulebook": "06-kn"}, ("no_rulebook", "", None, "rulebook", "06-kn", "06-kin")),
    ],
)
def test_one_thing_spoiled_is_told_with_its_line(spoiled, changes, finding):
    assert finding in spoiled(**changes)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: 1\nb: 2\na: 3\n", "twin_key", 3),
        ("a: &x [1]\nb: *x\n", "yaml_alias", 2),
        ("a: &x {b: *x}\n", "yaml_alias", 1),
        ("a: 1\nb: !!python/object/apply:os.system [ls]\n", "yaml_tag", 2),
        ("a: 1\nb: !include secret.yaml\n", "yaml_tag", 2),
        ("a: 1\n? [x]\n: 2\n", "yaml_key", 2),
        ("a: [1\nb: 2\n", "broken_yaml", 2),
        ("a: 1\n---\nb: 2\n", "broken_yaml", 2),
        ("a: " + "[" * 60 + "]" * 60, "too_deep", 1),
        ("a: " + "[" * 5000 + "]" * 5000, "too_deep", None),
    ],
)
def test_yaml_that_is_refused(tmp_path, text, code, line):
    (tmp_path / "x.yaml").write_text(text)
    found = read_yaml(tmp_path / "x.yaml", "x.yaml").findings
    assert [f.code for f in found][:1] == [f"finding.{code}"]
    assert found[0].row in (line, 1)


def test_many_aliases_do_not_cost_memory(tmp_path):
    lines = ["a0: &a0 [x, x]"] + [f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, 60)]
    (tmp_path / "x.yaml").write_text("\n".join(lines))
    assert read_yaml(tmp_path / "x.yaml", "x.yaml").findings[0].code == "finding.yaml_alias"


def test_scalars_are_those_of_yaml_1_2_and_dates_stay_text(tmp_path):
    (tmp_path / "x.yaml").write_text("[off, yes, true, 010, 1_0, 1.5, ~, 2026-01-01, 1900-01, 12:30]")
    assert read_yaml(tmp_path / "x.yaml", "x").data == [
        "off", "yes", True, 10, 10, 1.5, None, "2026-01-01", "1900-01", "12:30",
    ]  # fmt: skip


def test_sets_are_found_by_name_or_beside_the_scenario(tmp_path):
    assert find_content("../_content", CASES / "02-chain").resolve() == (CASES / "_content").resolve()
    assert find_content("general", tmp_path) == shipped("models") / "general"
    with pytest.raises(InputError) as problem:
        find_content("generel", tmp_path)
    assert problem.value.findings[0].suggestion == "general"
    for value in ("./nowhere", str(CASES / "_content"), "..", ""):
        with pytest.raises(InputError):
            find_content(value, tmp_path)


def test_scenarios_are_found_by_name_folder_or_file(tmp_path):
    assert find_scenario("first-office") == shipped("scenarios") / "first-office" / "scenario.yaml"
    assert find_scenario("first-office/ben-leaves").name == "ben-leaves.yaml"
    assert find_scenario(CASES / "02-chain") == CASES / "02-chain" / "scenario.yaml"
    with pytest.raises(InputError) as problem:
        find_scenario("first-ofice")
    assert problem.value.findings[0].suggestion == "first-office"
    with pytest.raises(InputError):
        find_scenario(tmp_path / "nothing.yaml")
