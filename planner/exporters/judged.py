"""What rules say of the plan: shares, wishes not met, what is inherited, and what became of each exemption."""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain.violation import Violation
from planner.exporters.view import Row, View, joined
from planner.rules.base import HUNDRED
from planner.rules.registry import subjects_of
from planner.rules.share import Share
from planner.verify import exemption_states

SHARES = (
    "rule", "scope", "group", "on", "names", "of_the_kind", "share", "wanted_share", "short_by", "people",
    "people_of_the_kind",
)  # fmt: skip
SOFT_BREACHES = ("rule", "subjects", "scope", "on", "amount", "unit", "weight", "cost")
INHERITED = (
    "rule", "subjects", "scope", "amount", "unit", "true_today", "since", "tolerated_until", "ends_on", "ends_by",
    "ends_with",
)  # fmt: skip
EXEMPTIONS_USED = (
    "rule", "subjects", "state", "on", "authority", "decision_no", "decided_on", "reason", "until",
)  # fmt: skip


def shares(view: View) -> Iterator[Row]:
    """Entries over entries after each round, per scope of the rule, with distinct people beside them."""
    line = view.standing.line
    names = {position: names for _, position, names in line.lists()}
    for rule in view.standing.bound.rules:
        if not isinstance(rule, Share):
            continue
        for (day, group), positions in rule.groups().items():
            entries = [i for p in positions for i in names[p]]
            of_kind = [i for i in entries if rule.counts(i, day)]
            yield {
                "rule": rule.id,
                "scope": rule.params.scope,
                "group": group,
                "on": day,
                "names": len(entries),
                "of_the_kind": len(of_kind),
                "share": round(len(of_kind) / len(entries), 4) if entries else None,
                "wanted_share": rule.params.min,
                "short_by": max(0, rule.short_by(entries, day)) / HUNDRED,
                "people": len(set(entries)),
                "people_of_the_kind": len(set(of_kind)),
            }


def soft_breaches(view: View) -> Iterator[Row]:
    """Every breach of a `should` rule, as the goal `preferences` counts it."""
    for rule in view.standing.bound.rules:
        if rule.is_must:
            continue
        for v in sorted(rule.check(view.standing.line), key=_order):
            shown = v.amount / HUNDRED if isinstance(rule, Share) else v.amount
            yield {
                "rule": rule.id,
                "subjects": joined(sorted(v.subjects)),
                "scope": v.scope or None,
                "on": v.instant,
                "amount": shown,
                "unit": "names" if isinstance(rule, Share) else v.unit,
                "weight": rule.entry.weight,
                "cost": rule.entry.weight * v.amount,
            }


def inherited(view: View) -> Iterator[Row]:
    """Breaches that the case brings with it, and how each can end."""
    for i in view.judgement.inherited:
        yield {
            "rule": i.rule,
            "subjects": joined(sorted(i.subjects)),
            "scope": i.scope or None,
            "amount": i.amount,
            "unit": i.unit or None,
            "true_today": "yes" if i.true_today else "no",
            "since": i.since,
            "tolerated_until": i.tolerated_until,
            "ends_on": i.ends_on,
            "ends_by": i.ends_by or None,
            "ends_with": i.ends_with or None,
        }


def exemptions_used(view: View) -> Iterator[Row]:
    """Every recorded exemption: a row for each breach that the plan would have without it, else what became of it."""
    for found in exemption_states(view.standing):
        row: Row = {
            "rule": found.rule or found.row.rule,
            "state": found.state,
            "authority": found.row.authority,
            "decision_no": found.row.decision_no,
            "decided_on": found.row.decided,
            "reason": found.row.reason,
            "until": found.row.until,
        }
        for breach in found.breaches:
            yield {**row, "subjects": joined(sorted(breach.subjects)), "on": breach.instant}
        if not found.breaches:
            yield {**row, "subjects": joined(sorted(subjects_of(found.row.subject)))}


def _order(v: Violation) -> tuple[str, list[str], str]:
    return v.instant.isoformat() if v.instant else "", sorted(v.subjects), v.scope
