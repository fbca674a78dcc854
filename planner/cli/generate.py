"""`planner generate`: an invented case of a wanted size, to try the program on and to measure it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from planner.cli.options import Debug, Json, Language_
from planner.cli.terminal import Terminal
from planner.domain.errors import InputError
from planner.domain.findings import error
from planner.files.content import find_content, read_content
from planner.files.whole import write_whole
from planner.generators import FEWEST_POSTS, ProvinceSpec, fewest_people, files, province

CONTENT, RULEBOOK = "vietnam-province", "vn-2025"

What = Annotated[Literal["province"], typer.Argument(metavar="province", help="What to invent.")]
Into = Annotated[Path, typer.Argument(metavar="DIR", help="The folder to write: scenario.yaml, case/ and content/.")]
Posts = Annotated[int, typer.Option("--posts", help=f"How many posts, {FEWEST_POSTS} or more.")]
People = Annotated[int | None, typer.Option("--people", help="How many people; by default about four a post.")]
Seed = Annotated[int, typer.Option("--seed", help="The same seed gives the same case.", min=0)]
Places = Annotated[float, typer.Option("--places", help="Training places as a share of the demand.", min=0.0)]
Older = Annotated[int, typer.Option("--older", help="Years added to everyone's age.", min=-15, max=15)]


def generate(
    what: What, folder: Into, posts: Posts = 1200, people: People = None, seed: Seed = 1, places: Places = 0.5,
    older: Older = 0, json: Json = False, lang: Language_ = None, debug: Debug = False,
) -> None:  # fmt: skip
    """Invent a province: departments, party bodies, communes, people with careers, lists, courses; with its defects.

    Exit code 0 where it was written, 3 where the folder exists or the numbers cannot be met.
    """
    terminal = Terminal(lang.language if lang else "vi", json, debug)
    spec = ProvinceSpec(posts, people or round(posts * 25 / 6), seed, places, older)
    terminal.guard(lambda: _generate(terminal, folder, spec))


def _generate(terminal: Terminal, folder: Path, spec: ProvinceSpec) -> int:
    findings = []
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        findings.append(error("finding.folder_exists", str(folder)))
    if spec.posts < FEWEST_POSTS:
        findings.append(error("finding.too_small", "", None, "--posts", str(spec.posts), limit=FEWEST_POSTS))
    elif spec.people < fewest_people(spec):
        findings.append(error("finding.too_small", "", None, "--people", str(spec.people), limit=fewest_people(spec)))
    if findings:
        raise InputError(findings)
    content = read_content(find_content(CONTENT, Path()), RULEBOOK).content
    case = province(spec, content)
    write_whole(folder, files(spec, case, content))
    counts = {
        "posts": sum(row.nature == "full_time" for row in case.positions),
        "people": len(case.people),
        "places": sum(s.seats or 0 for s in case.sessions),
    }
    if terminal.as_json:
        terminal.print_json({"status": "written", "exit_code": 0, "folder": str(folder), **counts})
    else:
        terminal.say(terminal.tr("text.generated", folder=folder, **counts))
    return 0
