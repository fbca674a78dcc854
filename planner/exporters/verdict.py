"""A verdict in words: breaches, goals that do not agree, files that differ, what is inherited, warnings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from planner.domain.messages import Language, catalogue, finding_text, label, tr
from planner.domain.violation import Note, Violation
from planner.rules.structure import STRUCTURE
from planner.standing import Standing
from planner.verify import ExemptionState, Inherited, Judgement


def verdict_lines(judgement: Judgement, language: Language = "en") -> Iterator[str]:
    """Everything for which a plan is refused, one line each; nothing for an accepted one."""
    for finding in judgement.findings:
        yield finding_text(finding, language)
    for violation in judgement.new:
        yield violation_text(violation, judgement.before, language)
    for goal in judgement.wrong_goals:
        shown = tr(f"goal.{goal.goal}", language)
        yield tr("text.goal_differs", language, goal=shown, claimed=goal.claimed, value=goal.value)


def warning_lines(judgement: Judgement, language: Language = "en") -> Iterator[str]:
    for warning in judgement.warnings:
        values = dict(warning.values)
        if judgement.before is not None and "people" in values:
            values["people"] = _names(values["people"].split(", "), judgement.before)
        if judgement.before is not None and values.get("unit"):
            values["unit"] = _names([values["unit"]], judgement.before)
        yield tr(warning.code, language, **values)


def violation_text(violation: Violation, before: Standing | None, language: Language = "en") -> str:
    """One line: which rule, about whom, when, by how much."""
    text = f"{rule_text(violation.rule, before, language, violation.scope)}: {_names(violation.subjects, before)}"
    if violation.instant is not None:
        text += ", " + tr("text.on_day", language, day=violation.instant)
    if violation.unit:
        text += ", " + _amount(violation, language)
    return text


def inherited_text(row: Inherited, before: Standing | None, language: Language = "en") -> str:
    """One line: which rule, about whom, and how it can end."""
    text = f"{rule_text(row.rule, before, language)}: {_names(row.subjects, before)}"
    if row.unit:
        text += ", " + _amount(row, language)
    if row.tolerated_until is not None:
        text += "; " + tr("text.tolerated_until", language, day=row.tolerated_until)
    if row.ends_on is not None:
        cause = tr(f"cause.{row.ends_by}", language)
        who = f", {_names([row.ends_with], before)}" if row.ends_with else ""
        text += "; " + tr("text.ends_on", language, day=row.ends_on, cause=cause + who)
    return text


def _amount(row: Violation | Inherited, language: Language) -> str:
    """By how much: above or below a limit where the breach has two sides."""
    sided = f"count.{row.unit}.{row.scope}"
    return tr(sided if sided in catalogue(language) else f"count.{row.unit}", language, n=row.amount)


def note_text(note: Note, before: Standing | None, language: Language = "en") -> str:
    """One line: which entry tells, of whom or which post, what, and when."""
    about = _names(filter(None, (note.person, note.position, note.unit)), before)
    text = f"{rule_text(note.rule, before, language)}: " + (f"{about}: " if about else "")
    text += tr(note.reason.code, language, **_said(note, language))
    return text + (", " + tr("text.on_day", language, day=note.on) if note.on is not None else "")


def _said(note: Note, language: Language) -> dict[str, object]:
    """The values of a note as people say them: days, counts in their unit, flags by name."""
    values = dict(note.reason.values)
    if values.get("unit"):
        values["amount"] = tr(f"count.{values['unit']}", language, n=values["amount"])
    if "flags" in values:
        values["flags"] = ", ".join(label("flag", flag, language) for flag in values["flags"].split(", "))
    return values


MOST_NOTES = 5
"""Of one entry so many notes are shown where people read; the outlook of a plan has them all."""


def short_notes(notes: Iterable[Note], before: Standing | None, language: Language = "en") -> Iterator[str]:
    """The first notes of each entry, and how many more there are."""
    by_rule: defaultdict[str, list[Note]] = defaultdict(list)
    for note in notes:
        by_rule[note.rule].append(note)
    for rule, some in by_rule.items():
        for note in some[:MOST_NOTES]:
            yield note_text(note, before, language)
        if len(some) > MOST_NOTES:
            yield tr("text.notes_more", language, rule=rule, count=len(some) - MOST_NOTES)


def exemption_text(state: ExemptionState, before: Standing | None, language: Language = "en") -> str:
    """One line: which exemption, for whom, and what became of it."""
    rule = rule_text(state.rule, before, language) if state.rule else state.row.rule
    subjects = _names([s.strip() for s in re.split(r"[+,;]", state.row.subject) if s.strip()], before)
    decision = f" ({state.row.decision_no})" if state.row.decision_no else ""
    return f"{rule}: {subjects}{decision}: " + label("exemption", state.state, language)


def rule_text(rule: str, before: Standing | None, language: Language = "en", scope: str = "") -> str:
    """The id of a rule with what it says: its own name in the rulebook, else that of its class or block."""
    known = catalogue(language)
    scoped = f"structure.{rule}.{scope.partition(':')[0]}"
    if rule in STRUCTURE or f"structure.{rule}" in known:
        detail = f" – {tr(scoped, language)}" if scoped in known else ""
        return f"{rule} ({tr(f'structure.{rule}', language)}{detail})"
    entries = (*before.bound.rules, *before.bound.telling) if before is not None else ()
    found = next((r for r in entries if r.id == rule), None)
    if found is None:
        return rule
    name = found.entry.name
    own = name.text(language) if name is not None else None
    return f"{rule} ({own or tr(f'rule.{found.name}', language)})"


def _names(subjects: Iterable[str], before: Standing | None) -> str:
    """Identifiers, each with the name that people know."""
    if before is None:
        return ", ".join(sorted(subjects))
    case = before.ground.case
    names: dict[str, str] = {str(unit): name for unit, name in case.unit_names.items()}
    names |= dict(case.post_names) | {p.person_id: p.name for p in case.people}
    return ", ".join(f"{s} ({names[s]})" if s in names else s for s in sorted(subjects))
