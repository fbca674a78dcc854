"""`planner show`: the plan of case 07 in a terminal, whole and in parts, and what it refuses.

Case 07: Hồ Văn Đức, deputy director of Justice, retires on 1 January 2027, as do others later; Đỗ Văn Cường goes to
Finance on 1 July 2026, which ends the surplus of three deputies in two seats. Vũ Thị Én has her level on 31 January
2027 and can follow in July only.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.cli.overview_text import FEW, MANY_POSTS, OverviewText
from planner.exporters.overview import Overview, Post, PostLine, UnitLine, Vacancy
from tests.cli.conftest import CASES, Planner
from tests.cli.test_run import DAY_OF_FINANCE, EMPTY_SEAT


@pytest.fixture
def plan(planner: Planner) -> str:
    assert planner("run", CASES / "07-inherited-breach", "--out", "plan").code == 0
    return "plan"


def test_a_plan_is_shown_as_its_run_did(planner: Planner) -> None:
    ran = planner("run", CASES / "07-inherited-breach", "--out", "plan", "--lang", "en").out.splitlines()
    shown = planner("show", "plan", "--lang", "en").out.splitlines()
    assert shown[:-1] == ran[:-2]
    assert (shown[-1], ran[-1]) == ("Next: planner export plan --form review", "Next: planner export plan --to xlsx")
    assert max(map(len, shown)) <= 100


def test_the_seat_that_waits_has_its_days_who_left_who_follows_and_why(planner: Planner, plan: str) -> None:
    out = " ".join(planner("show", plan, "--lang", "en").out.split())
    assert EMPTY_SEAT in out
    assert "Why: Vũ Thị Én is ready only from 2027-01-31: Political theory: Intermediate." in out
    vi = " ".join(planner("show", plan, "--lang", "vi").out.split())
    assert "Vì: đến 31/01/2027 Vũ Thị Én mới đủ điều kiện: Lý luận chính trị: Trung cấp." in vi


def test_goals_stand_last_with_their_sums(planner: Planner, plan: str) -> None:
    goals = planner("show", plan, "--lang", "en").out.split("\nGoals\n")[1]
    assert "other posts: 4 = 1 half-year empty × 4" in goals
    assert "effort: 3 = 1 training place + 2 appointments" in goals


def test_what_is_inherited_is_counted_by_rule_and_listed_where_asked(planner: Planner, plan: str) -> None:
    short, whole = (planner("show", plan, "--lang", "en", *more).out for more in ((), ("--all",)))
    assert "1  not more holders than seats" in short
    assert "tolerated until 2027-01-01" not in short
    assert "tolerated until 2027-01-01" in " ".join(whole.split())


@pytest.mark.parametrize(
    ("part", "there", "not_there"),
    [
        (("--unit", "U2"), "Director of Finance", "Director of Justice:"),
        (("--unit", "Department of Finance"), "Director of Finance", "Vũ Thị Én"),
        (("--post", "Director of Finance"), DAY_OF_FINANCE, "Vũ Thị Én"),
        (("--person", "Vũ Thị Én"), "Deputy director of Justice", "Director of Finance:"),
        (("--year", "2027"), "Hồ Văn Đức retires", DAY_OF_FINANCE),
    ],
)
def test_a_part_of_the_plan(planner: Planner, plan: str, part: tuple[str, str], there: str, not_there: str) -> None:
    done = planner("show", plan, *part, "--lang", "en")
    assert done.code == 0, done.err
    assert there in " ".join(done.out.split())
    assert not_there not in " ".join(done.out.split())
    assert "Goals" not in done.out


def test_a_year_without_events_says_so(planner: Planner, plan: str) -> None:
    assert "The plan has nothing of this." in planner("show", plan, "--year", "2040", "--lang", "en").out


def test_unknown_ids_are_told_together_with_the_nearest(planner: Planner, plan: str) -> None:
    done = planner("show", plan, "--unit", "U22", "--person", "nobody at all", "--lang", "en")
    assert done.code == 3
    assert "--unit: U22 is not in units (did you mean U2?)" in done.err
    assert "--person: nobody at all is not in people" in done.err


def test_for_machines_it_is_one_object(planner: Planner, plan: str) -> None:
    data = planner("show", plan, "--json").data
    (seat,) = data["vacancies"]
    assert (seat["since"], seat["until"], seat["opened"], seat["why"]) == (
        "2027-01-01", "2027-07-01", "retirement", "not_ready",
    )  # fmt: skip
    assert [goal["value"] for goal in data["goals"]] == [0, 4, 0, 0, 0, 3]


def test_a_plan_that_was_changed_is_shown_and_refused(planner: Planner, plan: str) -> None:
    table = Path(plan, "appointments.csv")
    table.write_text(table.read_text(encoding="utf-8").replace("2026-07-01", "2026-08-01"), encoding="utf-8")
    done = planner("show", plan, "--lang", "en")
    assert done.code == 7
    assert "Director of Finance" in done.out
    assert "planner verify" in done.err


def test_what_is_no_plan_folder_is_told(planner: Planner) -> None:
    Path("empty").mkdir()
    assert planner("show", "empty").code == 3


# ---- many posts --------------------------------------------------------------------------------------------------


def _large(posts: int) -> Overview:
    """Of so many posts in units of ten, the seat of each empty to the end."""
    rows = [
        Post(id=f"p{n}", title=f"Post {n}", short=f"Post {n}", unit=f"u{n // 10}", units=(), head=False)
        for n in range(posts)
    ]
    units = [
        UnitLine(unit=f"u{n}", name=f"Unit {n}", posts=10, seats=10, empty_today=0, empty_at_end=n % 3, arrivals=0,
                 wanted=0, without_successor=0)
        for n in range(posts // 10)
    ]  # fmt: skip
    lines = [
        PostLine(post=p, seats=1, holders=(), arrivals=(), wants_successor=False, wanted_by=None, successor=None,
                 suitability=None, why_none=None, listed=(), ready=0)
        for p in rows
    ]  # fmt: skip
    open_ = [
        Vacancy(post=p, since="2026-01-01", until=None, opened="today", left_by=None, filled_by=None, acting=(),
                why="nobody_listed", reason="nobody is in the list")
        for p in rows
    ]  # fmt: skip
    return Overview(
        title="Large", as_of="2026-01-01", until="2027-12-31", rulebook="r", everyone_is_listed=False,
        vacancies=open_, units=units, posts=lines, chains=(), sessions=(), rotations=(), nominations=None, paths=None,
        inherited=(), warnings=(), goals=(),
    )  # fmt: skip


def test_very_many_posts_are_told_by_unit_and_long_lists_end_in_a_count() -> None:
    few, many = (list(OverviewText(_large(n), "en").lines()) for n in (MANY_POSTS, MANY_POSTS + 10))
    assert "    Post 7: nobody" in few
    assert "Unit by unit, those with empty seats first" in many
    assert f"  … and {MANY_POSTS + 10 - FEW} more" in many
    # Units of most empty seats at the end come first: 2 of each third.
    first = many[many.index("Unit by unit, those with empty seats first") + 1]
    assert first.startswith("  Unit 11: posts 10, seats 10; empty today 0, at the end 2")
    whole = list(OverviewText(_large(MANY_POSTS + 10), "en", whole=True).lines())
    assert not any("more" in line for line in whole)
    assert sum("Why:" in line for line in whole) == MANY_POSTS + 10


def test_lines_are_as_wide_as_asked() -> None:
    for width in (60, 80, 100):
        assert max(len(line) for line in OverviewText(_large(20), "en", width).lines()) <= width
