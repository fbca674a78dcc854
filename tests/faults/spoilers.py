"""Ways to spoil a plan. Each names what it breaks, and picks places where that binds."""

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Callable, Iterator

from planner.domain.dates import ONE_DAY
from planner.domain.plan import Cover, Departure, ListEntry, Plan, Rotation
from planner.rules.base import Rule
from planner.timeline import dating
from planner.timeline.ground import Gap
from tests.faults.solved import Department

AT_MOST = 12
"""Places per way of spoiling."""

Spoiled = Iterator[Plan]
SPOILERS: dict[str, tuple[str, Callable[[Department], Spoiled]]] = {}


def breaks(rule: str) -> Callable[[Callable[[Department], Spoiled]], Callable[[Department], Spoiled]]:
    """Register a way of spoiling under the rule class, structure check or goal that it breaks."""

    def register(way: Callable[[Department], Spoiled]) -> Callable[[Department], Spoiled]:
        SPOILERS[way.__name__] = (rule, way)
        return way

    return register


def _day_of(d: Department, position: str, period: int) -> dt.date:
    return d.before.expected.delta(position, period)  # type: ignore[arg-type]


# ---- lists ---------------------------------------------------------------------------------------------------------


@breaks("pool_size")
def one_name_too_many(d: Department) -> Spoiled:
    for person, position in d.problem.name_pairs:
        listed = d.decisions.names.get(position, [])
        if len(listed) == 3 and person not in listed:
            yield d.made(d.decisions.listing(person, position))


@breaks("upward_only")
def a_name_of_equal_rank_in_a_list(d: Department) -> Spoiled:
    ground = d.before.ground
    for position in ground.decided_round:
        for person in ground.case.person:
            if ground.person_order[person] == ground.order(position) and position not in ground.held[person]:
                yield d.made(d.decisions.listing(person, position))
                break


@breaks("months_left")
def a_name_too_near_to_retirement(d: Department) -> Spoiled:
    ground, rule = d.before.ground, d.bound("months_left")
    for position in ground.decided_round:
        for person in ground.case.person:
            day = ground.plan_day(position)
            if d.before.line.in_service(person, day) and not rule.allows(person, position, "plan", day).ok:  # type: ignore[attr-defined]
                yield d.made(d.decisions.listing(person, position))
                break


@breaks("pool_discipline")
def a_name_under_discipline(d: Department) -> Spoiled:
    ground, rule = d.before.ground, d.bound("pool_discipline")
    for person in dict.fromkeys(row.person_id for row in ground.case.discipline):
        for position in ground.decided_round:
            if not rule.allows(person, position, "plan", ground.plan_day(position)).ok:  # type: ignore[attr-defined]
                yield d.made(d.decisions.listing(person, position))


@breaks("pool_keep")
def a_name_in_force_gives_way(d: Department) -> Spoiled:
    for person, position in d.problem.keepable:
        if person in d.decisions.names.get(position, []) and d.decisions.designated.get(position) != person:
            yield d.made(d.decisions.unlisting(person, position))


@breaks("lists")
def a_removal_with_a_false_cause(d: Department) -> Spoiled:
    for person, position in d.problem.keepable:
        entry = next((e for e in d.plan.pools if (e.person, e.position) == (person, position)), None)
        if entry is not None and entry.status == "keep":
            false = entry.model_copy(update={"status": "remove", "cause": "leaves"})
            yield d.plan.model_copy(update={"pools": tuple(false if e is entry else e for e in d.plan.pools)})


@breaks("lists")
def a_holder_in_the_list_of_the_own_post(d: Department) -> Spoiled:
    for position, persons in d.before.ground.incumbents.items():
        if persons and position in d.before.ground.decided_round:
            yield d.made(d.decisions.listing(persons[0], position))


@breaks("lists")
def an_entry_left_out(d: Department) -> Spoiled:
    removed = [e for e in d.plan.pools if e.status == "remove"]
    for entry in removed:
        yield d.plan.model_copy(update={"pools": tuple(e for e in d.plan.pools if e is not entry)})


@breaks("posts_per_person")
def a_person_in_one_list_too_many_of_a_level(d: Department) -> Spoiled:
    ground, rule = d.before.ground, d.bound("posts_per_person")
    for person in ground.case.person:
        for order in sorted({ground.order(p) for p in ground.decided_round}):
            level = [p for p in ground.decided_round if ground.order(p) == order and p not in ground.held[person]]
            if len(level) > rule.params.max:  # type: ignore[attr-defined]
                decided = d.decisions
                for position in level[: rule.params.max + 1]:  # type: ignore[attr-defined]
                    if person not in decided.names.get(position, []):
                        decided = decided.listing(person, position)
                yield d.made(decided)


@breaks("standard")
def a_name_that_lacks_what_the_list_demands(d: Department) -> Spoiled:
    ground = d.before.ground
    for position in ground.decided_round:
        demands, day = ground.demands(position, "plan"), ground.plan_day(position)
        for person in ground.case.person:
            if any(d.standing.line.closed_on(person, gap) > day for gap in demands):
                yield d.made(d.decisions.listing(person, position))
                break


@breaks("bundle")
def a_list_for_a_post_held_with_another(d: Department) -> Spoiled:
    for row in d.before.ground.case.positions:
        if row.nature == "concurrent":
            entry = d.plan.pools[0]
            extra = ListEntry(
                position=row.position_id, person=entry.person, round=entry.round, on=entry.on, status="add"
            )
            yield d.plan.model_copy(update={"pools": (*d.plan.pools, extra)})


# ---- appointments --------------------------------------------------------------------------------------------------


@breaks("appointment_from_pool")
def an_appointment_without_a_list(d: Department) -> Spoiled:
    rule = d.bound("appointment_from_pool")
    for a in d.plan.appointments:
        if rule.demands(a.person, a.position, a.judged_on):  # type: ignore[attr-defined]
            names = {p: [i for i in listed if i != a.person] for p, listed in d.decisions.names.items()}
            plan = d.made(d.decisions.but(names=names))
            lists = rule.lists_that_count(a.position)  # type: ignore[attr-defined]
            if not any(a.person in d.before.ground.old_lists[p] for p in lists if p not in names):
                yield plan


@breaks("upward_only")
def an_appointment_sideways(d: Department) -> Spoiled:
    ground = d.before.ground
    for a in d.plan.appointments:
        rival = next(
            (
                i
                for i, home in ground.home.items()
                if home not in (None, a.position) and ground.person_order[i] == ground.order(a.position)
            ),
            None,
        )
        if rival is not None:
            moves = [m for m in d.decisions.moves if m.person not in (a.person, rival)]
            yield d.made(d.decisions.but(moves=moves).appointing(rival, a.position, a.period))


@breaks("standard")
def an_appointment_without_the_place_that_makes_ready(d: Department) -> Spoiled:
    ground = d.before.ground
    for a in d.plan.appointments:
        for gap in ground.demands(a.position, "appoint"):
            if ground.closed_on(a.person, gap) > a.judged_on:
                kept = [p for p in d.decisions.places if p.person != a.person]
                yield d.made(d.decisions.but(places=kept))
                break


@breaks("one_move")
def two_appointments_of_one_person(d: Department) -> Spoiled:
    for a in d.plan.appointments:
        for person, position in d.problem.takeover_periods:
            if person == a.person and position != a.position:
                period = d.problem.takeover_periods[person, position][-1]
                yield d.made(d.decisions.appointing(person, position, period))
                break


@breaks("seats")
def a_second_person_in_an_occupied_seat(d: Department) -> Spoiled:
    last = d.before.ground.horizon.periods[-1]
    busy = {m.person for m in d.decisions.moves}
    for (person, position), periods in d.problem.takeover_periods.items():
        if person not in busy and last in periods and not d.standing.line.empty(position, last):
            yield d.made(d.decisions.appointing(person, position, last))


@breaks("seats")
def a_day_of_taking_over_moved(d: Department) -> Spoiled:
    for a in d.plan.appointments:
        later = a.model_copy(update={"on": a.on + ONE_DAY})
        yield d.plan.model_copy(update={"appointments": tuple(later if x is a else x for x in d.plan.appointments)})


@breaks("seats")
def a_day_of_judging_moved(d: Department) -> Spoiled:
    for a in d.plan.appointments:
        other = a.model_copy(update={"judged_on": a.judged_on - ONE_DAY})
        yield d.plan.model_copy(update={"appointments": tuple(other if x is a else x for x in d.plan.appointments)})


@breaks("in_service")
def an_appointment_of_someone_who_leaves(d: Department) -> Spoiled:
    ground, expected = d.before.ground, d.before.expected
    for a in d.plan.appointments:
        instant = ground.horizon.instant(a.period)
        leaver = next((i for i in expected.leaves if not expected.in_service(i, instant)), None)
        if leaver is not None:
            moves = [m for m in d.decisions.moves if m.person != a.person]
            yield d.made(d.decisions.but(moves=moves).appointing(leaver, a.position, a.period))


@breaks("kin_apart")
def a_relative_in_one_leadership(d: Department) -> Spoiled:
    ground, horizon = d.before.ground, d.before.ground.horizon
    rule = d.bound("kin_apart")
    for a, b in rule.pairs:  # type: ignore[attr-defined]
        for one, other in ((a, b), (b, a)):
            for t in horizon.periods:
                post = d.standing.line.post_of(other, horizon.instant(t))
                if post is None or not rule.applies(post) or not d.before.line.in_service(one, horizon.instant(t)):
                    continue
                unit = ground.case.position[post].unit_id
                for target in ground.posts_of_unit[unit]:
                    if target != post and target not in ground.held[one] and rule.applies(target):
                        moves = [m for m in d.decisions.moves if m.person != one]
                        yield d.made(d.decisions.but(moves=moves).appointing(one, target, t))


def _appointments_against(d: Department, name: str) -> Spoiled:
    """Someone whom the rule refuses takes the place of whom the plan appoints."""
    rule, line = d.bound(name), d.before.line
    for a in d.plan.appointments:
        for person in d.before.ground.case.person:
            free = person not in d.before.ground.incumbents[a.position] and line.in_service(person, a.on)
            if free and not rule.allows(person, a.position, "appoint", a.judged_on).ok:  # type: ignore[attr-defined]
                moves = [m for m in d.decisions.moves if m.person not in (a.person, person)]
                yield d.made(d.decisions.but(moves=moves).appointing(person, a.position, a.period))
                break


@breaks("min_tenure")
def an_appointment_too_soon_after_the_last_one(d: Department) -> Spoiled:
    return _appointments_against(d, "min_tenure")


def _appointments_of_the_disciplined(d: Department, rule: Rule) -> Spoiled:
    ground = d.before.ground
    for person in dict.fromkeys(row.person_id for row in ground.case.discipline):
        for position in ground.full_time:
            for t in ground.horizon.periods:
                if not rule.allows(person, position, "appoint", _day_of(d, position, t)).ok:  # type: ignore[attr-defined]
                    yield d.made(d.decisions.appointing(person, position, t))
                    break


@breaks("appt_in_discipline")
def an_appointment_while_a_sanction_runs(d: Department) -> Spoiled:
    return _appointments_of_the_disciplined(d, next(r for r in d.before.bound.rules if r.id == "appt_in_discipline"))


@breaks("discipline_wait")
def an_appointment_within_the_waiting_time(d: Department) -> Spoiled:
    return _appointments_of_the_disciplined(d, d.bound("discipline_wait"))


@breaks("appt_age_full_term")
def an_appointment_too_near_to_retirement(d: Department) -> Spoiled:
    ground = d.before.ground
    rule = next(r for r in d.before.bound.rules if r.id == "appt_age_full_term")
    for position in ground.full_time:
        on = _day_of(d, position, 1)
        for person in ground.case.person:
            if d.before.line.in_service(person, ground.horizon.instant(1)) and not rule.allows(  # type: ignore[attr-defined]
                person, position, "appoint", on
            ):
                yield d.made(d.decisions.appointing(person, position, 1))
                break


# ---- rotations -----------------------------------------------------------------------------------------------------


def _rotations(d: Department, wanted: Callable[[str, str], bool]) -> Iterator[Rotation]:
    """One of each who does not move in the plan, to the first seat that is wanted."""
    ground, moved = d.before.ground, {m.person for m in d.decisions.moves} | {r.person for r in d.decisions.rotations}
    for person, home in ground.home.items():
        if home is None or person in moved:
            continue
        for position in ground.full_time:
            months = d.before.bound.rotation_months(position, ground.horizon.start(0))
            if position != home and months is not None and wanted(person, position):
                yield dating.rotation(d.before.expected, person, position, 0, months)
                break


def _rotated(d: Department, wanted: Callable[[str, str], bool]) -> Spoiled:
    for rotation in _rotations(d, wanted):
        yield d.made(d.decisions.but(rotations=[*d.decisions.rotations, rotation]))


@breaks("rotation_length")
def a_rotation_that_ends_early(d: Department) -> Spoiled:
    for r in _rotations(d, lambda i, q: True):
        for days in (1, 31, 400):
            short = r.model_copy(update={"end": r.end - dt.timedelta(days=days)})
            yield d.made(d.decisions.but(rotations=[*d.decisions.rotations, short]))


@breaks("rotation_equal_rank")
def a_rotation_to_another_rank(d: Department) -> Spoiled:
    ground = d.before.ground
    yield from _rotated(d, lambda i, q: ground.person_order[i] != ground.order(q))  # type: ignore[index,arg-type]


@breaks("vacancy_needed")
def a_rotation_into_an_occupied_seat(d: Department) -> Spoiled:
    as_of = d.before.ground.horizon.as_of
    yield from _rotated(d, lambda i, q: not d.before.expected.empty(q, as_of))  # type: ignore[arg-type]


@breaks("rotation")
def a_rotation_of_someone_who_may_not_move(d: Department) -> Spoiled:
    people = d.before.ground.case.person
    yield from _rotated(d, lambda i, q: people[i].open_to_rotation is False)  # type: ignore[index]


@breaks("one_move")
def an_appointment_during_a_rotation(d: Department) -> Spoiled:
    for r in _rotations(d, lambda i, q: True):
        for (person, position), periods in d.problem.takeover_periods.items():
            if person == r.person and _day_of(d, position, periods[0]) < r.end:
                rotated = d.decisions.but(rotations=[*d.decisions.rotations, r])
                yield d.made(rotated.appointing(person, position, periods[0]))


# ---- places --------------------------------------------------------------------------------------------------------


@breaks("places")
def one_too_many_in_a_class(d: Department) -> Spoiled:
    counts = Counter(p.session for p in d.decisions.places)
    for person, session in d.problem.places:
        row = d.before.ground.case.session[session]
        taken = {p.person for p in d.decisions.places if p.session == session}
        if counts[session] == row.seats and person not in taken:
            yield d.made(d.decisions.training(person, session))


@breaks("places")
def a_class_below_its_least_size(d: Department) -> Spoiled:
    for session in {p.session for p in d.decisions.places}:
        least = d.before.ground.case.session[session].min_seats
        if least > 1:
            others = [p for p in d.decisions.places if p.session != session]
            mine = [p for p in d.decisions.places if p.session == session]
            yield d.made(d.decisions.but(places=[*others, *mine[: least - 1]]))


@breaks("places")
def a_place_without_its_prerequisite(d: Department) -> Spoiled:
    ground = d.before.ground
    for session in ground.case.session:
        needs, start = ground.course_of(session).needs, ground.case.session[session].start
        if needs is None:
            continue
        needed = Gap(needs.competency, ground.content.level(needs))
        for person in ground.case.person:
            if d.standing.line.closed_on(person, needed) > start:
                yield d.made(d.decisions.training(person, session))
                break


@breaks("places")
def a_place_for_a_level_held_already(d: Department) -> Spoiled:
    ground = d.before.ground
    for session in ground.case.session:
        granted = ground.granted(session)
        for person in ground.case.person:
            if ground.closed_on(person, granted) <= ground.case.session[session].start:
                yield d.made(d.decisions.training(person, session))
                break


@breaks("places")
def two_sessions_on_one_day(d: Department) -> Spoiled:
    ground = d.before.ground
    for place in d.decisions.places:
        start, end = ground.case.session[place.session].start, ground.session_end(place.session)
        for other, row in ground.case.session.items():
            if other != place.session and row.start <= end and start <= ground.session_end(other):
                yield d.made(d.decisions.training(place.person, other))
                break


# ---- acting, successors, the rest ----------------------------------------------------------------------------------


@breaks("acting_by")
def a_cover_by_someone_who_is_no_deputy(d: Department) -> Spoiled:
    staff = [i for i, home in d.before.ground.home.items() if home is None][:4]
    for cover in d.plan.covers:
        for person in staff:
            others = [c for c in d.decisions.covers if c != cover]
            stranger = cover.model_copy(update={"person": person})
            yield d.made(d.decisions.but(covers=[*others, stranger]))


@breaks("acting_by")
def a_cover_that_goes_on_too_long(d: Department) -> Spoiled:
    """Every later period of an empty seat is covered by the same deputy, past the months that are allowed."""
    for cover in d.plan.covers:
        later = [cover.model_copy(update={"period": t}) for t in d.before.ground.horizon.periods if t > cover.period]
        taken = {(c.person, c.period) for c in later} | {(c.position, c.period) for c in later}
        rest = [c for c in d.decisions.covers if not {(c.person, c.period), (c.position, c.period)} & taken]
        yield d.made(d.decisions.but(covers=[*rest, *later]))


@breaks("cover")
def a_cover_of_a_seat_that_is_filled(d: Department) -> Spoiled:
    ground = d.before.ground
    for position in ground.full_time:
        for t in ground.horizon.periods:
            if ground.case.position[position].acting_months and not d.standing.line.empty(position, t):
                deputy = next(iter(d.before.ground.case.person))
                yield d.made(
                    d.decisions.but(covers=[*d.decisions.covers, Cover(person=deputy, position=position, period=t)])
                )
                break


@breaks("designated")
def one_person_held_ready_for_two_posts(d: Department) -> Spoiled:
    taken = list(d.decisions.designated.items())
    for (position, _), (_, person) in itertools.pairwise(taken):
        yield d.made(d.decisions.but(designated=d.decisions.designated | {position: person}))


@breaks("designated")
def a_successor_who_is_not_ready(d: Department) -> Spoiled:
    free = (
        set(d.before.ground.case.person) - set(d.decisions.designated.values()) - {m.person for m in d.decisions.moves}
    )
    for position in d.problem.ready:
        ready = d.standing.ready_names(position, d.before.expected.wanted_by[position])
        person = next(i for i in sorted(free) if i not in ready)
        yield d.made(d.decisions.but(designated=d.decisions.designated | {position: person}))


@breaks("designated")
def a_successor_who_is_appointed_elsewhere(d: Department) -> Spoiled:
    free = [p for p in d.problem.ready if p not in d.decisions.designated]
    for a, position in zip(d.plan.appointments, itertools.cycle(free or list(d.problem.ready)), strict=False):
        if a.position != position:
            others = {p: i for p, i in d.decisions.designated.items() if i != a.person}
            yield d.made(d.decisions.but(designated=others | {position: a.person}))


@breaks("course_open_to")
def a_place_for_somebody_neither_in_such_a_post_nor_planned(d: Department) -> Spoiled:
    ground = d.before.ground
    rule = next(r for r in d.before.bound.rules if r.name == "course_open_to")
    for row in ground.case.sessions:
        for person in ground.case.person:
            listed = any(person in names for names in (*d.decisions.names.values(), *ground.old_lists.values()))
            if not listed and rule.demands(person, row.session_id):  # type: ignore[attr-defined]
                yield d.made(d.decisions.training(person, row.session_id))
                break


@breaks("course_conditions")
def a_place_for_somebody_who_does_not_meet_the_conditions(d: Department) -> Spoiled:
    ground = d.before.ground
    rule = next(r for r in d.before.bound.rules if r.name == "course_conditions")
    for row in ground.case.sessions:
        for person in ground.case.person:
            if not rule.allows(person, row.session_id).ok:  # type: ignore[attr-defined]
                yield d.made(d.decisions.training(person, row.session_id))
                break


@breaks("rotate_from_pool")
def a_rotation_of_somebody_in_no_list(d: Department) -> Spoiled:
    lists = [*d.decisions.names.values(), *d.before.ground.old_lists.values()]
    yield from _rotated(d, lambda i, q: not any(i in names for names in lists))


@breaks("decision")
def a_decided_place_left_out(d: Department) -> Spoiled:
    for row in d.before.ground.case.decisions:
        if row.kind == "train" and row.status == "decided":
            kept = [p for p in d.decisions.places if (p.person, p.session) != (row.person_id, row.session_id)]
            yield d.made(d.decisions.but(places=kept))


@breaks("departures")
def a_departure_left_out(d: Department) -> Spoiled:
    for gone in d.plan.departures:
        yield d.plan.model_copy(update={"departures": tuple(x for x in d.plan.departures if x is not gone)})


@breaks("departures")
def a_departure_made_up(d: Department) -> Spoiled:
    staying = [i for i in d.before.ground.case.person if i not in d.before.expected.leaves]
    for person in staying:
        made_up = Departure(person=person, on=d.before.ground.horizon.until, cause="leaves")
        yield d.plan.model_copy(update={"departures": (*d.plan.departures, made_up)})


@breaks("goal")
def a_goal_claimed_better_than_it_is(d: Department) -> Spoiled:
    for goal, value in d.plan.goals.items():
        for off in (-1, 1):
            yield d.plan.model_copy(update={"goals": d.plan.goals | {goal: value + off}})
