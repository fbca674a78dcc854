"""Ranks, feeders and fields of the province against the tables of rules.md §5."""

import pytest

from planner.domain.content import Content
from planner.domain.work_fields import field_named
from planner.files.content import read_content, shipped
from tests.twins.universe import AS_OF, Universe, World, case_of, entry, person, post


@pytest.fixture(scope="module")
def province() -> Content:
    return read_content(shipped("models") / "vietnam-province", "vn-2025").content


# The working table: code → number. SUB_HEAD is ours: heads of divisions of agencies, as the deputies of a department.
# Old district posts stand at the numbers at which the table names them; district divisions beside those of departments.
ORDERS = {
    "PROV_SEC": 100, "PROV_DSEC": 95, "PROV_STD": 90, "DEPT_HEAD": 80, "COM_SEC": 75, "DEPT_DEP": 70, "COM_STD": 60,
    "DIV_HEAD": 55, "COM_DIV_HEAD": 50, "DIV_DEP": 45, "COM_DIV_DEP": 40, "STAFF": 20,
    "SUB_HEAD": 45, "DIST_SEC": 80, "DIST_CHAIR": 75, "DIST_VICE": 70, "DIST_DIV_HEAD": 55,
}  # fmt: skip

# The feeder table: target → its feeders, largest step up. "COM chair / DSEC" have the rank DEPT_DEP; its row is joined
# with that of deputy directors, of the same feeders.
FEEDERS = {
    "PROV_STD": ({"DEPT_HEAD", "COM_SEC"}, 15),
    "DEPT_HEAD": ({"DEPT_DEP", "COM_SEC"}, 15),
    "DEPT_DEP": ({"DIV_HEAD", "COM_STD", "COM_DIV_HEAD"}, 20),
    "COM_SEC": ({"DEPT_DEP", "COM_STD", "DIV_HEAD"}, 20),
    "COM_STD": ({"COM_DIV_HEAD", "DIV_HEAD", "DIV_DEP"}, 20),
    "DIV_HEAD": ({"DIV_DEP", "COM_DIV_HEAD"}, 10),
    "COM_DIV_HEAD": ({"COM_DIV_DEP", "DIV_DEP"}, 10),
    "COM_DIV_DEP": ({"STAFF"}, 25),
    "DIV_DEP": ({"STAFF", "COM_DIV_DEP"}, 25),  # the commune's deputy besides: between a specialist and the post
}


def test_every_rank_of_the_table_has_its_number(province: Content) -> None:
    assert {r.code: r.order for r in province.ranks} == ORDERS


@pytest.mark.parametrize("target", FEEDERS)
def test_the_feeders_of_a_rank_are_those_of_the_table(province: Content, target: str) -> None:
    feeders, step = FEEDERS[target]
    rank = province.rank[target]
    assert set(rank.feeders or ()) == feeders
    assert rank.max_step_up == step


def test_every_feeder_is_within_the_largest_step(province: Content) -> None:
    """Else it would be named for nothing."""
    steps = [
        (rank.code, feeder)
        for rank in province.ranks
        for feeder in rank.feeders or ()
        if rank.max_step_up is not None and rank.order - province.rank[feeder].order > rank.max_step_up
    ]
    assert steps == []


@pytest.mark.parametrize(
    ("own", "target", "may"),
    [
        ("DIV_DEP", "COM_STD", True),
        ("COM_DIV_DEP", "COM_STD", False),  # 40 to 60 is within the step of 20, but the rank does not feed it
        ("COM_DIV_HEAD", "COM_SEC", False),  # 50 to 75: too far
        ("DIST_DIV_HEAD", "COM_SEC", True),  # of the order of DIV_HEAD, which feeds it
        ("DIST_VICE", "COM_SEC", True),  # of the order of DEPT_DEP
        ("DIST_CHAIR", "DEPT_HEAD", True),  # of the order of COM_SEC
        ("COM_STD", "DEPT_HEAD", False),  # 60 to 80: too far
        ("PROV_STD", "PROV_SEC", True),  # no feeders are named: every lower rank may
        ("DEPT_DEP", "DIST_VICE", False),  # equal
    ],
)
def test_who_may_be_planned_for_what(province: Content, own: str, target: str, may: bool) -> None:
    case = case_of([person("A", rank=own)], positions=[post("P", target)])
    found = World(Universe("ranks", case, (entry("upward_only"),), (), content=province))
    (rule,) = found.bound.personal
    assert rule.allows("A", "P", "plan", AS_OF).ok is may  # type: ignore[arg-type]


FAMILIES = {
    "party_building", "internal_affairs", "economy_finance", "agriculture_environment", "construction_transport",
    "culture_society", "education", "health", "science_technology", "mass_work",
}  # fmt: skip


def test_there_are_the_ten_families_of_fields(province: Content) -> None:
    assert set(province.field_families or ()) == FAMILIES


def test_a_field_is_in_one_family_and_each_has_names_in_both_languages(province: Content) -> None:
    members = [field for fields in (province.field_families or {}).values() for field in fields]
    assert len(members) == len(set(members))
    assert {f.id for f in province.fields} == set(province.family_of)
    assert [f.id for f in province.fields if not f.name.vi or not f.words] == []


def test_no_word_names_two_fields(province: Content) -> None:
    words = [word for field in province.fields for word in field.words]
    assert sorted({word for word in words if words.count(word) > 1}) == []


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("ThS Luật", "law"),
        ("Luật Kinh tế", "law"),  # longer than "kinh tế"
        ("ĐH Kế toán", "accounting"),
        ("Tài chính - Ngân hàng", "finance"),
        ("Kinh tế đầu tư", "investment"),
        ("Xây dựng Đảng và CQNN", "party_building"),  # not construction
        ("Kỹ sư xây dựng", "construction"),
        ("QUẢN LÝ GIÁO DỤC", "educational_management"),
        ("Y tế công cộng", "public_health"),
        ("Thạc sĩ Quản lý công", "public_administration"),
        ("điều khiển tàu biển", None),
        ("luậtt", None),  # a word is found whole or not at all
        ("", None),
    ],
)
def test_an_office_list_names_a_field_by_its_longest_words(province: Content, text: str, field: str | None) -> None:
    assert field_named(text, province.fields) == field
