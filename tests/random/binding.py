"""Which rules make a difference in a random case, and which of its features it has: so that none is there in vain."""

from collections.abc import Sequence
from dataclasses import replace

from planner.goals import GOALS
from planner.standing import Standing
from planner.structure.point import decided_keys
from tests.random.exhaustive import Enumeration, TooManyError, optimum
from tests.random.tiny import Tiny


def without(tiny: Tiny, rule: str) -> Tiny:
    """The case with the entries of a class of rules switched off."""
    kept = tuple(entry for entry in tiny.content.rulebook if entry.rule != rule)
    return replace(tiny, content=replace(tiny.content, rulebook=kept))


def binds(tiny: Tiny, plans: Sequence[Standing], rule: str, looked_at: int) -> bool:
    """Whether the case has other lawful plans, or another optimum of a goal or of its order, without the rule."""
    enumeration = Enumeration(without(tiny, rule).status_quo(), len(plans), looked_at)
    try:
        others = enumeration.plans()
    except TooManyError:
        return enumeration.budget >= 0  # more plans than with the rule; else nothing is known
    if {frozenset(decided_keys(p)) for p in plans} != {frozenset(decided_keys(p)) for p in others}:
        return True
    return any(
        optimum(plans, tiers)[0] != optimum(others, tiers)[0] for tiers in (tiny.goals, *(((g,),) for g in GOALS))
    )


def oddities(tiny: Tiny, before: Standing) -> dict[str, bool]:
    """What of the input format a case may have or not."""
    ground, horizon = before.ground, before.ground.horizon
    return {
        "a surplus": any(before.expected.excess(p, horizon.as_of) for p in ground.full_time),
        "a course in progress": bool(ground.enrolled),
        "a rotation in progress": bool(ground.rotations_now),
        "acting in progress": bool(ground.covers_now),
        "a waiver": any(rule.waivers for rule in before.bound.rules),
        "a rule that changes": any(e.from_ or e.until for e in tiny.content.rulebook),
        "posts held together": any(len(b) > 1 for b in ground.bundles.values()),
        "several seats": any(n > 1 for n in ground.seats.values()),
        "a full-time course": any(ground.course_of(s.session_id).mode == "full" for s in tiny.case.sessions),
        "a class that must be of two": any(s.min_seats > 1 for s in tiny.case.sessions),
        "a prerequisite": any(ground.course_of(s.session_id).needs for s in tiny.case.sessions),
        "an admission": any(ground.course_of(s.session_id).admits for s in tiny.case.sessions),
        "two rounds decided": len({r.round_id for r in ground.decided_round.values()}) > 1,
        "old lists only": bool(tiny.case.pools) and not tiny.case.rounds,
        "no lists at all": ground.everyone_is_listed,
        "nominations": bool(tiny.case.nominations),
        "the end of a term": any(d.cause == "term_end" for d in before.expected.departures),
        "kin": bool(tiny.case.relations),
        "a first period cut short": (horizon.as_of.month, horizon.as_of.day) not in ((1, 1), (7, 1)),
        "several goals in a tier": any(len(tier) > 1 for tier in tiny.goals),
    }
