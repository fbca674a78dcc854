"""A small invented province, loaded as any scenario is."""

from pathlib import Path

from planner import api
from planner.edits.load import Loaded
from planner.files.case import case_tables
from planner.files.content import find_content, read_content
from planner.files.whole import write_whole
from planner.generators import ProvinceSpec, province, scenario_text

CONTENT, RULEBOOK = "vietnam-province", "vn-2025"


def loaded_province(folder: Path, posts: int, people: int, seed: int = 1) -> Loaded:
    """Written into the folder and read again, so that titles and references are checked as those of any case."""
    spec = ProvinceSpec(posts, people, seed)
    case = province(spec, read_content(find_content(CONTENT, Path()), RULEBOOK).content)
    files: dict[str, str | bytes] = {f"case/{name}": text for name, text in case_tables(case).items()}
    write_whole(folder, files | {"scenario.yaml": scenario_text(spec, CONTENT, RULEBOOK)})
    return api.load(folder / "scenario.yaml")
