"""Coverage by unit before and after: listed, ready, secured, never mixed into one figure."""

from typing import Any

import pandas as pd

from planner.charts.drawing import AFTER, BEFORE, altair, svg
from planner.domain.messages import Language, tr

MEASURES = ("listed", "ready", "secured")
COLUMNS = ("unit", *(f"{measure}_{when}" for measure in MEASURES for when in ("before", "after")))


def coverage_by_unit(frame: pd.DataFrame, language: Language = "en", title: str = "") -> str:
    """Bars per unit, in the order of the frame; the columns are `COLUMNS`."""
    alt = altair()
    when = {"before": tr("text.before", language), "after": tr("text.after", language)}
    measures = {measure: tr(f"table.{measure}", language) for measure in MEASURES}
    bars = pd.DataFrame(
        [
            {"unit": row["unit"], "measure": measures[m], "when": when[w], "value": int(row[f"{m}_{w}"])}
            for row in frame[list(COLUMNS)].to_dict("records")
            for m in MEASURES
            for w in ("before", "after")
        ],
        columns=["unit", "measure", "when", "value"],
    )
    order = list(dict.fromkeys(bars["unit"]))
    base: Any = alt.Chart(bars).encode(
        # A unit's name is data, not a path into it: nested fields would be looked for at every dot.
        y=alt.Y("unit:N", sort=order, title=None),
        yOffset=alt.YOffset("when:N", sort=list(when.values())),
        x=alt.X("value:Q", title=None, axis=alt.Axis(tickMinStep=1, format="d")),
    )
    coloured = base.mark_bar().encode(
        color=alt.Color(
            "when:N",
            title=None,
            sort=list(when.values()),
            scale=alt.Scale(domain=list(when.values()), range=[BEFORE, AFTER]),
            legend=alt.Legend(orient="top"),
        )
    )
    numbers = base.mark_text(align="left", dx=3, fontSize=9).encode(text="value:Q")
    chart = (
        alt.layer(coloured, numbers)
        .properties(width=170, height=alt.Step(11))
        .facet(column=alt.Column("measure:N", sort=list(measures.values()), title=None))
    )
    return svg(chart.properties(title=title) if title else chart)
