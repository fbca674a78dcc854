"""Random damage to the files of a sound scenario: bytes, cells, rows, keys, structure; one seed, one damage."""

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from openpyxl import load_workbook
from ruamel.yaml import YAML

NASTY = (
    "",
    " ",
    "0",
    "-1",
    "1.5",
    "1.500",
    "1e309",
    "nan",
    "99999999999999999999",
    "2026",
    "31/02/2026",
    "04-05-1975",
    "9999",
    "2199-12-31",
    "1900",
    "yes",
    "maybe",
    "A",
    "director",
    "None",
    "null",
    "~",
    "=1+1",
    "@x",
    "\u200b",
    "А",
    "ô" * 300,
    "a\nb",
    "'; --",
    "{}",
    "[]",
    "&a",
    "*a",
    "!!x",
    "%",
    "theory:advanced",
    ":",
    "in_post:",
    "../..",
    "/etc",
    "x_",
    "😀",
)
"""Texts for a cell or a key."""
NASTY_DATA: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    1.5,
    float("inf"),
    float("nan"),
    10**30,
    "",
    "x",
    "9999-12-31",
    "2026-02-30",
    [],
    {},
    [[]],
    [None],
    {"a": 1},
    [1, "a", {"b": []}],
    {"should": -1},
    {"should": 10**12},
    ["plan", "appoint"],
    "must",
    "off",
    {1: 2},
)
"""Values for a place in YAML."""

Damage = Callable[[Path, Random], None]


def damage(root: Path, random: Random) -> list[str]:
    """Damage one to three files below `root`; what was done, for the report of a failure."""
    done = []
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        files = sorted(p for p in root.rglob("*") if p.is_file())
        kinds = {suffix: [p for p in files if p.suffix == suffix] for suffix in (".csv", ".yaml", ".xlsx")}
        suffix = random.choice([kind for kind, some in kinds.items() if some])
        path = random.choice(kinds[suffix])
        way = random.choice(WAYS[suffix])
        way(path, random)
        done.append(f"{way.__name__} {path.relative_to(root)}")
    return done


def bytes_of(path: Path, random: Random) -> None:
    """Flip, drop, double or insert some bytes, or cut the file."""
    path.write_bytes(_damaged(path.read_bytes(), random))


def _damaged(data: bytes, random: Random) -> bytes:
    if not data:
        return b"\0"
    at = random.randrange(len(data))
    size = min(random.choice((1, 1, 4, 40, 400)), len(data) - at)
    return {
        "flip": data[:at] + bytes(random.randrange(256) for _ in range(size)) + data[at + size :],
        "drop": data[:at] + data[at + size :],
        "double": data[: at + size] + data[at:],
        "cut": data[:at],
        "insert": data[:at] + random.choice((b"\0", b"\xff", b'"', b",", b"\n", b"\t", b"&x;", b"\xc3")) + data[at:],
    }[random.choice(("flip", "drop", "double", "cut", "insert"))]


def cells(path: Path, random: Random) -> None:
    """Another text in some cells of a table, its headings included."""
    rows = _rows(path)
    for _ in range(random.choice((1, 1, 2, 5))):
        row = random.choice(rows)
        if row:
            row[random.randrange(len(row))] = random.choice((*NASTY, *random.choice(rows)))
    _write(path, rows)


def rows_and_columns(path: Path, random: Random) -> None:
    """Rows doubled, dropped, in another order; a column dropped, doubled or moved."""
    rows = _rows(path)
    kind = random.choice(("double", "drop", "shuffle", "column", "move", "clear"))
    if kind == "double":
        rows.append(list(random.choice(rows)))
    elif kind == "drop":
        rows.pop(random.randrange(len(rows)))
    elif kind == "shuffle":
        random.shuffle(rows)
    elif kind == "clear":
        del rows[random.randrange(len(rows)) :]
    elif rows and rows[0]:
        at = random.randrange(len(rows[0]))
        for row in rows:
            if at < len(row):
                value = row.pop(at)
                if kind == "move":
                    row.append(value)
    _write(path, rows)


def _rows(path: Path) -> list[list[str]]:
    text = path.read_bytes().decode("utf-8", "replace").replace("\0", "")
    try:
        return list(csv.reader(io.StringIO(text))) or [[""]]
    except csv.Error:  # damaged before
        return [line.split(",") for line in text.split("\n")]


def _write(path: Path, rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")


def structure(path: Path, random: Random) -> None:
    """Some values of a YAML file replaced, dropped, doubled or renamed."""
    yaml = YAML(typ="safe", pure=True)
    try:
        data = yaml.load(path.read_text(encoding="utf-8"))
    except Exception:  # damaged before
        bytes_of(path, random)
        return
    for _ in range(random.choice((1, 1, 2))):
        places = list(_places(data))
        if not places:
            break
        holder, key = random.choice(places)
        kind = random.choice(("value", "value", "text", "drop", "rename", "copy"))
        if kind == "value":
            holder[key] = random.choice(NASTY_DATA)
        elif kind == "text":
            holder[key] = random.choice(NASTY)
        elif kind == "drop":
            del holder[key]
        elif kind == "copy":
            other, name = random.choice(places)
            holder[key] = other[name] if name in other or (isinstance(other, list) and name < len(other)) else None
        elif isinstance(holder, dict):
            holder[random.choice((str(key)[:-1], f"{key}s", "x", 1))] = holder.pop(key)
    out = io.StringIO()
    try:
        yaml.dump(data, out)
    except Exception:  # a value that holds itself
        return
    path.write_text(out.getvalue(), encoding="utf-8")


def _places(data: Any, depth: int = 0) -> Any:
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in list(items):
        yield data, key
        if depth < 12:
            yield from _places(value, depth + 1)


def text_of_yaml(path: Path, random: Random) -> None:
    """A nasty text in the place of some word of a YAML file."""
    words = path.read_text(encoding="utf-8", errors="replace").split(" ")
    words[random.randrange(len(words))] = random.choice(NASTY)
    path.write_text(" ".join(words), encoding="utf-8")


def sheet_cells(path: Path, random: Random) -> None:
    """Other values in some cells of a workbook: numbers, dates, formulas, texts."""
    try:
        book = load_workbook(path)
        book.worksheets[0]  # one may be left without sheets
    except Exception:  # damaged before
        bytes_of(path, random)
        return
    for _ in range(random.choice((1, 2, 5))):
        sheet = random.choice(book.worksheets)
        row, column = random.randint(1, max(sheet.max_row, 1)), random.randint(1, max(sheet.max_column, 1))
        value = random.choice((*NASTY, "=A1", "=NA()", 12, -3.5, 1e300, 45000, True))
        try:
            sheet.cell(row, column).value = value
        except Exception:  # part of a merged cell, or a sign that no workbook holds
            continue
        if random.random() < 0.2:
            sheet.merge_cells(start_row=row, start_column=column, end_row=row + 1, end_column=column + 1)
        if random.random() < 0.1:
            sheet.title = random.choice(("Units", "x", "Cán bộ", "people2", "Hướng dẫn"))
        if random.random() < 0.1:
            sheet.delete_cols(column)
    try:
        book.save(path)
    except Exception:  # two sheets of one name, nothing visible
        bytes_of(path, random)


def sheet_parts(path: Path, random: Random) -> None:
    """The XML of a workbook damaged, in a package that is whole."""
    try:
        with zipfile.ZipFile(path) as package:
            parts = {name: package.read(name) for name in package.namelist()}
    except Exception:  # damaged before
        bytes_of(path, random)
        return
    name = random.choice(sorted(parts))
    if random.random() < 0.1:
        del parts[name]
    else:
        parts[name] = _damaged(parts[name], random)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for part, data in parts.items():
            package.writestr(part, data)


WAYS: dict[str, tuple[Damage, ...]] = {
    ".csv": (bytes_of, cells, cells, cells, rows_and_columns),
    ".yaml": (bytes_of, structure, structure, structure, text_of_yaml),
    ".xlsx": (bytes_of, sheet_cells, sheet_cells, sheet_parts),
}
