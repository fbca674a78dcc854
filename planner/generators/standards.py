"""The standards of an invented province: those of the content set, and for heads time spent elsewhere.

The families of the set ask for no time on rotation; a province may, and most plans to rotate exist for such a demand.
"""

from dataclasses import replace

from planner.domain.content import Cell, Content, Standard
from planner.domain.ids import CompetencyId

ELSEWHERE = CompetencyId("elsewhere_months")
ELSEWHERE_MONTHS = 36
"""One rotation of the length that 65-QĐ/TW asks for."""

ASKING = ("director", "commune_secretary", "commune_chair")
"""Heads of departments and party bodies, and the two heads of a commune."""


def own_content(content: Content) -> Content:
    """The content set as the province of the case uses it: its heads have worked elsewhere before."""
    if ELSEWHERE not in content.competency:
        raise ValueError(f"the content set {content.name} counts no time on rotation")
    standards = tuple(_asking(s) if s.id in ASKING else s for s in content.standards)
    return replace(content, standards=standards)


def _asking(standard: Standard) -> Standard:
    if any(cell.competency == ELSEWHERE and cell.required_at != "off" for cell in standard.cells):
        return standard
    cell = Cell(
        competency=ELSEWHERE, level=str(ELSEWHERE_MONTHS), required_at="appoint", source="65-QĐ/TW by analogy",
        status="proposed",
    )  # fmt: skip
    return standard.model_copy(update={"cells": (*standard.cells, cell)})
