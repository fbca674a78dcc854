"""Whatever is wrong with an input is told in words, with its place; nothing breaks, stays behind, or takes long."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.testing import CliRunner

from planner.cli.app import app
from tests.malformed.inputs import INPUTS
from tests.malformed.ways import Malformed, sound

MOST_SECONDS = 10
MOST_BYTES = 1024**3


class Told(NamedTuple):
    code: int
    text: str
    seconds: float
    peak: int


def test_there_are_enough_and_each_has_its_own_name():
    assert len(INPUTS) >= 60
    assert len({given.name for given in INPUTS}) == len(INPUTS)


@pytest.mark.parametrize("given", INPUTS, ids=lambda given: given.name)
def test_a_malformed_input_is_told_with_its_place(given: Malformed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    root = tmp_path / "root"
    root.mkdir()
    sound(root)
    given.change(root)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.chdir(root)
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    before = _files(root)
    told = _in_a_process(given, temporary) if given.heavy else _here(given)
    assert told.code == given.code, told.text[-2000:]
    assert "Traceback" not in told.text
    assert [piece for piece in given.says if piece not in told.text] == [], told.text[-2000:]
    assert _files(root) == before
    assert list(temporary.iterdir()) == []
    assert told.seconds < MOST_SECONDS
    assert told.peak < MOST_BYTES
    assert len(told.text) < 20_000, "a cell of 10 MB is not told whole"


def test_the_sound_scenario_is_sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    sound(tmp_path)
    monkeypatch.chdir(tmp_path)
    told = _here(INPUTS[0])
    assert told.code == 0
    assert "0 errors, 0 warnings, 0 doubts" in told.text


def _words(given: Malformed) -> list[str]:
    return [*given.words] if "--lang" in given.words else [*given.words, "--lang", "en"]


def _here(given: Malformed) -> Told:
    started = time.monotonic()
    done = CliRunner().invoke(app, _words(given))
    assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
    return Told(done.exit_code, done.stdout + done.stderr, time.monotonic() - started, 0)


def _in_a_process(given: Malformed, temporary: Path) -> Told:
    """The same in a child, whose largest memory the system tells."""
    started = time.monotonic()
    with tempfile.TemporaryFile(dir=temporary.parent) as out:
        words = [sys.executable, "-c", "from planner.cli.app import main; main()", *_words(given)]
        own = os.environ | {"TMPDIR": str(temporary)}
        child = subprocess.Popen(words, stdout=out, stderr=subprocess.STDOUT, env=own)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        text = out.read().decode()
    kilobyte = 1 if sys.platform == "darwin" else 1024
    return Told(child.returncode, text, time.monotonic() - started, usage.ru_maxrss * kilobyte)


def _files(root: Path) -> dict[str, int]:
    return {p.relative_to(root).as_posix(): p.lstat().st_size for p in root.rglob("*") if not p.is_dir()}
