"""Chapters of the README, followed literally in a clean folder."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

README = Path(__file__).parents[1] / "README.md"
BLOCK = re.compile(r"^```(sh|text)\n(.*?)^```", re.M | re.S)


@pytest.mark.parametrize(
    "title",
    [
        pytest.param("From an office's workbook to a plan", marks=pytest.mark.long),
        "Evaluation",
        "A case of your own",
    ],
)
def test_a_newcomer_who_follows_the_readme_sees_what_it_shows(title: str, tmp_path: Path) -> None:
    chapter = README.read_text(encoding="utf-8").split(f"## {title}")[1].split("\n## ")[0]
    blocks = BLOCK.findall(chapter)
    script = "set -e\n" + "\n".join(text for kind, text in blocks if kind == "sh")
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "planner").write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -c "from planner.cli.app import main; main()" "$@"\n', encoding="utf-8"
    )
    (tools / "planner").chmod(0o755)
    root = str(README.parent)
    env = os.environ | {
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": root, "LANG": "C.UTF-8", "COLUMNS": "120",
    }  # fmt: skip
    folder = tmp_path / "clean"
    folder.mkdir()
    (folder / "tests").symlink_to(README.parent / "tests")  # the workbook of the example
    done = subprocess.run(
        ["bash", "-c", script], cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    printed = {" ".join(line.split()) for line in done.stdout.splitlines()}
    shown = [" ".join(line.split()) for kind, text in blocks if kind == "text" for line in text.splitlines() if line]
    assert shown
    assert [line for line in shown if line not in printed] == []


@pytest.mark.parametrize("command", ["make run", "make test"])
def test_the_two_commands_come_first(command: str) -> None:
    first = README.read_text(encoding="utf-8").split("## ")[0]
    assert command in first
