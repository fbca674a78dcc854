"""What stands open about a source, in words: a gap with what closes it, a refusal with its day, a ballot, an entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from planner.domain.case import Nomination
from planner.domain.content import Entry
from planner.domain.ids import PositionId
from planner.domain.messages import Language, label, level_text, tr
from planner.domain.record import Name
from planner.domain.violation import Reason
from planner.exporters.base_list import ballot_text
from planner.exporters.cadre import post_text, several
from planner.exporters.cells import written_day
from planner.exporters.verdict import rule_text
from planner.rules.pool_size import PoolSize
from planner.standing import Standing
from planner.standing.gaps import OpenGap
from planner.standing.refusals import Refusal
from planner.timeline.ground import Gap, Ground


class PaperWords:
    """The words of a standing in one language; `day` writes days, by default as papers do: 31/08/2026."""

    def __init__(self, standing: Standing, language: Language, day: Callable[[dt.date], str] = written_day) -> None:
        self.day = day
        self.standing = standing
        self.language = language
        self.ground: Ground = standing.ground
        self._entries: Mapping[str, Entry] = {e.id: e for e in self.ground.content.rulebook}

    def tr(self, code: str, **values: Any) -> str:
        return tr(code, self.language, **values)

    def name(self, name: Name) -> str:
        return name.text(self.language)

    def level(self, gap: Gap) -> str:
        """The competency with the level: "Lý luận chính trị: Cao cấp", "Thời gian giữ cấp phó: 24 tháng"."""
        competency = self.ground.content.competency[gap.competency]
        if competency.unit:
            level = self.tr("text.months", n=gap.level)
        else:
            level = level_text(gap.competency, competency.levels[gap.level], self.language)
        return f"{self.name(competency.name)}: {level}"

    def gap(self, gap: OpenGap) -> str:
        """A gap with what closes it and when."""
        case = self.ground.case
        action, day = gap.action or "", self.day(gap.on) if gap.on else ""
        if gap.by in ("course", "possible_course") and gap.action in case.session:
            action = case.course[case.session[gap.action].course_id].name  # type: ignore[index]
        elif gap.by in ("enrolment", "wanted_course") and gap.action in case.course:
            action = case.course[gap.action].name  # type: ignore[index]
        elif gap.by == "rotation" and gap.action in case.position:
            action = post_text(self.ground, gap.action)  # type: ignore[arg-type]
        return f"{self.level(gap.gap)} ({self.tr(CLOSINGS[gap.by], action=action, day=day)})"

    def gaps(self, gaps: Iterable[OpenGap]) -> str | None:
        return several(map(self.gap, gaps))

    def refusal(self, refusal: Refusal) -> str:
        """The rule that is not met by its name, what it says of the person, and from when it says no no more.

        The name of a rule says what it asks: by itself it would read as the contrary of the reason.
        """
        text = self.rule(refusal.rule)
        if refusal.rule in self._entries:
            text = self.tr("text.not_met", rule=text)
        if refusal.reason is not None:
            text += f": {self.reason(refusal.reason)}"
        if refusal.clears_on is not None:
            text += " (" + self.tr("text.clears_on", day=self.day(refusal.clears_on)) + ")"
        return text

    def reason(self, reason: Reason) -> str:
        """What a rule says of the person, with days and codes as people write them."""
        return self.tr(reason.code, **{k: self._value(k, v) for k, v in reason.values.items()})

    def lists_above(self, positions: Iterable[PositionId]) -> Iterator[str]:
        """The lists that stay above their limit since a review keeps every name: never told as in order."""
        for rule in self.standing.bound.of(PoolSize):
            for breach in rule.check(self.standing.line) if rule.is_must else ():
                for position in positions:
                    if position in breach.subjects and breach.scope == "above":
                        most = rule.limits(position)[1]
                        yield self.tr(
                            "text.list_above", post=post_text(self.ground, position), n=most + breach.amount,
                            rule=self.rule(rule.id), over=breach.amount,
                        )  # fmt: skip

    def _value(self, key: str, value: object) -> object:
        """A day as offices write it; a code (a form of discipline, a class, a flag) as people call it."""
        if isinstance(value, dt.date):
            return self.day(value)
        if not isinstance(value, str):
            return value
        known = next((r for r in self.ground.content.ratings if r.code == value), None)
        if known is not None:
            return self.name(known.name)
        return label("form" if key == "why" else key, value, self.language)

    def refusals(self, refusals: Iterable[Refusal]) -> str | None:
        return several(map(self.refusal, refusals))

    def rule(self, rule: str) -> str:
        """The name of an entry of the rulebook, without its id: papers are for people."""
        entry = self._entries.get(rule)
        if entry is not None and entry.name is not None:
            return self.name(entry.name)
        text = rule_text(rule, self.standing, self.language)
        return text.removeprefix(f"{rule} (").removesuffix(")") if text != rule else rule

    def nomination(self, nominations: Iterable[Nomination]) -> str | None:
        """Who proposed and who appraised, as recorded."""
        return several(
            self.tr(code, who=who)
            for n in nominations
            for code, who in (("text.proposed_by", n.proposed_by), ("text.appraised_by", n.appraised_by))
            if who
        )

    def opinion(self, nominations: Iterable[Nomination]) -> str | None:
        """Opinions and ballots, as recorded."""
        parts = [p for n in nominations for p in (n.opinion, self.ballot(n)) if p]
        return several(parts)

    def ballot(self, nomination: Nomination) -> str | None:
        text = ballot_text(nomination)
        if text is None or not nomination.step:
            return text
        return self.tr("text.at_step", step=nomination.step) + text[len(nomination.step) :]

    def unconfirmed(self, found: Mapping[str, int]) -> list[str]:
        """Lines on the entries, not confirmed, that changed the result, each with how many people it keeps out."""
        lines = []
        for entry in self.ground.content.rulebook:
            if entry.id in found and entry.status != "confirmed":
                lines.append(
                    self.tr(
                        "text.unconfirmed_entry", rule=self.rule(entry.id), id=entry.id, source=entry.source,
                        status=label("entry_status", entry.status, self.language), n=found[entry.id],
                    )
                )  # fmt: skip
        return [self.tr("text.unconfirmed_head"), *(f"- {line}" for line in lines)] if lines else []


CLOSINGS = {
    "time": "text.closes_time", "enrolment": "text.closes_enrolment", "course": "text.closes_course",
    "rotation": "text.closes_rotation", "possible_course": "text.closes_possible_course",
    "wanted_course": "text.closes_wanted_course", "wanted_rotation": "text.closes_wanted_rotation",
    "wanted_service": "text.closes_wanted_service", "open": "text.closes_open",
}  # fmt: skip
