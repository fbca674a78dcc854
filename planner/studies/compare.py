"""Two plans side by side: goals, coverage by unit, and every decision that only one has or that differs.

The plans may come from one scenario, from a base and its what-if, or from two years: lines meet by identifiers.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from planner.domain.ids import PersonId, PositionId
from planner.domain.messages import Language, day_text, label
from planner.domain.plan import Plan
from planner.goals import GOALS
from planner.standing import Standing

Value = tuple[dt.date | str | int, ...]
"""What a plan says of a key: dates, a status, a name. Absent is None, not an empty value."""


def value_text(value: Value, language: Language = "en") -> str:
    """A value in one cell: days as the language writes them, periods as P0, P1 …, causes in words."""
    return ", ".join(_item_text(item, language) for item in value)


def _item_text(item: dt.date | str | int, language: Language) -> str:
    if isinstance(item, dt.date):
        return day_text(item, language)
    return f"P{item}" if isinstance(item, int) else label("cause", item, language)


@dataclass(frozen=True)
class Side:
    """One of the two plans. `coverage` are the rows of its table of that name, `tiers` those of its manifest."""

    title: str
    standing: Standing
    coverage: Sequence[Mapping[str, Any]] = ()
    tiers: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class GoalLine:
    """A goal's value (`part` None) or one of its plain counts. None: the plan does not have that goal or count.

    `optimal_…` says whether the goal's tier and those before it are proved optimal: only then is a difference that of
    the best plans, and not of two searches.
    """

    goal: str
    part: str | None
    before: float | None
    after: float | None
    optimal_before: bool | None = None
    optimal_after: bool | None = None

    @property
    def difference(self) -> float | None:
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True)
class CoverageLine:
    """Listed, ready and secured of a unit, each post on the day on which it wants its successor."""

    unit: str
    title: str
    listed_before: int | None
    listed_after: int | None
    ready_before: int | None
    ready_after: int | None
    secured_before: int | None
    secured_after: int | None


@dataclass(frozen=True)
class Change:
    """A decision or event that only one plan has (the other is None), or that differs."""

    table: str
    position: str | None
    position_title: str | None
    person: str | None
    person_name: str | None
    before: Value | None
    after: Value | None

    @property
    def difference(self) -> str:
        if self.before is None:
            return "only_after"
        return "only_before" if self.after is None else "differs"


@dataclass(frozen=True)
class InputLine:
    """How many rows of a table of the case, or entries of the rulebook, only one of the two has."""

    table: str
    only_before: int
    only_after: int


@dataclass(frozen=True)
class Comparison:
    """Before, after, changes."""

    before: str
    after: str
    inputs: tuple[InputLine, ...]
    goals: tuple[GoalLine, ...]
    coverage: tuple[CoverageLine, ...]
    changes: tuple[Change, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain data, with the differences; dates stay dates."""
        data = asdict(self)
        for name in ("goals", "changes"):
            for row, line in zip(data[name], getattr(self, name), strict=True):
                row["difference"] = line.difference
        return data


def compare(before: Side, after: Side) -> Comparison:
    """What changes from one plan to the other. Lines that are equal in both are left out, save goals and coverage."""
    return Comparison(
        before=before.title,
        after=after.title,
        inputs=tuple(_inputs(before.standing, after.standing)),
        goals=tuple(_goals(before, after)),
        coverage=tuple(_coverage(before, after)),
        changes=tuple(_changes(before.standing, after.standing)),
    )


# ---- goals -------------------------------------------------------------------------------------------------------


def _goals(before: Side, after: Side) -> Iterator[GoalLine]:
    then, now = _values(before), _values(after)
    optimal_then, optimal_now = _optimal(before), _optimal(after)
    for goal, part in dict.fromkeys([*then, *now]):
        optimal = (optimal_then.get(goal), optimal_now.get(goal)) if part is None else (None, None)
        yield GoalLine(goal, part, then.get((goal, part)), now.get((goal, part)), *optimal)


def _values(side: Side) -> dict[tuple[str, str | None], float]:
    """Values and plain counts of the goals that the plan claims, computed anew from its standing."""
    values: dict[tuple[str, str | None], float] = {}
    for goal in GOALS:
        if goal in side.standing.line.plan.goals:
            found = GOALS[goal].measure(side.standing)
            values[goal, None] = found.value
            values |= {(goal, part): count for part, count in found.parts.items()}
    return values


def _optimal(side: Side) -> dict[str, bool]:
    """By goal. A tier after one that is still open is bounded among plans no better there: that proves no optimum."""
    optimal: dict[str, bool] = {}
    so_far = True
    for tier in side.tiers:
        so_far = so_far and tier.get("value") == tier.get("bound")
        optimal |= dict.fromkeys(tier.get("goals", ()), so_far)
    return optimal


# ---- coverage ----------------------------------------------------------------------------------------------------


def _coverage(before: Side, after: Side) -> Iterator[CoverageLine]:
    then, now = _by_unit(before), _by_unit(after)
    for unit in dict.fromkeys([*then, *now]):
        old, new = then.get(unit, {}), now.get(unit, {})
        yield CoverageLine(
            unit=unit,
            title=(new or old)["title"],
            listed_before=old.get("listed"),
            listed_after=new.get("listed"),
            ready_before=old.get("ready"),
            ready_after=new.get("ready"),
            secured_before=old.get("secured"),
            secured_after=new.get("secured"),
        )


def _by_unit(side: Side) -> dict[str, Mapping[str, Any]]:
    return {row["id"]: row for row in side.coverage if row["scope"] == "unit" and row["when"] == "wanted_by"}


# ---- changes -----------------------------------------------------------------------------------------------------


class Key(NamedTuple):
    position: PositionId | None
    person: PersonId | None


Events = Mapping[Key, Value]


def _departures(plan: Plan) -> Events:
    return {Key(None, d.person): (d.on, d.cause) for d in plan.departures}


def _pools(plan: Plan) -> Events:
    """Names in the lists after their rounds: whether a name is kept or new is the same name in both."""
    return {Key(e.position, e.person): (e.on,) for e in plan.pools if e.status != "remove"}


def _training(plan: Plan) -> Events:
    sessions: defaultdict[Key, list[str]] = defaultdict(list)
    for place in plan.training:
        sessions[Key(None, place.person)].append(place.session)
    return {key: tuple(sorted(found)) for key, found in sessions.items()}


def _rotations(plan: Plan) -> Events:
    return {Key(r.position, r.person): (r.start, r.end) for r in plan.rotations}


def _appointments(plan: Plan) -> Events:
    return {Key(a.position, a.person): (a.on,) for a in plan.appointments}


def _covers(plan: Plan) -> Events:
    periods: defaultdict[Key, list[int]] = defaultdict(list)
    for cover in plan.covers:
        periods[Key(cover.position, cover.person)].append(cover.period)
    return {key: tuple(sorted(found)) for key, found in periods.items()}


def _successors(plan: Plan) -> Events:
    """One line a position, so that a change of name reads as one; the identifier is made a name below."""
    return {Key(s.position, None): (s.person, s.wanted_by) for s in plan.successors if s.person is not None}


EVENTS: dict[str, Callable[[Plan], Events]] = {
    "departures": _departures,
    "appointments": _appointments,
    "rotations": _rotations,
    "training": _training,
    "covers": _covers,
    "successors": _successors,
    "pools": _pools,
}
"""The tables of changes, in the order in which people ask."""


def _changes(before: Standing, after: Standing) -> Iterator[Change]:
    for table, events in EVENTS.items():
        then, now = events(before.line.plan), events(after.line.plan)
        ordered = sorted(then.keys() | now.keys(), key=lambda k: (k.position or "", k.person or ""))
        for key in ordered:
            old, new = then.get(key), now.get(key)
            if old == new or (table == "departures" and _beyond(before, after, old, new)):
                continue
            if table == "successors":
                old, new = _with_name(before, old), _with_name(after, new)
            yield Change(table, *_named(before, after, key), old, new)


def _beyond(before: Standing, after: Standing, old: Value | None, new: Value | None) -> bool:
    """Whether nobody leaves within the horizon of the plan that says so."""
    sides = ((before, old), (after, new))
    return all(v is None or _first_day(v) > side.ground.horizon.until for side, v in sides)


def _first_day(value: Value) -> dt.date:
    return next(v for v in value if isinstance(v, dt.date))


def _with_name(standing: Standing, value: Value | None) -> Value | None:
    """The name in place of the identifier; both where two people have one name."""
    if value is None:
        return None
    people = standing.ground.case.people
    name = next(p.name for p in people if p.person_id == value[0])
    several = sum(p.name == name for p in people) > 1
    return (f"{name} ({value[0]})" if several else name, *value[1:])


def _named(before: Standing, after: Standing, key: Key) -> tuple[str | None, str | None, str | None, str | None]:
    """Identifiers with the names people know; the later plan's words first."""
    cases = (after.ground.case, before.ground.case)
    title = next((c.position[key.position].title for c in cases if key.position in c.position), None)
    name = next((c.person[key.person].name for c in cases if key.person in c.person), None)
    return key.position, title, key.person, name


# ---- inputs ------------------------------------------------------------------------------------------------------


def _inputs(before: Standing, after: Standing) -> Iterator[InputLine]:
    """What was put in differently: without it a change of the plan cannot be understood."""
    then, now = _rows(before), _rows(after)
    for table in then:
        only_before, only_after = len(then[table] - now[table]), len(now[table] - then[table])
        if only_before or only_after:
            yield InputLine(table, only_before, only_after)


def _rows(standing: Standing) -> dict[str, set[str]]:
    case, content = standing.ground.case, standing.ground.content
    rows = {table: {row.model_dump_json() for row in found} for table, found in case.tables().items()}
    # Where an entry stands in its file is no part of it.
    rows["rules"] = {e.model_dump_json(exclude={"line", "file"}) for e in content.rulebook}
    return rows
