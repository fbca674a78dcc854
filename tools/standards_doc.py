"""Write docs/standards.md: what each content set asks of whom, who may rise from where, and its catalogue of courses.

Everything on the page stands in models/*/{standards,ranks,courses}; a test compares it with the committed one. A
province reads it to see what is confirmed and what it should correct.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from planner.domain.catalogue import CatalogueCourse
from planner.domain.content import Cell, Content, Rank, Standard
from planner.domain.record import Name
from planner.files.content import read_content, shipped

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "standards.md"
SETS = {"vietnam-province": "vn-2025", "general": "general"}
"""Each set with a rulebook to read it with; the page says nothing of rules."""

HEAD = """# Standards, ranks and courses
<!-- written by `python -m tools.standards_doc` from models/; edit those, not this page -->

**At planning** = needed to enter a list, and for everything after; **at the appointment** = needed on the day of taking
over; **after it** = needed so many months after that day; **off** = not asked, for an office to switch on.
*confirmed* = a published text says so, *unconfirmed* = known from practice, to be confirmed by the province,
*proposed* = a working value of ours. A status in brackets is of the one demand before it. What no cell can hold (age,
ratings, not local) is a rule: see [the rules](rules.md).
"""


def page() -> str:
    """The whole page."""
    return "\n".join(_lines()).rstrip("\n") + "\n"


def _lines() -> Iterator[str]:
    yield HEAD
    for name, rulebook in SETS.items():
        content = read_content(shipped("models") / name, rulebook).content
        yield f"## {name}\n"
        yield "### Standards\n"
        yield from _table(
            ("standard", "at planning", "at the appointment", "after it (months)", "off", "status", "source"),
            (_standard(content, standard) for standard in content.standards),
        )
        yield "### Ranks\n"
        yield "A higher number is a higher rank, an equal number an equivalent one. Ranks of equal number feed alike.\n"
        yield from _table(
            ("number", "code", "rank", "largest step up", "fed by", "status"),
            (_rank(rank) for rank in sorted(content.ranks, key=lambda r: -r.order)),
        )
        yield "### Courses\n"
        yield from _table(
            ("course", "name", "grants", "needs", "months", "form", "class", "status", "source"),
            (_course(course) for course in content.courses),
        )


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
    yield ""


def _named(name: Name | None) -> str:
    return "" if name is None else name.en if not name.vi else f"{name.en} · {name.vi}"


def _standard(content: Content, standard: Standard) -> tuple[str, ...]:
    def cells(when: str) -> str:
        return "; ".join(_cell(content, standard, c) for c in standard.cells if c.required_at == when) or "–"

    named = [s for s in (standard.source, *map(standard.source_of, standard.cells)) if s]
    sources = dict.fromkeys(part for source in named for part in source.split("; "))
    return (
        f"`{standard.id}` {_named(standard.name)}", cells("plan"), cells("appoint"), cells("after_appoint"),
        cells("off"), standard.status or "–", "; ".join(sources) or "–",
    )  # fmt: skip


def _cell(content: Content, standard: Standard, cell: Cell) -> str:
    competency = content.competency[cell.competency]
    asked = (
        f"{competency.name.en}: {cell.level}" if not competency.unit else f"{competency.name.en}: at least {cell.level}"
    )
    grace = f" ({cell.grace_months})" if cell.required_at == "after_appoint" else ""
    status = standard.status_of(cell)
    return asked + grace + (f" [{status}]" if status != standard.status else "")


def _rank(rank: Rank) -> tuple[str, ...]:
    feeders = "all below within the step" if rank.feeders is None else ", ".join(rank.feeders) or "none"
    step = "–" if rank.max_step_up is None else str(rank.max_step_up)
    return str(rank.order), f"`{rank.code}`", _named(rank.name), step, feeders, rank.status


def _course(course: CatalogueCourse) -> tuple[str, ...]:
    size = "–" if course.class_size is None else f"{course.class_size.min} to {course.class_size.max}"
    return (
        f"`{course.id}`", _named(course.name), str(course.grants), str(course.needs or "–"), f"{course.months:g}",
        course.mode, size, course.status, course.source,
    )  # fmt: skip


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
