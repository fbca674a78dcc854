"""Is a file a workbook that may be opened? Sizes, kinds and contents are looked at before anything reads it."""

import zipfile
import zlib
from pathlib import Path

from planner.domain.errors import InputError
from planner.domain.findings import error

MOST_BYTES = 30_000_000
MOST_UNPACKED = 300_000_000
MOST_RATIO = 200
"""A part that unpacks to so many times its size is no sheet that people typed."""
SMALL_PART = 1_000_000
MOST_PARTS = 3_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LOOKED_AT = 4_096


def check_workbook(path: Path) -> None:
    """Raise InputError where the file is no .xlsx workbook, is locked, or would harm us."""
    name = path.name
    if not path.is_file():
        raise InputError([error("finding.office_no_file", name)])
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(8)
            if start == _OLE:
                locked = _ENCRYPTED in file.read(MOST_BYTES)
                raise InputError([error("finding.office_locked" if locked else "finding.office_xls", name)])
    except OSError as problem:
        raise InputError([error("finding.unreadable", name, text=problem.strerror)]) from problem
    if size == 0:
        raise InputError([error("finding.office_empty_file", name)])
    if size > MOST_BYTES:
        raise InputError([error("finding.office_too_large", name, megabytes=MOST_BYTES // 1_000_000)])
    if not zipfile.is_zipfile(path):
        raise InputError([error("finding.office_not_xlsx", name)])
    try:
        with zipfile.ZipFile(path) as archive:
            _check_parts(name, archive)
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, ValueError, EOFError) as problem:
        raise InputError([error("finding.office_broken", name)]) from problem


def _check_parts(name: str, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if not any(p.filename == "xl/workbook.xml" for p in parts):
        raise InputError([error("finding.office_not_xlsx", name)])
    unpacked = sum(p.file_size for p in parts)
    bomb = any(p.file_size > SMALL_PART and p.file_size > MOST_RATIO * max(1, p.compress_size) for p in parts)
    if bomb or unpacked > MOST_UNPACKED or len(parts) > MOST_PARTS:
        raise InputError([error("finding.office_bomb", name)])
    for part in parts:
        if part.flag_bits & 1:
            raise InputError([error("finding.office_locked", name)])
        if part.filename.endswith((".xml", ".rels", ".vml")):
            with archive.open(part) as file:
                # A document type stands before the first element; without its zeros UTF-16 reads the same.
                head = file.read(_LOOKED_AT).replace(b"\0", b"")
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                raise InputError([error("finding.office_entities", name, part=part.filename)])
