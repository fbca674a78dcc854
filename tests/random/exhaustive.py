"""Every lawful plan of a tiny case, person by person, judged by the law alone.

The enumeration knows nothing of candidates, columns or rows: it combines all identifiers, asks the law (the checks of
the structure and of the `must` rules) and keeps what has no *new* breach against the status quo (design.md §6). So it
is an independent judge of the program: what the program allows, refuses and finds best must be the same.

How the combinations stay few, and why nothing lawful is lost:

1. *Options of a person* (nothing, an appointment, a rotation, both; with a subset of the sessions) are judged in a plan
   that has only them. Dropped is an option with a breach that depends on this person's own events alone, so that no
   decision about others can mend it (`_is_own`): the standard, service and absence, the order of the two moves, the
   personal rules, prerequisites and clashes of sessions, a decided decision about the person.
2. *Persons are combined* one after the other. Where people sit at instants follows from the periods of their own moves;
   who is decided later can only add holders and attendants. So a partial plan is given up when the decided people alone
   are more than seats + the excess of the status quo, or more than a session's places.
3. *Moves* are then judged whole, but for the breaches which lists and covers may mend or which speak of them
   (`_LATER`); nothing is assumed of how they are decided.
4. *Lists* and *covers* do not see each other: no check of lists reads covers, none of covers reads lists. So each
   lawful choice of the one goes with each of the other. *Designated successors* are chosen last, given the lists.
   Single names, covers and successors are judged alone first, by breaches that more of them cannot mend.
5. Every plan that comes out is judged once more by the whole law.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from planner.domain.plan import Cover, Place
from planner.domain.violation import Violation
from planner.goals import GOALS
from planner.rules.structure import STRUCTURE
from planner.standing import Standing
from planner.structure.extract import make_plan
from planner.timeline import dating
from planner.timeline.dating import Move

_LATER = {
    "pool_size", "posts_per_person", "share", "pool_keep", "age_bands", "nested_pools", "not_with_appointment",
    "appointment_from_pool", "order_after_list", "rotate_from_pool", "course_open_to", "acting_by",
}  # fmt: skip
"""Rules on lists and covers: not asked while these are open."""


class TooManyError(Exception):
    """More plans than wanted: try a smaller case."""


class Law:
    """New breaches of the structure and of the `must` rules, against a status quo."""

    def __init__(self, status_quo: Standing) -> None:
        self.status_quo = status_quo
        self.must = tuple(r for r in status_quo.bound.rules if r.is_must)
        self.rule_of = {r.id: r.name for r in self.must}
        self.stage_rules = {r.id for r in self.must if r.kind == "personal"}
        self.inherited = {v.key: v.amount for v in self._all(status_quo)}

    def _all(self, standing: Standing) -> Iterator[Violation]:
        for check in STRUCTURE.values():
            yield from check(standing)
        for rule in self.must:
            yield from rule.check(standing.line)

    def breaches(self, standing: Standing) -> Iterator[Violation]:
        """What is new: not in the status quo, or larger than there, or the plan brought one of the counted in."""
        for v in self._all(standing):
            if v.moved_in or v.amount > self.inherited.get(v.key, 0):
                yield v

    def speaks_of_lists(self, v: Violation) -> bool:
        """Whether lists that are not decided yet may cause or mend the breach."""
        return (
            v.rule == "lists"
            or self.rule_of.get(v.rule) in _LATER - {"acting_by"}
            or (v.rule == "places" and v.scope == "admits")
            or (v.rule == "rotation" and v.scope == "not_planned")
            or (v.rule == "decision" and v.scope in ("pool", "not_pool"))
        )

    def speaks_of_covers(self, v: Violation) -> bool:
        return (
            v.rule == "cover"
            or self.rule_of.get(v.rule) == "acting_by"
            or (v.rule == "decision" and v.scope == "cover")
        )


@dataclass(frozen=True)
class Option:
    """What one person does: moves and places, and the post at every instant that follows."""

    person: str
    moves: tuple[Move, ...] = ()
    rotations: tuple = ()
    places: tuple[Place, ...] = ()
    posts: tuple[str | None, ...] = ()


@dataclass
class Found:
    """All lawful plans as standings, and how many combinations the whole law refused on the way."""

    plans: list[Standing] = field(default_factory=list)
    refused: list[tuple[Standing, Violation]] = field(default_factory=list)


class Enumeration:
    """The lawful plans of one status quo."""

    def __init__(self, status_quo: Standing, most: int, most_looked_at: int = 60_000) -> None:
        self.status_quo = status_quo
        self.law = Law(status_quo)
        self.ground, self.expected, self.bound = status_quo.ground, status_quo.expected, status_quo.bound
        self.most, self.budget = most, most_looked_at
        self.periods = list(self.ground.horizon.periods)

    def plan(
        self,
        options: Iterable[Option],
        names: dict | None = None,
        covers: Iterable[Cover] = (),
        designated: dict | None = None,
    ) -> Standing:
        self.budget -= 1
        if self.budget < 0:
            raise TooManyError
        options = list(options)
        return make_plan(
            self.status_quo,
            names or {},
            [p for o in options for p in o.places],
            [r for o in options for r in o.rotations],
            [m for o in options for m in o.moves],
            list(covers),
            designated or {},
        )

    # ---- 1. one person ---------------------------------------------------------------------------------------

    def options_of(self, person: str) -> list[Option]:
        ground, horizon = self.ground, self.ground.horizon
        sessions = [s.session_id for s in ground.case.sessions]
        appointments = [None, *itertools.product(ground.full_time, self.periods)]
        rotations = [None]
        for q, t in itertools.product(ground.full_time, self.periods):
            months = self.bound.rotation_months(q, horizon.start(t))
            if months is not None:  # without a length there is no such event (structure `rotation`: no_length)
                rotations.append((q, t, months))
        found = []
        for n in range(len(sessions) + 1):
            for chosen in itertools.combinations(sessions, n):
                places = tuple(Place(person=person, session=s) for s in chosen)
                for move, rotation in itertools.product(appointments, rotations):
                    option = Option(
                        person,
                        () if move is None else (Move(person, *move),),
                        () if rotation is None else (dating.rotation(self.expected, person, *rotation),),
                        places,
                    )
                    alone = self.plan([option])
                    if any(self._is_own(v, person) for v in self.law.breaches(alone)):
                        continue
                    posts = tuple(alone.line.post_of(person, horizon.instant(t)) for t in self.periods)
                    found.append(Option(person, option.moves, option.rotations, places, posts))
        return found

    def _is_own(self, v: Violation, person: str) -> bool:
        """Whether the breach follows from this person's events alone, so that no other decision can mend it."""
        if v.rule in ("bundle", "one_move", "in_service"):
            return True
        if v.rule == "standard":
            return not v.scope.startswith("plan")
        if v.rule == "rotation":
            return v.scope != "not_planned"
        if v.rule == "places":
            return v.scope not in ("class", "admits")
        if v.rule == "decision":
            return person in v.subjects and v.scope not in ("pool", "not_pool", "cover")
        return v.rule in self.law.stage_rules or self.law.rule_of.get(v.rule) == "rotation_length"

    # ---- 2. and 3. all moves ---------------------------------------------------------------------------------

    def moves(self) -> Iterator[tuple[tuple[Option, ...], Standing]]:
        ground, horizon = self.ground, self.ground.horizon
        options = [self.options_of(person) for person in ground.case.person]
        # The excess of the status quo is the most that the law bears, whoever it is.
        room = {
            (p, t): ground.seats[p] + self.expected.excess(p, horizon.instant(t))
            for p in ground.full_time
            for t in self.periods
        }
        places = {s.session_id: len(ground.case.people) if s.seats is None else s.seats for s in ground.case.sessions}

        def combine(n: int, chosen: list[Option]) -> Iterator[tuple[Option, ...]]:
            if n == len(options):
                yield tuple(chosen)
                return
            for option in options[n]:
                taken = [(p, t) for t, p in enumerate(option.posts) if p is not None]
                for spot in taken:
                    room[spot] -= 1
                for place in option.places:
                    places[place.session] -= 1
                if all(room[spot] >= 0 for spot in taken) and all(places[p.session] >= 0 for p in option.places):
                    yield from combine(n + 1, [*chosen, option])
                for spot in taken:
                    room[spot] += 1
                for place in option.places:
                    places[place.session] += 1

        law = self.law
        for chosen in combine(0, []):
            standing = self.plan(chosen)
            bad = next(
                (v for v in law.breaches(standing) if not law.speaks_of_lists(v) and not law.speaks_of_covers(v)), None
            )
            if bad is None:
                yield chosen, standing

    # ---- 4. lists, covers, successors ------------------------------------------------------------------------

    def lists(self, options: Sequence[Option], moved: Standing) -> list[dict]:
        """Every lawful choice of names for the decided lists."""
        law, per_list = self.law, []
        for position in self.ground.decided_round:
            may = []
            for person in self.ground.case.person:
                alone = self.plan(options, {position: [person]})
                # The person's own breach at stage plan: other names and lists do not mend it.
                own = frozenset({person, position})
                bad = any(
                    v.subjects == own
                    and (
                        (v.rule == "lists" and v.scope != "entry")
                        or (v.rule == "standard" and v.scope.startswith("plan"))
                        or (v.rule in law.stage_rules and v.scope == "plan")
                        or (v.rule == "decision" and v.scope == "not_pool")
                    )
                    for v in law.breaches(alone)
                )
                if not bad:
                    may.append(person)
            per_list.append([(position, c) for n in range(len(may) + 1) for c in itertools.combinations(may, n)])
        found = []
        for choice in itertools.product(*per_list):
            names = {position: list(persons) for position, persons in choice}
            if not any(not law.speaks_of_covers(v) for v in law.breaches(self.plan(options, names))):
                found.append(names)
        return found

    def covers(self, options: Sequence[Option], moved: Standing) -> list[tuple[Cover, ...]]:
        """Every lawful choice of acting deputies."""
        law, spots = self.law, []
        for position, t in itertools.product(self.ground.full_time, self.periods):
            may: list[tuple[Cover, ...]] = [()]
            if moved.line.empty(position, t):
                for person in self.ground.case.person:
                    cover = Cover(person=person, position=position, period=t)
                    # All but the length of the run, and what is decided, is said of the single cover.
                    alone = self.plan(options, covers=[cover])
                    if not any(
                        law.speaks_of_covers(v) and v.scope not in ("length", "cover") for v in law.breaches(alone)
                    ):
                        may.append((cover,))
            spots.append(may)
        found = []
        for choice in itertools.product(*spots):
            covers = tuple(c for some in choice for c in some)
            if not any(law.speaks_of_covers(v) for v in law.breaches(self.plan(options, covers=covers))):
                found.append(covers)
        return found

    def successors(self, options: Sequence[Option], names: dict) -> list[dict]:
        """Every lawful choice of designated successors."""
        per_post = []
        for position in self.ground.full_time:
            may: list[str | None] = [None]
            for person in self.ground.case.person:
                alone = self.plan(options, names, designated={position: person})
                # Beside the structure the relatives of the person have a say.
                if not any("designated" in (v.rule, v.scope) for v in self.law.breaches(alone)):
                    may.append(person)
            per_post.append([(position, i) for i in may])
        found = []
        for choice in itertools.product(*per_post):
            designated = {p: i for p, i in choice if i is not None}
            if len(set(designated.values())) == len(designated):
                found.append(designated)
        return found

    # ---- 5. all plans ----------------------------------------------------------------------------------------

    def plans(self) -> list[Standing]:
        factored = []
        count = 0
        for options, moved in self.moves():
            covers = self.covers(options, moved)
            if not covers:
                continue
            for names in self.lists(options, moved):
                designated = self.successors(options, names)
                count += len(covers) * len(designated)
                if count > self.most:
                    raise TooManyError
                factored.append((options, names, covers, designated))
        found = []
        self.budget = count
        for options, names, covers, designated in factored:
            for cover, successor in itertools.product(covers, designated):
                standing = self.plan(options, names, cover, successor)
                bad = next(self.law.breaches(standing), None)
                assert bad is None, f"lists, covers and successors are not independent: {bad}"
                found.append(standing)
        return found


def lawful_plans(status_quo: Standing, most: int) -> list[Standing]:
    """Every lawful plan; raises TooManyError above `most`."""
    return Enumeration(status_quo, most).plans()


def optimum(plans: Iterable[Standing], tiers: Sequence[Sequence[str]]) -> tuple[list[int], Standing]:
    """The best values tier by tier (each the sum of its goals), and a plan that has them."""
    best: list[Standing] = list(plans)
    values = []
    for tier in tiers:
        valued = [(sum(GOALS[g].value(s) for g in tier), s) for s in best]
        least = min(v for v, _ in valued)
        values.append(least)
        best = [s for v, s in valued if v == least]
    return values, best[0]


Judge = Callable[[Standing], Iterator[Violation]]
