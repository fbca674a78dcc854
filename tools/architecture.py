"""Draw docs/architecture.svg: the layers of `planner` and the imports between them.

The layers are those of the import contract in pyproject.toml, the imports are read from the code. The same
code gives the same picture, byte for byte; a test compares it with the committed one.
"""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

import grimp

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "architecture.svg"
PACKAGE = "planner"
SOLVERS = ("ortools", "highspy")

ROLES = {
    "cli": "one file per verb of the command line; no logic",
    "api": "the notebook's door",
    "exporters": "workbook, forms, page: a plan and its timeline, on paper",
    "studies": "compare, sweep, simulate",
    "charts": "a frame in, a picture out",
    "explain": "why, why not, conflict, repair, price: a few solves",
    "engine": "tier by tier: relax, bound, round, improve, prove",
    "structure": "what always holds, as rows; a file per block",
    "problem": "case and bound rules to candidates, gaps, actions, dates",
    "program": "columns, rows and labels as arrays; knows no rule",
    "verify": "judges a written plan",
    "goals": "one file per goal: its value and its rows",
    "continuity": "who replaces whom, as graphs on a standing",
    "standing": "a timeline with the rules: plannable, ready, secured",
    "rules": "one file per rule: the law, and the program beside it",
    "timeline": "who sits where, is away, is in which list, when: facts",
    "assess": "indicators to points, classes, caps and traits; what is missing",
    "edits": "one file per what-if edit",
    "generators": "invented cases of a wanted size",
    "importers": "wide office files to a case and its doubts",
    "files": "case, plan, content, scenario: read and write",
    "domain": "records, dates, errors, messages",
}

WIDTH, MARGIN, TOP = 900, 130, 92
BOX_WIDTH, BOX_HEIGHT, STEP = 510, 30, 40
BOX_X = MARGIN
INK, QUIET, LINE = "#1f2933", "#52606d", "#cbd2d9"
DOWN, TYPES, SOLVER = "#2f6690", "#b7791f", "#fdebd0"


class Arrow(NamedTuple):
    importer: str
    imported: str


def layers() -> list[list[str]]:
    """The layers of the import contract, top to bottom, each with its modules that exist."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = next(c for c in settings["tool"]["importlinter"]["contracts"] if c["type"] == "layers")
    rows = [[name.strip(" ()") for name in layer.replace(":", "|").split("|")] for layer in contract["layers"]]
    present = [[name for name in row if is_module(name)] for row in rows]
    return [row for row in present if row]


def is_module(name: str) -> bool:
    place = ROOT / PACKAGE / name
    return place.with_suffix(".py").exists() or (place / "__init__.py").exists()


def arrows(names: Iterable[str], *, for_types: bool) -> set[Arrow]:
    """Who imports whom; without `for_types` only what is imported when the program runs."""
    graph = grimp.build_graph(
        PACKAGE, include_external_packages=True, exclude_type_checking_imports=not for_types, cache_dir=None
    )
    targets = {name: f"{PACKAGE}.{name}" for name in names} | {name: name for name in SOLVERS if name in graph.modules}
    found = set()
    for importer in names:
        inside = {targets[importer]} | graph.find_descendants(targets[importer])
        reached = set().union(*map(graph.find_modules_directly_imported_by, inside))
        for imported, target in targets.items():
            if imported != importer and any(f"{one}.".startswith(f"{target}.") for one in reached):
                found.add(Arrow(importer, imported))
    return found


def picture() -> str:
    rows = layers()
    names = [name for row in rows for name in row]
    middle = {name: TOP + STEP * place + BOX_HEIGHT / 2 for place, name in enumerate(names)}
    running = arrows(names, for_types=False)
    typing = arrows(names, for_types=True) - running
    opens = {importer for importer, imported in running if imported in SOLVERS}
    height = TOP + STEP * len(names) + 16

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}"'
        f' height="{height}" role="img" font-family="system-ui, DejaVu Sans, sans-serif" font-size="12">',
        "<title>The layers of planner and the imports between them</title>",
        "<defs>" + marker("down", DOWN) + marker("types", TYPES) + "</defs>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        text(BOX_X, 32, "planner: each layer imports only those below it", size=17, weight=600),
        f'<path d="M{BOX_X},51 h26" stroke="{DOWN}" stroke-width="1.5" marker-end="url(#down)"/>',
        text(BOX_X + 36, 55, "imports (right)", fill=QUIET),
        f'<path d="M{BOX_X + 150},51 h26" stroke="{TYPES}" stroke-width="1.5" stroke-dasharray="4 3"'
        ' marker-end="url(#types)"/>',
        text(BOX_X + 186, 55, "names for its types only (left)", fill=QUIET),
        f'<rect x="{BOX_X + 384}" y="45" width="20" height="12" rx="3" fill="{SOLVER}" stroke="{TYPES}"/>',
        text(BOX_X + 412, 55, "opens a solver", fill=QUIET),
    ]
    parts += curves({arrow for arrow in running if arrow.imported in middle}, middle, side=1)
    parts += curves({arrow for arrow in typing if arrow.imported in middle}, middle, side=-1)
    for name in names:
        y = middle[name] - BOX_HEIGHT / 2
        fill, stroke = (SOLVER, TYPES) if name in opens else ("#f5f7fa", LINE)
        parts += [
            f'<rect x="{BOX_X}" y="{y:g}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="5" fill="{fill}"'
            f' stroke="{stroke}"/>',
            text(BOX_X + 14, middle[name] + 4.5, name, size=13, weight=600),
            text(BOX_X + 118, middle[name] + 4.5, ROLES.get(name, ""), fill=QUIET),
        ]
    return "\n".join([*parts, "</svg>", ""])


def curves(found: set[Arrow], middle: dict[str, float], side: int) -> list[str]:
    """Half ellipses beside the boxes. Arrows leave in one half of an edge and arrive in the other, ordered
    so that the long ones go round the short ones."""

    def span(arrow: Arrow) -> float:
        return middle[arrow.imported] - middle[arrow.importer]

    edge = BOX_X + (BOX_WIDTH if side > 0 else 0)
    room = (WIDTH - edge if side > 0 else edge) - 12
    longest = max((abs(span(arrow)) for arrow in found), default=1)
    lowest = max(middle, key=lambda name: middle[name])
    colour, look = DOWN, 'marker-end="url(#down)"'
    if side < 0:
        colour, look = TYPES, 'stroke-dasharray="4 3" marker-end="url(#types)"'
    drawn = []
    for arrow in sorted(found, key=lambda a: (-abs(span(a)), middle[a.importer])):
        down = 1 if span(arrow) > 0 else -1
        out = sorted((a for a in found if a.importer == arrow.importer), key=lambda a: -abs(span(a)))
        into = sorted((a for a in found if a.imported == arrow.imported), key=lambda a: abs(span(a)))
        y0 = middle[arrow.importer] + down * port(out.index(arrow), len(out))
        y1 = middle[arrow.imported] - down * (BOX_HEIGHT / 2 - port(into.index(arrow), len(into)))
        bulge = edge + side * (14 + (room - 14) * (abs(span(arrow)) / longest) ** 0.8) * 4 / 3
        # Nearly all import the lowest layer: in full colour that would drown the rest.
        opacity = 0.2 if arrow.imported == lowest else 0.45
        curve = f"M{edge},{y0:.1f} C{bulge:.1f},{y0:.1f} {bulge:.1f},{y1:.1f} {edge + side * 5},{y1:.1f}"
        drawn.append(
            f'<path d="{curve}" fill="none" stroke="{colour}" stroke-opacity="{opacity}" {look}>'
            f"<title>{arrow.importer} imports {arrow.imported}</title></path>"
        )
    return drawn


def port(place: int, count: int) -> float:
    """How far from the middle of an edge the arrow number `place` of `count` touches it."""
    return 1.5 + (BOX_HEIGHT / 2 - 3) * (place + 0.5) / count


def marker(name: str, colour: str) -> str:
    return (
        f'<marker id="{name}" viewBox="0 0 6 6" refX="3" refY="3" markerWidth="6" markerHeight="6"'
        ' orient="auto">'
        f'<path d="M0,0.5 L6,3 L0,5.5 z" fill="{colour}"/></marker>'
    )


def text(x: float, y: float, words: str, *, size: int = 12, weight: int = 400, fill: str = INK) -> str:
    place = f'x="{x:g}" y="{y:g}" font-size="{size}" font-weight="{weight}" fill="{fill}"'
    return f"<text {place}>{escape(words)}</text>"


if __name__ == "__main__":
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(picture(), encoding="utf-8")
    print(PICTURE.relative_to(ROOT))
