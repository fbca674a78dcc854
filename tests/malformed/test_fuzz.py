"""Two thousand damaged scenarios: each is used or refused in words, none breaks the program."""

import shutil
import tempfile
import traceback
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from typer.testing import CliRunner, Result

from planner.cli.app import app
from planner.files.content import shipped
from tests.files.sound_case import CASES, FULL, write_workbook
from tests.malformed.mutations import damage
from tests.malformed.office import LIST, write_list

CASES_IN_ALL, BLOCKS = 2_000, 20
OFFICE = "office list"
EVERY_RUN = 25
"""Of those that can be used, each so-and-so-manieth is also solved for a moment."""


def first_office(root: Path) -> None:
    shutil.copytree(shipped("scenarios") / "first-office", root / "s")
    shutil.copytree(shipped("models") / "general", root / "content")
    _content(root / "s/scenario.yaml", "content: general")


def acceptance(root: Path, name: str) -> None:
    shutil.copytree(CASES / name, root / "s")
    shutil.copytree(CASES / "_content", root / "_content")


def every_table(root: Path) -> None:
    """All tables and columns in one workbook, in Vietnamese."""
    (root / "s").mkdir()
    write_workbook(root / "s/case.xlsx", FULL, "vi", typed=True)
    shutil.copytree(CASES / "_content", root / "_content")
    (root / "s/scenario.yaml").write_text(
        "title: T\ncase: case.xlsx\ncontent: ../_content\nrulebook: 06-kin\nas_of: 2026-01-01\n"
        "horizon: {until: 2027-12-31}\nedits:\n  - leaves: {person_id: A, from: 2026-06-01}\n",
        encoding="utf-8",
    )


def a_new_case(root: Path, content: str) -> None:
    done = CliRunner().invoke(app, ["new", str(root / "s"), "--content", content])
    assert done.exit_code == 0, done.stderr
    shutil.copytree(shipped("models") / content, root / "content")
    _content(root / "s/scenario.yaml", f"content: {content}")


def an_office_list(root: Path) -> None:
    write_list(root / LIST)


SUBJECTS = {
    "first-office": first_office,
    "kin": lambda root: acceptance(root, "06-kin"),
    "discipline": lambda root: acceptance(root, "08-rule-changes"),
    "concurrent": lambda root: acceptance(root, "10-concurrent-posts"),
    "every table": every_table,
    "new": lambda root: a_new_case(root, "general"),
    "province": lambda root: a_new_case(root, "vietnam-province"),
    OFFICE: an_office_list,
}
WEIGHTS = {"province": 0.1}
"""Its content takes seconds to read."""


def _content(path: Path, old: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(old, "content: ../content"), encoding="utf-8")


@pytest.fixture(scope="module")
def subjects(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each subject in a folder of its own, sound."""
    place = tmp_path_factory.mktemp("subjects")
    for name, write in SUBJECTS.items():
        (place / name).mkdir()
        write(place / name)
    return place


@pytest.mark.long
@pytest.mark.parametrize("block", range(BLOCKS))
def test_no_damage_breaks_the_program(block: int, subjects: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    codes: Counter[int] = Counter()
    for number in range(block * CASES_IN_ALL // BLOCKS, (block + 1) * CASES_IN_ALL // BLOCKS):
        code = _one(number, subjects, tmp_path / str(number), monkeypatch)
        codes[code] += 1
        shutil.rmtree(tmp_path / str(number))
    assert sum(codes.values()) == CASES_IN_ALL // BLOCKS
    assert codes[3] > codes[0] > 0, "most damage is seen, some does no harm"


def _one(number: int, subjects: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    random = Random(number)
    (subject,) = random.choices(list(SUBJECTS), [WEIGHTS.get(name, 1) for name in SUBJECTS])
    shutil.copytree(subjects / subject, root)
    monkeypatch.chdir(root)
    done = damage(root, random)
    if subject == OFFICE:
        read = CliRunner().invoke(app, ["import", LIST, "out", "--debug"])
        _sound(read, (0, 3), number, subject, done)
        assert (root / "out").exists() == (read.exit_code == 0), done
        if read.exit_code == 0:
            _sound(CliRunner().invoke(app, ["check", "out", "--debug"]), (0, 3), number, subject, done)
        return read.exit_code
    checked = CliRunner().invoke(app, ["check", "s", "--debug", "--lang", random.choice(("vi", "en"))])
    _sound(checked, (0, 3), number, subject, done)
    if checked.exit_code == 0 and number % EVERY_RUN == 0:
        ran = CliRunner().invoke(app, ["run", "s", "--debug", "--seconds", "0.5", "--out", "plan"])
        _sound(ran, (0, 3, 4, 5), number, subject, done)
    return checked.exit_code


def _sound(result: Result, codes: tuple[int, ...], number: int, subject: str, done: list[str]) -> None:
    told = result.stdout + result.stderr
    where = f"case {number} ({subject}): {'; '.join(done)}"
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise AssertionError(f"{where}\n{''.join(traceback.format_exception(result.exception))}")
    assert result.exit_code in codes, f"{where}\n{told[-2000:]}"
    assert "Traceback" not in told, where
    if result.exit_code == 3:
        assert told.strip(), where
