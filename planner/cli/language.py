"""Which language a verb speaks: as asked, else that of the content set."""

from pathlib import Path

from planner.cli.options import Lang
from planner.domain.errors import InputError
from planner.domain.messages import Language
from planner.files.case import is_case
from planner.files.content import find_scenario
from planner.files.plan_folder import PLAN, SCENARIO
from planner.files.scenario import read_scenario

VIETNAMESE = ("vietnam-province",)
"""Content sets in Vietnamese."""


def of_scenario(path_or_name: str | Path, asked: Lang | None) -> Language:
    """English where nothing can be read: what is wrong is told all the same. A case takes that of a scenario beside."""
    if asked is not None:
        return asked.language
    beside = Path(path_or_name).with_name("scenario.yaml")
    if is_case(Path(path_or_name)) and beside.is_file():
        path_or_name = beside
    try:
        content = read_scenario(find_scenario(path_or_name)).content
    except (InputError, OSError):
        return "en"
    return "vi" if content is not None and content.name in VIETNAMESE else "en"


def of_plan(folder: Path, asked: Lang | None) -> Language:
    """The same for a plan folder, from its own input."""
    return of_scenario(folder / SCENARIO, asked)


def of_plan_or_scenario(path_or_name: str, asked: Lang | None) -> Language:
    """The same for either of both."""
    folder = Path(path_or_name)
    return of_plan(folder, asked) if (folder / PLAN).is_file() else of_scenario(path_or_name, asked)
