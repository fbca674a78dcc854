"""What is left of all that could be decided before a solver sees it: step by step, with what left the others out.

Each step is exact. What facts, rules of one person, standards and days refuse is in no lawful plan (`candidates`,
`allowed`), nor is who comes to a seat that nobody can leave, or with a gap that nothing closes in time (`Moves`). A
place that serves nothing is in no best plan (`candidates.useful_places`). What is counted by class is not lost: every
plan has its point in the program (`structure.loose`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from planner.problem.closers import Pair
from planner.problem.tables import Tables


@dataclass(frozen=True)
class Left:
    """So many decisions of a kind are left, and why no more than that of the step before."""

    count: int
    why: str


def presolved(problem: Tables) -> dict[str, tuple[Left, ...]]:
    """By kind of decision from all that could be thought of to the columns.

    Of moves each is a person, a post and a period; of a class that is judged as one all its posts are counted.
    """
    ground, moves = problem.ground, problem.moves
    people, posts, periods = len(ground.case.person), len(ground.full_time), len(ground.horizon.periods)
    ahead = sum(row.start >= ground.horizon.as_of for row in ground.case.sessions)
    all_moves = Left(people * posts * periods, f"{people} people × {posts} posts × {periods} periods")
    appointed, rotated = zip(moves.allowed, moves.agreed, strict=True)
    return {
        "names": (
            Left(people * len(ground.decided_round), f"{people} people × {len(ground.decided_round)} lists"),
            Left(len(problem.name_pairs), "rules, standards and days"),
        ),
        "places": (
            Left(people * ahead, f"{people} people × {ahead} sessions"),
            Left(len(problem.all_places), "rules, levels and days"),
            Left(problem.admitted_places, "whom courses admit"),
            Left(len(problem.places), "what serves an aim"),
        ),
        "appointments": (all_moves, *_moves(*appointed, moves.takeovers, moves.loose_takeovers)),
        "rotations": (all_moves, *_moves(*rotated, moves.stints, moves.loose_stints)),
    }


def _moves(
    allowed: int, agreed: int, own: Mapping[Pair, Sequence[object]], loose: Mapping[Pair, Sequence[object]]
) -> tuple[Left, ...]:
    named, by_class = (sum(map(len, table.values())) for table in (own, loose))
    return (
        Left(allowed, "rules, standards, lists and days"),
        Left(agreed, "gaps closed and seats free in time"),
        Left(named + by_class, f"seats free by then: {named:,} columns of their own, {by_class:,} by class of posts"),
    )


def presolve_lines(problem: Tables) -> Iterator[str]:
    """For the log: a line for each kind."""
    for kind, steps in presolved(problem).items():
        yield f"presolve, {kind}: " + " → ".join(f"{step.count:,} ({step.why})" for step in steps)
