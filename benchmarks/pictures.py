"""The pictures of RESULTS.md, drawn from records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import altair as alt
import pandas as pd

from benchmarks.figures import HEADS, POSTS, both_at, seconds_to_plan
from benchmarks.record import Mark, Record

FOLDER = "pictures"
WIDTH, HEIGHT = 560, 260
DASHES = alt.Scale(domain=["plan", "proved bound"], range=[[1, 0], [5, 3]])


def way(path: Path, records: Sequence[Record]) -> None:
    """Missing heads, then missing heads and posts, of the best plan and of the bound, over the seconds."""
    rows = []
    for record in records:
        seed = record.case.rpartition("-")[2]
        last = [replace(mark, seconds=record.took) for mark in _last_of(record)]  # what was reached stays
        for mark in (*record.marks, *last):
            if mark.tier == HEADS and mark.value is not None:
                found = [("heads", mark.value, mark.bound)]
            elif mark.tier == POSTS and (both := both_at(record, mark.seconds)) is not None:
                found = [("heads and posts", both.value, both.bound)]
            else:
                continue
            for goals, value, bound in found:
                seconds = max(mark.seconds, 0.1)
                rows.append(
                    {"seconds": seconds, "missing": max(value, 1), "line": "plan", "seed": seed, "goals": goals}
                )
                rows.append(
                    {"seconds": seconds, "missing": max(bound, 1), "line": "proved bound", "seed": seed, "goals": goals}
                )
    chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_line(interpolate="step-after")
        .encode(
            x=alt.X("seconds:Q", scale=alt.Scale(type="log"), title="seconds of solving"),
            y=alt.Y("missing:Q", scale=alt.Scale(type="log"), title="missing"),
            color=alt.Color("seed:N", title="seed"),
            strokeDash=alt.StrokeDash("line:N", title="", scale=DASHES),
        )
        .properties(width=WIDTH // 2, height=HEIGHT)
        .facet(column=alt.Column("goals:N", title=None, sort=["heads", "heads and posts"]))
        .resolve_scale(y="independent", x="independent")
    )
    _save(chart, path)


def _last_of(record: Record) -> list[Mark]:
    """The last mark of heads, and of posts."""
    return list({mark.tier: mark for mark in record.marks if mark.tier in (HEADS, POSTS)}.values())


def growth(path: Path, records: Sequence[Record]) -> None:
    """Seconds to read, build and find a first plan, and memory, by the number of posts."""
    rows = []
    for record in records:
        posts = record.size["posts"]
        rows.append({"posts": posts, "what": "read and built, s", "amount": sum(record.parts.values())})
        plan = seconds_to_plan(record)
        if plan is not None:
            rows.append({"posts": posts, "what": "first plan, s", "amount": max(plan, 0.1)})
        rows.append({"posts": posts, "what": "memory, 100 MB", "amount": record.memory[1] / 100})
    chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_line(point=True)
        .encode(
            x=alt.X("posts:Q", scale=alt.Scale(type="log")),
            y=alt.Y("amount:Q", scale=alt.Scale(type="log"), title=None),
            color=alt.Color("what:N", title=None),
        )
        .properties(width=WIDTH, height=HEIGHT)
    )
    _save(chart, path)


def ratios(path: Path, found: Sequence[tuple[str, str, float]]) -> None:
    """How many times as many heads are missing as in the engine's plan."""
    rows = [{"case": case, "who": who, "ratio": ratio} for case, who, ratio in found]
    chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_bar()
        .encode(
            x=alt.X("ratio:Q", scale=alt.Scale(type="symlog"), title="missing heads, as a multiple of the engine's"),
            y=alt.Y("who:N", title=None),
            color=alt.Color("who:N", legend=None),
            row=alt.Row("case:N", title=None, sort=None, header=alt.Header(labelAngle=0, labelAlign="left")),
        )
        .properties(width=WIDTH, height=90)
    )
    _save(chart, path)


def _save(chart: alt.TopLevelMixin, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    chart.save(path)
