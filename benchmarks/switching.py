"""Which rules decide anything: a generated province solved with all rules, and then with each switched off alone.

`python -m benchmarks.switching` prints a table. What forbids can only cost: without it the best plan known is still
lawful, and one search from there, over all goals at once, looks for a better one. A rule changes a goal where such a
plan beats what any plan with the rule can have, by the bounds proved with all rules; no optimum without it is needed.
A wish that costs in the best plan needs no search. Where the plan falls without the rule (which gave leave, or named
the cause for which a name left its list) and no better one is found, the case is solved anew, at the end.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np

from benchmarks.provinces import generated
from planner import api
from planner.domain.content import Entry
from planner.domain.horizon import Horizon
from planner.domain.plan import Plan
from planner.domain.scenario import SolveSpec
from planner.edits.load import Loaded
from planner.engine import TierResult, build, child
from planner.engine.result import figures
from planner.engine.solvers_spec import Found, SearchSpec
from planner.program.arrays import Floats
from planner.standing import Standing
from planner.structure.extract import extract
from planner.structure.point import RefusedError, point
from planner.timeline import replay
from planner.verify import judge, status_quo_of

PARTS = ("pool_", "cadre_", "appt_", "reelect_", "first_", "kinship_", "acting_", "rot_", "head_two_", "hd_", "tr_")
OTHERS = ("standard_after", "own_standard", "rate_min_for_pool", "rate_good_for_pool")
"""Entries on planning, appointment, training and rotation, by the beginning of their names and by name."""

FIRST = 16
"""Times the seconds of one search that a whole solve gets, goal by goal: all answers hang on the first one's bounds."""

Answer = Literal["changed", "better", "same", "open"]
WORDS: dict[Answer, str] = {
    "changed": "changes",
    "better": "better than the best known, within its bound",
    "same": "changes nothing",
    "open": "undecided",
}


class Told(NamedTuple):
    """What switching a rule off does, and the first goal that shows it with its value before and after."""

    answer: Answer
    goal: str = ""


def looked_at(entry: Entry, horizon: Horizon) -> bool:
    """Whether the entry is one of those parts, and judges or costs on some day of the plan."""
    return (
        (entry.id.startswith(PARTS) or entry.id in OTHERS)
        and entry.strength in ("must", "should")
        and (entry.from_ is None or entry.from_ <= horizon.until)
        and (entry.until is None or entry.until >= horizon.as_of)
    )


def without(loaded: Loaded, rule: str) -> Loaded:
    off = tuple(e.model_copy(update={"force": "off"}) if e.id == rule else e for e in loaded.content.rulebook)
    return replace(loaded, content=replace(loaded.content, rulebook=off))


def against(tiers: Sequence[TierResult], values: Sequence[int], bounds: Sequence[int] | None = None) -> Told:
    """Values without the rule against those with it, goals in order. `bounds`: those proved without it, if any."""
    for n, (tier, value) in enumerate(zip(tiers, values, strict=True)):
        goal = f"{', '.join(tier.goals)}: {tier.value} → {value}"
        if value < tier.bound or (bounds is not None and bounds[n] > tier.value):
            return Told("changed", goal)
        if value < tier.value:
            return Told("better", goal)
        if tier.value != tier.bound or value > tier.value or (bounds is not None and bounds[n] < value):
            return Told("open", goal if value != tier.value else "")
    return Told("open") if bounds is None else Told("same")


def by_cost(entry: Entry, base: api.Solved) -> Told | None:
    """A wish that costs in the best plan: without it the same plan is better by what it costs."""
    if entry.strength != "should":
        return None
    rule = next(r for r in base.standing.bound.rules if r.id == entry.id)
    cost = entry.weight * sum(v.amount for v in rule.check(base.standing.line))
    for tier in base.asked:
        if "preferences" in tier.goals:
            left = tier.value - cost
            return Told("changed", f"preferences: {tier.value} → {left} at most") if left < tier.bound else None
        if tier.value != tier.bound:
            return None
    return None


def by_search(loaded: Loaded, plan: Plan, tiers: Sequence[TierResult], seconds: float) -> Told | None:
    """A search from the plan over all goals at once; None where the plan is not lawful and none better was found."""
    before = status_quo_of(loaded)
    problem, program = build(before)
    arrays = program.freeze()
    try:
        start: Floats | None = point(program, Standing(replay(before.expected, plan), before.bound))
    except RefusedError:
        start = None
    lawful = start is not None and bool(arrays.feasible(start[None, :])[0])
    cost, weight = np.zeros(len(program.keys)), 1.0
    for tier in reversed(tiers):  # one unit of a goal weighs more than all that the goals after it have
        cost += weight * program.objective(tier.goals)[0]
        weight *= tier.value + 2
    best = Told("open")

    def take(values: Floats) -> None:
        nonlocal best
        standing = extract(problem, program, np.rint(values))
        told = against(tiers, [sum(figures(standing, tier.goals)[0].values()) for tier in tiers])
        if told.answer in ("changed", "better") and judge(standing, before).accepted:
            best = told

    spec = SearchSpec(seconds, None, 0.0, 0.999, 1)
    found: Found | None = child.race(
        [("search_by_clauses", (arrays, cost, start, spec))],
        seconds=seconds,
        hear=lambda word, said: take(said) if word == "better" else None,
        enough=lambda: best.answer == "changed",
    )
    if found is not None and found.point is not None and best.answer != "changed":
        take(found.point)
    if not lawful and best.answer != "changed":
        return None
    proved = found is not None and found.status == "optimal" and all(tier.value == tier.bound for tier in tiers)
    return Told("same") if proved and best.answer == "open" else best


def by_solving(loaded: Loaded, tiers: Sequence[TierResult], seconds: float) -> Told:
    asked = api.solve(loaded, seconds=seconds).asked
    return against(tiers, [tier.value for tier in asked], [tier.bound for tier in asked])


def measure(loaded: Loaded, seconds: float, only: Sequence[str] = ()) -> Iterator[str]:
    """Lines of the report."""
    base = api.solve(_exact(loaded), seconds=FIRST * seconds)
    tiers = base.asked
    reached = (f"{', '.join(tier.goals)} {tier.value} (bound {tier.bound})" for tier in tiers)
    moves = len(base.plan.appointments), len(base.plan.rotations), len(base.plan.training)
    yield f"With all rules: {'; '.join(reached)}."
    yield "{} appointments, {} rotations, {} training places.".format(*moves)
    yield ""
    yield "| rule | force | switched off | first goal that shows it |"
    yield "|---|---|---|---|"
    rows: list[Told] = []
    later: list[Entry] = []
    entries = [e for e in loaded.content.rulebook if looked_at(e, loaded.horizon) and (not only or e.id in only)]
    for entry in entries:
        told = by_cost(entry, base) or by_search(_exact(without(loaded, entry.id)), base.plan, tiers, seconds)
        if told is None:
            later.append(entry)
            continue
        rows.append(told)
        yield _row(entry, told)
    for entry in later:
        rows.append(by_solving(_exact(without(loaded, entry.id)), tiers, FIRST / 3 * seconds))
        yield _row(entry, rows[-1])
    counts = {answer: sum(told.answer == answer for told in rows) for answer in WORDS}
    yield ""
    yield f"Of {sum(counts.values())} rules: " + ", ".join(f"{n} {WORDS[a]}" for a, n in counts.items() if n) + "."


def _row(entry: Entry, told: Told) -> str:
    return f"| {entry.id} | {entry.strength} | {WORDS[told.answer]} | {told.goal} |"


def _exact(loaded: Loaded) -> Loaded:
    """With no gap at which a goal may stop before its optimum is proved."""
    spec = SolveSpec.model_validate(loaded.scenario.solve.model_dump() | {"gap": 0})
    return replace(loaded, scenario=loaded.scenario.model_copy(update={"solve": spec}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=60)
    parser.add_argument("--people", type=int, default=250)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=30.0, help="for the search without one rule")
    parser.add_argument("rules", nargs="*", help="entries of the rulebook; all by default")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        loaded = api.load(generated(Path(folder), given.posts, given.people, given.seed))
        print(f"## Each rule off alone: province, {given.posts} posts, {given.people} people, seed {given.seed}\n")
        for line in measure(loaded, given.seconds, given.rules):
            print(line, flush=True)


if __name__ == "__main__":
    main()
