"""Which rules decide anything: a generated province solved with all rules, and then with each switched off alone.

`python -m benchmarks.switching` prints a table. With all rules every goal is proved. Without one of them the goals are
taken in order: is there a plan that is as good in all goals before and better in this one? Most rows are as they were,
so the duals of the first proof say no at once for most goals; where they do not, what they and the value leave open is
small, and is searched to the end. A rule changes a goal where such a plan is found (and the verifier accepts it), or
where the bound without the rule is worse than the value with it; it changes nothing where no goal can be better and
the values of before are still reached. A wish that costs in the best plan needs no search. What is undecided then is
planned anew without the rule, and the two plans are compared with their bounds.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np

from benchmarks.family import Province, switched_off
from planner import api
from planner.domain.content import Entry
from planner.domain.horizon import Horizon
from planner.domain.scenario import SolveSpec
from planner.edits.load import Loaded
from planner.engine import TierResult, build, child, unpacked
from planner.engine.bound import DualBound, dual_bound, fixed_by
from planner.engine.marks import marks_of
from planner.engine.restrict import restricted
from planner.engine.result import figures
from planner.engine.slim import slim
from planner.engine.solvers_spec import UNIT, Found, Relaxed, SearchSpec
from planner.program import Arrays
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
"""Times the seconds of one search that the first solve gets: all answers hang on its bounds."""

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
    return switched_off(loaded, lambda entry: entry.id == rule)


def against(tiers: Sequence[TierResult], values: Sequence[int]) -> Told:
    """Values without the rule against those with it, goals in order."""
    for tier, value in zip(tiers, values, strict=True):
        goal = f"{', '.join(tier.goals)}: {tier.value} → {value}"
        if value < tier.bound:
            return Told("changed", goal)
        if value < tier.value:
            return Told("better", goal)
        if tier.value != tier.bound or value > tier.value:
            return Told("open", goal if value != tier.value else "")
    return Told("open")


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


def by_goals(loaded: Loaded, base: api.Solved, seconds: float) -> Told:
    """Whether without the rule some goal can be better with those before as they were, or must be worse."""
    trial = _Trial(loaded, base, seconds)
    settled = True
    for tier in base.asked:
        told = trial.better(tier)
        if told is not None and told.answer != "open":
            return told
        settled &= told is None
        trial.keep(tier)
    if not settled:
        return Told("open")
    if trial.is_lawful():
        return Told("same")
    found = trial.search(trial.rows, np.zeros(len(trial.program.keys)))
    if found is None or found.status == "stopped":
        return Told("open")
    return Told("same") if found.point is not None else Told("changed", "the values of before are out of reach")


def between(tiers: Sequence[TierResult], others: Sequence[TierResult]) -> Told:
    """A plan made anew without the rule against that with it, each with its bounds, goals in order."""
    for tier, other in zip(tiers, others, strict=True):
        goals = ", ".join(tier.goals)
        if other.bound > tier.value:
            return Told("changed", f"{goals}: {tier.value} → {other.bound} or more")
        if not tier.bound == tier.value == other.value == other.bound:
            return against([tier], [other.value])
    return Told("same")


class _Trial:
    """A case without one rule, with a row for each goal that is taken: not worse than with all rules."""

    def __init__(self, loaded: Loaded, base: api.Solved, seconds: float) -> None:
        self.before = status_quo_of(loaded)
        self.problem, self.program = build(self.before)
        self.rows = self.whole = self.program.freeze()
        self.base, self.seconds = base, seconds
        self._proof = unpacked(base.proof)
        self._marks = marks_of(self.program, self.rows)
        self._taken: list[tuple[str, ...]] = []
        self._bound: DualBound | None = None

    def better(self, tier: TierResult) -> Told | None:
        """A goal that is taken next: None where it cannot be better, "open" where that is not known."""
        goals = ", ".join(tier.goals)
        cost, constant = self.program.objective(tier.goals)
        bound, relaxed = self._bounded(cost, tier, constant)
        self._bound, least = bound, bound.whole + constant
        if least > tier.value:
            return Told("changed", f"{goals}: {tier.value} → {least} or more")
        if least == tier.value:
            return None
        wanted = tier.value - 1 - constant
        part = fixed_by(self.rows, bound, wanted).with_row(cost, -np.inf, wanted)
        found = self.search(part, cost)
        if found is not None and found.point is not None:
            return self._told(found.point)
        if found is not None and found.status == "infeasible":
            return None
        near = None if relaxed is None else self._near(part, cost, relaxed, wanted)
        return Told("open") if near is None else self._told(near)

    def _near(self, part: Arrays, cost: Floats, relaxed: Floats, wanted: int) -> Floats | None:
        """Where the rule lets in too much to be searched at once: among what the relaxation or the best plan uses.

        `part` is what is searched, with the goal at most `wanted`.
        """
        start = self._start()
        if start is None:
            only = self.search(restricted(self.program, part, relaxed, None), cost)
            return None if only is None else only.point
        near = restricted(self.program, self.rows, relaxed, start)
        found: list[Floats] = []
        spec = SearchSpec(self.seconds, None, 0.0, UNIT, 1)
        child.race(
            [("search_by_clauses", (near, cost, start, spec))],
            seconds=self.seconds,
            hear=lambda word, said: found.append(said) if word == "better" else None,
            enough=lambda: bool(found) and bool(cost @ found[-1] < wanted + UNIT),
        )
        return found[-1] if found and cost @ found[-1] < wanted + UNIT else None

    def keep(self, tier: TierResult) -> None:
        """The goal is not to be worse from now on."""
        cost, constant = self.program.objective(tier.goals)
        if self._bound is not None:
            self.rows = fixed_by(self.rows, self._bound, tier.value - constant)
        self.rows = self.rows.with_row(cost, -np.inf, tier.value - constant)
        self._taken.append(tier.goals)

    def is_lawful(self) -> bool:
        """Whether the best plan with all rules is a plan without this one."""
        return self._start() is not None

    def _start(self) -> Floats | None:
        try:
            values = point(self.program, Standing(replay(self.before.expected, self.base.plan), self.before.bound))
        except RefusedError:
            return None
        return values if self.whole.feasible(values[None, :])[0] else None

    def search(self, arrays: Arrays, cost: Floats) -> Found | None:
        """One solver, until it has a first plan: any that the rows let through is good enough."""
        first: list[Floats] = []
        spec = SearchSpec(self.seconds, None, 0.0, UNIT, 1)
        found: Found | None = child.race(
            [("search", (arrays, cost, None, spec))],
            seconds=self.seconds,
            hear=lambda word, said: first.append(said) if word == "better" else None,
            enough=lambda: bool(first),
        )
        return Found("stopped", first[-1], -np.inf) if found is None and first else found

    def _bounded(self, cost: Floats, tier: TierResult, constant: int) -> tuple[DualBound, Floats | None]:
        """By the duals of before, and where they are not enough by those of the relaxation, whose point is told."""
        known = None if self._proof is None else self._proof.of(tier.goals, self._marks.limited(self._taken))
        bound = dual_bound(self.rows, cost, np.zeros(self.rows.shape[0]) if known is None else known)
        if bound.whole + constant >= tier.value:
            return bound, None
        left = slim(self.rows, cost)
        relaxed: Relaxed | None = child.race([("relax", (left.arrays, left.cost, self.seconds))], seconds=self.seconds)
        if relaxed is None:
            return bound, None
        other = dual_bound(self.rows, cost, left.whole_duals(relaxed.duals, self.rows.shape[0]))
        return max(bound, other, key=lambda found: found.scaled), left.whole_point(relaxed.point)

    def _told(self, values: Floats) -> Told:
        standing = extract(self.problem, self.program, np.rint(values))
        tiers = self.base.asked
        told = against(tiers, [sum(figures(standing, tier.goals)[0].values()) for tier in tiers])
        return told if judge(standing, self.before).accepted else Told("open")


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
    entries = [e for e in loaded.content.rulebook if looked_at(e, loaded.horizon) and (not only or e.id in only)]
    for entry in entries:
        off = _exact(without(loaded, entry.id))
        told = by_cost(entry, base) or by_goals(off, base, seconds)
        if told.answer in ("open", "better"):
            told = between(tiers, api.solve(off, seconds=FIRST * seconds).asked)
        rows.append(told)
        yield _row(entry, told)
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
        loaded = api.load(Province(given.posts, given.people, given.seed).generated(Path(folder)))
        print(f"## Each rule off alone: province, {given.posts} posts, {given.people} people, seed {given.seed}\n")
        for line in measure(loaded, given.seconds, given.rules):
            print(line, flush=True)


if __name__ == "__main__":
    main()
