"""The whole of a plan: what the comment of scenarios/first-office derives by hand is what the program proves."""

from __future__ import annotations

import pytest

from planner import api
from planner.goals import GOALS


def test_the_first_office_comes_to_what_its_scenario_derives() -> None:
    standing = api.solve("first-office", seconds=60).standing
    found = {name: goal.measure(standing) for name, goal in GOALS.items()}
    assert {name: measured.value for name, measured in found.items()} == {
        "heads": 19, "posts": 0, "keep": 0, "nominations": 0, "depth": 3, "choice": 398, "preferences": 33,
        "pipeline": 20, "effort": 12, "new_names": 1,
    }  # fmt: skip
    for measured in found.values():
        assert sum(term.total for term in measured.terms) == measured.value
        for term in measured.terms:
            assert term.rate is None or term.amount * term.rate * term.weight == pytest.approx(term.total)
    # 6 · 4 + 2 · 40 + 3 · 8 + (3 · 3 + 6 · 2) · 4 · 3 + 3 · 2 · 2 + 3 · 2 = 398
    assert {name: count for name, count in found["choice"].parts.items() if count} == {
        "appointments": 6, "rotations": 2, "between_units": 3, "months_waiting": 9, "points": 3, "successor_points": 3,
    }  # fmt: skip
    assert {name: count for name, count in found["pipeline"].parts.items() if count} == {
        "new_names": 1,
    }  # fmt: skip
    # In the order of the scenario's comment: tenths of field, unit, line, list and demands; 28 points for all beside.
    suitability = standing.ground.suitability
    counted = ("field", "unit", "line", "list", "standard")

    def parts(person: str, position: str) -> list[int]:
        tenths = {p.component.id: p.tenths for p in suitability.parts(person, position)}  # type: ignore[arg-type]
        assert sum(tenths.values()) - sum(tenths[name] for name in counted) == 280
        return [tenths[name] for name in counted]

    assert parts("frank", "deputy") == [7, 90, 80, 120, 53]
    assert parts("elena", "deputy") == [70, 54, 48, 120, 27]
    assert parts("dario", "branch") == [70, 0, 63, 120, 40]
