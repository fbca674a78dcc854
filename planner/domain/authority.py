"""Who may grant an exemption: an authority of the level that the rule names."""

from __future__ import annotations

from collections.abc import Container

from planner.domain.case import Case
from planner.domain.content import Entry

LEVELS = frozenset({"central", "province", "district", "department", "agency", "commune", "board"})
"""Words that say a level by themselves, where `authority` names no row of the table `authorities`."""


def may_waive(case: Case, authority: str | None, level: str) -> bool:
    """Whether the authority is of the level: by its name, by its row, or, where the case keeps no table of authorities
    and nothing says another level, as it was recorded."""
    rows = {a.authority_id: a.level for a in case.authorities}
    if level in (authority, rows.get(authority or "")):
        return True
    return is_of_unknown_level(case, authority)


def is_named(entry: Entry, rule: str, ids: Container[str]) -> bool:
    """Whether an exemption from `rule` is one from the entry: by its id, or by its class where that is nobody's id."""
    return rule == entry.id or (rule == entry.rule and rule not in ids)


def is_of_unknown_level(case: Case, authority: str | None) -> bool:
    """Whether an exemption rests on an authority of which the case does not tell the level: for `check` to say."""
    return not case.authorities and authority is not None and authority not in LEVELS
