"""What became of each nomination in the lists of a plan: kept, added, or left out, and then why.

The reasons are those of the rules: what they say of the name on the day of the round, what they say of the list with
the name added, and, where they say nothing, which goal of the plan would be worse.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from planner.domain.case import Nomination
from planner.domain.ids import PersonId, PositionId
from planner.domain.plan import ListEntry
from planner.domain.violation import BreachKey, Violation
from planner.goals import GOALS
from planner.rules.age_bands import AgeBands
from planner.rules.appointment_from_pool import AppointmentFromPool
from planner.rules.base import Rule
from planner.rules.course_open_to import CourseOpenTo
from planner.rules.nested_pools import NestedPools
from planner.rules.not_with_appointment import NotWithAppointment
from planner.rules.pool_size import PoolSize
from planner.rules.posts_per_person import PostsPerPerson
from planner.rules.rotate_from_pool import RotateFromPool
from planner.rules.share import Share
from planner.rules.structure import designated
from planner.standing import Standing
from planner.standing.base_list import HOLDER, LEAVES, BaseList
from planner.standing.refusals import Refusal
from planner.timeline import replay
from planner.timeline.ground import Gap

Outcome = Literal["kept", "added", "left_out", "no_round"]
WhyNot = Literal[
    "leaves", "holder", "decided", "refused", "gate", "rule", "standard", "full", "other_lists", "list_rule", "goals",
    "lawful", "unknown",
]  # fmt: skip
"""Why a name is left out. On the day of the round it is gone (`leaves`), holds the post (`holder`), or is stopped by a
decision, an opinion or a lost ballot (`refused`), a gate of suitability (`gate`), a `rule`, or a demand of the
`standard`. In the list: it is `full`, the person is in as many `other_lists` as may be, another rule on lists would be
broken (`list_rule`). `goals`: it is lawful, and goals of the plan would be worse; `lawful`: so are more than
`MOST_MEASURED` others, and the goals were not measured; `unknown`: nothing stands against it."""

MOST_MEASURED = 20
"""For so many names that the law would let in, and exchanges in full lists, the goals are measured: in a province there
are a thousand, and each takes all goals anew."""

OF_LISTS = (
    PoolSize, PostsPerPerson, AgeBands, NestedPools, NotWithAppointment, Share, AppointmentFromPool, RotateFromPool,
    CourseOpenTo,
)  # fmt: skip
"""Rules that a name more, or another one, in a list may break."""


@dataclass(frozen=True)
class ListName:
    """Another name of a list: `kept`: it was there before the round; `nominated`, too; `counted`: the plan appoints it
    to the post, or designates it; else only `added`."""

    person: PersonId
    how: Literal["kept", "nominated", "counted", "added"]


@dataclass(frozen=True)
class Nominated:
    """One name for one post, with the rows that propose it.

    Of a name that is left out: `refusals` and `gaps` on the day of the round; `rule` that the list would break, with
    the `names` that fill it or the `posts` of the person's other lists; `worse`: by how much each goal would be worse,
    with the name alone, or in a full list in place of the least suited name that could give way (`instead_of`).
    """

    position: PositionId
    person: PersonId
    rows: tuple[Nomination, ...]
    outcome: Outcome
    why: WhyNot | None = None
    refusals: tuple[Refusal, ...] = ()
    gaps: tuple[Gap, ...] = ()
    rule: str | None = None
    names: tuple[ListName, ...] = ()
    posts: tuple[PositionId, ...] = ()
    instead_of: PersonId | None = None
    worse: tuple[tuple[str, int], ...] = ()


class Nominations:
    """The nominations of a case as a plan answers them."""

    def __init__(self, standing: Standing, base_list: BaseList | None = None) -> None:
        self.standing, self.ground, self.plan = standing, standing.ground, standing.line.plan
        self._base_list = BaseList(standing) if base_list is None else base_list
        self._entries: Mapping[tuple[PersonId, PositionId], ListEntry] = {
            (e.person, e.position): e for e in self.plan.pools
        }
        self._rules: list[Rule] = [r for r in standing.bound.rules if r.is_must and isinstance(r, OF_LISTS)]
        self._base: dict[BreachKey, int] | None = None
        self._measured = 0

    def all(self) -> Iterator[Nominated]:
        """Each name and post once, in the order of the case."""
        rows: dict[tuple[PersonId, PositionId], list[Nomination]] = {}
        for row in self.ground.case.nominations:
            rows.setdefault((row.person_id, row.position_id), []).append(row)
        for (person, position), found in rows.items():
            yield self._one(person, position, tuple(found))

    def _one(self, person: PersonId, position: PositionId, rows: tuple[Nomination, ...]) -> Nominated:
        if position not in self.ground.decided_round:
            kept = person in self.ground.old_lists.get(position, ())
            return Nominated(position, person, rows, "kept" if kept else "no_round")
        entry = self._entries.get((person, position))
        if entry is not None and entry.status != "remove":
            return Nominated(position, person, rows, "kept" if entry.status == "keep" else "added")
        return self._on_the_day(person, position, rows) or self._in_the_list(person, position, rows)

    def _on_the_day(self, person: PersonId, position: PositionId, rows: tuple[Nomination, ...]) -> Nominated | None:
        """What stands against the name whatever else is in the list."""
        ground, standing, day = self.ground, self.standing, self.ground.plan_day(position)
        refusals = tuple(r for r in self._base_list.refusals(person, position) if r.stage == "plan")
        demands = standing.bound.demands(person, position, "plan", day)
        gaps = tuple(gap for gap in demands if standing.line.closed_on(person, gap) > day)
        entry = self._entries.get((person, position))
        first = refusals[0].rule if refusals else None
        why: WhyNot | None = None
        if first in (HOLDER, LEAVES):
            why = "holder" if first == HOLDER else "leaves"
        elif (entry is not None and entry.cause == "decided") or self._decided_out(person, position):
            why = "decided"
        elif (person, position) in ground.refused:
            why = "refused"
        elif ground.suitability.gate_of(person) is not None:
            why = "gate"
        elif refusals:
            why = "rule"
        elif gaps:
            why = "standard"
        return None if why is None else Nominated(position, person, rows, "left_out", why, refusals, gaps)

    def _decided_out(self, person: PersonId, position: PositionId) -> bool:
        decisions = self.ground.case.decisions
        return any(
            d.kind == "not_pool"
            and d.status == "decided"
            and d.person_id == person
            and d.position_id in (None, position)
            for d in decisions
        )

    # ---- the list with the name ----------------------------------------------------------------------------------

    def _in_the_list(self, person: PersonId, position: PositionId, rows: tuple[Nomination, ...]) -> Nominated:
        """What the rules say of the list with the name added, else what the goals do."""
        broken = self._broken_by(self._with(person, position))
        if broken is None:
            if self._measured == MOST_MEASURED:
                return Nominated(position, person, rows, "left_out", "lawful")
            worse = self._worse(self._with(person, position))
            return Nominated(position, person, rows, "left_out", "goals" if worse else "unknown", worse=worse)
        rule = next((r for r in self._rules if r.id == broken.rule), None)
        if isinstance(rule, PostsPerPerson):
            others = tuple(p for (i, p), e in self._entries.items() if i == person and e.status != "remove")
            return Nominated(position, person, rows, "left_out", "other_lists", rule=broken.rule, posts=others)
        names = tuple(self._names(position))
        if not isinstance(rule, PoolSize) or position not in broken.subjects:
            return Nominated(position, person, rows, "left_out", "list_rule", rule=broken.rule, names=names)
        instead, worse = self._exchange(person, position, names)
        return Nominated(
            position, person, rows, "left_out", "full", rule=broken.rule, names=names, instead_of=instead, worse=worse
        )

    def _names(self, position: PositionId) -> Iterator[ListName]:
        """The names of the list after the round, the better suited first."""
        ground = self.ground
        entries = [e for e in self.plan.pools if e.position == position and e.status != "remove"]
        counted = {a.person for a in self.plan.appointments if a.position == position}
        counted.add(self.standing.designated.get(position, PersonId("")))
        for e in sorted(entries, key=lambda e: -ground.suitability.of(e.person, position)):
            if e.status == "keep":
                yield ListName(e.person, "kept")
            elif (e.person, position) in ground.nominated:
                yield ListName(e.person, "nominated")
            else:
                yield ListName(e.person, "counted" if e.person in counted else "added")

    def _exchange(
        self, person: PersonId, position: PositionId, names: tuple[ListName, ...]
    ) -> tuple[PersonId | None, tuple[tuple[str, int], ...]]:
        """The least suited name that nobody nominated and that may give way, and what the goals would lose by it."""
        for name in reversed(names if self._measured < MOST_MEASURED else ()):
            if name.how == "added":
                plan = self._with(person, position, without=name.person)
                if self._broken_by(plan) is None:
                    return name.person, self._worse(plan)
        return None, ()

    def _with(self, person: PersonId, position: PositionId, without: PersonId | None = None) -> Standing:
        """The plan with one name more in a list, if need be in place of another that it adds."""
        decided = self.ground.decided_round[position]
        status: Literal["keep", "add"] = "keep" if person in self.ground.old_lists[position] else "add"
        entry = ListEntry(
            position=position, person=person, round=decided.round_id, on=decided.approved_on, status=status
        )
        gone = {(person, position), (without, position)}
        pools = (*(e for e in self.plan.pools if (e.person, e.position) not in gone), entry)
        plan = self.plan.model_copy(update={"pools": tuple(sorted(pools, key=lambda e: (e.on, e.position, e.person)))})
        return Standing(replay(self.standing.expected, plan), self.standing.bound)

    def _broken_by(self, standing: Standing) -> Violation | None:
        """The first breach of a rule on lists that the plan does not have."""
        if self._base is None:
            self._base = {}
            for v in self._breaches(self.standing):
                self._base[v.key] = max(v.amount, self._base.get(v.key, 0))
        base = self._base
        return next((v for v in self._breaches(standing) if v.amount > base.get(v.key, 0)), None)

    def _breaches(self, standing: Standing) -> Iterator[Violation]:
        yield from designated.check(standing)
        for rule in self._rules:
            yield from rule.check(standing.line)

    def _worse(self, standing: Standing) -> tuple[tuple[str, int], ...]:
        """The goals that the plan claims and that would be worse, with by how much, in their order."""
        self._measured += 1
        found = ((name, GOALS[name].value(standing) - GOALS[name].value(self.standing)) for name in self._claimed)
        return tuple((name, more) for name, more in found if more > 0)

    @property
    def _claimed(self) -> list[str]:
        return [name for name in self.plan.goals if name in GOALS]
