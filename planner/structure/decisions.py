"""Decided decisions as rows: what is decided happens, what is decided against does not."""

from planner.domain.case import Decision
from planner.problem import Problem
from planner.program import Expr, Program
from planner.rules.structure.decisions import binding, periods_bound


def rows(problem: Problem, program: Program) -> None:
    for decision in binding(problem.ground):
        subjects = {str(s) for s in (decision.person_id, decision.position_id, decision.session_id) if s}
        done = happening(problem, program, decision)
        if decision.kind == "cover":
            for t in periods_bound(problem.ground, decision):
                at_t = done_at(program, decision, t)
                program.equal(at_t, 1, "decision", subjects, problem.ground.horizon.instant(t))
        elif decision.kind.startswith("not_"):
            program.equal(done, 0, "decision", subjects, decision.from_)
        else:
            program.at_least(done, 1, "decision", subjects, decision.from_)


def done_at(program: Program, decision: Decision, t: int) -> Expr:
    """Σ k of the person at one instant, for the post or any."""
    return program.sum(
        k
        for k in program.keys
        if k[0] == "k" and k[1] == decision.person_id and k[3] == t and decision.position_id in (None, k[2])
    )


def happening(problem: Problem, program: Program, decision: Decision) -> Expr:
    """How often the plan does what the decision speaks of."""
    kind = decision.kind.removeprefix("not_")
    column = {"pool": "x", "train": "u", "rotate": "v", "appoint": "a", "cover": "k"}[kind]
    target = decision.session_id if kind == "train" else decision.position_id
    periods = set(periods_bound(problem.ground, decision))
    return program.sum(
        k
        for k in program.keys
        if k[0] == column and k[1] == decision.person_id and target in (None, k[2]) and (len(k) < 4 or k[3] in periods)
    )
