"""Tiny universes: a case of a few rows, and every plan that can be put together from its candidate decisions.

A decision is written as the key of its column (planner.problem): ("x", i, p) in the list, ("u", i, s) place,
("v", i, q, t) rotation, ("a", i, p, t) appointment, ("k", i, p, t) acting, ("g", i, p) designated. A universe holds
groups of alternatives; a plan takes one alternative of each. Candidates for which no column exists are among them:
what the program refuses, the law must refuse.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations, product
from math import prod
from typing import Any

import numpy as np

from planner.domain.case import TABLES, Case
from planner.domain.content import Cell, Competency, Content, Counts, Entry, Rank, RetirementStep, Standard
from planner.domain.horizon import Horizon
from planner.domain.plan import Cover, Place
from planner.domain.record import Name
from planner.domain.violation import Violation
from planner.problem import Problem
from planner.program import Arrays, Program
from planner.program.arrays import Floats
from planner.rules.registry import Bound, bind
from planner.rules.structure import STRUCTURE
from planner.standing import Standing, status_quo
from planner.structure import build_structure
from planner.structure.extract import extract, make_plan
from planner.structure.point import RefusedError, point
from planner.timeline import Ground, dating
from planner.timeline.dating import Move

Key = tuple[Any, ...]
Keys = frozenset[Key]
Group = tuple[Keys, ...]
Row = dict[str, Any]

AS_OF = dt.date(2026, 1, 1)
FAR = "2060-01-01"
UNRULED_MONTHS = 12
"""The length that a rotation is given where no rule gives one; such a plan must be refused."""

# ---- rows of a case ----------------------------------------------------------------------------------------------


def post(position: str, rank: str = "HEAD", unit: str = "U", **more: Any) -> Row:
    """A post without a wanted successor, of standard `free`, with one seat; `more` are columns."""
    row = {
        "position_id": position,
        "title": position,
        "unit_id": unit,
        "rank": rank,
        "standard": "free",
        "seats": 1,
        "successors": 0,
        "may_stay_empty": False,
    }
    return {key: value for key, value in (row | more).items() if value is not None}


def person(
    person_id: str,
    holds: str | None = None,
    rank: str | None = None,
    levels: Mapping[str, str] | None = None,
    leaves: str = FAR,
    service: Iterable[Row] = (),
    kind: str = "substantive",
    **more: Any,
) -> dict[str, list[Row]]:
    """The rows of one person: present post or rank, levels, first day out of service, columns of `people`."""
    present: list[Row] = []
    if holds is not None or rank is not None:
        own = {k: more.pop(k) for k in ("planned_until", "return_to", "since") if k in more}
        present = [{"since": "2020-01-01", "position_id": holds, "rank": rank, "kind": kind, **own}]
    return {
        "people": [
            {"person_id": person_id, "name": person_id, "sex": "M", "birth_date": "1985-01-01", "retires_on": leaves}
            | more
        ],
        "service": [{"person_id": person_id, **row} for row in (*present, *service)],
        "qualifications": [
            {"person_id": person_id, "competency": c, "level": level} for c, level in (levels or {}).items()
        ],
    }


def case_of(people: Iterable[Mapping[str, list[Row]]], **tables: Iterable[Row]) -> Case:
    """A case from posts (`positions=`), people, and whatever other tables it needs; units are found in the posts."""
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    for one in people:
        for table, some in one.items():
            rows[table] += some
    for table, given in tables.items():
        rows[table] += list(given)
    known = {row["unit_id"] for row in rows["units"]}
    units = dict.fromkeys(row["unit_id"] for row in rows["positions"])
    rows["units"] += [{"unit_id": unit, "name": unit} for unit in units if unit not in known]
    tables_ = {name: tuple(TABLES[name].model_validate(row) for row in some) for name, some in rows.items()}
    return Case(**tables_, given=frozenset(tables_))  # type: ignore[arg-type]


def round_(on: str = "2026-03-31", **more: Any) -> Row:
    return {"round_id": "R", "approved_on": on} | more


def course(course_id: str = "K", grants: str = "theory:advanced", **more: Any) -> Row:
    return {"course_id": course_id, "name": course_id, "grants": grants} | more


def session(session_id: str, start: str, end: str, course_id: str = "K", **more: Any) -> Row:
    return {"session_id": session_id, "course_id": course_id, "start": start, "end": end} | more


def entry(rule: str, id: str | None = None, force: Any = "must", **more: Any) -> Entry:
    """A rulebook entry; what is no field of an entry is a parameter."""
    fields = {"applies_to", "waived_by", "from", "until"}
    params = {key: value for key, value in more.items() if key not in fields}
    rest = {key: value for key, value in more.items() if key in fields}
    return Entry.model_validate(
        {"id": id or rule, "rule": rule, "params": params, "force": force, "source": "test", "status": "confirmed"}
        | rest
    )


# ---- content -----------------------------------------------------------------------------------------------------


def _competency(id: str, *levels: str, **more: Any) -> Competency:
    return Competency(id=id, name=Name(en=id), group="qualification", levels=levels, **more)  # type: ignore[arg-type]


def _cell(competency: str, level: str, required_at: str, grace: int = 0) -> Cell:
    return Cell(competency=competency, level=level, required_at=required_at, grace_months=grace)  # type: ignore[arg-type]


COMPETENCIES = (
    _competency("theory", "none", "intermediate", "advanced"),
    _competency("law", "none", "degree"),
    _competency("away_months", unit="months", counts=Counts(kind="rotation")),
    _competency("deputy_months", unit="months", counts=Counts(rank=("DEP",))),  # type: ignore[arg-type]
)
RANKS = tuple(
    Rank(code=code, order=order, max_step_up=step, name=Name(en=code))  # type: ignore[arg-type]
    for code, order, step in (
        ("STAFF", 10, None), ("SUB", 19, None), ("DIV", 20, 10), ("DEP", 30, 10), ("HEAD", 40, 10)
    )
)  # fmt: skip
STANDARDS = tuple(
    Standard(id=id, cells=cells)
    for id, cells in {
        "free": (),
        "theory": (_cell("theory", "advanced", "appoint"),),
        "law": (_cell("law", "degree", "plan"),),
        "theory_after": (_cell("theory", "advanced", "after_appoint", 6),),
        "law_and_theory_after": (_cell("law", "degree", "plan"), _cell("theory", "advanced", "after_appoint", 6)),
        "law_and_theory": (_cell("law", "degree", "plan"), _cell("theory", "advanced", "appoint")),
        "away": (_cell("away_months", "6", "appoint"),),
        "deputy": (_cell("deputy_months", "24", "appoint"),),
    }.items()
)


def content_of(*rulebook: Entry) -> Content:
    return Content(
        name="twins",
        competencies=COMPETENCIES,
        ranks=RANKS,
        standards=STANDARDS,
        retirement=(
            RetirementStep(sex="M", born_from=None, years=62),
            RetirementStep(sex="F", born_from=None, years=60),
        ),
        rulebook=rulebook,
    )


# ---- decisions ---------------------------------------------------------------------------------------------------


def x(i: str, *positions: str) -> list[Key]:
    return [("x", i, p) for p in positions]


def u(i: str, *sessions: str) -> list[Key]:
    return [("u", i, s) for s in sessions]


def a(i: str, p: str, *periods: int) -> list[Key]:
    return [("a", i, p, t) for t in periods]


def v(i: str, q: str, *periods: int) -> list[Key]:
    return [("v", i, q, t) for t in periods]


def k(i: str, p: str, *periods: int) -> list[Key]:
    return [("k", i, p, t) for t in periods]


def g(i: str, *positions: str) -> list[Key]:
    return [("g", i, p) for p in positions]


def subsets(*keys: list[Key], most: int | None = None) -> Group:
    """Every set of the decisions, of at most so many."""
    flat = [key for some in keys for key in some]
    top = len(flat) if most is None else most
    return tuple(frozenset(chosen) for n in range(top + 1) for chosen in combinations(flat, n))


def one_of(*keys: list[Key]) -> Group:
    """None or one of the decisions."""
    return subsets(*keys, most=1)


def always(*keys: list[Key]) -> Group:
    return (frozenset(key for some in keys for key in some),)


# ---- universes and worlds ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Universe:
    """A case, its rulebook, the horizon, and the groups of alternatives whose product are its plans."""

    name: str
    case: Case
    rulebook: tuple[Entry, ...]
    groups: tuple[Group, ...]
    until: str = "2027-06-30"
    names_from: str = "both"
    lead_months: int = 0
    content: Content = field(default_factory=content_of)
    as_of: str = AS_OF.isoformat()

    @property
    def size(self) -> int:
        return prod(len(group) for group in self.groups)

    def plans(self, limit: int | None = None, seed: int = 1) -> Iterator[Keys]:
        """Every plan, or `limit` of them, drawn evenly with a seed."""
        if limit is None or limit >= self.size:
            numbers: Iterable[int] = range(self.size)
        else:
            numbers = sorted(np.random.default_rng(seed).choice(self.size, limit, replace=False).tolist())
        for number in numbers:
            keys: set[Key] = set()
            for group in self.groups:
                number, chosen = divmod(number, len(group))  # noqa: PLW2901
                keys |= group[chosen]
            yield frozenset(keys)

    def with_rulebook(self, *rulebook: Entry) -> Universe:
        return replace(self, rulebook=rulebook)


def standing_of(quo: Standing, keys: Iterable[Key]) -> Standing:
    """The plan with these decisions and no other, against a status quo."""
    names: defaultdict[Any, list[Any]] = defaultdict(list)
    places, rotations, moves, covers, designated = [], [], [], [], {}
    for kind, *key in sorted(keys, key=str):
        if kind == "x":
            names[key[1]].append(key[0])
        elif kind == "u":
            places.append(Place(person=key[0], session=key[1]))
        elif kind == "a":
            moves.append(Move(*key))
        elif kind == "k":
            covers.append(Cover(person=key[0], position=key[1], period=key[2]))
        elif kind == "g":
            designated[key[1]] = key[0]
        else:
            i, q, t, *given = key
            months = given[0] if given else quo.bound.rotation_months(q, quo.ground.horizon.start(t))
            rotations.append(dating.rotation(quo.expected, i, q, t, months or UNRULED_MONTHS))
    return make_plan(quo, names, places, rotations, moves, covers, designated)


class World:
    """A universe bound: its status quo, problem and program (structure and rules)."""

    def __init__(self, universe: Universe) -> None:
        self.universe = universe
        content = replace(universe.content, rulebook=universe.rulebook)
        self.as_of = dt.date.fromisoformat(universe.as_of)
        horizon = Horizon(self.as_of, dt.date.fromisoformat(universe.until))
        self.ground = Ground(universe.case, content, horizon, universe.lead_months, universe.names_from)
        self.bound: Bound = bind(content, self.ground)
        self.quo: Standing = status_quo(self.ground, self.bound)
        self.problem: Problem = Problem(self.quo)
        self.program = Program()
        build_structure(self.problem, self.program)
        for rule in self.bound.rules:
            rule.post(self.problem, self.program)
        self.arrays: Arrays = self.program.freeze()

    def standing(self, keys: Keys) -> Standing:
        """The plan with these decisions and no other."""
        return standing_of(self.quo, keys)

    # ---- the law -------------------------------------------------------------------------------------------------

    @cached_property
    def _inherited(self) -> dict[Any, int]:
        return {v.key: v.amount for v in self._breaches(self.quo)}

    def _breaches(self, standing: Standing) -> Iterator[Violation]:
        for check in STRUCTURE.values():
            yield from check(standing)
        for rule in self.bound.rules:
            if rule.is_must:
                yield from rule.check(standing.line)

    def new_breaches(self, standing: Standing) -> Iterator[Violation]:
        """Not inherited, larger than inherited, or the plan brought one of the counted in (design §6)."""
        for breach in self._breaches(standing):
            if breach.moved_in or breach.amount > self._inherited.get(breach.key, 0):
                yield breach

    def lawful(self, standing: Standing) -> bool:
        return next(self.new_breaches(standing), None) is None

    def wishes(self, standing: Standing) -> dict[Any, int]:
        """What the `should` rules are short of, by breach."""
        return {v.key: v.amount for rule in self.bound.rules if not rule.is_must for v in rule.check(standing.line)}

    # ---- the program ---------------------------------------------------------------------------------------------

    def point(self, standing: Standing) -> Floats | None:
        """The plan's point; None where the program has no column for one of its decisions."""
        try:
            return point(self.program, standing)
        except RefusedError:
            return None

    def gives_back(self, values: Floats, standing: Standing) -> bool:
        """Whether the columns mean this very plan."""
        return extract(self.problem, self.program, values).line.plan == standing.line.plan


@dataclass
class Study:
    """Every plan of a world, judged by the law, with the points of those that the program can express."""

    world: World
    keys: list[Keys]
    lawful: np.ndarray
    """By plan."""
    accepted: np.ndarray
    """By plan: expressed, feasible, and given back as the same plan."""
    points: Floats
    """Of the plans that the program can express, in their order."""
    expressed: np.ndarray
    """The numbers of the plans that the points belong to."""
    feasible: np.ndarray
    """By point."""
    wishes: list[dict[Any, int]]
    """By plan: what the `should` rules are short of."""

    @cached_property
    def tightened(self) -> Floats:
        """Points of lawful plans with one slack of a wish less than the law counts: each must be infeasible."""
        program = self.world.program
        wished = {rule.id for rule in self.world.bound.rules if not rule.is_must}
        slacks = [n for n, key in enumerate(program.keys) if key[0] == "slack" and key[1] in wished]
        parts = [np.zeros((0, len(program.keys)))]
        good = self.points[self.feasible]
        for column in slacks:
            some = good[good[:, column] >= 1]
            some[:, column] -= 1
            parts.append(some)
        return np.vstack(parts)

    def disagreements(self) -> list[tuple[Keys, bool]]:
        """Plans that law and program judge differently, with what the law says."""
        return [(self.keys[n], bool(self.lawful[n])) for n in np.flatnonzero(self.lawful != self.accepted)]


def study(world: World, limit: int | None = None, seed: int = 1, batch: int = 4096) -> Study:
    """Judge every plan of a universe (or `limit` of them) by law and by rows."""
    keys, lawful, accepted, points, expressed, feasible, wishes = [], [], [], [], [], [], []

    waiting: list[tuple[int, Floats, Standing]] = []

    def judge() -> None:
        if not waiting:
            return
        some = np.array([values for _, values, _ in waiting])
        kept = world.arrays.feasible(some)
        for (number, values, standing), inside in zip(waiting, kept.tolist(), strict=True):
            accepted[number] = inside and world.gives_back(values, standing)
            expressed.append(number)
        points.append(some)
        feasible.append(kept)
        waiting.clear()

    for number, chosen in enumerate(world.universe.plans(limit, seed)):
        standing = world.standing(chosen)
        keys.append(chosen)
        lawful.append(world.lawful(standing))
        wishes.append(world.wishes(standing))
        accepted.append(False)
        values = world.point(standing)
        if values is not None:
            waiting.append((number, values, standing))
        if len(waiting) == batch:
            judge()
    judge()
    columns = len(world.program.keys)
    return Study(
        world,
        keys,
        np.array(lawful, bool),
        np.array(accepted, bool),
        np.vstack([np.zeros((0, columns)), *points]),
        np.array(expressed, int),
        np.concatenate([np.zeros(0, bool), *feasible]),
        wishes,
    )


__all__ = [
    "AS_OF", "Key", "Keys", "Study", "Universe", "World", "a", "always", "case_of", "content_of", "course", "entry",
    "g", "k", "one_of", "person", "post", "product", "round_", "session", "standing_of", "study", "subsets", "u", "v",
    "x",
]  # fmt: skip
