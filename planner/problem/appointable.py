"""Whether rules, standards, facts and the lists that may be let a person be appointed to a post on a day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Sequence

from planner.domain.dates import ONE_DAY
from planner.domain.ids import PersonId, PositionId
from planner.problem.closers import Closers, Pair
from planner.rules.registry import Bound
from planner.standing import Standing
from planner.timeline.ground import LONG_AGO, NEVER


class ListHopes:
    """The lists that a person may be in on a day, whatever is decided: what `appointment_from_pool` can build on."""

    def __init__(self, bound: Bound, lists: dict[PersonId, list[tuple[int, dt.date, dt.date]]]) -> None:
        self._asking, self._ground = bound.must_be_listed, bound.ground
        self._lists = lists
        self._highest = {person: max(order for order, _, _ in found) for person, found in lists.items()}

    def may(self, person: PersonId, position: PositionId, order: int, on: dt.date) -> bool:
        """Whether every `must` rule that asks for a list on the day may find the person in one that counts."""
        if self._highest.get(person, -1) >= order and any(
            high >= order and first <= on <= last for high, first, last in self._lists[person]
        ):
            return True
        return not any(rule.demands(person, position, on) for rule in self._asking)

    def never(self, position: PositionId, days: Sequence[dt.date]) -> Callable[[PersonId], bool]:
        """Whether a list is asked for on each of the days, and the person may be in none that counts.

        Exemptions aside it is asked of all people of one rank alike, so that it is told once for them.
        """
        order, order_of = self._ground.order(position), self._ground.person_order
        asked: dict[int, bool] = {}
        rules = [rule for rule in self._asking if not rule.waivers]

        def is_never(person: PersonId) -> bool:
            if self._highest.get(person, -1) >= order:
                return False
            own = order_of[person]
            if own not in asked:
                asked[own] = all(any(rule.demands(person, position, on) for rule in rules) for on in days)
            return asked[own]

        return is_never


def list_hopes(status_quo: Standing, pairs: list[Pair]) -> ListHopes:
    """From the pairs that a decided list may hold, and the lists that are in force without one."""
    ground = status_quo.ground
    lists: defaultdict[PersonId, list[tuple[int, dt.date, dt.date]]] = defaultdict(list)
    for person, position in pairs:
        approved = ground.decided_round[position].approved_on
        lists[person].append((ground.order(position), approved + ONE_DAY, NEVER))
    for position in ground.listable:
        decided = ground.decided_round.get(position)
        last = decided.approved_on if decided is not None else NEVER
        for person in status_quo.names_on(position, ground.horizon.as_of):
            lists[person].append((ground.order(position), LONG_AGO, last))
    return ListHopes(status_quo.bound, dict(lists))


class Appointable:
    """Whether rules, standards and facts let a person be appointed to a post, judged on a day."""

    def __init__(self, status_quo: Standing, closers: Closers, hopes: ListHopes) -> None:
        self.status_quo, self.closers, self.hopes = status_quo, closers, hopes
        self.ground, self.bound = status_quo.ground, status_quo.bound

    def with_closers(self, closers: Closers) -> Appointable:
        return Appointable(self.status_quo, closers, self.hopes)

    def can_close(self, person: PersonId, position: PositionId, on: dt.date) -> bool:
        """Whether all that the standard demands of the person on the day may be closed by then."""
        return self.closers.can_close(person, self.bound.demands(person, position, "appoint", on), on)

    def never(self, position: PositionId, days: Sequence[dt.date]) -> Callable[[PersonId], bool]:
        """Whether on none of the days a person may be appointed, as far as rules tell that look at no day, and lists.

        `days`: in order. Of most people that is so for most posts, and no day has to be asked about.
        """
        refused = self.bound.always_refused(position, "appoint", days[0], days[-1])
        unlisted = self.hopes.never(position, days)
        return lambda person: refused(person) or unlisted(person)

    def may(self, person: PersonId, kinds: Sequence[PositionId], on: dt.date) -> bool:
        """Whether to one of posts that are nearly alike."""
        ground, position = self.ground, kinds[0]
        now = ground.rotations_now.get(person)
        return (
            (now is None or now.end is None or on >= now.end or self.bound.may_end_rotation(person, on))
            and self.hopes.may(person, position, ground.order(position), on)
            and self.bound.allows_one_of(person, kinds, "appoint", on)
            and self.can_close(person, position, on)
            and not ground.enrolled_full_time(person, on)
        )
