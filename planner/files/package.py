"""An .xlsx file as a package of XML parts: opened only after it was looked at for what would hurt the reader.

A package of a few kilobytes can unfold to gigabytes, and its XML can define entities that do so; `opened` streams every
part once, counts what comes out, and refuses declarations. What is left is read by ordinary libraries.
"""

import re
import zipfile
import zlib
from pathlib import Path

from planner.domain.errors import Finding
from planner.domain.findings import error

MOST_BYTES = 200_000_000
"""Unfolded, all parts together; a province is a tenth of it."""
MOST_PARTS = 5_000
MOST_ON_DISK = 100_000_000
_CHUNK = 1 << 20
_OLE = b"\xd0\xcf\x11\xe0"
_DECLARES = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.I)
_XML = (".xml", ".rels")
OTHER_BOOKS = frozenset({".xls", ".xlsm", ".xlsb", ".xltx", ".xltm", ".ods", ".fods", ".numbers", ".et"})
"""Endings of workbooks that we ask to be saved as .xlsx."""


def check_package(path: Path, file: str) -> list[Finding]:
    """Why the workbook must not be opened; nothing where it may. `file` is its name in the findings."""
    try:
        if path.stat().st_size > MOST_ON_DISK:
            return [error("finding.too_big", file, limit=f"{MOST_ON_DISK // 1_000_000} MB")]
        with path.open("rb") as start:
            head = start.read(4)
    except OSError as problem:
        return [error("finding.unreadable", file, text=problem.strerror)]
    if head == _OLE:
        return [error("finding.old_or_locked", file)]
    try:
        with zipfile.ZipFile(path) as package:
            return _check(package, file)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as problem:
        return [error("finding.broken_workbook", file, text=_first_line(problem))]


def _check(package: zipfile.ZipFile, file: str) -> list[Finding]:
    parts = package.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        return [error("finding.unfolds", file, limit=f"{MOST_BYTES // 1_000_000} MB")]
    if len({part.filename for part in parts}) < len(parts):
        return [error("finding.broken_workbook", file, text="a part is there twice")]
    left = MOST_BYTES
    for part in parts:
        declared = part.file_size
        part.file_size = left + 1  # what the directory says is not believed: read on to the true end
        size, tail = 0, b""
        with package.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > left:
                    return [error("finding.unfolds", file, limit=f"{MOST_BYTES // 1_000_000} MB")]
                if part.filename.casefold().endswith(_XML):
                    if b"\0" in chunk:
                        return [error("finding.broken_workbook", file, text=f"{part.filename}: not UTF-8")]
                    if _DECLARES.search(tail + chunk):
                        return [error("finding.xml_entities", file, text=part.filename)]
                    tail = chunk[-64:]
        if size != declared:
            return [error("finding.broken_workbook", file, text=f"{part.filename}: {size} ≠ {declared}")]
        left -= size
    return []


def _first_line(problem: BaseException) -> str:
    return (str(problem).splitlines() or [type(problem).__name__])[0]
