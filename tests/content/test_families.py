"""The thirteen families of the province against the table of rules.md §4, cell by cell, and the further families.

The expected cells are read off the table by hand. Its columns become cells as the header of standards/families.yaml
says: the degree at planning, theory at the appointment (where it may follow: after it), state management after the
appointment since 1 July 2025 save for provincial party posts and the old district posts, months at the appointment.
"""

import pytest

from planner.domain.content import Content
from planner.files.content import read_content, shipped

PLAN, APPOINT, AFTER = "plan", "appoint", "after_appoint"
UNIVERSITY = ("degree", "university", PLAN, 0)

# Family → (competency, level, when, months of grace), by the columns degree, LLCT, QLNN, experience.
TABLE = {
    # university · CC · CVCC · a prior post and a term in the committee, which no cell can hold
    "provincial_standing_member": {
        UNIVERSITY, ("theory", "advanced", APPOINT, 0), ("state_mgmt", "senior", APPOINT, 0),
    },
    # university · CC · CVCC (may lag at planning) · has held a key lower post
    "provincial_deputy_secretary": {
        UNIVERSITY, ("theory", "advanced", APPOINT, 0), ("state_mgmt", "senior", APPOINT, 0),
        ("key_post_months", "1", APPOINT, 0),
    },
    # university · CC · CVCC · deputy director or equal ≥ 24 months
    "director": {
        UNIVERSITY, ("theory", "advanced", APPOINT, 0), ("state_mgmt", "senior", AFTER, 12),
        ("director_deputy_months", "24", APPOINT, 0),
    },
    # university · CC · CVC · division head or equal ≥ 24 months
    "deputy_director": {
        UNIVERSITY, ("theory", "advanced", APPOINT, 0), ("state_mgmt", "principal", AFTER, 12),
        ("division_head_months", "24", APPOINT, 0),
    },
    # university · TC or higher · CV (CVC wished) · deputy division head or equal ≥ 24 months
    "division_head": {
        UNIVERSITY, ("theory", "intermediate", APPOINT, 0), ("state_mgmt", "specialist", AFTER, 12),
        ("division_deputy_months", "24", APPOINT, 0),
    },
    # university · TC, may follow within a year · CV · specialist ≥ 3 years
    "division_deputy": {
        UNIVERSITY, ("theory", "intermediate", AFTER, 12), ("state_mgmt", "specialist", AFTER, 12),
        ("staff_months", "36", APPOINT, 0),
    },
    # university · CC · CVC · a prior post: ranks that feed it
    "district_secretary": {UNIVERSITY, ("theory", "advanced", APPOINT, 0), ("state_mgmt", "principal", APPOINT, 0)},
    "district_chair": {UNIVERSITY, ("theory", "advanced", APPOINT, 0), ("state_mgmt", "principal", APPOINT, 0)},
    # university · CC · CVC or CV
    "district_vice_chair": {UNIVERSITY, ("theory", "advanced", APPOINT, 0), ("state_mgmt", "specialist", APPOINT, 0)},
    # university · CC (TC accepted, CC to be completed) · CV to CVC
    "commune_secretary": {
        UNIVERSITY, ("theory", "intermediate", APPOINT, 0), ("theory", "advanced", AFTER, 36),
        ("state_mgmt", "principal", AFTER, 12),
    },
    # university · CC or TC · CV to CVC · vice chair, division head ≥ 24 months
    "commune_chair": {
        UNIVERSITY, ("theory", "intermediate", APPOINT, 0), ("state_mgmt", "principal", AFTER, 12),
        ("commune_leader_months", "24", APPOINT, 0),
    },
    # university · TC or higher · CV
    "commune_vice_chair": {UNIVERSITY, ("theory", "intermediate", APPOINT, 0), ("state_mgmt", "specialist", AFTER, 12)},
    # university · TC or higher · CV · deputy head or specialist ≥ 3 to 5 years
    "commune_division_head": {
        UNIVERSITY, ("theory", "intermediate", APPOINT, 0), ("state_mgmt", "specialist", AFTER, 12),
        ("staff_or_deputy_months", "36", APPOINT, 0),
    },
}  # fmt: skip

FURTHER = {
    "commune_deputy_secretary", "commune_standing_member", "commune_division_deputy", "agency_head", "sub_head",
    "union_head", "party_secretary", "party_deputy_secretary", "membership", "staff", "free",
}  # fmt: skip

# Marked V in the table: 16-HD on the deputy secretary, Decree 29/2024 on the director's degree.
CONFIRMED = {
    ("provincial_deputy_secretary", "state_mgmt"),
    ("provincial_deputy_secretary", "key_post_months"),
    ("director", "degree"),
}


@pytest.fixture(scope="module")
def province() -> Content:
    return read_content(shipped("models") / "vietnam-province", "vn-2025").content


@pytest.mark.parametrize("family", TABLE)
def test_a_family_has_the_cells_of_its_row(province: Content, family: str) -> None:
    cells = {
        (c.competency, c.level, c.required_at, c.grace_months)
        for c in province.standard[family].cells
        if not c.competency.startswith("leader_")  # not of the table: the catalogue of §6 gives them
    }
    assert cells == TABLE[family]


@pytest.mark.parametrize("family", TABLE)
def test_a_leadership_course_never_bars_from_a_post(province: Content, family: str) -> None:
    leader = [c for c in province.standard[family].cells if c.competency.startswith("leader_")]
    assert {(c.required_at, c.grace_months) for c in leader} <= {(AFTER, 12)}


def test_the_further_families_are_there(province: Content) -> None:
    assert set(province.standard) >= FURTHER


def test_every_cell_of_the_province_has_a_source_and_a_status(province: Content) -> None:
    bare = [
        (standard.id, cell.competency)
        for standard in province.standards
        for cell in standard.cells
        if not standard.source_of(cell) or not standard.status_of(cell)
    ]
    assert bare == []


def test_what_a_published_text_states_is_marked_so_and_nothing_else(province: Content) -> None:
    confirmed = {
        (family, cell.competency)
        for family in TABLE
        for cell in province.standard[family].cells
        if province.standard[family].status_of(cell) == "confirmed"
    }
    assert confirmed == CONFIRMED


@pytest.mark.parametrize("family", [*TABLE, *sorted(FURTHER)])
def test_planning_asks_for_nothing_but_what_office_lists_hold(province: Content, family: str) -> None:
    """A list that is imported has degrees and theory. A cell of planning on more would leave nobody plannable."""
    assert {c.competency for c in province.standard[family].cells if c.required_at == PLAN} <= {"degree", "theory"}


def test_no_standard_asks_for_a_trait(province: Content) -> None:
    """Traits are set by evaluation; who was never evaluated would be plannable for nothing."""
    traits = {c.id for c in province.competencies if c.group in ("virtue", "talent", "prestige", "mettle")}
    assert traits == {"virtue", "talent", "prestige", "mettle"}
    assert [s.id for s in province.standards for c in s.cells if c.competency in traits] == []
    assert {province.competency[t].levels for t in traits} == {("not_assessed", "not_met", "met", "strong")}
