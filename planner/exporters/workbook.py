"""The plain workbook: what the plan is and how far it is proved, then every table of the plan as a sheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from textwrap import wrap
from typing import Any

from planner.domain.messages import Language, day_text, label, tr
from planner.edits.load import Loaded
from planner.exporters.cells import Style, Styles, cell_text, new_workbook, put
from planner.exporters.suitability_words import parts_text
from planner.exporters.tables import TABLES, worded_table
from planner.exporters.view import Row, View

FONT: Style = {"font_name": "Arial", "font_size": 10, "valign": "top"}
HEADING: Style = {"bold": True, "bg_color": "#DCE6EC", "bottom": 1, "text_wrap": True, "valign": "vcenter"}
TITLE: Style = {"bold": True, "font_size": 14}
BOLD: Style = {"bold": True}
WRAP: Style = {"text_wrap": True}
LEFT: Style = {"align": "left"}
PERCENT: Style = {"num_format": "0.0%"}
STYLES: dict[str, Style] = {
    "share": PERCENT, "wanted_share": PERCENT, "gap": PERCENT, "tier": {"align": "center"},
    "suitability": {"align": "center", "num_format": "0.0"}, "places_free": {"align": "center"},
    "waiting": {"align": "center"},
}  # fmt: skip
NARROWEST, WIDEST = 8, 48
YES_NO = ("yes", "no")
KINDS = {"ends_by": "cause", "state": "exemption"}
"""The kind of a column's codes, where it is not called as the column."""
FLAGS = ("plannable", "listed_now", "proposed", "nominated", "true_today", "in_time")
GOAL_COLUMNS = ("tier", "goal", "value", "part", "amount", "bound", "gap", "proof")


def write_workbook(
    path: Path,
    view: View,
    loaded: Loaded,
    manifest: Mapping[str, Any],
    language: Language = "en",
    replace: bool = False,
) -> None:
    """All tables of a plan; the first sheet says which plan it is, and where the proof of each goal stands."""
    with new_workbook(path, loaded.scenario.title, replace) as book:
        styles = Styles(book, FONT)
        _summary(book.add_worksheet(tr("table.summary", language)), styles, view, loaded, manifest, language)
        for name, table in TABLES.items():
            sheet = book.add_worksheet(tr(f"table.{name}", language))
            rows = [_parts_in_words(view, row, language) for row in worded_table(name, view, language)]
            write_table(sheet, styles, table.columns, rows, language)


def _parts_in_words(view: View, row: Row, language: Language) -> Row:
    """The parts of suitability by their names: the row has them as codes."""
    if row.get("suitability_parts") is None:
        return row
    return {**row, "suitability_parts": parts_text(view.ground, row["person"], row["position"], language)}


def write_table(
    sheet: Any, styles: Styles, columns: Sequence[str], rows: Sequence[Row], language: Language, top: int = 0
) -> None:
    """A heading that stays in sight, a filter, columns as wide as what they hold."""
    widths = []
    lines_of_heading = 1
    for number, column in enumerate(columns):
        heading = _capital(tr(f"table.{column}", language))
        put(sheet, top, number, heading, styles, HEADING)
        values = [shown(column, row.get(column), language) for row in rows]
        style = STYLES.get(column, WRAP)
        for line, value in enumerate(values, start=top + 1):
            put(sheet, line, number, value, styles, style)
        widths.append(_width(heading, values))
        lines_of_heading = max(lines_of_heading, len(wrap(heading, int(widths[-1] * 0.9))))
    for number, width in enumerate(widths):
        sheet.set_column(number, number, width)
    # Set by hand: a program that finds the height of a wrapped heading by itself may cover the first row with it.
    sheet.set_row(top, 4 + 13 * lines_of_heading)
    if top == 0:
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
        sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def shown(column: str, value: object, language: Language) -> object:
    """A code of a closed list as people call it; everything else as it is."""
    if not isinstance(value, str):
        return value
    if column in FLAGS and value in YES_NO:
        return label("yes_no", value, language)
    return label(KINDS.get(column, column), value, language)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _width(heading: str, values: Sequence[object]) -> float:
    """Wide enough for most cells; what is longer wraps."""
    lengths = sorted(len(str(text)) for v in values if (text := cell_text(v)) is not None)
    usual = lengths[int(len(lengths) * 0.95) - 1] if len(lengths) > 20 else max(lengths, default=0)
    longest_word = max(map(len, heading.split()), default=0)
    return min(WIDEST, max(NARROWEST, usual + 2, longest_word + 4))


# ---- the first sheet ---------------------------------------------------------------------------------------------


def _summary(
    sheet: Any, styles: Styles, view: View, loaded: Loaded, manifest: Mapping[str, Any], language: Language
) -> None:
    put(sheet, 0, 0, tr("text.summary_title", language, title=loaded.scenario.title), styles, TITLE)
    row = 2
    for caption, value in _facts(view, loaded, manifest, language):
        put(sheet, row, 0, caption, styles, BOLD)
        put(sheet, row, 2, value, styles, LEFT)
        row += 1
    goals = list(goal_rows(view, manifest, language))
    write_table(sheet, styles, GOAL_COLUMNS, goals, language, top=row + 1)
    put(sheet, row + len(goals) + 3, 0, tr("text.proposal_only", language), styles, {"italic": True})


def _facts(view: View, loaded: Loaded, manifest: Mapping[str, Any], language: Language) -> Iterator[tuple[str, object]]:
    judgement = view.judgement
    yield tr("text.scenario", language), loaded.scenario.title
    yield tr("text.rulebook", language), f"{loaded.content.name}, {loaded.content.rulebook_name}"
    yield tr("text.as_of", language), loaded.horizon.as_of
    yield tr("text.horizon_until", language), loaded.horizon.until
    yield tr("text.made_at", language), _moment(manifest.get("made_at"), language)
    yield tr("text.plan_hash", language), manifest.get("plan")
    yield (
        tr("text.verdict", language),
        tr("text.verdict_accepted", language)
        if judgement.accepted
        else tr(
            "text.verdict_refused",
            language,
            breaches=len(judgement.new),
            goals=len(judgement.wrong_goals),
            findings=len(judgement.findings),
        ),
    )
    yield tr("text.inherited_count", language), len(judgement.inherited)
    if manifest.get("interrupted"):
        yield tr("text.interrupted", language), label("yes_no", "yes", language)


def _moment(text: str | None, language: Language) -> str | None:
    """A moment of the manifest as people write it, to the minute."""
    if not text:
        return None
    moment = dt.datetime.fromisoformat(text)
    return f"{day_text(moment.date(), language)} {moment:%H:%M}"


def goal_rows(view: View, manifest: Mapping[str, Any], language: Language) -> Iterator[Row]:
    """A row per goal with its value, then a row per plain count; bound, gap and proof are those of the whole tier."""
    values = {g.goal: g.value for g in view.judgement.goals}
    for number, tier in enumerate(manifest.get("tiers", ()), start=1):
        proof: Row = {"bound": tier.get("bound"), "gap": tier.get("gap"), "proof": proof_of(tier)}
        for goal in tier.get("goals", ()):
            yield {"tier": number, "goal": tr(f"goal.{goal}", language), "value": values.get(goal), **proof}
            proof = {}
            for part, amount in tier.get("parts", {}).get(goal, {}).items():
                yield {"part": part_text(view, part, language), "amount": amount}


def part_text(view: View, part: str, language: Language) -> str:
    """What people call a plain count of a goal; one of `preferences` has the name of its rule."""
    rule = view.rule(part)
    if rule is None or rule.entry.name is None:
        text = tr(f"goal.part.{part}", language)
        return part if text.startswith("goal.") else text
    return rule.entry.name.text(language)


def proof_of(tier: Mapping[str, Any]) -> str:
    """Where the proof of a tier stands: optimal, within the wanted gap, or open."""
    if tier.get("value") == tier.get("bound"):
        return "optimal"
    return "within" if tier.get("proved") else "open"
