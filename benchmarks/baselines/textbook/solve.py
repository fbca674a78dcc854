"""The tiers of the textbook's model in order, by one solver, in a child that is killed when its time is up.

HiGHS was seen to overrun its limit by minutes, and through MathOpt it gives no plan before it ends: what the child has
reached up to the tier before counts. Each search begins from the plan that stands, the first from doing nothing.
"""

from __future__ import annotations

import datetime as dt
import multiprocessing as mp
import os
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection

from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

from benchmarks.baselines.choices import Choice
from benchmarks.baselines.law import Law
from benchmarks.baselines.textbook.model import GOALS_OF_MODEL, Textbook
from planner.standing import Standing

SOLVERS = {
    "textbook-cp-sat": mathopt.SolverType.CP_SAT,
    "textbook-highs": mathopt.SolverType.HIGHS,
    "textbook-scip": mathopt.SolverType.GSCIP,
}

GRACE = 1.0
"""Seconds after its limit that a solver has to come back."""

LOOKS = 4
"""How often the plan may have to be looked over at the end: the time for that is left out of the search."""

SHARE = 0.5
"""Of the time left, what a tier may take; the last takes all."""

SEED = 1
WITH_THREADS = (mathopt.SolverType.CP_SAT,)
"""Those that are told a number of threads: all cores that we may use. Through MathOpt HiGHS refuses one."""


@dataclass(frozen=True)
class Tier:
    """What the child says of a tier: `values` of all columns, or none where no plan was found."""

    goals: tuple[str, ...]
    status: str
    value: int | None
    values: list[float] | None
    seconds: float


def textbook(
    status_quo: Standing, name: str, tiers: Sequence[Sequence[str]], seconds: float
) -> tuple[list[Choice], list[str]]:
    """A lawful plan by the model, and what there is to say of each tier: within the seconds once the model is built, as
    it is with the engine."""
    began = time.time()
    model = Textbook(status_quo)
    built = time.time()
    law = Law(status_quo)
    law.new_breaches(law.standing(()))
    deadline = built + seconds - LOOKS * (time.time() - built)
    wanted = [tuple(goal for goal in tier if goal in GOALS_OF_MODEL) for tier in tiers]
    costs = [objective(model, goals) for goals in wanted if goals]
    notes = [f"{len(model.rows.columns)} columns × {len(model.rows.least)} rows in {built - began:.1f} s"]
    reached: list[Tier] = []
    # HiGHS fails on a start that breaks a row, as doing nothing does where something is decided.
    start = model.nothing() if model.rows.holds(model.nothing()) else None
    for tier in in_child(model.rows.proto(), costs, name, deadline, start):
        reached.append(tier)
        notes.append(f"{' + '.join(tier.goals)}: {tier.value} ({tier.status}, {tier.seconds:.1f} s)")
    if len(reached) < len(costs) and all(tier.values is not None for tier in reached):
        notes.append(f"stopped in {' + '.join(costs[len(reached)][0])}")
    best = next((t.values for t in reversed(reached) if t.values is not None), None)
    decided = model.sheet.pins.wanted
    choices = sorted(decided) if best is None else model.choices(best)
    left = law.repaired(choices, decided)
    if len(left) < len(choices):
        notes.append(f"{len(choices) - len(left)} of {len(choices)} choices taken back")
    return left, notes


Objective = tuple[tuple[str, ...], dict[int, float], float]
"""Goals of a tier, costs of columns, constant."""


def objective(model: Textbook, goals: tuple[str, ...]) -> Objective:
    """The sum of some goals over the columns."""
    costs: dict[int, float] = {}
    for goal in goals:
        for column, factor in model.rows.costs[goal].items():
            costs[column] = costs.get(column, 0) + factor
    return goals, {c: f for c, f in sorted(costs.items()) if f}, sum(model.rows.constants[g] for g in goals)


def in_child(
    model: model_pb2.ModelProto, costs: Sequence[Objective], name: str, deadline: float, start: list[float] | None
) -> list[Tier]:
    """The tiers that the child reached by the deadline (of the clock on the wall), beginning from a start."""
    context = mp.get_context("spawn")
    mine, other = context.Pipe(duplex=False)
    arguments = (other, model.SerializeToString(), costs, name, deadline, start)
    child = context.Process(target=_serve, args=arguments, daemon=True)
    child.start()
    other.close()
    reached: list[Tier] = []
    try:
        while len(reached) < len(costs) and mine.poll(max(0.0, deadline + GRACE - time.time())):
            reached.append(mine.recv())
    except EOFError:
        pass  # it has said all it had to say, or died: what is reached counts
    finally:
        child.kill()
        child.join()
        mine.close()
    return reached


def _serve(
    connection: Connection, text: bytes, costs: Sequence[Objective], name: str, deadline: float,
    start: list[float] | None,
) -> None:  # fmt: skip
    """The child's life: one tier after the other, up to one for which no plan is found."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # solvers greet on standard output whatever they are told
    model = model_pb2.ModelProto.FromString(text)
    for number, (goals, cost, constant) in enumerate(costs, 1):
        began = time.time()
        seconds = (deadline - began) * (1 if number == len(costs) else SHARE)
        if seconds <= 0:
            return
        try:
            status, values = _solve(model, cost, name, seconds, start)
        except Exception as error:  # whatever a solver raises: what was reached before it counts
            status, values = f"failed: {type(error).__name__}", None
        if values is None:
            connection.send(Tier(goals, status, None, None, time.time() - began))
            return  # without this tier's row the next would be another problem
        start, value = values, round(sum(values[c] * f for c, f in cost.items()) + constant)
        _add_row(model, cost, value - constant)
        connection.send(Tier(goals, status, value, values, time.time() - began))


def _solve(
    model: model_pb2.ModelProto, cost: dict[int, float], name: str, seconds: float, start: list[float] | None
) -> tuple[str, list[float] | None]:
    model.objective.linear_coefficients.ids[:] = list(cost)
    model.objective.linear_coefficients.values[:] = list(cost.values())
    whole = mathopt.Model.from_model_proto(model)
    columns = list(whole.variables())
    hints = [] if start is None else [mathopt.SolutionHint(variable_values=dict(zip(columns, start, strict=True)))]
    solver = SOLVERS[name]
    result = mathopt.solve(
        whole,
        solver,
        params=mathopt.SolveParameters(
            time_limit=dt.timedelta(seconds=seconds),
            random_seed=SEED,
            threads=len(os.sched_getaffinity(0)) if solver in WITH_THREADS else None,
        ),
        model_params=mathopt.ModelSolveParameters(solution_hints=hints),
    )
    status = result.termination.reason.name.lower()
    if not result.has_primal_feasible_solution():
        return status, None
    values = result.variable_values()
    return status, [values[column] for column in columns]


def _add_row(model: model_pb2.ModelProto, cost: dict[int, float], most: float) -> None:
    """The goal is no worse from now on."""
    number = len(model.linear_constraints.ids)
    model.linear_constraints.ids.append(number)
    model.linear_constraints.lower_bounds.append(float("-inf"))
    model.linear_constraints.upper_bounds.append(most)
    model.linear_constraint_matrix.row_ids.extend([number] * len(cost))
    model.linear_constraint_matrix.column_ids.extend(sorted(cost))
    model.linear_constraint_matrix.coefficients.extend(cost[c] for c in sorted(cost))
