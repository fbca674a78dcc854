"""What a rule speaks of and a province of a few dozen posts has by chance none of: put in once each, where it can be.

In a list one name only, an able one whom one rule alone keeps out: too old to be sent elsewhere in time for a head's
post, rated too low for the course that is lacking, or to be the secretary of the own commune. And apart from the lists
a head who has been past two terms in one place, a unit whose leaders are on a course all at once, and one whose leaders
are all on rotation. Of all who are named one is trained in science and technology.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass

from planner.domain.case import Decision, Enrolment, Need
from planner.domain.dates import add_months
from planner.domain.ids import CompetencyId
from planner.generators.careers import Cadre, leaves, may_be_rotation
from planner.generators.lists import FIVE_YEARS
from planner.generators.obstacles import Obstacles, Opening
from planner.generators.standards import ASKING

SMALL = 150
"""Posts from which on a province is left as chance makes it."""

TOO_FEW = 119
"""Months of service: ten years are asked for."""

PAST_TWO_TERMS = 130
"""Months in one post."""

CAME = 6
"""Months ago."""

THEORY = CompetencyId("theory")
ADVANCED, BELOW = "advanced", "intermediate"

Named = dict[str, list[Cadre]]


@dataclass(frozen=True)
class HoldUp:
    """A way to keep a name out, and when the post has to open for it: in months after the first day of the plan."""

    place: Callable[[Obstacles, Opening, Cadre], bool]
    earliest: int
    latest: int
    called: int
    """When its holder is called away where it does not open by itself."""


def place(obstacles: Obstacles, named: Named, opens: Mapping[str, dt.date], leaving: Iterable[Decision]) -> None:
    """Shorten three lists of `named`, where there are such, and change what is told of some who hold a post.

    `opens`: by post when its first seat does; `leaving`: who leaves anyway.
    """
    gone = {str(row.person_id) for row in (*leaving, *obstacles.held_up.leaving)}
    holders = [c for c in obstacles.people.cadres if c.post is not None and c.row.person_id not in gone]
    _two_terms_ago(obstacles, holders)
    _all_away(obstacles, holders)
    _from_elsewhere(obstacles, named, holders)
    _one_of_science(named)
    openings = [Opening(post, opens.get(post.row.position_id)) for post in obstacles.posts]
    for hold_up in HOLD_UPS:
        _shorten(obstacles, named, openings, gone, hold_up)


def _shorten(obstacles: Obstacles, named: Named, openings: Iterable[Opening], gone: Set[str], hold_up: HoldUp) -> None:
    """The first list of which somebody is not held up yet, to its first name that can be."""
    first, last, called = (add_months(obstacles.as_of, m) for m in (hold_up.earliest, hold_up.latest, hold_up.called))
    for opening in openings:
        if opening.on is not None and not first <= opening.on <= last:
            continue
        holder = obstacles.may_leave(opening.post, gone)
        if opening.on is None and holder is None:
            continue
        position, then = opening.post.row.position_id, Opening(opening.post, opening.on or called)
        names = (c for c in named[position] if c.post is not None and obstacles.is_able(c))
        cadre = next((c for c in names if hold_up.place(obstacles, then, c)), None)
        if cadre is not None:
            obstacles.taken.add(cadre.row.person_id)
            named[position] = [cadre]
            if opening.on is None and holder is not None:
                obstacles.held_up.leaving.append(leaves(holder, called))
            return


def _too_old_to_be_sent(obstacles: Obstacles, opening: Opening, cadre: Cadre) -> bool:
    """Ten years are left no more to who lacks nothing but a rotation, for which there is time."""
    if opening.post.row.standard not in ASKING or cadre.row.person_id in obstacles.people.rotated:
        return False
    if not obstacles.serves_until(cadre, TOO_FEW, obstacles.as_of):
        return False
    obstacles.teach(cadre, opening)
    return obstacles.say(cadre, open_to_rotation=True, local_units=None)


def _not_admitted(obstacles: Obstacles, opening: Opening, cadre: Cadre) -> bool:
    """One of the last two years was not a good one, and all that is lacking is the advanced course of theory."""
    people = obstacles.people
    rated = (cadre.row.person_id, obstacles.as_of.year - 2)
    years = [n for n, row in enumerate(people.ratings) if (row.person_id, row.year) == rated]
    asked = any(
        (cell.competency, cell.level) == (THEORY, ADVANCED) and cell.required_at in ("plan", "appoint")
        for cell in obstacles.content.standard[opening.post.row.standard].cells
    )
    if not asked or not years or not obstacles.lasts(cadre, opening):
        return False
    if opening.post.row.standard in ASKING and not _sent(obstacles, cadre):
        return False
    obstacles.teach(cadre, opening)
    obstacles.set_level(cadre, Need(THEORY, BELOW))
    people.ratings[years[0]] = people.ratings[years[0]].model_copy(update={"rating": "complete"})
    return obstacles.say(cadre, local_units=None)


def _local(obstacles: Obstacles, opening: Opening, cadre: Cadre) -> bool:
    """A secretary of the own commune."""
    secretary = opening.post.row.standard == "commune_secretary"
    if not secretary or not obstacles.lasts(cadre, opening) or not _sent(obstacles, cadre):
        return False
    obstacles.teach(cadre, opening)
    return obstacles.say(cadre, local_units=opening.post.block)


HOLD_UPS = (HoldUp(_local, 0, 58, 12), HoldUp(_too_old_to_be_sent, 42, 58, 54), HoldUp(_not_admitted, 14, 58, 18))
"""A rotation from now on lasts 36 months, a full-time course of advanced theory that begins in spring nine; five years
have to be left at the appointment."""


def _sent(obstacles: Obstacles, cadre: Cadre) -> bool:
    """Make the person one who has been elsewhere, if some earlier post may have been."""
    person = cadre.row.person_id
    found = any(row.person_id == person and may_be_rotation(row) for row in obstacles.people.service)
    if found:
        obstacles.people.rotated.append(person)
    return found


def _two_terms_ago(obstacles: Obstacles, holders: Iterable[Cadre]) -> None:
    """Of the heads of posts that bar locals the one who stays the longest holds it for more than two terms."""
    retires = obstacles.content.retires_on
    heads = [c for c in holders if c.post is not None and c.post.row.head and c.post.row.bars_locals]
    free = [c for c in heads if c.row.person_id not in obstacles.taken]
    if free:
        cadre = max(free, key=lambda c: min(retires(c.row), obstacles.until))
        obstacles.hold_since(cadre, add_months(obstacles.as_of, -PAST_TWO_TERMS))
        obstacles.taken.add(cadre.row.person_id)


def _from_elsewhere(obstacles: Obstacles, named: Named, holders: Iterable[Cadre]) -> None:
    """Two leaders of a unit came both on rotation not long ago: those who are named least for other posts."""
    often = Counter(c.row.person_id for cadres in named.values() for c in cadres)
    units = [
        two for two in _twos(holders)
        if all(obstacles.content.retires_on(c.row) > obstacles.until for c in two)
        and not obstacles.taken & {c.row.person_id for c in two}
    ]  # fmt: skip
    since = add_months(obstacles.as_of, -CAME)
    for cadre in min(units, key=lambda two: sum(often[c.row.person_id] for c in two), default=()):
        obstacles.hold_since(cadre, since, kind="rotation", planned_until=add_months(since, FIVE_YEARS))
        obstacles.taken.add(cadre.row.person_id)


def _one_of_science(named: Named) -> None:
    """Of all who are named one is trained in science and technology."""
    trained = {str(c.row.person_id): c for cadres in named.values() for c in cadres if c.row.scitech}
    for cadre in list(trained.values())[1:]:
        cadre.row = cadre.row.model_copy(update={"scitech": False})


def _all_away(obstacles: Obstacles, holders: Iterable[Cadre]) -> None:
    """The leaders of the first unit that has two, neither of advanced theory, learn it at once."""
    for leaders in _twos(holders):
        if all(c.levels.get(THEORY) == BELOW for c in leaders):
            for cadre in leaders:
                row = {"person_id": cadre.row.person_id, "course_id": "LLCT_CC_FT"}
                since, until = (add_months(obstacles.as_of, months) for months in (-2, 7))
                obstacles.held_up.enrolments.append(Enrolment.model_validate({**row, "since": since, "until": until}))
            return


def _twos(holders: Iterable[Cadre]) -> list[list[Cadre]]:
    """The leaders of each unit that has two."""
    of_unit: dict[str, list[Cadre]] = {}
    for cadre in holders:
        of_unit.setdefault(str(cadre.row.unit_id), []).append(cadre)
    return [leaders for leaders in of_unit.values() if len(leaders) == 2]
