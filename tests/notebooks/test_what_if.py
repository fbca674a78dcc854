"""The notebook runs from top to bottom and says what was derived by hand."""

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "notebooks" / "what-if.ipynb"
SECONDS = 60


@pytest.fixture(scope="module")
def executed():
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))
        NotebookClient(notebook, timeout=SECONDS, kernel_name="python3").execute()
    return notebook


def outputs(notebook):
    return [o for cell in notebook.cells if cell.cell_type == "code" for o in cell.outputs]


# scenarios/first-office: heads 19, and 34 where Ben leaves early; posts 0 and 24; depth 3 and 4 (ben-leaves.yaml).
@pytest.mark.timeout(4 * SECONDS)
def test_before_and_after_are_those_of_the_derivation(executed):
    text = "\n".join(o.data["text/plain"] for o in outputs(executed) if "data" in o)
    rows = [line.split() for line in text.splitlines()]
    for goal, before, after in (("heads", "19", "34"), ("posts", "0", "24"), ("depth", "3", "4")):
        difference = str(int(after) - int(before))
        assert any(row[1:] == [goal, before, after, difference] for row in rows), text


@pytest.mark.timeout(4 * SECONDS)
def test_it_ends_with_a_picture(executed):
    assert "image/svg+xml" in outputs(executed)[-1].data


def test_what_is_committed_names_no_place_of_a_machine():
    text = NOTEBOOK.read_text(encoding="utf-8")
    homes = "|".join(f"/{name}/" for name in ("tmp", "home", "root", "Users"))
    assert re.search(rf"({homes}|[A-Z]:\\\\)", text) is None
    assert not [o for o in outputs(nbformat.read(NOTEBOOK, as_version=4)) if o.output_type in ("error", "stream")]


def test_it_comes_in_through_one_door():
    sources = [c.source for c in nbformat.read(NOTEBOOK, as_version=4).cells if c.cell_type == "code"]
    imports = re.findall(r"^(?:from|import) planner.*$", "\n".join(sources), re.MULTILINE)
    assert imports == ["from planner import api"]
