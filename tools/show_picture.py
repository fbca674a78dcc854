"""docs/show.svg: the first lines of what `planner show` prints of the company's plan, as on a terminal.

python -m tools.show_picture PLAN
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

from rich.console import Console

from planner.cli.overview_text import WIDTH, OverviewText
from planner.exporters.make_overview import overview
from planner.exporters.opened import open_plan

PICTURE = Path(__file__).parents[1] / "docs" / "show.svg"
LINES = 44
FONT = re.compile(r"@font-face \{.*?\}", re.S)


def picture(plan: Path) -> str:
    """The text of the picture; fonts are those of the reader's machine, nothing is fetched."""
    opened = open_plan(plan)
    assert opened.view is not None, "the plan does not pass the verifier"
    made = overview(opened.view, opened.loaded, opened.written.manifest["tiers"], "en")
    console = Console(record=True, width=WIDTH, file=io.StringIO(), no_color=True)
    for line in list(OverviewText(made, "en").lines())[:LINES]:
        console.print(line, markup=False, highlight=False)
    return FONT.sub("", console.export_svg(title="planner show plans/company/scenario"))


if __name__ == "__main__":
    PICTURE.write_text(picture(Path(sys.argv[1])), encoding="utf-8")
