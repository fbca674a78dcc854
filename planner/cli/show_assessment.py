"""What `assess` prints: the depth, classes by unit, caps, people with points, traits, problems, sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from rich import box
from rich.table import Table
from rich.text import Text

from planner.assess import Assessment
from planner.assess.caps import CapCount
from planner.assess.evaluation import DEPTHS
from planner.cli.terminal import Terminal
from planner.exporters.assessment import PERSON_COLUMNS, PLACES, has_boxes, person_row, problem_rows
from planner.exporters.assessment_words import NONE, Words
from planner.standing.base_list import NEAR_MONTHS
from planner.standing.sources import Prospect

MANY = 5
NUMBERS = frozenset({"assess.people", "assess.base", "assess.places", "assess.used", "assess.left", "assess.self",
                     "assess.collective", "assess.authority", "assess.given_points", "assess.difference"})  # fmt: skip


def show(terminal: Terminal, assessment: Assessment, found: Sequence[Prospect], title: str) -> None:
    """Everything, in the order in which people ask."""
    words = Words(assessment, terminal.language)
    terminal.say(title)
    terminal.say(terminal.tr("assess.head", year=assessment.year, people=len(assessment.people)))
    _depths(terminal, assessment, words)
    for part in (_units, _caps, _people, _traits, _problems):
        terminal.say("")
        part(terminal, assessment, words)
    terminal.say("")
    _sources(terminal, words, found)


def _depths(terminal: Terminal, assessment: Assessment, words: Words) -> None:
    terminal.say(terminal.tr("assess.depths"))
    for year, depths in assessment.depths_by_year.items():
        parts = [f"{words.depth(d)} {depths[d]}" for d in DEPTHS if depths.get(d)]
        terminal.say(f"  {year}: " + ("; ".join(parts) or NONE))
    for year in assessment.unrated_years:
        terminal.say("  " + terminal.tr("assess.nobody_rated", year=year))
    for year, people in assessment.without_indicators.items():
        terminal.say("  " + terminal.tr("assess.no_indicators", year=year, people=people))
    if assessment.proposals:
        terminal.say("  " + terminal.tr("assess.only_proposals", people=assessment.proposals))


def _units(terminal: Terminal, assessment: Assessment, words: Words) -> None:
    terminal.say(terminal.tr("assess.units_head"))
    codes = [r.code for r in assessment.content.ratings]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(terminal.tr("assess.unit"))
    table.add_column(terminal.tr("assess.people"), justify="right")
    for code in codes:
        table.add_column(words.rating(code, short=True), justify="right")
    for unit in assessment.units:
        counts = [_count(unit.given.get(code, 0), unit.proposed.get(code, 0)) for code in codes]
        _row(table, words.unit(unit.unit), str(len(unit.people)), *counts)
    terminal.out.print(table)
    if any(unit.proposed for unit in assessment.units):
        terminal.say(terminal.tr("assess.plus_proposed"))


def _count(given: int, proposed: int) -> str:
    return f"{given} + {proposed}" if proposed else str(given or NONE)


def _caps(terminal: Terminal, assessment: Assessment, words: Words) -> None:
    terminal.say(terminal.tr("assess.caps_head", year=assessment.year))
    judged = [cap for cap in assessment.caps if not cap.partial]
    shown = [cap for cap in judged if cap.places or cap.used]
    if shown:
        _cap_table(terminal, shown, words)
    if len(shown) < len(judged):
        terminal.say("  " + terminal.tr("assess.small_groups", count=len(judged) - len(shown)))
    if not assessment.caps:
        terminal.say("  " + terminal.tr("text.none"))
    for cap in assessment.caps:
        if cap.partial and cap.used:
            group = words.name(cap.group or cap.set.name)
            terminal.say("  " + terminal.tr("assess.partial", group=group, used=cap.used, members=cap.members))
        elif cap.is_exceeded:
            _too_many(terminal, cap, words)


def _cap_table(terminal: Terminal, shown: Sequence[CapCount], words: Words) -> None:
    table = _table(
        terminal, "assess.unit", "assess.group", "assess.people", "assess.base", "assess.share", "assess.places",
        "assess.used", "assess.left",
    )  # fmt: skip
    for cap in shown:
        share = words.number(cap.share * 100) + "%" + (" *" if cap.outstanding else "")
        _row(
            table, words.counted_in(cap), words.name(cap.group or cap.set.name), str(cap.members), str(cap.base), share,
            str(cap.places), str(cap.used), str(cap.left),
        )  # fmt: skip
    terminal.out.print(table)
    if any(cap.outstanding for cap in shown):
        terminal.say("  " + terminal.tr("assess.outstanding"))


def _too_many(terminal: Terminal, cap: CapCount, words: Words) -> None:
    group = words.name(cap.group or cap.set.name)
    terminal.say("  " + terminal.tr("assess.too_many", unit=words.counted_in(cap), group=group, over=-cap.left))
    for ranked in cap.people:
        place = words.tr(PLACES[ranked.place])
        kind = "" if ranked.given else f" ({words.tr('assess.proposed')})"
        terminal.say(f"    {words.person(ranked.person)}{kind}: {words.number(ranked.points)} – {place}")


def _people(terminal: Terminal, assessment: Assessment, words: Words) -> None:
    """Everyone with points or values; those with a class alone stand in the counts of their unit."""
    people = [p for unit in assessment.units for p in unit.people if assessment.of(p).depth in ("indicators", "points")]
    terminal.say(terminal.tr("assess.people_head", people=len(people)))
    sets = Counter(words.set(assessment.of(p)) for p in people)
    terminal.say("  " + terminal.tr("assess.sets", sets="; ".join(f"{name} ({n})" for name, n in sets.items()) or NONE))
    if not people:
        return
    columns = (
        "person", "post", "self", "collective", "authority", "given_points", "difference", "computed", "given",
        *(("box",) if has_boxes(assessment) else ()),
    )  # fmt: skip
    table = _table(terminal, *(PERSON_COLUMNS[c] for c in columns))
    for person in people:
        row = person_row(words, assessment.of(person))
        _row(table, *(row[c] for c in columns))
    terminal.out.print(table)


def _traits(terminal: Terminal, assessment: Assessment, words: Words) -> None:
    terminal.say(terminal.tr("assess.traits_head", years=", ".join(map(str, assessment.years))))
    if not assessment.traits:
        terminal.say("  " + terminal.tr("text.none"))
        return
    named = list(dict.fromkeys(row.trait for row in assessment.traits))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in (terminal.tr("assess.person"), *(words.trait(trait) for trait in named)):
        table.add_column(heading)
    for person in dict.fromkeys(row.person for row in assessment.traits):
        rows = {row.trait: row for row in assessment.traits_of(person)}
        cells = (words.trait_years(rows[trait]) if trait in rows else NONE for trait in named)
        _row(table, words.person(person), *cells)
    terminal.out.print(table)


def _problems(terminal: Terminal, assessment: Assessment, words: Words) -> None:
    for kind, code in (("contradiction", "assess.contradictions_head"), ("missing", "assess.missing_head")):
        rows = [r for r in problem_rows(words) if r["kind"] == kind]
        terminal.say(terminal.tr(code, count=len(rows)))
        same: dict[tuple[int, str], list[dict[str, Any]]] = {}
        for row in rows:
            same.setdefault((row["year"], row["text"]), []).append(row)
        for (year, text), found in same.items():
            # What is word for word the same of many is told once, with the names behind it.
            names = [f"{row['person_name']} ({row['unit_name']})" for row in found]
            if len(found) > MANY:
                terminal.say(f"  - {year}: {text}: {', '.join(names)}")
            else:
                for name in names:
                    terminal.say(f"  - {name}, {year}: {text}")


def _sources(terminal: Terminal, words: Words, found: Iterable[Prospect]) -> None:
    """Per unit: who of division level is plannable within two years, the gaps, and what closes them next."""
    within = list(found)
    plannable = [s for s in within if s.targets]
    terminal.say(terminal.tr("assess.sources_head", months=NEAR_MONTHS, count=len(plannable), people=len(within)))
    last = None
    for source in sorted(plannable, key=lambda s: words.unit(s.unit)):
        if source.unit != last:
            terminal.say(f"  {words.unit(source.unit)}")
            last = source.unit
        terminal.say(f"    {words.person(source.person)} – {'. '.join(words.targets(source, MANY))}")
        for gap in words.gaps(source):
            terminal.say(f"      · {gap}")


def _row(table: Table, *cells: str) -> None:
    """As plain text: a name with brackets in it is no markup."""
    table.add_row(*map(Text, cells))


def _table(terminal: Terminal, *codes: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for code in codes:
        table.add_column(terminal.tr(code), justify="right" if code in NUMBERS else "left")
    return table
