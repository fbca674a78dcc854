"""How suitable each person is for a post at `as_of`: 0–100 points with their parts, as the content weighs them.

It ranks those who qualify and makes nobody qualify. Computed for all people of a case at once, one array a component:
in thousandths of its weight, and whether there is evidence. Points are kept in tenths, so that sums are exact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from planner.assess.history import completed_years
from planner.domain.case import Nomination, Service
from planner.domain.dates import ONE_DAY, whole_months
from planner.domain.ids import PersonId, PositionId, UnitId
from planner.domain.suitability import WHOLE, Component, Gate, Source
from planner.timeline.runs import merged

if TYPE_CHECKING:
    from planner.timeline.ground import Ground

Tenths = npt.NDArray[np.int64]
Known = npt.NDArray[np.bool_]

THOUSAND = 1000
TENTHS = 10
LATEST_YEARS = 3
"""So many years back the last year may lie of which anybody has a class."""


class Part(NamedTuple):
    """One component of a person's number: points (in tenths) of its weight (in points); `known`: there is evidence."""

    component: Component
    tenths: int
    known: bool


class _Shares(NamedTuple):
    """For every person of the case the share of a component's weight in thousandths, and whether it is evidence."""

    share: Tenths
    known: Known


class Suitability:
    """Of all people of a case for its posts, by the components of the content set."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.spec = ground.content.suitability
        self.people = tuple(ground.case.person)
        self._row = {person: n for n, person in enumerate(self.people)}
        self._of_position: dict[PositionId, Tenths] = {}
        self._best: dict[PositionId, int] = {}
        self._below: dict[PositionId, list[int]] = {}
        self._known_shares: dict[object, _Shares] = {}
        self._by_source: dict[Source, Callable[[Component, PositionId], _Shares]] = {
            "ratings": self._ratings,
            "level": self._level,
            "field": self._field,
            "unit": self._unit,
            "line": self._line,
            "list": self._list,
            "nomination": self._nomination,
            "standard": self._standard,
        }

    # ---- what is asked -----------------------------------------------------------------------------------------

    def of(self, person: PersonId, position: PositionId) -> int:
        """Tenths of a point, 0 … 1000: the sum of the parts, whatever the gates say."""
        return int(self.scores(position)[self._row[person]])

    def parts(self, person: PersonId, position: PositionId) -> tuple[Part, ...]:
        """The number by component, in the order of the file."""
        n = self._row[person]
        found = []
        for component in self.spec.components:
            shares = self._shares(component, position)
            found.append(Part(component, int(_tenths(component, shares.share)[n]), bool(shares.known[n])))
        return tuple(found)

    def gate_of(self, person: PersonId) -> Gate | None:
        """The first gate that is closed to the person; None where none is."""
        return self._gated.get(person)

    def is_stopped(self, person: PersonId, position: PositionId) -> bool:
        """Whether the person is not proposed for the post: by a gate, or as a stranger who does not suit it.

        A stranger is in no list that counts for the post and was not nominated for it, and has less than the least
        share of the points for which there is evidence. Where no lists are kept, or little is known, nobody is stopped
        so. Whose nomination was refused or lost its ballot is not proposed either, unless the list has the name.
        """
        least, ground = self.spec.least_for_a_new_name, self.ground
        if person in self._gated:
            return True
        if (person, position) in ground.refused and person not in ground.old_lists.get(position, ()):
            return True
        if not least or ground.everyone_is_listed or (person, position) in ground.nominated:
            return False
        if self._highest_list.get(person, -1) >= ground.order(position) or ground.returns.get(person) == position:
            return False
        known = [p for p in self.parts(person, position) if p.known and p.component.source != "list"]
        weight = sum(part.component.weight for part in known)
        return 2 * weight >= WHOLE and sum(part.tenths for part in known) * WHOLE < least * weight * TENTHS

    def below_best(self, person: PersonId, position: PositionId) -> int:
        """Whole points by which the person is less suitable than whoever of the case suits best, of no higher rank.

        Who is stopped by a gate counts as 0 points.
        """
        if position not in self._below:
            self._below[position] = self.all_below_best(position).tolist()
        return self._below[position][self._row[person]]

    def all_below_best(self, position: PositionId) -> Tenths:
        """`below_best` of every person of the case, in its order: (people,)."""
        own = np.where(self._free, self.scores(position), 0)
        below: Tenths = np.maximum(0, self.best(position) - own + TENTHS // 2) // TENTHS
        return below

    def best(self, position: PositionId) -> int:
        """Tenths of whoever suits the post best, of those who do not hold it, are of no higher rank, and not gated."""
        if position not in self._best:
            others = self._free & (self._orders <= self.ground.order(position))
            for person in self.ground.incumbents.get(position, ()):
                others[self._row[person]] = False
            scores = self.scores(position)[others]
            self._best[position] = int(scores.max()) if scores.size else 0
        return self._best[position]

    def scores(self, position: PositionId) -> Tenths:
        """Tenths for every person of the case, in its order: (people,)."""
        if position not in self._of_position:
            total = np.zeros(len(self.people), np.int64)
            for component in self.spec.components:
                total += _tenths(component, self._shares(component, position).share)
            self._of_position[position] = total
        return self._of_position[position]

    # ---- people ------------------------------------------------------------------------------------------------

    @cached_property
    def _orders(self) -> Tenths:
        return np.array([self.ground.person_order[person] for person in self.people], np.int64)

    @cached_property
    def _free(self) -> Known:
        """Whom no gate stops."""
        return np.array([person not in self._gated for person in self.people], bool)

    @cached_property
    def _gated(self) -> Mapping[PersonId, Gate]:
        found: dict[PersonId, Gate] = {}
        for gate in self.spec.gates:
            for person in self.people:
                value = (
                    self._last_class(person)
                    if gate.competency is None
                    else self.ground.latest_level(person, gate.competency)
                )
                if value in gate.values:
                    found.setdefault(person, gate)
        return found

    def _last_class(self, person: PersonId) -> str | None:
        """The person's own latest class of these years: that others were rated since opens no gate."""
        years = (self.last_year - n for n in range(LATEST_YEARS))
        return next((c for year in years if (c := self.ground.rating_of.get((person, year))) is not None), None)

    @cached_property
    def last_year(self) -> int:
        """The last completed year, or the last before it of which anybody has a class."""
        years = completed_years(self.ground.horizon.as_of, LATEST_YEARS)[::-1]
        with_class = {row.year for row in self.ground.case.ratings}
        return next((year for year in years if year in with_class), years[0])

    # ---- components --------------------------------------------------------------------------------------------

    def _shares(self, component: Component, position: PositionId) -> _Shares:
        return self._by_source[component.source](component, position)

    def _once(self, key: object, make: Callable[[], Mapping[PersonId, int]], component: Component) -> _Shares:
        """The shares (thousandths) that are found for some people; everybody else has the neutral share."""
        key = (component.id, key)
        if key not in self._known_shares:
            share = np.full(len(self.people), component.neutral * TENTHS, np.int64)
            known = np.zeros(len(self.people), bool)
            for person, value in make().items():
                share[self._row[person]] = value
                known[self._row[person]] = True
            self._known_shares[key] = _Shares(share, known)
        return self._known_shares[key]

    def _ratings(self, component: Component, position: PositionId) -> _Shares:
        """The mean of the last years, the latest counting most; a year without a class is neutral."""

        def make() -> dict[PersonId, int]:
            rows = {(row.person_id, row.year): row for row in self.ground.case.ratings}
            found = {}
            for person in self.people:
                total = seen = 0
                for n, weight in enumerate(component.years):
                    row = rows.get((person, self.last_year - n))
                    value = None if row is None else component.values.get(row.rating)
                    if row is None or value is None:
                        total += weight * component.neutral * TENTHS
                        continue
                    share = value * TENTHS
                    if row.points is not None and component.points:
                        points = min(max(row.points, 0.0), 100.0)
                        share = (share * (100 - component.points) + round(points * TENTHS) * component.points) // 100
                    total += weight * share
                    seen += 1
                if seen:
                    found[person] = total // sum(component.years)
            return found

        return self._once(None, make, component)

    def _level(self, component: Component, position: PositionId) -> _Shares:
        def make() -> dict[PersonId, int]:
            assert component.competency is not None
            levels = {i: self.ground.latest_level(i, component.competency) for i in self.people}
            values = component.values
            return {i: values[level] * TENTHS for i, level in levels.items() if level is not None and level in values}

        return self._once(None, make, component)

    def _field(self, component: Component, position: PositionId) -> _Shares:
        ground, wanted = self.ground, self.ground.case.position[position].field

        def make() -> dict[PersonId, int]:
            family = ground.content.family_of
            found: dict[PersonId, int] = {}
            if wanted is None:
                return found
            for person in self.people:
                fields = ground.fields_of[person]
                if not fields:
                    continue
                near = wanted in family and family[wanted] in {family.get(f) for f in fields}
                word = "same" if wanted in fields else "near" if near else "other"
                found[person] = component.values[word] * TENTHS
            return found

        return self._once(wanted, make, component)

    def _unit(self, component: Component, position: PositionId) -> _Shares:
        unit = self.ground.case.position[position].unit_id

        def make() -> dict[PersonId, int]:
            return self._grown(component, self._rows_of_unit.get(unit, ()))

        return self._once(unit, make, component)

    def _line(self, component: Component, position: PositionId) -> _Shares:
        """Time at ranks that lead to the post, in its field or in its unit."""
        row = self.ground.case.position[position]

        def make() -> dict[PersonId, int]:
            orders = self._leading_to(position)
            rows = [*self._rows_of_unit.get(row.unit_id, ())]
            rows += self._rows_of_field.get(row.field, ()) if row.field else ()
            return self._grown(component, [r for r in rows if self.ground.row_order(r) in orders])

        return self._once((row.unit_id, row.field, row.rank), make, component)

    def _grown(self, component: Component, rows: Iterable[Service]) -> dict[PersonId, int]:
        """Months of the rows by person as a share of the months that are enough; 0 for whose service is elsewhere.

        Who served there for a time that is not known has the neutral share, or that of the known months if it is more.
        """
        runs = defaultdict(list)
        unknown = set()
        until = self.ground.horizon.as_of
        for row in rows:
            if row.since is None:
                unknown.add(row.person_id)
            elif row.since <= until:
                runs[row.person_id].append((row.since, min(row.until + ONE_DAY, until) if row.until else until))
        found = dict.fromkeys(self._with_service, 0)
        for person, spans in runs.items():
            months = sum(whole_months(start, end) for start, end in merged(spans))
            found[person] = min(THOUSAND, THOUSAND * months // component.months)
        return {i: share for i, share in found.items() if i not in unknown or share > component.neutral * TENTHS}

    @cached_property
    def _with_service(self) -> tuple[PersonId, ...]:
        """Of whom it is known where they served: a dated row with its unit."""
        known = {row.person_id for row in self._counted_rows if row.since is not None}
        return tuple(person for person in self.people if person in known)

    @cached_property
    def _counted_rows(self) -> tuple[Service, ...]:
        """Rows of service whose unit is known; acting is not holding."""
        rows = self.ground.case.service
        return tuple(r for r in rows if r.kind != "acting" and self._unit_of(r) is not None)

    def _unit_of(self, row: Service) -> UnitId | None:
        if row.position_id in self.ground.case.position:
            return self.ground.case.position[row.position_id].unit_id
        return row.unit_id if row.unit_id in self.ground.case.unit else None

    @cached_property
    def _rows_of_unit(self) -> Mapping[UnitId, list[Service]]:
        """Rows of service by unit, with those of the units below it."""
        found: defaultdict[UnitId, list[Service]] = defaultdict(list)
        for row in self._counted_rows:
            unit = self._unit_of(row)
            for above in self.ground.unit_and_above(unit) if unit is not None else ():
                found[above].append(row)
        return dict(found)

    @cached_property
    def _rows_of_field(self) -> Mapping[str, list[Service]]:
        """Rows of service by the field of their post."""
        found: defaultdict[str, list[Service]] = defaultdict(list)
        for row in self._counted_rows:
            field = (
                self.ground.case.position[row.position_id].field
                if row.position_id in self.ground.case.position
                else None
            )
            if field is not None:
                found[field].append(row)
        return dict(found)

    def _leading_to(self, position: PositionId) -> frozenset[int]:
        """Orders of the ranks from which one comes to the post, and its own."""
        content, own = self.ground.content, self.ground.order(position)
        rank = content.rank[self.ground.case.position[position].rank]
        if rank.feeders is not None:
            return frozenset({own, *(content.rank[code].order for code in rank.feeders)})
        step = rank.max_step_up
        return frozenset(r.order for r in content.ranks if r.order <= own and (step is None or own - r.order <= step))

    def _list(self, component: Component, position: PositionId) -> _Shares:
        """In the post's own list at `as_of`, growing to its full share; else in one of an equal or a higher post.

        In full whoever has the written promise to come back to the post at the own rank, for which there are no lists.
        """
        ground = self.ground
        since = ground.listed_since

        def make() -> dict[PersonId, int]:
            if ground.everyone_is_listed:
                return {}
            values = {word: share * TENTHS for word, share in component.values.items()}
            found = dict.fromkeys(self.people, values["none"])
            order = ground.order(position)
            found |= {i: values["equal"] for i, highest in self._highest_list.items() if highest >= order}
            for person in ground.old_lists.get(position, ()):
                day = since.get((person, position))
                months = component.months if day is None else max(0, whole_months(day, ground.horizon.as_of))
                grown = (values["own"] - values["new"]) * min(months, component.months) // component.months
                found[person] = values["new"] + grown
            return found | {i: values["own"] for i, promised in ground.returns.items() if promised == position}

        return self._once(position, make, component)

    @cached_property
    def _highest_list(self) -> Mapping[PersonId, int]:
        """The order of the highest post in whose list a person is."""
        found: dict[PersonId, int] = {}
        for position, persons in self.ground.old_lists.items():
            for person in persons:
                found[person] = max(self.ground.order(position), found.get(person, 0))
        return found

    def _nomination(self, component: Component, position: PositionId) -> _Shares:
        """Where anybody was nominated for the post: who was, and with what share of the votes.

        A nomination that was refused or lost its ballot is none. Rounds of the past count where none is to be decided.
        """
        values = {word: share * TENTHS for word, share in component.values.items()}

        def make() -> dict[PersonId, int]:
            rows = self._nominations.get(position, ())
            refused = {(row.person_id, position) for row in rows if self.ground.is_refused(row)}
            found = dict.fromkeys(self.people, values["not_nominated"]) if rows else {}
            for row in rows:
                share = (values["nominated"] + values["all_votes"]) // 2
                if (row.person_id, position) in refused:
                    share = values["not_nominated"]
                elif row.votes_for is not None and row.votes_of:
                    more = values["all_votes"] - values["nominated"]
                    share = values["nominated"] + more * min(row.votes_for, row.votes_of) // row.votes_of
                found[row.person_id] = max(share, found.get(row.person_id, 0))
            return found

        return self._once(position, make, component)

    @cached_property
    def _nominations(self) -> Mapping[PositionId, list[Nomination]]:
        current, all_rounds = self.ground.current_nominations, self.ground.case.nominations
        found: dict[PositionId, list[Nomination]] = {}
        for rows in (all_rounds, current):
            by_post: defaultdict[PositionId, list[Nomination]] = defaultdict(list)
            for row in rows:
                by_post[row.position_id].append(row)
            found |= by_post
        return found

    def _standard(self, component: Component, position: PositionId) -> _Shares:
        """What of the demands of the post is met at `as_of`."""
        gaps = self.ground.demands(position, "appoint")

        def make() -> dict[PersonId, int]:
            as_of = self.ground.horizon.as_of
            if not gaps:
                return dict.fromkeys(self.people, THOUSAND)
            met = {i: sum(self.ground.closed_on(i, gap) <= as_of for gap in gaps) for i in self.people}
            return {i: THOUSAND * count // len(gaps) for i, count in met.items()}

        return self._once(gaps, make, component)


def _tenths(component: Component, share: Tenths) -> Tenths:
    """Tenths of a point of a share in thousandths of the component's weight, rounded half up."""
    return (component.weight * share + THOUSAND // (2 * TENTHS)) // (THOUSAND // TENTHS)
