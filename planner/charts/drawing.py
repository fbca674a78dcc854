"""From a chart of Altair to the text of an SVG, or to the bytes of a PNG: the one place that draws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.domain.errors import PlannerError
from planner.domain.messages import tr

if TYPE_CHECKING:
    import altair as alt

# All three have every Vietnamese letter; the SVG is drawn by whoever opens it, with the first of them that is there.
FONT = "DejaVu Sans, Arial, Helvetica, sans-serif"
BEFORE, AFTER, ALERT = "#b8c4d0", "#1f6f8b", "#c8553d"
"""Told apart in print without colours too: light, dark, middle."""


def altair() -> Any:
    """The drawing library, or an error that says how to get it."""
    try:
        import altair
        import vl_convert  # noqa: F401 - asked for here, so that the error comes before the drawing
    except ImportError as problem:
        raise PlannerError(tr("text.charts_extra")) from problem
    return altair


def svg(chart: alt.Chart | alt.FacetChart | alt.LayerChart) -> str:
    """The chart as the text of an SVG; nothing is fetched, nothing in it runs."""
    altair()
    import vl_convert

    return str(vl_convert.vegalite_to_svg(vl_spec=dressed(chart).to_dict(), allowed_base_urls=[]))


def png(picture: str, scale: float = 2) -> bytes:
    """An SVG as a PNG, for papers and for eyes."""
    altair()
    import vl_convert

    return bytes(vl_convert.svg_to_png(svg=picture, scale=scale))


def dressed(chart: Any) -> Any:
    """Our look: one font, quiet axes, room for long names of units."""
    return (
        chart.configure(font=FONT, background="white")
        .configure_axis(labelLimit=360, titleFontWeight="normal", gridColor="#e6e6e6", domainColor="#999999")
        .configure_title(anchor="start", fontSize=14)
        .configure_header(labelFontWeight="bold", labelFontSize=12)
        .configure_view(strokeOpacity=0)
    )
