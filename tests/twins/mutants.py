"""Mutants: a row dropped, a bound moved by one, a parameter moved by one, a date moved by a day. All must be caught.

A mutant of rows is caught by a plan on which it judges otherwise than the law; a mutant of a rulebook entry by a plan
on which its program, or what its wishes count, differs from the law of the unchanged entry.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Literal, NamedTuple, get_args, get_origin

import numpy as np
from pydantic import BaseModel, ValidationError

from planner.domain.content import Entry
from planner.domain.errors import InputError
from planner.goals import ACTING, EMPTY
from planner.program import Arrays, Expr
from planner.program.arrays import Floats
from planner.rules.registry import RULES
from planner.structure.extract import extract
from planner.structure.point import decided_keys
from tests.exact import Row, solve
from tests.twins.universe import Study, Universe, World

ONE_DAY = dt.timedelta(days=1)


# ---- rows --------------------------------------------------------------------------------------------------------


class RowMutant(NamedTuple):
    """A row without, or with a bound moved by one."""

    row: int
    lo: float
    hi: float
    name: str

    @property
    def is_dropped(self) -> bool:
        return np.isneginf(self.lo) and np.isposinf(self.hi)


def row_mutants(world: World, source: str | None) -> Iterator[RowMutant]:
    """All mutants of the rows of one source (None = of all); cuts and what columns mean are left out."""
    arrays = world.arrays
    for n, (label, kind) in enumerate(zip(world.program.labels, world.program.kinds, strict=True)):
        if kind != "law" or (source is not None and label.source != source):
            continue
        lo, hi = arrays.lo[n], arrays.hi[n]
        name = f"{label.source} {sorted(label.subjects)} {label.instant} {written(world, n)}"
        yield RowMutant(n, -np.inf, np.inf, f"{name}: dropped")
        for step in (1, -1):
            if np.isfinite(hi):
                yield RowMutant(n, lo, hi + step, f"{name}: upper bound {step:+d}")
            if np.isfinite(lo):
                yield RowMutant(n, lo + step, hi, f"{name}: lower bound {step:+d}")


def written(world: World, row: int) -> str:
    """The row as people read it."""
    arrays, keys = world.arrays, world.program.keys
    span = slice(arrays.matrix.indptr[row], arrays.matrix.indptr[row + 1])
    terms = zip(arrays.matrix.data[span], arrays.matrix.indices[span], strict=True)
    text = " ".join(f"{value:+g}*{'.'.join(map(str, keys[n]))}" for value, n in terms)
    return f"[{arrays.lo[row]:g} .. {text} .. {arrays.hi[row]:g}]"


def kinds_of_columns(world: World, row: int) -> str:
    """The kinds of the columns of a row, each with its sign: rows that are alike say the same of other people.

    A column that stands for a sum counts as the sum.
    """
    keys, meaning = world.program.keys, dict(world.program.definitions)
    total = Expr(_terms(world.arrays, row))
    while defined := meaning.keys() & {n for n, v in total.terms.items() if v}:
        for n in defined:
            total.add(meaning[n], total.terms.pop(n))
    return " ".join(sorted({f"{'+' if v > 0 else '-'}{keys[n][0]}" for n, v in total.terms.items() if v}))


def seen_in(found: Study, mutants: Iterable[RowMutant]) -> set[int]:
    """Numbers of the mutants that some enumerated plan tells from the law."""
    arrays = found.world.arrays
    good, wrong = found.points[found.feasible], np.vstack([found.points[~found.feasible], found.tightened])
    wrong = wrong[((wrong >= arrays.lower) & (wrong <= arrays.upper)).all(axis=1)]
    broken = arrays.violated(wrong)
    wrong, broken = wrong[broken.sum(axis=1) == 1], broken[broken.sum(axis=1) == 1]
    seen = set()
    for number, mutant in enumerate(mutants):
        row = arrays.matrix[[mutant.row]]
        kept = (row @ good.T).ravel()
        freed = (row @ wrong[broken[:, mutant.row]].T).ravel()
        if ((kept < mutant.lo) | (kept > mutant.hi)).any() or ((freed >= mutant.lo) & (freed <= mutant.hi)).any():
            seen.add(number)
    return seen


Answer = Literal["caught", "same", "law differs", "not found"]


def sought(world: World, mutant: RowMutant, tries: int = 12) -> Answer:
    """Ask a solver for a plan on which the mutant and the law differ, over all columns of the universe.

    `same`: no whole point tells the mutant from the row, so it is the same program. `law differs`: the mutant accepts
    what the row refuses, and so does the law: the row is wrong.
    """
    arrays, row = _without_cuts(world), mutant.row
    terms = _terms(arrays, row)
    bounds = (arrays.lo.copy(), arrays.hi.copy())
    bounds[0][row], bounds[1][row] = mutant.lo, mutant.hi
    changed = replace(arrays, lo=bounds[0], hi=bounds[1])
    looser = mutant.lo < arrays.lo[row] or mutant.hi > arrays.hi[row]
    base = changed if looser else arrays
    # Where the two differ: a point of the looser one beyond the tighter one's bound, on either side.
    tight_lo, tight_hi = (arrays.lo[row], arrays.hi[row]) if looser else (mutant.lo, mutant.hi)
    beyond: list[Row] = []
    if np.isfinite(tight_hi) and (mutant.is_dropped or mutant.hi != arrays.hi[row]):
        beyond.append((terms, tight_hi + 1, np.inf))
    if np.isfinite(tight_lo) and (mutant.is_dropped or mutant.lo != arrays.lo[row]):
        beyond.append((terms, -np.inf, tight_lo - 1))
    answer: Answer = "same"
    exact = _exact_slack(world, row)
    # The best point for the goals uses what a looser row gives away, and counts nothing that a tighter one could spare.
    goals = np.sum([np.zeros(len(world.program.keys)), *_counted(world)], axis=0)
    kinds = {str(world.program.keys[c][0]) for c in terms}
    # Of classes the smallest that differs: a whole one counted as closed is lawful, and there are many of them.
    wanted = _reasons(world, terms) if "y" in kinds else _places(world, terms) if "open" in kinds else goals
    for side in beyond:
        needed = [*exact, *(_exact_balance(world, terms, side) if looser else ())]
        excluded: list[Row] = []
        for n in range(tries):
            values = solve(base, wanted if n < tries // 2 else None, [side, *needed, *excluded])
            if values is None:
                break
            answer = "not found"
            verdict = _differs(world, changed, values)
            if verdict is not None:
                return verdict
            excluded.append(_other_plan(world, values))
    return answer


def _without_cuts(world: World) -> Arrays:
    """The rows with the cuts let go, each at its place: what follows from rows must not stand in for one of them."""
    cuts = np.array([kind == "cut" for kind in world.program.kinds], bool)
    arrays = world.arrays
    return replace(arrays, lo=np.where(cuts, -np.inf, arrays.lo), hi=np.where(cuts, np.inf, arrays.hi))


def _exact_balance(world: World, terms: Mapping[int, int], side: Row) -> list[Row]:
    """Rows that leave out points which differ from the plan's own only to their harm.

    Where too many sit, no seat may be counted as empty or acted for beside them, and the surplus is the most that
    there may be; where too few are counted, there is none. Where two are designated, none is missing. A reserve's
    rotation that is counted wrongly at its post matters where no seat is counted as empty that it could fill, and
    no surplus that it could belong to.
    """
    keys, index = world.program.keys, world.program.index
    keys, index, at_least = world.program.keys, world.program.index, np.isfinite(side[1])
    kinds = {str(keys[n][0]) for n in terms}
    at_zero: list[int] = []
    rows: list[Row] = []
    if "m" in kinds:
        at_zero = [n for n in terms if keys[n][0] in (("m", "k0") if at_least else ("s",))]
        for n in terms:
            if keys[n][0] == "s" and at_least:
                most = int(world.arrays.upper[n])
                ending = _ends_surplus(world, n)
                rows.append(({n: 1, **dict.fromkeys(ending, most)}, most, np.inf))
    elif "z1" in kinds and at_least:
        at_zero = [n for n in terms if keys[n][0] == "z1"]
    elif "occ" in kinds:
        for n in terms:
            if keys[n][0] == "occ":
                _, person, position, t = keys[n]
                if world.ground.home[person] is None:  # type: ignore[index]
                    other = ("s" if at_least else "m", position, t)
                    at_zero += [index[other]] if other in index else []
    return [*rows, *(({n: 1}, 0, 0) for n in at_zero)]


def _reasons(world: World, terms: Mapping[int, int]) -> Floats:
    """An objective that has reasons for a name not to be ready: a point may always count a ready name as none."""
    arrays, keys = world.arrays, world.program.keys
    names = {n for n in terms if keys[n][0] == "y"}
    objective = np.zeros(len(keys))
    for r in range(arrays.shape[0]):
        others = _terms(arrays, r)
        if names & others.keys() and np.isneginf(arrays.lo[r]):
            for n in others.keys() - names - terms.keys():
                objective[n] -= others[n]
    return objective


def _places(world: World, terms: Mapping[int, int]) -> Floats:
    """An objective that counts the places of a row."""
    return np.array([float(n in terms and key[0] == "u") for n, key in enumerate(world.program.keys)])


def _ends_surplus(world: World, surplus: int) -> set[int]:
    """The columns that end a surplus: whoever comes in, or acts."""
    arrays, kinds = world.arrays, world.program.kinds
    rows = (_terms(arrays, r) for r, kind in enumerate(kinds) if np.isneginf(arrays.lo[r]) and kind != "cut")
    return {n for terms in rows if surplus in terms for n in terms if n != surplus}


def _exact_slack(world: World, row: int) -> list[Row]:
    """Rows that give an inherited slack in a row its true value, so that a difference of rows is one of plans.

    An inherited slack stands in its defining row (at an instant) and in a row for each newcomer: s + h·z ≤ h. A mutant
    of the first is judged at the most slack that the newcomers leave; one of the others where the slack is needed.
    """
    arrays, labels, keys = world.arrays, world.program.labels, world.program.keys
    wished = {rule.id for rule in world.bound.rules if not rule.is_must}
    extra: list[Row] = []
    for column in [n for n in _terms(arrays, row) if keys[n][0] == "slack" and keys[n][1] not in wished]:
        holding = [r for r in range(len(labels)) if column in _terms(arrays, r)]
        newcomers = [r for r in holding if labels[r].instant is None and len(_terms(arrays, r)) > 1]
        [defining] = [r for r in holding if r not in newcomers]
        if row == defining:
            most = int(arrays.upper[column])
            entering = {n: most for r in newcomers for n in _terms(arrays, r) if n != column}
            extra.append(({column: 1, **entering}, most, np.inf))
        else:
            needed = {n: factor for n, factor in _terms(arrays, defining).items() if n != column}
            if np.isfinite(arrays.hi[defining]):
                extra.append((needed, arrays.hi[defining] + 1, np.inf))
            else:
                extra.append((needed, -np.inf, arrays.lo[defining] - 1))
    return extra


def _terms(arrays: Arrays, row: int) -> dict[int, int]:
    span = slice(arrays.matrix.indptr[row], arrays.matrix.indptr[row + 1])
    return dict(zip(arrays.matrix.indices[span].tolist(), arrays.matrix.data[span].astype(int).tolist(), strict=True))


DECISIONS = ("x", "u", "v", "a", "k", "g")


def _differs(world: World, changed: Arrays, values: Floats) -> Answer | None:
    """Whether law and mutant judge the point's plan differently; None where they agree after all."""
    standing = extract(world.problem, world.program, values)
    decided = {key for n, key in enumerate(world.program.keys) if key[0] in DECISIONS and values[n] > 0.5}
    if decided_keys(standing) != decided:
        return "caught"  # not a plan at all: two designated for one post
    lawful, counted = world.lawful(standing), sum(world.wishes(standing).values())
    wished = {rule.id for rule in world.bound.rules if not rule.is_must}
    slacks = np.array([1.0 if key[0] == "slack" and key[1] in wished else 0.0 for key in world.program.keys])
    fixed: list[Row] = [
        ({n: 1}, values[n], values[n]) for n, key in enumerate(world.program.keys) if key[0] in DECISIONS
    ]
    least = solve(changed, slacks if slacks.any() else None, fixed)
    if least is None:
        return "caught" if lawful else None
    if not lawful or round(float(slacks @ least)) != counted:
        return "caught"
    # A difference that no decision shows: an empty seat, a ready name, a missing successor counted otherwise.
    exact = world.point(standing)
    assert exact is not None
    for objective in _counted(world):
        best = solve(changed, objective, fixed)
        if best is not None and round(float(objective @ (best - exact))):
            return "caught"
    return None


def _counted(world: World) -> Iterator[Floats]:
    """What goals count beside decisions, one thing at a time: the least is what the plan has."""
    index, width = world.program.index, len(world.program.keys)
    for n, key in enumerate(world.program.keys):
        if key[0] in GOAL_COLUMNS:
            objective = np.zeros(width)
            objective[n] = GOAL_COLUMNS[str(key[0])]
            acting = ("k0", *key[1:])
            if key[0] == "m" and acting in index:
                objective[index[acting]] = ACTING
            yield objective


GOAL_COLUMNS = {"m": EMPTY, "z1": 1, "zd": 1, "y": -1}
"""Empty seats, missing successors and names, ready names; an empty seat that is acted for since long is cheaper."""


def _other_plan(world: World, values: Floats) -> Row:
    """A row that excludes the point's decisions."""
    decisions = [n for n, key in enumerate(world.program.keys) if key[0] in DECISIONS]
    taken = {n: -1 if values[n] > 0.5 else 1 for n in decisions}
    return taken, 1 - sum(1 for factor in taken.values() if factor < 0), np.inf


# ---- entries -----------------------------------------------------------------------------------------------------


def entry_mutants(entry: Entry) -> Iterator[tuple[str, Entry]]:
    """The entry with each parameter, date and scope moved a little."""
    kind = RULES[entry.rule]
    given = kind.Params.model_validate(dict(entry.params))
    for name, params in _changed(given):
        try:
            kind.Params.model_validate(params)
        except ValidationError:
            continue
        yield name, entry.model_copy(update={"params": params})
    for field in ("from_", "until"):
        day = getattr(entry, field)
        if day is not None:
            for step in (1, -1):
                yield f"{field} {step:+d} day", entry.model_copy(update={field: day + step * ONE_DAY})
            yield f"no {field}", entry.model_copy(update={field: None})
    for key, value in entry.applies_to.items():
        rest = {k: v for k, v in entry.applies_to.items() if k != key}
        yield f"applies_to without {key}", entry.model_copy(update={"applies_to": rest})
        if isinstance(value, list):
            for one in value:
                fewer = {**entry.applies_to, key: [v for v in value if v != one]}
                yield f"applies_to {key} without {one}", entry.model_copy(update={"applies_to": fewer})
    if entry.waived_by is not None:
        yield "not waivable", entry.model_copy(update={"waived_by": None})


def _changed(params: BaseModel) -> Iterator[tuple[str, dict[str, Any]]]:
    """The parameters with one of them moved: numbers by one (shares by a hundredth), a choice to each other choice,
    a list without each of its members, a flag turned, a condition dropped."""
    base = params.model_dump(by_alias=True, exclude_none=True)
    for name, field in type(params).model_fields.items():
        key, value = field.alias or name, getattr(params, name)
        for what, moved in _moved(value, field.annotation):
            yield f"{key}: {what}", {**base, key: moved}


def _moved(value: Any, annotation: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, bool):
        yield str(not value), not value
    elif isinstance(value, int):
        yield "+ 1", value + 1
        yield "- 1", value - 1
    elif isinstance(value, float):
        yield "+ 0.01", round(value + 0.01, 2)
        yield "- 0.01", round(value - 0.01, 2)
    elif isinstance(value, str):
        choices = get_args(annotation) if get_origin(annotation) is Literal else ()
        yield from ((str(other), other) for other in choices if other != value)
    elif isinstance(value, tuple):
        for one in value:
            if len(value) > 1:
                yield f"without {one}", tuple(v for v in value if v != one)
    elif isinstance(value, Mapping):
        for name, amount in value.items():
            for what, moved in _moved(amount, None):
                yield f"{name} {what}", {**value, name: moved}
    elif isinstance(value, BaseModel):
        for what, moved in _changed(value):
            yield what, moved
        conditions = value.model_dump(exclude_none=True)
        for name in conditions:
            if len(conditions) > 1:
                yield f"without {name}", {k: v for k, v in conditions.items() if k != name}


def universe_mutants(universe: Universe, rule: str) -> Iterator[tuple[str, Universe]]:
    """The universe with each mutant of the rule's entries; exemptions that end a day earlier or later, or are gone."""
    for n, entry in enumerate(universe.rulebook):
        if entry.rule == rule:
            for name, mutant in entry_mutants(entry):
                rulebook = (*universe.rulebook[:n], mutant, *universe.rulebook[n + 1 :])
                yield name, universe.with_rulebook(*rulebook)
    case = universe.case
    for n, row in enumerate(case.exemptions):
        if row.until is not None:
            for step in (1, -1):
                moved = row.model_copy(update={"until": row.until + step * ONE_DAY})
                rows = (*case.exemptions[:n], moved, *case.exemptions[n + 1 :])
                yield f"exemption until {step:+d} day", replace(universe, case=replace(case, exemptions=rows))


def is_caught(found: Study, mutant: Universe) -> bool:
    """Whether some plan tells the mutant from the law. Plans near the border of the law are tried first."""
    try:
        world = World(mutant)
    except InputError:
        return True
    for n in np.argsort(~found.lawful, kind="stable"):
        standing = world.standing(found.keys[n])
        values = world.point(standing)
        accepted = values is not None and bool(world.arrays.feasible(values[None, :])[0])
        if accepted and not world.gives_back(values, standing):  # type: ignore[arg-type]
            accepted = False
        if accepted != found.lawful[n]:
            return True
        if accepted and sum(world.wishes(standing).values()) != sum(found.wishes[n].values()):
            return True
    return False
