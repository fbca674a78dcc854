"""Posts over time: who holds each, who only acts, where nobody sits, period by period."""

from typing import Any

import pandas as pd

from planner.charts.drawing import AFTER, ALERT, BEFORE, altair, svg
from planner.domain.messages import Language, label

STATES = ("held", "acting", "empty")
COLUMNS = ("post", "since", "until", "state", "name")


def seats_over_time(frame: pd.DataFrame, language: Language = "en", title: str = "") -> str:
    """A lane per seat, in the order of the frame; a row of `COLUMNS` is a stretch [since, until] in one state."""
    alt = altair()
    states = {state: label("seat", state, language) for state in STATES}
    lanes = frame[list(COLUMNS)].assign(
        since=pd.to_datetime(frame["since"]),
        # The last day belongs to the stretch: it is drawn to its end.
        until=pd.to_datetime(frame["until"]) + pd.Timedelta(days=1),
        state=frame["state"].map(states),
        name=frame["name"].fillna(""),
    )
    base: Any = alt.Chart(lanes).encode(
        y=alt.Y("post:N", sort=list(dict.fromkeys(lanes["post"])), title=None),
        x=alt.X("since:T", title=None, axis=alt.Axis(format="%m/%Y", tickCount=6)),
        x2="until:T",
    )
    bars = base.mark_bar(height=16, stroke="white").encode(
        color=alt.Color(
            "state:N",
            title=None,
            scale=alt.Scale(domain=list(states.values()), range=[BEFORE, AFTER, ALERT]),
            legend=alt.Legend(orient="top"),
        )
    )
    names = base.mark_text(align="left", dx=3, fontSize=9, limit=180).encode(
        text="name:N", color=alt.condition(alt.datum.state == states["held"], alt.value("black"), alt.value("white"))
    )
    chart = alt.layer(bars, names).properties(width=680, height=alt.Step(20))
    return svg(chart.properties(title=title) if title else chart)
