"""What the goals `choice` and `pipeline` read, in random tiny cases: gates, suitability, waiting, the procedure.

Drawn apart from the rest of a case, so that the other features stay as they are drawn.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

from planner.domain.case import Case, Exemption, Nomination, Person, Round, Service
from planner.domain.content import Content, Entry
from planner.domain.dates import Day
from planner.domain.horizon import Horizon
from planner.domain.ids import PositionId, RoundId
from planner.domain.indicator_sets import RatingClass
from planner.domain.record import Name
from planner.domain.scenario import Rates
from planner.domain.suitability import Component, Gate, SuitabilitySpec
from tests.random.province import RATINGS

CLASSES = tuple(RatingClass(code=code, name=Name(en=code), short=Name(en=code)) for code in RATINGS)
SPEC = SuitabilitySpec(
    source="random",
    status="proposed",
    components=(
        Component(
            id="results", name=Name(en="Results"), weight=35, source="ratings", points=20,
            values=dict(zip(RATINGS, (100, 70, 35, 0), strict=True)),
        ),
        Component(
            id="skill", name=Name(en="Skill"), weight=10, source="level", competency="skill",
            values={"none": 0, "some": 100},
        ),
        Component(
            id="field", name=Name(en="Field"), weight=10, source="field", values={"same": 100, "near": 60, "other": 10}
        ),
        Component(id="unit", name=Name(en="Unit"), weight=10, source="unit", months=24),
        Component(id="line", name=Name(en="Line"), weight=10, source="line", months=36),
        Component(
            id="list", name=Name(en="List"), weight=10, source="list", months=12,
            values={"own": 100, "new": 40, "equal": 20, "none": 0},
        ),
        Component(
            id="nomination", name=Name(en="Nomination"), weight=10, source="nomination",
            values={"nominated": 60, "all_votes": 100, "not_nominated": 25},
        ),
        Component(id="standard", name=Name(en="Standard"), weight=5, source="standard"),
    ),
    gates=(Gate(source="ratings", values=("not_complete",)),),
)  # fmt: skip


SELDOM: dict[int, tuple[str, dict[str, object], object]] = {
    19: ("own_standard", {"service_after": 6}, {"should": 2}),
    1: ("not_with_appointment", {}, "must"),
}


TWO_ROUNDS = 9
"""The case of such a seed has a round of its own for the posts of one system."""


def with_choice(case: Case, content: Content, horizon: Horizon, seed: int, attempt: int) -> tuple[Case, Content, Rates]:
    """The case with votes, days of names and promises; the content with a suitability; entries on waiting and days."""
    rng = random.Random(f"choice {seed}/{attempt}")
    entries = tuple(_entries(rng))
    if seed % 32 in SELDOM:  # chance alone brings these too seldom where they bind
        rule, params, force = SELDOM[seed % 32]
        entries += (Entry(id="seldom", rule=rule, params=params, force=force, source="random", status="proposed"),)
    pools = tuple(row.model_copy(update={"since": _since(rng, horizon)}) for row in case.pools)
    nominations = tuple(_voted(rng, row) for row in case.nominations)
    posts = [row.position_id for row in case.positions if row.nature == "full_time"]
    service = tuple(_promised(rng, row, posts) for row in case.service)
    people = tuple(_member(rng, row, horizon) for row in case.people)
    case = replace(case, pools=pools, nominations=nominations, service=service, people=people)
    if seed % 32 == TWO_ROUNDS and case.rounds:
        own = Round(round_id=RoundId("own"), approved_on=Day.of(horizon.starts[-1]), system="party")
        case = replace(case, rounds=(*case.rounds, own))
    if any(entry.rule == "standards" for entry in entries):
        case = _excused(rng, case, posts, horizon)
    spec = SPEC if rng.random() < 0.8 else content.suitability
    content = replace(content, ratings=CLASSES, suitability=spec, rulebook=(*content.rulebook, *entries))
    return case, content, Rates() if rng.random() < 0.7 else _rates(rng)


def _entries(rng: random.Random) -> list[Entry]:
    drawn: list[tuple[str, dict[str, object], str]] = []
    if rng.random() < 0.5:
        months = {"empty": rng.choice((0, 6, 12)), "acting": rng.choice((0, 6, 12))}
        drawn.append(("tolerated_vacancy", months, "info"))
    if rng.random() < 0.3:
        drawn.append(("earliest_order", {"days": rng.choice((1, 60, 190))}, "must"))
    if rng.random() < 0.3:
        drawn.append(("order_after_list", {"days": rng.choice((30, 60, 200))}, "must"))
    if rng.random() < 0.35:
        drawn.append(("order_after_opening", {"days": rng.choice((1, 30, 170))}, "must"))
    if rng.random() < 0.2:
        drawn.append(("party_member", {"membership": rng.choice(("member", "full"))}, "must"))
    if rng.random() < 0.25:
        drawn.append(("standards", {}, "must"))
    scopes: tuple[dict[str, object], ...] = ({}, {}, {"head": True}, {"rank": ["DEP", "DIV"]})
    odd = [("successor_wanted", {}, "info")] if len(drawn) % 2 else []  # draws nothing: the other cases stay as chosen
    return [
        Entry(id=f"c{n}", rule=rule, params=params, force=force, applies_to=rng.choice(scopes), source="random",
              status="proposed", waived_by="province" if rule == "standards" else None)
        for n, (rule, params, force) in enumerate(drawn)
    ] + [
        Entry(id="odd", rule=rule, params=params, force=force, source="random", status="proposed")
        for rule, params, force in odd
    ]  # fmt: skip


def _since(rng: random.Random, horizon: Horizon) -> dt.date | None:
    days = rng.choice((None, 20, 100, 400))
    return None if days is None else Day.of(horizon.as_of - dt.timedelta(days=days))


def _voted(rng: random.Random, row: Nomination) -> Nomination:
    return row.model_copy(update={"votes_for": rng.choice((None, 3, 9)), "votes_of": 9})


def _promised(rng: random.Random, row: Service, posts: list[str]) -> Service:
    return row.model_copy(update={"return_to": rng.choice((None, *posts))}) if row.kind == "rotation" else row


def _member(rng: random.Random, row: Person, horizon: Horizon) -> Person:
    """Admitted long ago, within the horizon, or never; a year later past the probation."""
    days = rng.choice((None, -900, -900, 100))
    if days is None:
        return row
    since = horizon.as_of + dt.timedelta(days=days)
    full = Day.of(since + dt.timedelta(days=365))
    return row.model_copy(update={"party_since": Day.of(since), "party_full_since": full})


def _excused(rng: random.Random, case: Case, posts: list[PositionId], horizon: Horizon) -> Case:
    """Somebody may lack what a post asks, for good or until a day."""
    person = rng.choice(case.people).person_id
    row = Exemption(
        rule="standards",
        subject=rng.choice((person, f"{person}+{rng.choice(posts)}")),
        authority="province",
        reason="random",
        decided=Day.of(horizon.as_of - dt.timedelta(days=30)),
        until=rng.choice((None, Day.of(horizon.starts[-1]))),
    )
    return replace(case, exemptions=(*case.exemptions, row), given=case.given | {"exemptions"})


def _rates(rng: random.Random) -> Rates:
    least = {"new_name_points": 1, "head": 1}
    return Rates(**{name: rng.randrange(least.get(name, 0), 40) for name in Rates.model_fields})
