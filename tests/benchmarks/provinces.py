"""What the baselines are tried on: a small invented province and the acceptance cases that have a plan."""

from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from planner import api
from planner.edits.load import Loaded
from planner.files.content import find_content, read_content
from planner.files.whole import write_whole
from planner.generators import ProvinceSpec, files, province
from planner.standing import Standing

CASES = Path(__file__).parents[1] / "cases"
CONTENT, RULEBOOK = "vietnam-province", "vn-2025"


def loaded_province(folder: Path, posts: int, people: int, seed: int = 1) -> Loaded:
    """Written into the folder and read again, so that titles and references are checked as those of any case."""
    spec = ProvinceSpec(posts, people, seed)
    content = read_content(find_content(CONTENT, Path()), RULEBOOK).content
    write_whole(folder, files(spec, province(spec, content), content))
    return api.load(folder / "scenario.yaml")


@cache
def proved(case: str) -> tuple[int, ...]:
    """The optimum of each tier of a shipped scenario or an acceptance case, as our engine proves it."""
    solved = api.solve(given(case), seconds=60)
    assert all(tier.value == tier.bound for tier in solved.asked)
    return tuple(tier.value for tier in solved.asked)


def given(case: str) -> Loaded:
    """A shipped scenario by name, an acceptance case by its file."""
    return api.load(CASES / case if case.endswith(".yaml") else case)


def empty_periods(standing: Standing) -> int:
    """Seats without a holder, summed over the instants."""
    ground = standing.ground
    return sum(standing.line.empty(p, t) for p in ground.full_time for t in ground.horizon.periods)


def solvable() -> list[str]:
    """The acceptance cases for which there is a plan."""
    found = []
    for file in sorted(CASES.glob("*/expected.yaml")):
        for case in YAML(typ="safe").load(file)["runs"]:
            if case["exit_code"] == 0:
                found.append(f"{file.parent.name}/{case['scenario']}")
    return found
