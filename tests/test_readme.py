"""The README and the guides, followed literally in a clean folder; the worked example of the goals, computed."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from planner import api
from planner.exporters.make_overview import overview
from planner.exporters.manifest import tier_facts

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"^```(sh|text)\n(.*?)^```", re.M | re.S)
PROGRAM = """#!{python}
# The program, on the day on which the pages were written: a new case begins today.
import datetime
import types

import planner.cli.new as new


class Day(datetime.date):
    @classmethod
    def today(cls):
        return cls(2026, 12, 7)


new.dt = types.SimpleNamespace(date=Day)

from planner.cli.app import main

main()
"""


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("README.md", "An organisation of your own in ten minutes"),
        ("docs/get-started.md", "A case of your own"),
        ("docs/how-to.md", "Evaluate people"),
        pytest.param("docs/how-to.md", "Read an office's workbook", marks=pytest.mark.long),
        pytest.param("docs/bat-dau.md", "", marks=pytest.mark.long),
    ],
)
def test_a_newcomer_who_follows_a_page_sees_what_it_shows(page: str, title: str, tmp_path: Path) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    chapter = text.split(f"## {title}")[1].split("\n## ")[0] if title else text
    blocks = BLOCK.findall(chapter)
    script = "set -e\n" + "\n".join(text for kind, text in blocks if kind == "sh")
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "planner").write_text(PROGRAM.format(python=sys.executable), encoding="utf-8")
    (tools / "planner").chmod(0o755)
    env = os.environ | {
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT),
        "LANG": "C.UTF-8", "COLUMNS": "120",
    }  # fmt: skip
    folder = tmp_path / "clean"
    folder.mkdir()
    (folder / "tests").symlink_to(ROOT / "tests")  # the workbook of the example
    done = subprocess.run(
        ["bash", "-c", script], cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    printed = {" ".join(line.split()) for line in (done.stdout + done.stderr).splitlines()}
    shown = [" ".join(line.split()) for kind, text in blocks if kind == "text" for line in text.splitlines() if line]
    assert shown
    assert [line for line in shown if line not in printed] == []


@pytest.mark.parametrize("command", ["make run", "make test"])
def test_the_two_commands_come_first(command: str) -> None:
    first = README.read_text(encoding="utf-8").split("## ")[0]
    assert command in first


def test_the_readme_is_short() -> None:
    assert len(README.read_text(encoding="utf-8").splitlines()) <= 150


def test_every_link_of_the_pages_leads_somewhere() -> None:
    for page in (README, *sorted((ROOT / "docs").glob("*.md"))):
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert target.startswith("http") or (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_worked_example_of_the_goals_is_what_the_program_computes() -> None:
    solved = api.solve("first-office", seconds=120)
    made = overview(solved.view, solved.loaded, [tier_facts(tier) for tier in solved.tiers], "en")
    said = (ROOT / "docs" / "concepts.md").read_text(encoding="utf-8").split("### A worked example")[1]
    block = BLOCK.search(said)
    assert block is not None
    told = [line.lstrip("0123456789 ") for line in block.group(2).splitlines()]
    assert told == [f"{g.name}: {g.value}" + (f" = {g.sum}" if g.sum else "") for g in made.goals]
