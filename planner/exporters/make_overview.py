"""The overview of a plan, made from its standing, open seats, tables and verdict; nothing is judged here."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from planner.domain.ids import PersonId, PositionId
from planner.domain.messages import Language, tr
from planner.edits.load import Loaded
from planner.exporters.moves import why_none
from planner.exporters.nominated import NominationWords
from planner.exporters.overview import (
    ActingFor,
    Arrival,
    Chain,
    GoalLine,
    Holder,
    Link,
    Listed,
    ListedPaths,
    Nominated,
    Overview,
    Post,
    PostLine,
    Rotation,
    RuleCount,
    Session,
    UnitLine,
    Vacancy,
    Who,
)
from planner.exporters.overview_words import OverviewWords
from planner.exporters.path_words import PathWords
from planner.exporters.tables import plan_table, worded_table
from planner.exporters.verdict import inherited_text, warning_lines
from planner.exporters.view import Row, View, known
from planner.goals import GOALS, LAST_TIER
from planner.standing.open_seats import OpenSeat, OpenSeats


def overview(view: View, loaded: Loaded, tiers: Sequence[Mapping[str, Any]], language: Language) -> Overview:
    """The overview of a plan in a language; `tiers` are those of its manifest."""
    return _Maker(view, loaded, tiers, language).make()


class _Maker:
    def __init__(self, view: View, loaded: Loaded, tiers: Sequence[Mapping[str, Any]], language: Language) -> None:
        self.view, self.loaded, self.tiers, self.language = view, loaded, tiers, language
        self.standing, self.ground = view.standing, view.ground
        self._names = self.ground.case.post_names
        self._base_list = view.paths.base_list
        self._words = OverviewWords(self.standing, language)

    def make(self) -> Overview:
        scenario = self.loaded.scenario
        return Overview(
            title=scenario.title,
            as_of=scenario.as_of,
            until=scenario.horizon.until,
            rulebook=self.loaded.content.rulebook_name,
            everyone_is_listed=self.ground.everyone_is_listed,
            vacancies=tuple(map(self._vacancy, OpenSeats(self.standing, self._base_list).all)),
            units=tuple(self._units()),
            posts=self._posts,
            chains=tuple(self._chains()),
            sessions=tuple(self._sessions()),
            rotations=tuple(self._rotations()),
            nominations=self._nominations(),
            paths=self._paths(),
            inherited=tuple(self._inherited()),
            warnings=tuple(warning_lines(self.view.judgement, self.language)),
            goals=tuple(self._goals()),
        )

    # ---- names ---------------------------------------------------------------------------------------------------

    def _who(self, person: PersonId) -> Who:
        return Who(id=person, name=self.ground.case.person[person].name)

    def _maybe(self, person: PersonId | None) -> Who | None:
        return None if person is None else self._who(person)

    def _post(self, position: PositionId) -> Post:
        row = self.ground.case.position[position]
        above = tuple(sorted(self.ground.unit_and_above(row.unit_id)))
        return Post(
            id=position, title=self._names[position], short=row.title, unit=row.unit_id, units=above,
            head=bool(row.head),
        )  # fmt: skip

    def _title(self, position: PositionId | None) -> str | None:
        return None if position is None else self._names[position]

    # ---- seats and posts -----------------------------------------------------------------------------------------

    def _vacancy(self, seat: OpenSeat) -> Vacancy:
        return Vacancy(
            post=self._post(seat.position),
            since=seat.since,
            until=seat.until,
            opened=seat.opened,
            left_by=self._maybe(seat.left_by),
            filled_by=self._maybe(seat.filled_by),
            acting=tuple(ActingFor(person=self._who(a.person), since=a.since, until=a.until) for a in seat.acting),
            why=seat.reason.why,
            reason=self._words.reason(seat),
        )

    @cached_property
    def _posts(self) -> tuple[PostLine, ...]:
        """Unit by unit, the posts of each as the case lists them."""
        units = {unit: n for n, unit in enumerate(self.ground.case.unit)}
        posts = sorted(self.ground.full_time, key=lambda p: units[self.ground.case.position[p].unit_id])
        return tuple(map(self._line, posts))

    def _line(self, position: PositionId) -> PostLine:
        standing, ground = self.standing, self.ground
        wanted = ground.case.position[position].successors
        day = standing.expected.wanted_by[position]
        successor = standing.designated.get(position)
        return PostLine(
            post=self._post(position),
            seats=ground.seats[position],
            holders=tuple(self._holder(i, position) for i in ground.incumbents[position]),
            arrivals=tuple(self._arrivals(position)),
            wants_successor=bool(wanted),
            wanted_by=day if wanted else None,
            successor=self._maybe(successor),
            suitability=self.view.points(successor, position) if successor is not None else None,
            why_none=self._why_none(position, day) if wanted and successor is None else None,
            listed=tuple(self._listed(position)),
            ready=len(standing.ready_names(position, day)),
        )

    def _why_none(self, position: PositionId, day: dt.date) -> str:
        """As the table of successors says; where no lists are kept nobody is missing from one."""
        why = why_none(self.view, position, day)
        return "nobody_qualifies" if why == "nobody_listed" and self.ground.everyone_is_listed else why

    def _holder(self, person: PersonId, position: PositionId) -> Holder:
        line, until = self.standing.line, self.ground.horizon.until
        who = self._who(person)
        moves = [(a.on, a.position, "appointed") for a in line.appointments.get(person, ())]
        moves += [(r.start, r.position, "rotated") for r in line.rotations.get(person, ())]
        departures = [d for d in self.standing.expected.departures if d.person == person]
        ends = [(on, self._title(p), cause) for on, p, cause in moves if p != position]
        ends += [(d.on, None, d.cause) for d in departures if d.on <= until]
        if not ends:
            return Holder(person=who)
        on, to, cause = min(ends, key=lambda end: end[0])
        return Holder(person=who, until=on, cause=cause, to=to)

    def _arrivals(self, position: PositionId) -> Iterator[Arrival]:
        rows = [(row, "appointment") for row in self._appointments if row["position"] == position]
        rows += [(row, row["kind"]) for row in self._rotation_rows if row["position"] == position]
        for row, kind in sorted(rows, key=lambda r: r[0].get("date") or r[0]["start"]):
            yield Arrival(
                person=self._who(row["person"]),
                on=row.get("date") or row["start"],
                origin=self._title(row["from_position"]),
                kind=kind,
                suitability=row.get("suitability"),
            )

    def _listed(self, position: PositionId) -> Iterator[Listed]:
        if self.ground.everyone_is_listed or position not in self.ground.listable:
            return
        added = {e.person for e in self.standing.line.plan.pools if e.position == position and e.status == "add"}
        names = self.standing.listed(position, self.standing.expected.wanted_by[position])
        for person in sorted(names, key=lambda i: (-self.ground.suitability.of(i, position), i)):
            yield Listed(
                person=self._who(person),
                added=person in added,
                ready_on=known(self._base_list.ready_on(person, position)),
                suitability=self.view.points(person, position),
            )

    def _units(self) -> Iterator[UnitLine]:
        horizon, line = self.ground.horizon, self.standing.line
        for unit, posts in self.ground.posts_of_unit.items():
            lines = [row for row in self._posts if row.post.id in posts]
            yield UnitLine(
                unit=unit,
                name=self.ground.case.unit_names[unit],
                posts=len(posts),
                seats=sum(self.ground.seats[p] for p in posts),
                empty_today=sum(self.standing.expected.empty(p, horizon.as_of) for p in posts),
                empty_at_end=sum(line.empty(p, horizon.periods[-1]) for p in posts),
                arrivals=sum(len(row.arrivals) for row in lines),
                wanted=sum(row.wants_successor for row in lines),
                without_successor=sum(row.wants_successor and row.successor is None for row in lines),
            )

    # ---- moves and places ----------------------------------------------------------------------------------------

    @cached_property
    def _appointments(self) -> list[Row]:
        return plan_table("appointments", self.view)

    @cached_property
    def _rotation_rows(self) -> list[Row]:
        return plan_table("rotations", self.view)

    def _chains(self) -> Iterator[Chain]:
        chains: defaultdict[int, list[Row]] = defaultdict(list)
        for row in self._appointments:
            chains[row["chain"] or 0].append(row)
        for number, rows in chains.items():
            links = (
                Link(
                    person=self._who(row["person"]), origin=self._title(row["from_position"]),
                    post=self._post(row["position"]), on=row["date"], suitability=row["suitability"],
                )
                for row in rows
            )  # fmt: skip
            yield Chain(number=number, links=tuple(links))

    def _sessions(self) -> Iterator[Session]:
        rows: defaultdict[str, list[Row]] = defaultdict(list)
        for row in plan_table("training", self.view):
            rows[row["session"]].append(row)
        for session, places in sorted(rows.items(), key=lambda item: (item[1][0]["start"], item[0])):
            first = places[0]
            yield Session(
                id=session,
                course=first["course_name"],
                start=first["start"],
                end=first["end"],
                people=tuple(self._who(row["person"]) for row in places),
                cost=float(sum(row["cost"] or 0 for row in places)),
            )

    def _rotations(self) -> Iterator[Rotation]:
        for row, said in zip(self._rotation_rows, worded_table("rotations", self.view, self.language), strict=True):
            yield Rotation(
                person=self._who(row["person"]),
                kind=row["kind"],
                origin=self._title(row["from_position"]),
                post=self._post(row["position"]),
                start=row["start"],
                end=row["end"],
                purpose=self._words.purpose(said["purpose"]),
                return_to=self._title(row["return_to"]),
            )

    # ---- lists ---------------------------------------------------------------------------------------------------

    def _nominations(self) -> Nominated | None:
        """None where the case has no nominations."""
        found = self.view.nominations if self.ground.case.nominations else ()
        if not found:
            return None
        words = NominationWords(self._words.papers)
        return Nominated(
            count=len(found),
            entered=sum(n.outcome in ("kept", "added") for n in found),
            left_out=tuple(words.line(n) for n in found if n.outcome == "left_out"),
        )

    def _paths(self) -> ListedPaths | None:
        """None where no lists are kept."""
        if self.ground.everyone_is_listed:
            return None
        steps = self.view.paths.steps
        lacking = [step for step in steps if step.state in ("open", "waits")]
        names, without = ({(s.person, s.position) for s in found} for found in (steps, lacking))
        words = PathWords(self._words.papers)
        alike: defaultdict[str, list[str]] = defaultdict(list)
        for s in lacking:
            text = "; ".join(filter(None, (words.missing(s), words.why(s))))
            alike[text].append(f"{self.ground.case.person[s.person].name} → {self._names[s.position]}")
        texts = (f"{text}: {', '.join(people)}" for text, people in alike.items())
        return ListedPaths(names=len(names), without=len(without), lacking=tuple(texts))

    # ---- what is judged ------------------------------------------------------------------------------------------

    def _inherited(self) -> Iterator[RuleCount]:
        """By rule, those of which there are most first."""
        rows = self.view.judgement.inherited
        counts = Counter(row.rule for row in rows)
        for rule, count in counts.most_common():
            lines = (inherited_text(r, self.view.before, self.language) for r in rows if r.rule == rule)
            yield RuleCount(rule=rule, name=self._words.rule(rule), count=count, lines=tuple(lines))

    def _goals(self) -> Iterator[GoalLine]:
        number = 0
        for tier in self.tiers:
            goals = [str(goal) for goal in tier["goals"]]
            if tuple(goals) == LAST_TIER:
                continue
            number += 1
            value, bound = tier["value"], tier["bound"]
            for goal in goals:
                measured = GOALS[goal].measure(self.standing)
                yield GoalLine(
                    tier=number,
                    goal=goal,
                    name=tr(f"goal.{goal}", self.language),
                    value=measured.value,
                    sum=self._words.sum_of(measured.terms),
                    bound=bound,
                    gap=tier["gap"],
                    proof="proved" if value == bound else "within" if tier["proved"] else "open",
                    tier_value=value,
                )
