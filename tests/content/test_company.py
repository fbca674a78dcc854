"""The company that we ship: its what-ifs have the values that the comments of their files derive by hand."""

import datetime as dt

import pytest

from planner import api
from planner.files.content import shipped

# Derived in the comments of scenarios/company/*.yaml: weights of heads and posts, names removed, names missing.
BASE = {"heads": 4, "posts": 2, "keep": 0, "depth": 2}
WHAT_IFS = {
    "chief-executive-leaves-early": {"heads": 4, "posts": 2},
    "nobody-from-outside": {"heads": 8, "posts": 2},
    "ines-certified": {"heads": 0, "posts": 2},
}


def values(solved: api.Solved) -> dict[str, float]:
    return {goal: value for tier in solved.asked for goal, value in tier.values.items()}


@pytest.fixture(scope="module")
def company() -> api.Solved:
    return api.solve("company")


def test_the_company_is_solved_to_proof_with_the_derived_values(company: api.Solved) -> None:
    assert company.complete
    assert {goal: values(company)[goal] for goal in BASE} == BASE
    assert company.judgement.violations == ()


def test_finance_waits_for_the_head_of_the_house_and_somebody_from_outside_is_held_ready(company: api.Solved) -> None:
    (cfo,) = [a for a in company.plan.appointments if a.position == "cfo"]
    assert (cfo.person, cfo.on) == ("okafor", dt.date(2027, 7, 1))
    (held,) = [s.person for s in company.plan.successors if s.position == "cfo"]
    assert held == "brandt"


def test_who_has_an_open_background_check_is_appointed_to_nothing(company: api.Solved) -> None:
    assert [a for a in company.plan.appointments if a.person == "fischer"] == []


def test_a_colleague_acts_for_plant_south_until_somebody_is_ready(company: api.Solved) -> None:
    (south,) = [a for a in company.plan.appointments if a.position == "plant_s"]
    assert south.on == dt.date(2026, 7, 1)
    assert company.standing.ground.covers_now["plant_s"].person == "rey"  # type: ignore[index]


def test_brother_and_sister_are_not_in_one_plant(company: api.Solved) -> None:
    post = company.standing.ground.case.position
    for day in company.standing.ground.horizon.ends:
        units = [post[p].unit_id for who in ("ines", "rui") if (p := company.standing.line.post_of(who, day))]  # type: ignore[arg-type]
        assert len(set(units)) == 2


@pytest.mark.long
@pytest.mark.parametrize("name", WHAT_IFS)
def test_a_what_if_has_the_derived_values(name: str) -> None:
    solved = api.solve(f"company/{name}")
    assert solved.complete
    assert {goal: values(solved)[goal] for goal in WHAT_IFS[name]} == WHAT_IFS[name]


def test_every_what_if_of_the_folder_is_tested() -> None:
    files = {path.stem for path in (shipped("scenarios") / "company").glob("*.yaml")}
    assert files == {"scenario", *WHAT_IFS}
