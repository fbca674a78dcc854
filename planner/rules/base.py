"""What every rule is: an entry of a rulebook bound to a case, with the days it is in force and its waivers.

A rule states the law on the timeline (`check`) and the same law as rows of the program (`post`); a personal rule
states it for one pair on one day (`allows`), which both the law and the columns of the program use.

An entry of force `info` is bound as well, but neither judges nor costs: it only tells (`notes`). That is how a rule
class serves that has nothing to forbid (`InfoRule`: a term that ends, a proposer who is not named), and how any other
class tells of what it would refuse.
"""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from planner.domain.case import Exemption
from planner.domain.content import Content, Entry
from planner.domain.ids import PersonId, PositionId, UnitId
from planner.domain.plan import Departure
from planner.domain.violation import YES, Note, Reason, Verdict, Violation
from planner.timeline import Ground, Timeline

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Expr, Program

Stage = Literal["plan", "appoint", "train", "rotate"]
STAGES: tuple[Stage, ...] = ("plan", "appoint", "train", "rotate")
Kind = Literal["personal", "count", "pair", "share", "time", "event", "info"]

APPLIES_TO_KEYS = (
    "positions", "units", "unit_kind", "rank", "head", "nature", "filled_by", "term_system", "sector", "managed_by",
    "standard", "field", "bars_locals",
)  # fmt: skip


Scopes = tuple[Mapping[str, Any], ...]
"""Several scopes, each written as applies_to is: a position is meant if it fits one of them."""

NO_DAYS = (dt.date.max, dt.date.min)
"""From and until of an entry that is never in force."""


HUNDRED = 100


def part_of(share: float, count: int) -> int:
    """The share of a count, rounded down; the share in whole hundredths, so that no fraction is lost to a float."""
    return round(HUNDRED * share) * count // HUNDRED


class RuleParams(BaseModel):
    """Parameters of a rule; subclasses give each a unit and a description. Unknown ones are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class NoParams(RuleParams):
    """A rule without parameters."""


@dataclass(frozen=True)
class Waiver:
    """A recorded exemption from a rule for named subjects, until a day."""

    subjects: frozenset[str]
    until: dt.date | None
    row: Exemption

    def covers(self, subjects: Iterable[str], day: dt.date) -> bool:
        return self.subjects <= frozenset(subjects) and (self.until is None or day <= self.until)


class Rule(ABC):
    """An entry in force for a case. `stage` and `kind` are the class's."""

    name: ClassVar[str]
    kind: ClassVar[Kind]
    Params: ClassVar[type[RuleParams]] = NoParams
    may_advise: ClassVar[bool] = True
    """Whether an entry may be a wish: not where the law is in which columns exist, as the length of a rotation."""
    may_judge: ClassVar[bool] = True
    """Whether an entry may be `must` or `should`: not where the rule only tells."""
    of_lists: ClassVar[bool] = False
    """Whether `on_day` looks at the lists in force alone: it changes only by a round, or as the rule begins or ends."""

    def __init__(self, entry: Entry, params: RuleParams, ground: Ground, waivers: tuple[Waiver, ...] = ()) -> None:
        self.entry = entry
        self.params = params
        self.ground = ground
        self.waivers = waivers
        self._applies: dict[PositionId, bool] = {}
        self._days = (entry.from_ or dt.date.min, entry.until or dt.date.max) if entry.strength != "off" else NO_DAYS

    @property
    def id(self) -> str:
        return self.entry.id

    @property
    def is_must(self) -> bool:
        return self.entry.strength == "must"

    def in_force(self, day: dt.date) -> bool:
        """As `Entry.in_force`, which is asked a million times."""
        return self._days[0] <= day <= self._days[1]

    def ended_before(self, day: dt.date) -> bool:
        return self._days[1] < day

    def applies(self, position: PositionId) -> bool:
        """Whether `applies_to` covers the position: every given key must match, each a value or a list."""
        if not self.entry.applies_to:
            return True
        if position not in self._applies:
            self._applies[position] = self._match(position)
        return self._applies[position]

    def _match(self, position: PositionId) -> bool:
        return self.matches(position, self.entry.applies_to)

    def matches(self, position: PositionId, scope: Mapping[str, Any]) -> bool:
        """Whether a scope, written as `applies_to` is, covers the position."""
        row = self.ground.case.position[position]
        unit = self.ground.case.unit.get(row.unit_id)
        for key, wanted in scope.items():
            values = set(wanted) if isinstance(wanted, list | tuple) else {wanted}
            if key == "positions":
                ok = position in values
            elif key == "units":
                ok = bool(values & self.ground.unit_and_above(row.unit_id))
            elif key == "unit_kind":
                ok = unit is not None and unit.kind in values
            elif key == "field":
                ok = row.field is not None and self.ground.content.field_of(row.field) in values
            else:
                ok = getattr(row, key) in values
            if not ok:
                return False
        return True

    def matches_one(self, position: PositionId, scopes: Scopes) -> bool:
        """Whether one of the scopes covers the position."""
        return any(self.matches(position, scope) for scope in scopes)

    def waiver_for(self, subjects: Iterable[str], day: dt.date) -> Waiver | None:
        if not self.waivers:
            return None
        subjects = tuple(subjects)
        return next((w for w in self.waivers if w.covers(subjects, day)), None)

    @classmethod
    def unknown_names(cls, params: RuleParams, content: Content) -> Iterator[tuple[str, str, list[str]]]:
        """(parameter, value, what may stand there) for each name in the parameters that the content does not have."""
        yield from ()

    @abstractmethod
    def check(self, line: Timeline) -> Iterator[Violation]:
        """Every breach of the rule on a timeline, inherited or not."""

    def on_day(self, line: Timeline, day: dt.date) -> Iterator[Violation]:
        """Breaches that are true on one day; what the case itself breaks at `as_of` is found with it."""
        yield from ()

    def on_day_among(self, line: Timeline, day: dt.date, subjects: Collection[frozenset[str]]) -> Iterator[Violation]:
        """The same where only breaches with these subjects are of interest: others may be told or not."""
        yield from self.on_day(line, day)

    @abstractmethod
    def post(self, problem: Problem, program: Program) -> None:
        """The same law as labelled linear rows."""

    def departures(self) -> Iterator[Departure]:
        """Departures that the rule causes (the end of a term); most cause none."""
        yield from ()

    def notes(self, line: Timeline) -> Iterator[Note]:
        """What the entry tells of a plan beside judging it: of force `info`, what it would call a breach.

        A rule that has more to tell (what is not verified, what nobody may forget) adds to it, at any force.
        """
        if self.entry.strength == "info":
            for breach in self.check(line):
                yield self.breach_note(breach)

    def breach_note(self, breach: Violation) -> Note:
        """A breach as a line that only tells."""
        case = self.ground.case
        person = next((s for s in sorted(breach.subjects) if s in case.person), None)
        position = next((s for s in sorted(breach.subjects) if s in case.position), None)
        unit = next((s for s in (*sorted(breach.subjects), breach.scope) if s in case.unit), None)
        reason = Reason("note.breach", {"amount": breach.amount, "unit": breach.unit})
        return Note(self.id, reason, person, position, unit, breach.instant)


class InfoRule(Rule):
    """A rule that forbids and costs nothing: its entries are `info` (or `off`), and `notes` says all it has to say."""

    kind = "info"
    may_advise = False
    may_judge = False

    def check(self, line: Timeline) -> Iterator[Violation]:
        yield from ()

    def post(self, problem: Problem, program: Program) -> None:
        """Nothing: it only tells."""

    @abstractmethod
    def notes(self, line: Timeline) -> Iterator[Note]:
        """One note for each thing to know, in an order that does not depend on chance."""


class PersonalRule(Rule):
    """A rule on one person, one position and one day. The program has a column only where it allows."""

    kind = "personal"
    stages: ClassVar[tuple[Stage, ...]]
    bars_few: ClassVar[bool] = False
    """Whether it bars few people from each post: posts that nothing else tells apart are one class all the same."""
    timeless: ClassVar[bool] = False
    """Whether `judge` looks at no day: what it says of a person and a position it says on every day."""

    @cached_property
    def stages_in_use(self) -> tuple[Stage, ...]:
        """The class's stages, save where `params.stages` narrows them."""
        return getattr(self.params, "stages", None) or self.stages

    @abstractmethod
    def judge(self, person: PersonId, position: PositionId, stage: Stage, on: dt.date) -> Verdict:
        """The rule itself, for a day on which it is in force and a position to which it applies."""

    def allows(self, person: PersonId, position: PositionId, stage: Stage, on: dt.date) -> Verdict:
        """Whether the person may (be listed for, appointed or rotated to) the position on the day."""
        if stage not in self.stages_in_use or not self.in_force(on) or not self.applies(position):
            return YES
        verdict = self.judge(person, position, stage, on)
        if not verdict.ok and self.waiver_for((person, position), on):
            return YES
        return verdict

    def same_for(self, position: PositionId) -> Hashable:
        """What of a position the rule looks at: for positions of which this is equal it says the same of everybody.

        Lists of thousands of people for hundreds of posts are quick where a rule tells. A waiver names a position,
        and is none of its business.
        """
        return position

    def check(self, line: Timeline) -> Iterator[Violation]:
        for person, position, stage, on in judged(line):
            if not self.allows(person, position, stage, on).ok:
                yield Violation(self.id, frozenset({person, position}), on, moved_in=True, scope=stage)

    def post(self, problem: Problem, program: Program) -> None:
        """A `must` needs no row: columns exist only where it allows. A wish counts each decision it advises against."""
        if not self.is_must:
            problem.post_personal_wish(self, program)


def judged(line: Timeline) -> Iterator[tuple[PersonId, PositionId, Stage, dt.date]]:
    """The decisions of a plan that personal rules judge, each with its stage and day."""
    for decided, position, names in line.lists():
        for person in names:
            yield person, position, "plan", decided.approved_on
    for a in line.plan.appointments:
        yield a.person, a.position, "appoint", a.judged_on
    for r in line.plan.rotations:
        yield r.person, r.position, "rotate", r.start


class LinearRule(Rule):
    """A rule that posts rows, with the slack that its force allows."""

    def slack(
        self,
        problem: Problem,
        program: Program,
        violation: Violation,
        most: int,
        newcomers: Iterable[Expr] = (),
    ) -> Expr | None:
        """The slack of one row, keyed as the violation that the law would report.

        A wish may be broken at the price of its weight (`most` bounds it). A `must` has only the inherited slack:
        at most what the status quo has at the same instant, and none where the plan brings somebody in
        (`newcomers`: expressions that are 1 when it does).
        """
        if not self.is_must:
            return program.slack(violation.key, most)
        inherited = problem.inherited(violation)
        if not inherited:
            return None
        slack = program.slack(violation.key, inherited)
        for entering in newcomers:
            program.at_most(slack + inherited * entering, inherited, self.id, violation.subjects)
        return slack


class InstantRule(LinearRule):
    """A rule on who holds what, judged at the instants: the ends of periods."""

    def check(self, line: Timeline) -> Iterator[Violation]:
        for t in line.ground.horizon.periods:
            yield from self.on_day(line, line.ground.horizon.instant(t))

    @abstractmethod
    def on_day(self, line: Timeline, day: dt.date) -> Iterator[Violation]:
        """Breaches that are true on one day."""

    @cached_property
    def posts_by_unit(self) -> dict[UnitId, tuple[PositionId, ...]]:
        """The full-time posts, by unit, to which the rule applies."""
        found = {u: tuple(p for p in posts if self.applies(p)) for u, posts in self.ground.posts_of_unit.items()}
        return {unit: posts for unit, posts in found.items() if posts}
