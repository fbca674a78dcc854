"""What `run` prints of a plan: coverage, chains, the bill, the goals with their proof, what is inherited, the files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from rich import box
from rich.table import Table

from planner.api import Solved
from planner.cli.terminal import Terminal
from planner.domain.messages import label
from planner.exporters import plan_table
from planner.exporters.manifest import tier_facts
from planner.exporters.nominated import NominationWords
from planner.exporters.paper_words import PaperWords
from planner.exporters.path_words import PathWords
from planner.exporters.tables import worded_table
from planner.exporters.verdict import inherited_text, rule_text, warning_lines
from planner.exporters.view import Row
from planner.standing import Standing

NUMBERS = ("text.value", "text.bound", "text.gap")
AS_JSON = ("appointments", "training", "rotations", "successors", "nominations", "paths", "free_places", "inherited")
MOST_PATHS = 20
"""So many lines are printed of who has no path; the table `paths` has them all."""
FIGURES = ("listed", "ready", "secured")


def show(terminal: Terminal, solved: Solved, folder: Path) -> None:
    """Everything, in the order in which people ask."""
    scenario = solved.loaded.scenario
    terminal.say(scenario.title)
    terminal.say(
        terminal.tr(
            "text.span", as_of=scenario.as_of, until=scenario.horizon.until,
            rulebook=scenario.rulebook,
        )
    )  # fmt: skip
    for part in _parts(solved):
        terminal.say("")
        part(terminal, solved)
    terminal.say("")
    terminal.say(terminal.tr("text.files", folder=folder))


def _parts(solved: Solved) -> Iterator[Callable[[Terminal, Solved], None]]:
    """What there is to tell: nominations and paths only where the case has some."""
    yield from (_coverage, _chains, _successors)
    if solved.loaded.case.nominations:
        yield _nominations
    yield _training
    if not solved.standing.ground.everyone_is_listed:
        yield _paths
    yield from (_rotations, _goals, _inherited, _warnings)


def _coverage(terminal: Terminal, solved: Solved) -> None:
    terminal.say(terminal.tr("text.coverage_head"))
    table = _table(terminal, "table.unit", "table.seats", *(f"table.{name}" for name in FIGURES))
    rows = [r for r in plan_table("coverage", solved.view) if r["when"] == "wanted_by" and r["scope"] != "position"]
    names = solved.loaded.case.unit_names
    for row in rows:
        name = names[row["id"]] if row["scope"] == "unit" else terminal.tr("text.total")
        cells = [f"{row[f'{figure}_before']} → {row[figure]}" for figure in FIGURES]
        table.add_row(name, str(row["seats"]), *cells, end_section=row is rows[-2] if len(rows) > 1 else False)
    terminal.out.print(table)


def _chains(terminal: Terminal, solved: Solved) -> None:
    rows = plan_table("appointments", solved.view)
    terminal.say(terminal.tr("text.appointments_head") + ("" if rows else ": " + terminal.tr("text.none")))
    names = solved.loaded.case.post_names
    for chain, links in groupby(rows, key=lambda r: r["chain"]):
        terminal.say("  " + terminal.tr("text.chain", number=chain))
        for row in links:
            values = {"day": row["date"], "person": _named(terminal, row), "post": names[row["position"]]}
            if row["from_position"]:
                line = terminal.tr("text.link_from", **values, origin=names[row["from_position"]])
            else:
                line = terminal.tr("text.link", **values)
            terminal.say(f"    {line}")


def _named(terminal: Terminal, row: Row) -> str:
    """The name with the points of suitability for the post of the row."""
    return f"{row['person_name']} ({terminal.number(row['suitability'])})"


def _successors(terminal: Terminal, solved: Solved) -> None:
    rows = plan_table("successors", solved.view)
    terminal.say(terminal.tr("text.successors_head", count=sum(row["person"] is not None for row in rows)))
    names = solved.loaded.case.post_names
    for row in rows:
        who = _named(terminal, row) if row["person"] else label("why_none", row["why_none"], terminal.language)
        terminal.say(f"    {names[row['position']]}: {who}")


def _nominations(terminal: Terminal, solved: Solved) -> None:
    """How many nominations enter a list or stay in one, and why each of the others does not."""
    found = solved.view.nominations
    left_out = [n for n in found if n.outcome == "left_out"]
    entered = sum(n.outcome in ("kept", "added") for n in found)
    terminal.say(terminal.tr("text.nominations_head", entered=entered, count=len(found)))
    words = NominationWords(PaperWords(solved.standing, terminal.language))
    for nominated in left_out:
        terminal.say(f"    {words.line(nominated)}")


def _paths(terminal: Terminal, solved: Solved) -> None:
    """How many names of lists have a path, and the first demands that nothing meets, with the reason."""
    steps = solved.view.paths.steps
    lacking = [step for step in steps if step.state in ("open", "waits")]
    names, without = ({(s.person, s.position) for s in found} for found in (steps, lacking))
    terminal.say(terminal.tr("text.paths_head", names=len(names), without=len(without)))
    words, posts = PathWords(PaperWords(solved.standing, terminal.language)), solved.loaded.case.post_names
    for step in lacking[:MOST_PATHS]:
        who = f"{solved.loaded.case.person[step.person].name} → {posts[step.position]}"
        terminal.say(f"    {who}: " + "; ".join(filter(None, (words.missing(step), words.why(step)))))
    if len(lacking) > MOST_PATHS:
        terminal.say("    " + terminal.tr("text.paths_more", count=len(lacking) - MOST_PATHS))


def _training(terminal: Terminal, solved: Solved) -> None:
    rows = plan_table("training", solved.view)
    sessions = Counter(row["session"] for row in rows)
    cost = sum(row["cost"] or 0 for row in rows)
    terminal.say(
        terminal.tr("text.training_head", places=len(rows), sessions=len(sessions), cost=terminal.number(cost))
    )
    for _, group in groupby(rows, key=lambda r: r["session"]):
        places = list(group)
        first = places[0]
        names = ", ".join(row["person_name"] for row in places)
        span = terminal.days(first["start"], first["end"])
        terminal.say(f"    {first['session']}  {first['course_name']}, {span}: {names}")


def _rotations(terminal: Terminal, solved: Solved) -> None:
    rows = worded_table("rotations", solved.view, terminal.language)
    kinds = Counter(row["kind"] for row in rows)
    terminal.say(terminal.tr("text.rotations_head", rotations=kinds["rotation"], assignments=kinds["assignment"]))
    names = solved.loaded.case.post_names
    for row in rows:
        origin = row["from_position"] or "–"
        span, kind = terminal.days(row["start"], row["end"]), label("kind", row["kind"], terminal.language)
        line = f"    {span}  {kind}: {row['person_name']}: {origin} → {names[row['position']]}"
        line += f"; {terminal.tr('table.purpose')}: {label('purpose', row['purpose'], terminal.language)}"
        if row["return_to"]:
            line += f"; {terminal.tr('table.return_to')}: {row['return_to']}"
        terminal.say(line)


def _goals(terminal: Terminal, solved: Solved) -> None:
    terminal.say(terminal.tr("text.goals_head"))
    heads = ("text.tier", "text.goal", "text.value", "text.counts", "text.bound", "text.gap", "text.proof")
    table = _table(terminal, *heads)
    for number, tier in enumerate(solved.asked, 1):
        for n, goal in enumerate(tier.goals):
            # Goals of one tier are bounded together: the sum stands once, beside the first of them.
            shared = n > 0
            proof = "text.proved" if tier.value == tier.bound else "text.within" if tier.proved else "text.open"
            table.add_row(
                "" if shared else str(number),
                terminal.tr(f"goal.{goal}"),
                str(tier.values[goal]),
                _counts(terminal, solved.before, tier.parts[goal]),
                "" if shared else _of_all(tier.bound, len(tier.goals)),
                "" if shared else terminal.percent(tier.gap),
                "" if shared else terminal.tr(proof),
            )
    terminal.out.print(table)


def _of_all(bound: int, goals: int) -> str:
    return str(bound) if goals == 1 else f"Σ {bound}"


def _counts(terminal: Terminal, before: Standing, parts: Any) -> str:
    named = [f"{_part(terminal, before, name)} {terminal.number(value)}" for name, value in parts.items() if value]
    return ("\n" if any("(" in text for text in named) else ", ").join(named)  # names of rules have lines of their own


def _part(terminal: Terminal, before: Standing, name: str) -> str:
    """A plain count by its name; a rule of the rulebook by its id and what it says."""
    text = terminal.tr(f"goal.part.{name}")
    return rule_text(name, before, terminal.language) if text == f"goal.part.{name}" else text


def _inherited(terminal: Terminal, solved: Solved) -> None:
    rows = solved.judgement.inherited
    terminal.say(terminal.tr("text.inherited_head", count=len(rows)))
    for row in rows:
        terminal.say(f"  - {inherited_text(row, solved.before, terminal.language)}")


def _warnings(terminal: Terminal, solved: Solved) -> None:
    lines = list(warning_lines(solved.judgement, terminal.language))
    terminal.say(terminal.tr("text.warnings_head", count=len(lines)))
    for line in lines:
        terminal.say(f"  - {line}")


def _table(terminal: Terminal, *codes: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for n, code in enumerate(codes):
        number = code in ("text.value", "text.bound", "text.gap", "table.seats") or (
            n > 1 and code.startswith("table.")
        )
        table.add_column(terminal.tr(code), justify="right" if number else "left")
    return table


def as_json(solved: Solved, folder: Path) -> dict[str, Any]:
    """The same for machines."""
    coverage = [r for r in plan_table("coverage", solved.view) if r["scope"] != "position"]
    return {
        "status": "interrupted" if solved.interrupted else "ok",
        "exit_code": 130 if solved.interrupted else 0,
        "folder": folder,
        "title": solved.loaded.scenario.title,
        "proved": solved.complete,
        "seconds": round(solved.seconds, 2),
        "tiers": [tier_facts(tier) for tier in solved.tiers],
        "coverage": coverage,
        **{name: plan_table(name, solved.view) for name in AS_JSON},
        "warnings": list(warning_lines(solved.judgement)),
    }
