"""The rules of a province in random tiny cases: what their rules read is added to the case, and entries to the book.

Drawn apart from the rest of a case, so that the cases without them stay as they are.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from typing import Any

from planner.domain.case import Case, Position, Rating, Unit
from planner.domain.content import Content, Entry
from planner.domain.horizon import Horizon

PROVINCE_SEEDS = range(400, 412)
"""Seeds whose cases have the rules of a province beside the others."""


def with_province(
    case: Case, content: Content, horizon: Horizon, seed: int, attempt: int
) -> tuple[Case, Content]:  # fmt: skip
    """The case with a few more facts and entries."""
    rng = random.Random(f"province {seed}/{attempt}")
    return _facts(case, horizon, rng), replace(content, rulebook=(*content.rulebook, *_entries(case, horizon, rng)))


def _facts(case: Case, horizon: Horizon, rng: random.Random) -> Case:
    year = horizon.as_of.year

    def unit(row: Unit) -> Unit:
        more = {"headcount": rng.choice((None, 2, 4, 6)), "kind": rng.choice((None, "commune", "division"))}
        return row.model_copy(update=more)

    def position(row: Position) -> Position:
        more = {"bars_locals": rng.choice((None, True)), "sector": rng.choice((None, "finance", "party"))}
        return row.model_copy(update=more)

    def day() -> dt.date | None:
        """Before, on or after the first days of periods, or not known."""
        border = rng.choice((horizon.as_of, *horizon.starts))
        return rng.choice((None, border, border + dt.timedelta(days=rng.choice((-400, -1, 1)))))

    people = tuple(
        row.model_copy(
            update={
                "local_units": rng.choice((None, "U1", "U2", "elsewhere")),
                "party_since": day(),
                "party_full_since": day(),
                "service_since": day(),
                "file_ok": rng.choice((None, True, True, False)),
                "barred_from": rng.choice((None, None, None, day())),
            }
        )
        for row in case.people
    )
    ratings = tuple(
        Rating(person_id=row.person_id, year=y, rating=rng.choice(("excellent", "good", "complete")))
        for row in case.people
        for y in (year - 1, year)
        if rng.random() < 0.4
    )
    return replace(
        case,
        units=tuple(map(unit, case.units)),
        positions=tuple(map(position, case.positions)),
        people=people,
        ratings=ratings,
        given=case.given | {"ratings"},
    )


def _entries(case: Case, horizon: Horizon, rng: random.Random) -> list[Entry]:
    pick = rng.choice
    theory = ["theory:primary", "theory:advanced"]
    kin = {"within": "locality_sectors", "leaders": {"rank": pick(["HEAD", "DEP"])}, "sectors": ["finance"]}
    params: dict[str, dict[str, Any]] = {
        "rating_floor": {"min": "good", "years": pick([1, 2])},
        "freeze": {},
        "min_tenure": {"months": pick([6, 12, 24])},
        "verified": {"flags": ["file_ok"]},
        "not_barred": {"months_if_unknown": 6},
        "age_bands": {"scope": pick(["position", "all"])},
        "nested_pools": {"base": {"rank": pick(["DIV", "DEP"])}},
        "not_with_appointment": {},
        "non_local": {},
        "non_local_holders": {},
        "tenure_limit": {"months": pick([12, 24, 30])},
        "rotate_from_pool": {},
        "rotation_months_left": {"moves": pick(["development", "policy"]), "min": pick([6, 12]), "long_stay": 24},
        "rotation_balance": {"max": pick([0.0, 0.34, 0.5]), "always": pick([0, 1])},
        "rotations_per_unit": {"max": pick([0, 1])},
        "course_open_to": {"grants": theory, "held": pick(["DEP", None]), "planned": pick(["DEP", "HEAD"])},
        "course_conditions": {
            "grants": theory, "party": pick(["none", "member", "full"]), "level": pick([None, "skill:some"]),
            "ratings": ["excellent", "good"], "rated_years": pick([0, 1]), "service_months": pick([0, 6]),
        },
        "absences": {"max": pick([0, 0.5])},
        "deputies_cap": pick([{"max": 1}, {"share": 0.5}, {"max": 2, "superior": True}, {"steps": {0: 0, 4: 1}}]),
        "average_cap": {"average": pick([0.5, 1.0]), "least": pick([1, 2])},
        "kin_apart": {"relations": ["sibling", "child"], **kin},
    }  # fmt: skip
    entries = []
    for rule, given in params.items():
        if rng.random() >= 0.35:
            continue
        wish = rng.random() < 0.5
        change = pick((None, None, None, *horizon.starts, horizon.until))
        entries.append(
            Entry.model_validate(
                {
                    "id": f"{rule}-province",
                    "rule": rule,
                    "params": {k: v for k, v in given.items() if v is not None},
                    "force": {"should": pick([1, 2])} if wish else "must",
                    "source": "random",
                    "status": "confirmed",
                    "waived_by": pick([None, "province"]),
                    "applies_to": pick([{}, {}, {"rank": ["DEP", "DIV"]}, {"head": True}]),
                    pick(["from", "until"]): change or (dt.date(2030, 12, 31) if rule == "freeze" else None),
                }
            )
        )
    return entries
