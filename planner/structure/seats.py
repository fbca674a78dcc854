"""m_pt, s_pt, occ_iqt: the balance of seats at every instant, and vacancies for rotations on their first day.

holders + acting + empty = seats + surplus. The surplus of the case may only shrink and ends when somebody comes in.
"""

from planner.domain.ids import PersonId, PositionId
from planner.problem import Problem
from planner.problem.moves import SITS
from planner.program import Expr, Program


def columns(problem: Problem, program: Program) -> None:
    ground, expected = problem.ground, problem.expected
    for kind, table in problem.moves.rotations.items():
        for (person, position), stints in table.items():
            if person not in problem.chances:
                continue  # never appointed: sits there from the rotation on, which needs no column
            for t in ground.horizon.periods:
                if t >= stints[0].period and expected.in_service(person, ground.horizon.instant(t)):
                    program.column((SITS[kind], person, position, t), integer=False)
    for position in ground.full_time:
        for t in ground.horizon.periods:
            day = ground.horizon.instant(t)
            program.column(("m", position, t), ground.seats[position], integer=False)
            excess = expected.excess(position, day)
            if excess:
                program.column(("s", position, t), excess, integer=False)


def rows(problem: Problem, program: Program) -> None:
    _occupied(problem, program)
    for position in problem.ground.full_time:
        for t in problem.ground.horizon.periods:
            _balance(problem, program, position, t, problem.arrivals.get(position, []))
            _first_day(problem, program, position, t)


def _occupied(problem: Problem, program: Program) -> None:
    """occ = 1 from the rotation until an appointment: it grows by the rotation only, falls by the appointment only.

    So for ow. Said of each period, not of all that went before: shorter, and a relaxation cannot leave and come back.
    """
    for kind, table in problem.moves.rotations.items():
        for (person, position), stints in table.items():
            starts = {stint.period for stint in stints}
            for t in problem.ground.horizon.periods:
                key = (SITS[kind], person, position, t)
                if key not in program:
                    continue
                change = program[key] - program[SITS[kind], person, position, t - 1]
                if t in starts:
                    change = change - program[kind, person, position, t]
                appointed = problem.appointed_by(program, person, t)
                leaving = appointed - problem.appointed_by(program, person, t - 1)
                subjects, day = {person, position}, problem.ground.horizon.instant(t)
                program.at_least(change + leaving, 0, "seats", subjects, day)
                program.at_most(change, 0, "seats", subjects, day)
                program.at_most(program[key] + appointed, 1, "seats", subjects, day)


def _entered(problem: Problem, program: Program, person: PersonId, position: PositionId, t: int) -> Expr:
    """1 if the plan has brought the person into the position by the instant, whatever came later."""
    entered = program.sum(
        ("a", person, position, s) for s in problem.takeover_periods.get((person, position), ()) if s <= t
    )
    return entered + program.sum(
        ("v", person, position, s.period) for s in problem.stints.get((person, position), ()) if s.period <= t
    )


def _balance(problem: Problem, program: Program, position: PositionId, t: int, arrivals: list[PersonId]) -> None:
    day, seats = problem.ground.horizon.instant(t), problem.ground.seats[position]
    sitting = problem.seated(program, position, t)
    acting = problem.acting(program, position, t)
    surplus, empty = program["s", position, t], program["m", position, t]
    program.equal(sitting + acting + empty - surplus, seats, "seats", {position}, day)
    if surplus.terms:
        most = problem.expected.excess(position, day)
        for person in arrivals:
            entered = _entered(problem, program, person, position, t)
            program.at_most(surplus + most * entered, most, "seats", {position, person}, day)
        # A surplus beside acting or an empty seat would balance a seat that is covered, or filled, beyond right.
        program.at_most(acting * most + surplus, most, "cover", {position}, day)
        program.at_most(empty * most + surplus * seats, seats * most, "seats", {position}, day, cut=True)


def _first_day(problem: Problem, program: Program, position: PositionId, t: int) -> None:
    """Rotations that arrive on the first day of a period find a seat that is vacant then, or vacated by a rotation."""
    ground, expected = problem.ground, problem.expected
    start = ground.horizon.start(t)
    coming = problem.rotating_in.get((position, t), [])
    if not (coming or ("R", position, t) in program):
        return
    people = {*ground.incumbents[position], *problem.arrivals.get(position, ())}
    if t > 0:
        # Those who sat there at the instant before, without those who leave on the first day itself.
        eve = ground.horizon.instant(t - 1)
        sitting = problem.seated(program, position, t - 1) - problem.loosely_gone(program, position, t)
        sitting = sitting - problem.loosely_rotated_gone(program, position, t)
        for person in sorted(people):
            if expected.in_service(person, eve) and not expected.in_service(person, start):
                sitting = sitting - problem.holds(program, person, (position,), t - 1)
    else:
        sitting = Expr(constant=len(expected.holders(position, start)))
    going = Expr.sum(
        problem.going_out(program, person, t, home=position)
        for person in ground.incumbents[position]
        if ground.home[person] == position and expected.in_service(person, start)
    )
    arriving = program.sum(("v", person, position, t) for person in coming)
    over = sitting - going + arriving + program["came", position, t]
    most = len(people) + len(coming)
    if not expected.excess(position, ground.horizon.instant(t - 1)):
        program.at_most(over, ground.seats[position], "vacancy_needed", {position}, start)
        return
    for person in coming:
        v = program["v", person, position, t]
        program.at_most(over + most * v, ground.seats[position] + most, "vacancy_needed", {position, person}, start)
