"""Lists in which every name is held up by something: the cases that a cadre office spends its time on.

In a tenth of the lists, and in a small province twice for each obstacle where there are lists for it and once where a
holder has to leave for it, the only names put forward are able people
whom one rule alone keeps out: too old for the list or for the post, a file that is not verified, poor health, an
inquiry, a sanction that runs or that one has to wait after, too short in the present post, a relative too near, or a
proposal of appointment that is on file already. Nobody has two.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import cycle

import numpy as np

from planner.domain.case import Decision, Discipline, Enrolment, Need, Qualification
from planner.domain.content import Content
from planner.domain.dates import ONE_DAY, add_months
from planner.generators.careers import Cadre, Crew, leaves
from planner.generators.kin import near
from planner.generators.organisation import Post
from planner.generators.standards import ASKING

SHARE = 0.1
"""Of the lists."""

AT_LEAST = 2
"""Times that each obstacle is there, if there are lists for it."""

NAMES = 2
"""In such a list."""

SOON = 18
"""Months within which a post opens for which somebody may be too short in the present one, or have to wait."""

LASTING = 60
"""Months of service that are left at the end of the plan to who is otherwise able."""


@dataclass
class HeldUp:
    """What else the obstacles bring into the case."""

    relatives: list[tuple[Cadre, Cadre]] = field(default_factory=list)
    proposals: list[Decision] = field(default_factory=list)
    listed: set[tuple[str, str]] = field(default_factory=set)
    """(person, post) of names that are in the list in force."""
    unlisted: set[tuple[str, str]] = field(default_factory=set)
    """The same of names that are not."""
    leaving: list[Decision] = field(default_factory=list)
    """Of holders without whom the post of an obstacle would not open."""
    enrolments: list[Enrolment] = field(default_factory=list)
    """Of leaders who are away on courses today."""


@dataclass(frozen=True)
class Opening:
    """A post, and the day on which a seat of it is free; None if that is beyond the plan."""

    post: Post
    on: dt.date | None


Obstacle = Callable[["Obstacles", Opening, Cadre], bool]
"""Puts itself in the way of a named one, if it can."""


class Obstacles:
    """Chooses the lists and the names, and changes what the case says of them."""

    def __init__(
        self, posts: Sequence[Post], people: Crew, content: Content, as_of: dt.date, until: dt.date,
        rng: np.random.Generator,
    ) -> None:  # fmt: skip
        self.posts, self.people, self.content = posts, people, content
        self.as_of, self.until, self.rng = as_of, until, rng
        self.held_up = HeldUp()
        self.taken: set[str] = {str(row.person_id) for row in people.discipline}
        self._failed = {row.person_id for row in people.ratings if row.rating == "not_complete"}
        self._holders: dict[str, list[tuple[Post, Cadre]]] = {}
        for cadre in people.cadres:
            if cadre.post is not None:
                self._holders.setdefault(cadre.post.block, []).append((cadre.post, cadre))

    def place(self, named: dict[str, list[Cadre]], opens: Mapping[str, dt.date], leaving: Iterable[Decision]) -> HeldUp:
        """Shortens some of the lists of `named` to those who are held up. `opens`: by post when its first seat does;
        `leaving`: who leaves anyway."""
        shuffled = [self.posts[k] for k in self.rng.permutation(len(self.posts))]
        openings = [Opening(post, opens.get(post.row.position_id)) for post in shuffled]
        # Of heads only where somebody may have been sent elsewhere in time.
        openings = [o for o in openings if o.post.row.standard not in ASKING or self.is_soon(o)]
        openings.sort(key=lambda opening: opening.on or dt.date.max)
        missing = list(OBSTACLES) * AT_LEAST
        turn = cycle(OBSTACLES)
        left = []
        for opening in openings:
            often = self.rng.random() < SHARE
            wanted = missing or ([next(turn) for _ in OBSTACLES] if often else [])
            met = self._hinder(named, opening, wanted)
            if not met:
                left.append(opening)
            for obstacle in met:
                if obstacle in missing:
                    missing.remove(obstacle)
        none = [obstacle for obstacle in OBSTACLES if missing.count(obstacle) == AT_LEAST]
        self._force(none, left, named, {str(row.person_id) for row in leaving})
        return self.held_up

    def _force(
        self, missing: list[Obstacle], openings: Sequence[Opening], named: dict[str, list[Cadre]], gone: Set[str]
    ) -> None:
        """Find a list for what found none: of names that are taught what is asked, and where a holder leaves today."""
        for opening in openings:
            met = self._hinder(named, opening, missing, taught=True)
            # Not where the post is free today, nor a head's, that asks for more.
            stays = opening.on == self.as_of or opening.post.row.standard in ASKING
            holder = None if met or stays else self.may_leave(opening.post, gone)
            if holder is not None:
                person = holder.row.person_id
                self.taken.add(person)  # not to be the relative in whose way somebody stands
                met = self._hinder(named, Opening(opening.post, self.as_of), missing, taught=True)
                if met:
                    self.held_up.leaving.append(leaves(holder, self.as_of))
                else:
                    self.taken.remove(person)
            for obstacle in met:
                missing.remove(obstacle)

    def may_leave(self, post: Post, gone: Set[str]) -> Cadre | None:
        """A holder of whom nothing else is told."""
        holders = (c for held, c in self._holders.get(post.block, ()) if held is post)
        return next((c for c in holders if c.row.person_id not in self.taken | gone), None)

    def _hinder(
        self, named: dict[str, list[Cadre]], opening: Opening, wanted: Sequence[Obstacle], *, taught: bool = False
    ) -> list[Obstacle]:
        """Shorten the list to those of its first able names that an obstacle holds up, if any; by which."""
        if not wanted:
            return []
        position = opening.post.row.position_id
        fit = (cadre for cadre in named[position] if self.fits(cadre, opening))
        able = [cadre for cadre in fit if taught or not any(self.lacks(cadre, opening))]
        met = list(self._met(opening, able[: 2 * NAMES], wanted))
        if met:
            named[position] = [cadre for cadre, _ in met]
            for cadre, _ in met:
                self.teach(cadre, opening)
        return [obstacle for _, obstacle in met]

    def _met(
        self, opening: Opening, able: Sequence[Cadre], wanted: Sequence[Obstacle]
    ) -> Iterator[tuple[Cadre, Obstacle]]:
        left = list(wanted)
        for cadre in able:
            placed = next((obstacle for obstacle in left if obstacle(self, opening, cadre)), None)
            if placed is not None:
                left.remove(placed)
                self.taken.add(cadre.row.person_id)
                if opening.post.row.standard in ASKING:
                    self.people.rotated.append(cadre.row.person_id)
                yield cadre, placed
            if len(wanted) - len(left) == NAMES:
                return

    def lacks(self, cadre: Cadre, opening: Opening) -> Iterator[Need]:
        """What the post asks for before anybody is listed or appointed, and the person has not."""
        standard = self.content.standard.get(opening.post.row.standard)
        for cell in standard.cells if standard else ():
            competency, need = self.content.competency[cell.competency], Need(cell.competency, cell.level)
            if competency.levels and cell.required_at in ("plan", "appoint"):
                has = competency.levels.index(cadre.levels.get(cell.competency, competency.levels[0]))
                if has < self.content.level(need):
                    yield need

    def teach(self, cadre: Cadre, opening: Opening) -> None:
        for need in list(self.lacks(cadre, opening)):
            self.set_level(cadre, need)

    def set_level(self, cadre: Cadre, need: Need) -> None:
        person, rows = cadre.row.person_id, self.people.qualifications
        cadre.levels[need.competency] = need.level
        known = [n for n, row in enumerate(rows) if (row.person_id, row.competency) == (person, need.competency)]
        if known:
            rows[known[0]] = rows[known[0]].model_copy(update={"level": need.level})
        else:
            rows.append(Qualification(person_id=person, competency=need.competency, level=need.level))

    def fits(self, cadre: Cadre, opening: Opening) -> bool:
        """Whether nothing that is known so far keeps the person out, save for what is still to be learnt."""
        return self.lasts(cadre, opening) and self.is_able(cadre)

    def lasts(self, cadre: Cadre, opening: Opening) -> bool:
        """Whether the person serves long enough."""
        return self.content.retires_on(cadre.row) >= add_months(opening.on or self.until, LASTING + 6)

    def is_able(self, cadre: Cadre) -> bool:
        """Whether nothing but age may keep the person out."""
        row = cadre.row
        return (
            row.person_id not in self.taken
            and row.person_id not in self._failed
            and row.barred_from is None
            and bool(row.health_ok and row.file_ok and row.assets_ok)
            and (cadre.rank == "STAFF" or cadre.since <= add_months(self.as_of, -24))
        )

    # ---- what the obstacles share ------------------------------------------------------------------------------------

    def say(self, cadre: Cadre, **more: object) -> bool:
        cadre.row = cadre.row.model_copy(update=more)
        return True

    def _listed(self, opening: Opening, cadre: Cadre) -> bool:
        """The person is in the list in force."""
        self.held_up.listed.add((cadre.row.person_id, opening.post.row.position_id))
        return True

    def serves_until(self, cadre: Cadre, months: int, reference: dt.date) -> bool:
        """Make the person old enough to have just these months left in the month of the reference."""
        first_out = add_months(reference.replace(day=1), months + 1)
        for years in range(70, 50, -1):
            for month in range(12):
                older = cadre.row.model_copy(
                    update={"birth_date": add_months(first_out, -12 * years + month).replace(day=9)}
                )
                if self.content.retires_on(older) == first_out:
                    return self.say(cadre, birth_date=older.birth_date)
        return False

    def _sanction(self, cadre: Cadre, form: str, decided: dt.date) -> bool:
        self.people.discipline.append(
            Discipline.model_validate(
                {"person_id": cadre.row.person_id, "side": "party", "form": form, "decided": decided,
                 "expires": add_months(decided, 12)}
            )
        )  # fmt: skip
        return True

    def _related(self, opening: Opening, cadre: Cadre, kind: int) -> bool:
        post = opening.post
        found = [
            holder
            for held, holder in self._holders.get(post.block, ())
            if opening.on is not None
            and self._few_can(cadre)
            and near(post, held, kind)
            and cadre.post is not held
            and holder.row.person_id not in self.taken
            and self.content.retires_on(holder.row) > self.until
        ]
        if not found:
            return False
        relative = found[int(self.rng.integers(len(found)))]
        self.taken.add(relative.row.person_id)
        self.held_up.relatives.append((cadre, relative))
        return self._listed(opening, cadre)

    # ---- the obstacles -----------------------------------------------------------------------------------------------

    def too_old_for_the_next_term(self, opening: Opening, cadre: Cadre) -> bool:
        row = opening.post.row
        reference = dt.date(self.as_of.year, 6, 1)
        return row.term_system == "state" and row.rank in COUNTED and self.serves_until(cadre, 57, reference)

    def too_old_for_the_current_term(self, opening: Opening, cadre: Cadre) -> bool:
        row = opening.post.row
        reference = dt.date(self.as_of.year, 3, 20)
        return row.term_system != "state" and row.rank in COUNTED and self.serves_until(cadre, 57, reference)

    def too_old_for_the_post(self, opening: Opening, cadre: Cadre) -> bool:
        return opening.on is None and self.serves_until(cadre, 100, self.as_of)

    def too_old_for_the_election(self, opening: Opening, cadre: Cadre) -> bool:
        """Old enough today, and no more on the day by which the ages of the new councils count."""
        row = opening.post.row
        if row.filled_by != "elect" or row.term_system != "state" or opening.on != self.as_of:
            return False
        return self._listed(opening, cadre) and self.serves_until(cadre, 62, self.as_of)

    def not_verified(self, opening: Opening, cadre: Cadre) -> bool:
        return self.say(cadre, assets_ok=False)

    def not_healthy(self, opening: Opening, cadre: Cadre) -> bool:
        return self.say(cadre, health_ok=False)

    def under_inquiry(self, opening: Opening, cadre: Cadre) -> bool:
        return self.say(cadre, barred_from=add_months(self.as_of, -4), barred_why="Đang xác minh")

    def under_sanction(self, opening: Opening, cadre: Cadre) -> bool:
        """At the round; years later it would keep nobody out."""
        return opening.on is None and self._sanction(cadre, "reprimand", add_months(self.as_of, -5))

    def waits_after_sanction(self, opening: Opening, cadre: Cadre) -> bool:
        if not self.is_soon(opening) or not self._few_can(cadre):
            return False
        return self._listed(opening, cadre) and self._sanction(cadre, "warning", add_months(self.as_of, -14))

    def too_short_in_post(self, opening: Opening, cadre: Cadre) -> bool:
        if not self.is_soon(opening) or not self._few_can(cadre):
            return False
        return self._listed(opening, cadre) and self._promoted(cadre, add_months(self.as_of, -3))

    def proposed_already(self, opening: Opening, cadre: Cadre) -> bool:
        """For appointment in the half-year of the round, without being in the list."""
        if not self.is_soon(opening) or not self._few_can(cadre):
            return False
        position = opening.post.row.position_id
        self.held_up.unlisted.add((cadre.row.person_id, position))
        self.held_up.proposals.append(
            Decision.model_validate(
                {"kind": "appoint", "person_id": cadre.row.person_id, "position_id": position,
                 "from": add_months(self.as_of, 4), "status": "proposed"}
            )
        )  # fmt: skip
        return True

    def related_in_the_unit(self, opening: Opening, cadre: Cadre) -> bool:
        return self._related(opening, cadre, 0)

    def related_in_the_leadership(self, opening: Opening, cadre: Cadre) -> bool:
        return self._related(opening, cadre, 1)

    def related_to_a_sector(self, opening: Opening, cadre: Cadre) -> bool:
        return self._related(opening, cadre, 2)

    def is_soon(self, opening: Opening) -> bool:
        return opening.on is not None and opening.on <= add_months(self.as_of, SOON)

    def _few_can(self, cadre: Cadre) -> bool:
        """Whether no specialist of any list could take the post as well, and the person is not needed as a head."""
        return cadre.post is not None and not cadre.post.row.head

    def _promoted(self, cadre: Cadre, on: dt.date) -> bool:
        """Held another post before, and holds the present one since that day only."""
        if sum(row.person_id == cadre.row.person_id for row in self.people.service) < 2:
            return False
        self.hold_since(cadre, on)
        return True

    def hold_since(self, cadre: Cadre, on: dt.date, **more: object) -> None:
        """The present post is held since that day, the one before it until then; what began later there never was.

        `more`: what else is told of the present post.
        """
        service = self.people.service
        own = [n for n, row in enumerate(service) if row.person_id == cadre.row.person_id]
        *before, present = own
        service[present] = service[present].model_copy(update={"since": on, **more})
        never = [n for n in before if (service[n].since or on) >= on]
        held = [n for n in before if n not in never]
        if held:
            service[held[-1]] = service[held[-1]].model_copy(update={"until": on - ONE_DAY})
        for n in reversed(never):
            del service[n]
        cadre.since = on


COUNTED = ("DIV_HEAD", "DEPT_DEP", "DEPT_HEAD")
"""Ranks whose lists should have two names."""

OBSTACLES: tuple[Obstacle, ...] = (
    Obstacles.too_old_for_the_election,
    Obstacles.related_to_a_sector,
    Obstacles.related_in_the_leadership,
    Obstacles.related_in_the_unit,
    Obstacles.too_short_in_post,
    Obstacles.waits_after_sanction,
    Obstacles.proposed_already,
    Obstacles.too_old_for_the_next_term,
    Obstacles.too_old_for_the_current_term,
    Obstacles.under_sanction,
    Obstacles.too_old_for_the_post,
    Obstacles.not_verified,
    Obstacles.not_healthy,
    Obstacles.under_inquiry,
)
"""The rarest first."""
