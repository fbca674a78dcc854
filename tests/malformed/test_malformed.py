"""Whatever is wrong with an input is told in words, with its place; nothing breaks, stays behind, or takes long."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
from typer.testing import CliRunner

from planner.cli.app import app
from tests.malformed.inputs import INPUTS
from tests.malformed.office import DOUBTED, LIST, REFUSED, WORDS, write_list
from tests.malformed.ways import Malformed, sound

MOST_SECONDS = 30
"""Of CPU: 10 on the machine of benchmarks/RESULTS.md; a test runs on slower ones too."""
MOST_BYTES = 1024**3
ALL = [*INPUTS, *REFUSED]


class Told(NamedTuple):
    code: int
    text: str
    seconds: float
    """Of the processor: what else the machine does is no matter."""
    peak: int


def test_there_are_enough_and_each_has_its_own_name():
    assert len(ALL) >= 60
    assert len({given.name for given in ALL}) == len(ALL)


@pytest.mark.parametrize("given", ALL, ids=lambda given: given.name)
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


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.long) if "million" in name else name for name in DOUBTED]
)
def test_what_an_office_file_leaves_open_is_a_doubt_with_its_cell(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    change, cell = DOUBTED[name]
    change(tmp_path)
    monkeypatch.chdir(tmp_path)
    given = Malformed(name, change, (), words=WORDS)
    told = _in_a_process(given, tmp_path) if "million" in name else _here(given)
    assert told.code == 0, told.text[-2000:]
    assert "Traceback" not in told.text
    assert (told.seconds < MOST_SECONDS, told.peak < MOST_BYTES) == (True, True), told
    sheet = openpyxl.load_workbook("out/doubts.xlsx").worksheets[0]
    heading = [c.value for c in sheet[1]]
    places = {row[heading.index("Cell")].value for row in sheet.iter_rows(min_row=2)}
    assert cell in places


def test_the_small_office_list_is_read_without_a_question(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    write_list(tmp_path / LIST)
    monkeypatch.chdir(tmp_path)
    told = _here(Malformed("", lambda root: None, (), words=WORDS))
    assert told.code == 0
    assert len((tmp_path / "out/case/people.csv").read_text(encoding="utf-8").splitlines()) == 5


def test_the_sound_scenario_is_sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    sound(tmp_path)
    monkeypatch.chdir(tmp_path)
    told = _here(INPUTS[0])
    assert told.code == 0
    assert "0 errors, 0 warnings, 0 doubts" in told.text


def _words(given: Malformed) -> list[str]:
    return [*given.words] if "--lang" in given.words else [*given.words, "--lang", "en"]


def _here(given: Malformed) -> Told:
    started = time.process_time()
    done = CliRunner().invoke(app, _words(given))
    assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
    return Told(done.exit_code, done.stdout + done.stderr, time.process_time() - started, 0)


def _in_a_process(given: Malformed, temporary: Path) -> Told:
    """The same in a child, whose largest memory the system tells.

    A process between this one and the child: until it becomes another program a child shares its parent's memory, and
    on Linux the largest memory of that time counts as its own, here that of all tests before.
    """
    with tempfile.TemporaryFile(dir=temporary.parent) as out:
        words = [sys.executable, "-c", "from planner.cli.app import main; main()", *_words(given)]
        own = os.environ | {"TMPDIR": str(temporary)}
        between = [sys.executable, "-c", _BETWEEN, *words]
        told = subprocess.run(between, stdout=subprocess.PIPE, stderr=out, env=own, text=True, check=True).stdout
        out.seek(0)
        text = out.read().decode()
    code, seconds, peak = told.split()
    kilobyte = 1 if sys.platform == "darwin" else 1024
    return Told(int(code), text, float(seconds), int(peak) * kilobyte)


_BETWEEN = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=sys.stderr).returncode
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(code, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
"""


def _files(root: Path) -> dict[str, int]:
    return {p.relative_to(root).as_posix(): p.lstat().st_size for p in root.rglob("*") if not p.is_dir()}
