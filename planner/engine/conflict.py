"""Why there is no plan: decisions and rules that cannot hold together, none of which could be left out."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable
from typing import NoReturn, TypeVar

import numpy as np

from planner.domain.case import Decision
from planner.domain.errors import NoPlanError
from planner.engine import child
from planner.engine.solvers_spec import SearchSpec
from planner.problem import Problem
from planner.program import Program
from planner.program.program import DEFINITION
from planner.rules.structure.decisions import binding, periods_bound
from planner.structure.decisions import happening

SECONDS_EACH = 5.0
Group = TypeVar("Group", bound=Hashable)


def raise_conflict(problem: Problem, program: Program) -> NoReturn:
    """Find the members of one conflict and raise NoPlanError with them."""
    members = _refused(problem, program) or _irreducible(problem, program)
    raise NoPlanError("decisions and rules cannot hold together", members)


def _refused(problem: Problem, program: Program) -> list[str]:
    """Decisions for which no column exists: a personal rule, a standard or a fact refuses them alone."""
    members = []
    for decision in binding(problem.ground):
        if decision.kind.startswith("not_") or decision.kind == "cover":
            continue
        if not happening(problem, program, decision).terms:
            members.append(describe(decision))
            if periods_bound(problem.ground, decision):
                members += _reasons(problem, decision)
            else:
                horizon = problem.ground.horizon
                members.append(f"the plan's days ({horizon.as_of} … {horizon.until})")
            break
    return members


def _reasons(problem: Problem, decision: Decision) -> list[str]:
    ground, person, position = problem.ground, decision.person_id, decision.position_id
    if position is None:
        return []
    if decision.kind == "pool":
        days, stage = [ground.plan_day(position)], "plan"
    else:
        stage = "appoint" if decision.kind == "appoint" else "rotate"
        first = decision.from_ or ground.horizon.as_of
        days = [problem.expected.delta(position, ground.horizon.period_of(first) or 0)]
    rules = {
        f"rule {verdict.rule} ({person}, {position})"
        for day in days
        for verdict in problem.bound.refusals(person, position, stage, day)  # type: ignore[arg-type]
    }
    lacking = [
        f"standard {gap.competency} ({person}, {position})"
        for gap in problem.bound.demands(person, position, stage, days[-1])  # type: ignore[arg-type]
        if not problem.closers.can_close(person, (gap,), days[-1])
    ]
    return sorted(rules) + lacking


def _irreducible(problem: Problem, program: Program) -> list[str]:
    """Deletion: leave out each decision, then each rule and block with its subjects, while no plan appears."""
    arrays = program.freeze()
    labels = program.labels
    keep = np.array([kind != "cut" for kind in program.kinds], bool)

    def infeasible(rows: np.ndarray) -> bool:
        spec = SearchSpec(SECONDS_EACH, None, 1.0, np.inf, 1)
        zero = np.zeros(arrays.shape[1])
        ended = child.race([("search", (arrays.rows(rows), zero, None, spec))], seconds=SECONDS_EACH)
        return ended is not None and ended.status == "infeasible"

    def drop(groups: dict[Group, list[int]], name: Callable[[Group], str]) -> list[str]:
        members = []
        for group, rows in groups.items():
            trial = keep.copy()
            trial[rows] = False
            if infeasible(trial):
                keep[:] = trial
            else:
                members.append(name(group))
        return members

    decisions: dict[tuple[frozenset[str], dt.date | None], list[int]] = {}
    for n, label in enumerate(labels):
        if label.source == "decision":
            decisions.setdefault((label.subjects, label.instant), []).append(n)
    # Two decisions may speak of the same person and post (planned for it, and appointed to it): one row does not tell.
    told: defaultdict[tuple[frozenset[str], dt.date | None], list[str]] = defaultdict(list)
    for decision in binding(problem.ground):
        days: list[dt.date | None] = [decision.from_]
        if decision.kind == "cover":
            days = [problem.ground.horizon.instant(t) for t in periods_bound(problem.ground, decision)]
        for day in days:
            told[frozenset(_subjects(decision)), day].append(describe(decision))
    members = list(dict.fromkeys(drop(decisions, lambda group: ", ".join(told[group]))))
    sources: dict[str, list[int]] = {}
    for n, label in enumerate(labels):
        if label.source not in ("decision", DEFINITION):  # what a column means is no part of a conflict
            sources.setdefault(label.source, []).append(n)
    needed = drop(sources, str)
    parts: dict[tuple[str, frozenset[str]], list[int]] = {}
    for n, label in enumerate(labels):
        if keep[n] and label.source in needed:
            parts.setdefault((label.source, label.subjects), []).append(n)
    rules = {r.id for r in problem.bound.rules}

    def named(group: tuple[str, frozenset[str]]) -> str:
        source, subjects = group
        kind = "rule" if source in rules else "structure"
        return f"{kind} {source} ({', '.join(sorted(subjects))})"

    return members + sorted(set(drop(parts, named)))


def _subjects(decision: Decision) -> list[str]:
    return [str(s) for s in (decision.person_id, decision.position_id, decision.session_id) if s]


def describe(decision: Decision) -> str:
    """A decision as people know it: kind, subjects, number."""
    number = f", {decision.decision_no}" if decision.decision_no else ""
    return f"decision {decision.kind} ({', '.join(_subjects(decision))}{number})"
