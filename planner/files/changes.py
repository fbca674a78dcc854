"""What differs between two cases, row by row: added, removed, changed, by the columns that identify a row."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from planner.domain.case import TABLES, Case, Row
from planner.files.case import KEYS, cells_of

IDENTITY: dict[str, tuple[str, ...]] = {table: (key,) for table, key in KEYS.items()} | {
    "service": ("person_id", "position_id", "unit_id", "title", "kind"),
    "qualifications": ("person_id", "competency", "level"),
    "indicators": ("person_id", "year", "indicator", "stage"),
    "ratings": ("person_id", "year"),
    "discipline": ("person_id", "decided"),
    "relations": ("person_a", "person_b"),
    "pools": ("position_id", "person_id", "round_id"),
    "nominations": ("position_id", "person_id", "round_id", "step"),
    "enrolments": ("person_id", "course_id", "session_id"),
    "vacancies": ("position_id", "on"),
    "exemptions": ("rule", "subject", "decided"),
    "decisions": ("kind", "person_id", "position_id", "session_id", "from"),
}
"""The columns by which a row of one case is found in the other. Several rows may share them (two terms in one post)."""

_Cells = Mapping[str, str]
_Key = tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """A row that only one case has, or that differs.

    `key` are the values of the columns `IDENTITY[table]`, empty where a cell is; `cells` has for each column that
    differs (old, new) as they are written in a table, None for an empty cell. Of an added or removed row it has every
    filled cell. `name` is what people call the row (the name or title of the thing, or of the person of the row).
    """

    table: str
    kind: Literal["added", "removed", "changed"]
    key: tuple[str, ...]
    cells: Mapping[str, tuple[str | None, str | None]]
    name: str = ""


def changes(old: Case, new: Case) -> list[Change]:
    """Every row of `new` that `old` has not, has no more, or has otherwise; tables and rows in order."""
    names = _names(old) | _names(new)
    found: list[Change] = []
    for table in TABLES:
        found += _table(table, getattr(old, table), getattr(new, table), names)
    return found


def _table(table: str, old: Sequence[Row], new: Sequence[Row], names: Mapping[str, str]) -> Iterator[Change]:
    before, after = _by_key(table, old), _by_key(table, new)
    for key in dict.fromkeys((*before, *after)):
        for was, now in _pairs(before.get(key, []), after.get(key, [])):
            if was == now:
                continue
            cells = {c: (was.get(c), now.get(c)) for c in dict.fromkeys((*was, *now)) if was.get(c) != now.get(c)}
            kind: Literal["added", "removed", "changed"] = "changed" if was and now else "added" if now else "removed"
            yield Change(table, kind, key, cells, _name(table, key, now or was, names))


def _by_key(table: str, rows: Sequence[Row]) -> dict[_Key, list[_Cells]]:
    found: defaultdict[_Key, list[_Cells]] = defaultdict(list)
    for row in rows:
        cells = {column: text for column, text in cells_of(row).items() if text is not None}
        found[tuple(cells.get(column, "") for column in IDENTITY[table])].append(cells)
    return found


def _pairs(old: list[_Cells], new: list[_Cells]) -> Iterator[tuple[_Cells, _Cells]]:
    """Rows of one key, each with its counterpart: equal ones first, then those with most cells in common; {} = none."""
    left, right = list(old), list(new)
    for row in old:
        if row in right:
            left.remove(row)
            right.remove(row)
    while left and right:
        was, now = max(((w, n) for w in left for n in right), key=lambda p: len(p[0].items() & p[1].items()))
        left.remove(was)
        right.remove(now)
        yield was, now
    yield from ((was, {}) for was in left)
    yield from (({}, now) for now in right)


def _names(case: Case) -> dict[str, str]:
    names: dict[str, str] = {u.unit_id: u.name for u in case.units}
    names |= {p.position_id: p.title for p in case.positions} | {c.course_id: c.name for c in case.courses}
    return names | {p.person_id: p.name for p in case.people}


def _name(table: str, key: _Key, cells: _Cells, names: Mapping[str, str]) -> str:
    """The row's own name or title, else those of what it points to."""
    own = cells.get("name") or cells.get("title") if table in KEYS else None
    return own or ", ".join(dict.fromkeys(names[value] for value in key if value in names))
