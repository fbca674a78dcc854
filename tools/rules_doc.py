"""Write docs/rules.md: the rules of the province from its rulebooks, what always holds, and every rule class.

Everything on the page stands somewhere else: entries in models/vietnam-province/rulebooks, rows without an entry in
rows_without_entry.yaml, what a rule says in the docstring of its class, parameters in its `Params`. The same content
gives the same page, byte for byte; a test compares it with the committed one.
"""

import inspect
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import TypeAdapter
from pydantic_core import PydanticUndefined
from ruamel.yaml import YAML

from planner.domain.content import Entry
from planner.domain.record import Record
from planner.files.content import read_content
from planner.rules.base import PersonalRule, Rule
from planner.rules.registry import RULES
from planner.rules.structure import STRUCTURE

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "rules.md"
SET = ROOT / "models" / "vietnam-province"
RULEBOOKS = ("vn-2025", "vn-2021")
SECTIONS = {
    "2.1": "Lists (quy hoạch)",
    "2.2": "Appointment and nomination (bổ nhiệm, giới thiệu ứng cử)",
    "2.3": "Rotation (luân chuyển)",
    "2.4": "Training (đào tạo, bồi dưỡng)",
    "2.5": "Ratings (xếp loại)",
    "2.7": "Numbers of posts (số lượng cấp phó, tổ chức)",
    "2.8": "Duties of heads (trách nhiệm người đứng đầu)",
}
HOW = {
    "entry": "a parameter of another entry",
    "structure": "always holds",
    "content": "in other content",
    "case": "in the case",
    "page": "in what people read",
    "none": "not modelled",
}

HEAD = """# The rules

Written by `python -m tools.rules_doc` from the rulebooks in `models/vietnam-province`; edit those, not this page.

An entry has a **force**: `must` holds in every plan; `should` costs its weight for each unit in the goal `preferences`;
`info` only tells, in the table `outlook` of a plan and in `planner check`. A breach that the case brings with it is
*inherited*: it is listed with how it can end, and the plan may not add to it. **Waived by**: the level of authority
whose recorded exemption counts (table `exemptions`); without it there is none. Days are the first and the last in
force, and a rule judges a decision by the day of the decision: a plan across a change is right on both sides.
**Status**: *confirmed* = a published text says so, *unconfirmed* = known from practice, to be confirmed by the
province, *proposed* = a working value of ours. A scenario changes an entry under `rules:`.
"""


class RowWithoutEntry(Record):
    """A rule of the province that has no entry of its own, where it is kept instead, and why."""

    id: str
    section: str
    how: Literal["entry", "structure", "content", "case", "page", "none"]
    by: str | None = None
    reason: str


class Placed(NamedTuple):
    """An entry of a rulebook with the section under whose heading it stands."""

    entry: Entry
    section: str


def rows_without_entry() -> tuple[RowWithoutEntry, ...]:
    raw = YAML(typ="safe").load((SET / "rows_without_entry.yaml").read_text(encoding="utf-8"))
    return tuple(TypeAdapter(list[RowWithoutEntry]).validate_python(raw["rows"]))


def entries_of(rulebook: str) -> dict[str, Placed]:
    """The entries of a rulebook by id; sections are the numbers in the headings of the file."""
    text = (SET / "rulebooks" / f"{rulebook}.yaml").read_text(encoding="utf-8")
    section, sections = "", {}
    for line in text.splitlines():
        if heading := re.match(r"\s*# ---- .*§(\d\.\d)", line):
            section = heading[1]
        elif found := re.match(r"\s*- id: (\S+)", line):
            sections[found[1]] = section
    return {e.id: Placed(e, sections[e.id]) for e in read_content(SET, rulebook).content.rulebook}


def page() -> str:
    """The whole page."""
    return "\n".join(_lines()).rstrip("\n") + "\n"


def _lines() -> Iterator[str]:
    yield HEAD
    books = {name: entries_of(name) for name in RULEBOOKS}
    ids = list(dict.fromkeys(i for entries in books.values() for i in entries))
    others = rows_without_entry()
    for number, title in SECTIONS.items():
        yield f"## {number} {title}\n"
        for entry_id in ids:
            versions = {name: entries[entry_id] for name, entries in books.items() if entry_id in entries}
            if next(iter(versions.values())).section == number:
                yield from _entry({name: placed.entry for name, placed in versions.items()})
        here = [row for row in others if row.section == number]
        if here:
            yield "Rules of this section without an entry of their own:\n"
            yield "| rule | where | why |"
            yield "|---|---|---|"
            for row in here:
                by = f": `{row.by}`" if row.by else ""
                yield f"| `{row.id}` | {HOW[row.how]}{by} | {row.reason} |"
            yield ""
    yield from _structure()
    yield from _classes()


def _entry(versions: Mapping[str, Entry]) -> Iterator[str]:
    first = next(iter(versions.values()))
    name = first.name
    title = f"{name.en} · {name.vi}" if name and name.vi else name.en if name else ""
    yield f"### `{first.id}`\n"
    yield f"**{title}**\n"
    yield f"{_first_sentence(_says(RULES[first.rule]))}\n"
    same = len({_terms(e) for e in versions.values()}) == 1
    yield f"- rule [`{first.rule}`](#{first.rule}){'; ' + _terms(first) if same and _terms(first) else ''}"
    for book, entry in versions.items():
        parts = [
            f"`{book}`: {_force(entry)}",
            *_days(entry),
            f"waived by {entry.waived_by}" if entry.waived_by else "",
            "" if same else _terms(entry),
            entry.status,
            entry.source,
        ]
        yield "- " + "; ".join(filter(None, parts))
    yield ""


def _says(rule: type[Rule]) -> str:
    """The docstring of a class as one paragraph, without its sources: they stand in the entries."""
    text = " ".join((inspect.getdoc(rule) or "").split())
    return text.partition(" Source:")[0].rstrip()


def _first_sentence(text: str) -> str:
    """What a rule says, without its small print, which stands with the class."""
    return re.split(r"(?<=\.) (?=[A-Z`])", text, maxsplit=1)[0]


def _terms(entry: Entry) -> str:
    """Parameters and scope as they are written."""
    params = [f"{key} = {_value(value)}" for key, value in entry.params.items()]
    scope = [f"{key} {_value(value)}" for key, value in entry.applies_to.items()]
    parts = [", ".join(params), f"for {', '.join(scope)}" if scope else ""]
    return "; ".join(f"`{part}`" for part in parts if part)


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{k}: {_value(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _force(entry: Entry) -> str:
    return f"should, weight {entry.weight}" if entry.strength == "should" else entry.strength


def _days(entry: Entry) -> Iterator[str]:
    if entry.from_ is not None:
        yield f"from {entry.from_.written()}"
    if entry.until is not None:
        yield f"until {entry.until.written()}"


def _structure() -> Iterator[str]:
    yield "## What always holds\n"
    yield "The structure has no entry, cannot be waived and is checked in every plan.\n"
    yield "| check | what it says |"
    yield "|---|---|"
    for name, check in STRUCTURE.items():
        doc = " ".join((sys.modules[check.__module__].__doc__ or "").split())
        yield f"| `{name}` | {doc} |"
    yield ""


def _classes() -> Iterator[str]:
    yield "## Rule classes\n"
    yield "What an entry may name as its `rule`, and the parameters that it takes.\n"
    for name in sorted(RULES):
        rule = RULES[name]
        stages = f"; stages {', '.join(rule.stages)}" if issubclass(rule, PersonalRule) else ""
        yield f"### {name}\n"
        yield f"{_says(rule)}\n"
        yield f"Kind: {rule.kind}{stages}. Force: {_forces(rule)}.\n"
        rows = list(_parameters(rule))
        if rows:
            yield "| parameter | default | meaning |"
            yield "|---|---|---|"
            yield from rows
            yield ""


def _forces(rule: type[Rule]) -> str:
    return "info" if not rule.may_judge else "must, should, info" if rule.may_advise else "must, info"


def _parameters(rule: type[Rule]) -> Iterable[str]:
    for name, field in rule.Params.model_fields.items():
        default = field.get_default(call_default_factory=True)
        shown = "required" if default is PydanticUndefined else "none" if default is None else _value(default) or "none"
        yield f"| `{field.alias or name}` | {shown} | {field.description or ''} |"


def main() -> None:
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
