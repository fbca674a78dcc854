"""A folder or a file written whole or not at all: made beside its place, renamed into it, read by its owner only."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from planner.domain.errors import InputError
from planner.domain.findings import error


def write_whole(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """The folder from its files by their paths within it (`case/units.csv`), in place of what was there.

    Nothing is left of it where anything goes wrong, and an older folder stays as it was. Whether an older one may be
    replaced is for the caller to ask first. Raises InputError where the place cannot be written.
    """
    folder = folder.resolve()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as problem:
        raise InputError([error("finding.unwritable", str(folder), text=problem.strerror)]) from problem
    try:
        for name, text in files.items():
            _write(new, name, text.encode() if isinstance(text, str) else text)
        _swap(new, folder)
    except OSError as problem:
        shutil.rmtree(new, ignore_errors=True)
        raise InputError([error("finding.unwritable", str(folder), text=problem.strerror)]) from problem
    except BaseException:  # Ctrl-C too leaves nothing behind
        shutil.rmtree(new, ignore_errors=True)
        raise


def write_text(path: Path, text: str) -> None:
    """A text file in place of what was there, whole or not at all; only its owner may read it.

    Raises InputError where it cannot be written.
    """
    new = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, new = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        Path(new).replace(path)
    except OSError as problem:
        raise InputError([error("finding.unwritable", str(path), text=problem.strerror)]) from problem
    finally:
        if new is not None:
            Path(new).unlink(missing_ok=True)


def _write(folder: Path, name: str, data: bytes) -> None:
    parts = PurePosixPath(name).parts
    if not parts or ".." in parts or PurePosixPath(name).is_absolute():
        raise ValueError(f"not a path within the folder: {name}")
    place = folder
    for part in parts[:-1]:
        place = place / part
        place.mkdir(mode=0o700, exist_ok=True)
    with os.fdopen(os.open(place / parts[-1], os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)


def _swap(new: Path, folder: Path) -> None:
    """Put the new folder in its place; the old one goes only when the new one stands."""
    if not folder.exists():
        new.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent)) / "old"
    try:
        folder.rename(old)
        try:
            new.rename(folder)
        except BaseException:
            old.rename(folder)
            raise
    finally:
        shutil.rmtree(old.parent, ignore_errors=True)
