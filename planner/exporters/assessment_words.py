"""An assessment in words: names instead of codes, points with two decimals, one line for each problem."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from planner.assess import Assessment
from planner.assess.banding import DISCIPLINE
from planner.assess.caps import CapCount
from planner.assess.evaluation import Evaluation
from planner.assess.problems import Problem
from planner.assess.report import TraitYears
from planner.assess.traits import TraitScore
from planner.domain.case import Case, Course, Need, Session
from planner.domain.ids import CourseId, PersonId, PositionId, SessionId, UnitId
from planner.domain.indicator_sets import IndicatorSet
from planner.domain.messages import Language, label, level_text, tr
from planner.domain.record import Name
from planner.exporters.cells import written_day
from planner.standing.gaps import OpenGap
from planner.standing.sources import Prospect, Target
from planner.timeline.ground import Gap

NONE = "–"
CENT = Decimal("0.01")
ARROWS = {"up": " ↗", "steady": " →", "down": " ↘"}


def number(value: Fraction | None, language: Language = "en") -> str:
    """Two decimals at most, a half away from zero, without needless noughts; a comma in Vietnamese."""
    if value is None:
        return NONE
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    text = f"{exact.quantize(CENT, ROUND_HALF_UP):f}".rstrip("0").rstrip(".")
    text = "0" if text in ("", "-0", "-") else text
    return text.replace(".", ",") if language == "vi" else text


def percent(value: Fraction | None, language: Language = "en") -> str:
    return NONE if value is None else number(value * 100, language) + "%"


class Words:
    """The words of one assessment in one language."""

    def __init__(self, assessment: Assessment, language: Language) -> None:
        self.assessment = assessment
        self.language = language
        self._ratings = {r.code: r for r in assessment.content.ratings}

    def tr(self, code: str, **values: Any) -> str:
        return tr(code, self.language, **values)

    def name(self, name: Name | None) -> str:
        if name is None:
            return NONE
        return name.text(self.language)

    def number(self, value: Fraction | None) -> str:
        return number(value, self.language)

    def person(self, person: PersonId) -> str:
        return self.assessment.case.person[person].name

    def unit(self, unit: UnitId | None) -> str:
        return self.assessment.case.unit_names.get(unit, unit) if unit is not None else NONE

    def counted_in(self, cap: CapCount) -> str:
        """The unit or office in which a cap is counted, or the authority that manages the posts."""
        if cap.unit in self.assessment.case.unit:
            return self.unit(UnitId(cap.unit))
        found = (a.name for a in self.assessment.case.authorities if a.authority_id == cap.unit)
        return next(found, cap.unit or self.tr("assess.whole_case"))

    def post(self, one: Evaluation) -> str:
        return (one.post.title if one.post is not None else None) or NONE

    def rating(self, code: str | None, short: bool = False) -> str:
        """A class by its name; as it was written where the content does not know it."""
        if code is None:
            return NONE
        known = self._ratings.get(code)
        return code if known is None else self.name(known.short if short else known.name)

    def indicator(self, code: str, one: Evaluation | None = None) -> str:
        """Code and name of an indicator or fact; the set of the evaluation goes first."""
        sets = ([one.set] if one is not None and one.set is not None else []) + [
            *self.assessment.content.indicator_sets
        ]
        found = next((name for s in sets if (name := s.name_of(code)) is not None), None)
        return code if found is None else f"{code} ({self.name(found)})"

    def trait(self, trait: str) -> str:
        sets = self.assessment.content.indicator_sets
        return self.name(next((t.name for s in sets for t in s.traits if t.id == trait), None))

    def trait_score(self, score: TraitScore | None, one: Evaluation) -> str:
        """Share and level: "87,5% cao"; a vetoed trait says so instead of a level."""
        if score is None:
            return NONE
        if score.vetoes:
            return f"{percent(score.share, self.language)} {self.tr('assess.vetoed')}"
        levels = {level.id: level.name for level in one.set.levels_of(score.trait)} if one.set is not None else {}
        level = self.name(levels[score.level]) if score.level in levels else ""
        return f"{percent(score.share, self.language)} {level}".rstrip()

    def trait_years(self, row: TraitYears) -> str:
        """A trait over the years in one cell: "68% → – → 71% khá ↗"."""
        shares = (s.share if s is not None else None for s in row.by_year.values())
        parts = [NONE if share is None else f"{round(share * 100)}%" for share in shares]
        year, last = max(((y, s) for y, s in row.by_year.items() if s is not None), default=(0, None))
        text = " → ".join(parts)
        if last is not None:
            levels = (
                {level.id: level.name for level in one.levels_of(row.trait)} if (one := self._set(row, year)) else {}
            )
            word = self.tr("assess.vetoed") if last.vetoes else self.name(levels[last.level]) if last.level else ""
            text = f"{text} {word}".rstrip()
        return text + ARROWS.get(row.trend or "", "")

    def _set(self, row: TraitYears, year: int) -> IndicatorSet | None:
        return self.assessment.of(row.person, year).set

    def trend(self, row: TraitYears) -> str:
        return NONE if row.trend is None else label("trend", row.trend, self.language)

    def depth(self, depth: str) -> str:
        return label("depth", depth, self.language)

    def set(self, one: Evaluation) -> str:
        return NONE if one.set is None else f"{self.name(one.set.name)}, {one.set.version}"

    def why(self, code: str, one: Evaluation) -> str:
        """What fires a trigger or a veto: a sanction, a fact, or a part below its least share."""
        if code == DISCIPLINE:
            return self.tr("assess.sanction")
        part = next((p for p in one.set.parts if p.code == code), None) if one.set is not None else None
        return self.name(part.name) if part is not None else self.indicator(code, one)

    def problem(self, problem: Problem) -> str:
        """One sentence without name and year."""
        one = self.assessment.of(problem.person, problem.year)
        return self.tr(problem.reason.code, **self._values(problem.reason.values, one))

    def _values(self, values: Mapping[str, Any], one: Evaluation) -> dict[str, str]:
        return {key: self._value(key, value, one) for key, value in values.items()}

    def _value(self, key: str, value: Any, one: Evaluation) -> str:
        codes = value if isinstance(value, tuple) else (value,)
        if key in ("given_code", "computed_code", "by_points_code"):
            return self.rating(value)
        if key in ("indicator_code", "indicator_codes"):
            return "; ".join(self.indicator(code, one) for code in codes)
        if key == "why_codes":
            return "; ".join(self.why(code, one) for code in codes)
        if key == "form_codes":
            return "; ".join(label("form", code, self.language) if code else NONE for code in codes)
        if key == "person_codes":
            return ", ".join(self.person(person) for person in codes)
        if key == "trait_code":
            return self.trait(value)
        if key == "stage_code":
            return label("stage", value, self.language)
        if isinstance(value, Fraction):
            return self.number(value)
        if isinstance(value, dt.date):
            return self.day(value)
        return str(value)

    def day(self, day: dt.date) -> str:
        return written_day(day) if self.language == "vi" else day.isoformat()

    # ---- sources ---------------------------------------------------------------------------------------------

    def targets(self, source: Prospect, most: int | None = None) -> list[str]:
        """The posts by the day from which one may plan the person for them: "ngay: …", "10/04/2026: …".

        At most so many of a day, and how many more.
        """
        by_day: dict[dt.date, list[Target]] = {}
        for target in source.targets:
            by_day.setdefault(max(target.on, self.assessment.as_of), []).append(target)
        lines = []
        for day in sorted(by_day):
            named = [self.title(t.position) for t in by_day[day]]
            shown = named if most is None or len(named) <= most + 1 else named[:most]
            more = [self.tr("assess.more_posts", count=len(named) - len(shown))] if len(shown) < len(named) else []
            when = self.tr("assess.now") if day == self.assessment.as_of else self.day(day)
            lines.append(f"{when}: {'; '.join([*shown, *more])}")
        return lines

    def title(self, position: PositionId) -> str:
        """The title of a post; with its unit where several posts have the same one."""
        row = self.assessment.case.position[position]
        return row.title if self._titles[row.title] == 1 else f"{row.title}, {self.unit(row.unit_id)}"

    @cached_property
    def _titles(self) -> Counter[str]:
        return Counter(p.title for p in self.assessment.case.positions)

    def gaps(self, source: Prospect) -> Iterable[str]:
        """The gaps of a source over all targets, each once, with what closes it next."""
        found = (self.open_gap(gap) for target in source.targets for gap in target.gaps)
        return dict.fromkeys(found)

    def gap(self, gap: Gap) -> str:
        competency = self.assessment.content.competency[gap.competency]
        name = self.name(competency.name)
        if competency.unit:
            return self.tr("assess.months", name=name, months=gap.level)
        return f"{name}: {level_text(gap.competency, competency.levels[gap.level], self.language)}"

    def need(self, need: Need) -> str:
        return self.gap(Gap(need.competency, self.assessment.content.level(need)))

    def open_gap(self, gap: OpenGap) -> str:
        """A gap with what closes it: time by itself, or the next class."""
        text = self.gap(gap.gap)
        if gap.is_settled and gap.on is not None:
            return text + " – " + self.tr("assess.closes_on", day=self.day(gap.on))
        session, course = next_class(self.assessment.case, gap)
        if course is None:
            return text
        if session is None:
            text += " – " + self.tr("assess.course_without_class", course=course.name)
        else:
            day = self.day(session.start)
            text += " – " + self.tr("assess.next_class", course=course.name, session=session.session_id, day=day)
        return text if gap.needs is None else text + self.tr("assess.after", need=self.need(gap.needs))


def next_class(case: Case, gap: OpenGap) -> tuple[Session | None, Course | None]:
    """The class that closes a gap which nothing settles, and its course; the course alone where no class is known."""
    if gap.action is None or gap.by not in ("possible_course", "wanted_course"):
        return None, None
    session = case.session[SessionId(gap.action)] if gap.by == "possible_course" else None
    return session, case.course[session.course_id if session is not None else CourseId(gap.action)]
