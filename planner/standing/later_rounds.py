"""The reviews after the round that a plan decides: which names they would have to add, so that lists stay as deep.

Nothing here is a decision of the plan: a review is assumed where the rulebook asks for one (`yearly_review`), and what
it adds is taken from the people of the case as the plan leaves them on that day.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from planner.domain.dates import ONE_DAY, add_months
from planner.domain.ids import PersonId, PositionId
from planner.rules.pool_size import PoolSize
from planner.rules.posts_per_person import PostsPerPerson
from planner.standing.standing import Standing

LOOKED_AT = 40
"""Of the best-suited people for a list: who comes after them is not looked at."""


@dataclass(frozen=True)
class Review:
    """One list at one assumed review."""

    position: PositionId
    on: dt.date
    wanted: int
    """Names that the list had after the round that the plan decides, as far as so many are allowed."""
    staying: tuple[PersonId, ...]
    """Names who are still in the list and serve until the next review."""
    added: tuple[PersonId, ...]
    """The best-suited who may enter it, as many as are missing."""

    @property
    def missing(self) -> int:
        return max(0, self.wanted - len(self.staying) - len(self.added))


@dataclass
class _Lists:
    """The lists as they stand between reviews."""

    standing: Standing
    assumed: defaultdict[PositionId, list[PersonId]] = field(default_factory=lambda: defaultdict(list))

    def names(self, position: PositionId, day: dt.date) -> list[PersonId]:
        """Names in force with those that earlier reviews added."""
        line, order = self.standing.line, self.standing.ground.order(position)
        later = [i for i in self.assumed[position] if line.in_service(i, day) and not line.has_risen(i, order, day)]
        return [*self.standing.listed(position, day), *later]


def later_rounds(standing: Standing) -> list[Review]:
    """Every list at every assumed review within the horizon, by day; heads and critical posts choose first.

    Who is added meets every rule of entering the list on the day, suits the post, serves until the next review and
    has room for another list. Lists that relatives share are left to the round itself.
    """
    if standing.ground.everyone_is_listed:
        return []
    lists = _Lists(standing)
    found = []
    for day, position, months in sorted(_reviews(standing), key=lambda r: (r[0], _rank(standing, r[1]))):
        review = _review(lists, position, day, add_months(day, months))
        lists.assumed[position] += review.added
        found.append(review)
    return found


def _reviews(standing: Standing) -> Iterator[tuple[dt.date, PositionId, int]]:
    ground = standing.ground
    for position in ground.listable:
        months = standing.bound.review_months(position)
        day = ground.plan_day(position)
        while months is not None and (day := add_months(day, months)) <= ground.horizon.until:
            yield day, position, months


def _rank(standing: Standing, position: PositionId) -> tuple[bool, int, PositionId]:
    row = standing.ground.case.position[position]
    return not row.head, -row.criticality, position


def _review(lists: _Lists, position: PositionId, day: dt.date, following: dt.date) -> Review:
    standing = lists.standing
    most = _most_names(standing, position, day)
    wanted = min(most, len(standing.line.list_in_force(position, standing.ground.plan_day(position) + ONE_DAY)))
    names = lists.names(position, day)
    staying = tuple(i for i in names if standing.expected.last_day(i) > following)
    room = min(wanted - len(staying), most - len(names))
    added: list[PersonId] = []
    if room > 0:
        for person in _candidates(standing, position):
            if len(added) == room:
                break
            if person not in names and _may_enter(lists, person, position, day, following):
                added.append(person)
    return Review(position, day, wanted, staying, tuple(added))


def _most_names(standing: Standing, position: PositionId, day: dt.date) -> int:
    rules = [r for r in standing.bound.of(PoolSize) if r.is_must and r.in_force(day) and r.applies(position)]
    return min((rule.limits(position)[1] for rule in rules), default=len(standing.ground.case.person))


def _candidates(standing: Standing, position: PositionId) -> list[PersonId]:
    """The people who suit the post best, the best first."""
    suitability = standing.ground.suitability
    scores = suitability.scores(position)
    best = sorted(range(len(suitability.people)), key=lambda n: (-scores[n], suitability.people[n]))
    order = standing.ground.order(position)
    of_no_higher_rank = (
        i for i in map(suitability.people.__getitem__, best) if standing.ground.person_order[i] <= order
    )
    return [i for i, _ in zip(of_no_higher_rank, range(LOOKED_AT), strict=False)]


def _may_enter(lists: _Lists, person: PersonId, position: PositionId, day: dt.date, following: dt.date) -> bool:
    standing, ground = lists.standing, lists.standing.ground
    if ground.suitability.is_stopped(person, position) or standing.expected.last_day(person) <= following:
        return False
    if standing.line.has_risen(person, ground.order(position), day):
        return False
    if not standing.plannable(person, position, day):
        return False
    return all(
        _lists_of(lists, rule, person, day)[rule.group(position)] < rule.params.max
        for rule in standing.bound.of(PostsPerPerson)
        if rule.is_must and rule.in_force(day) and rule.applies(position)
    )


def _lists_of(lists: _Lists, rule: PostsPerPerson, person: PersonId, day: dt.date) -> Counter[int]:
    """In how many lists the person is, counted as the rule counts them."""
    return Counter(
        rule.group(p)
        for p in lists.standing.ground.listable
        if rule.applies(p) and (person in lists.assumed[p] or lists.standing.line.is_listed(person, p, day))
    )
