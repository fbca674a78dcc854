"""The entries of rules.md §2.5 that switch parts of the indicator sets: the report with each, and without it, by hand.

`REPORTS`: entry id → what is looked at, with the entry, without it. `SWITCHED_OFF` gives the same to the test over all
entries of the rulebooks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from planner.assess import assess
from planner.domain.case import Case, Discipline, Rating
from planner.domain.content import Content, Entry
from tests.assess.department import AS_OF, bare, director, full, indicator
from tests.rules.switching import SwitchCase, province

IN_2027 = dt.date(2027, 1, 1)
Report = Callable[[Content], object]


def heads(excellent: int, good: int, **tables: tuple) -> Case:
    """Ten division heads, each of a division of the department, with given classes."""
    codes = ["excellent"] * excellent + ["good"] * good
    given = tuple(Rating(person_id=f"P{n:02d}", year=2025, rating=code) for n, code in enumerate(codes, start=1))
    return bare(ratings=given, **tables)


def class_of(case: Case, year: int = 2025, as_of: dt.date = AS_OF) -> Report:
    return lambda content: assess(case, content, as_of, year).of("P01").computed


def problems_of(case: Case, year: int) -> Report:
    def codes(content: Content) -> list[str]:
        found = assess(case, content, AS_OF, year)
        return [p.reason.code for p in found.problems if p.person == "P01" and p.year == year]

    return codes


OLD_LEADER = director(
    indicators=tuple(
        indicator("P01", code, value, 2024)
        for code, value in {
            **{f"Q{n}": 4 for n in range(1, 7)}, "targets_exceeded": 49, "units_complete": 100, "units_good": 70,
        }.items()
    ),
    ratings=(Rating(person_id="P01", year=2024, rating="excellent"),),
)  # fmt: skip
REPRIMAND = (Discipline(person_id="P01", form="reprimand", decided="2026-06-01", expires="2026-12-01"),)

REPORTS: dict[str, tuple[Report, object, object]] = {
    # 100 points: with the bands a class, without them none
    "rate_bands": (class_of(bare(indicators=tuple(full("P01")))), "excellent", None),
    # 98 points with 20 % above requirement
    "rate_excellent_leader": (class_of(bare(indicators=tuple(full("P01", R4=20)))), "good", "excellent"),
    # 92 points with 20 % above requirement, 98 % on time: R4 20 loses 2, G5 0 loses 4, R7 76 2.1; R3 98 nothing: 91.9.
    "rate_good_leader": (
        class_of(bare(indicators=tuple(full("P01", R4=20, G5=0, R7=76, R3=98)))), "complete", "good",
    ),
    # 90 % of the tasks done, and 7 + 7 + 7 + 6 + 3.5 = 30.5 lost: 69.5 points
    "rate_complete": (
        class_of(bare(indicators=tuple(full("P01", R1=90, G1=4, G2=4, R6=4, R7=50)))), "not_complete", "complete",
    ),
    # a reprimand of 2026: fails the year; without it the veto of virtue leaves complete
    "rate_fail_triggers": (
        class_of(bare(indicators=tuple(full("P01", 2026)), discipline=REPRIMAND), 2026, IN_2027),
        "not_complete", "complete",
    ),
    # 49 % of the targets exceeded, half wanted
    "rate_old_leader_excellent": (problems_of(OLD_LEADER, 2024), ["assess.condition_fails"], []),
    "rate_excellent_cap": (
        lambda content: [(c.places, c.used) for c in assess(heads(3, 7), content, AS_OF).caps if c.used], [(2, 3)], [],
    ),
}  # fmt: skip


def with_entry(entry: Entry) -> Content:
    """The province's content with this entry in place of the shipped one of its id."""
    content = province()
    return replace(content, rulebook=tuple(entry if e.id == entry.id else e for e in content.rulebook))


def _case(report: Report) -> SwitchCase:
    return lambda entry: report(with_entry(entry))


SWITCHED_OFF: dict[str, SwitchCase] = {entry_id: _case(report) for entry_id, (report, _, _) in REPORTS.items()}
