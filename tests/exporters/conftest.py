"""Plans to export: those of case 05 are forced, so that every cell of a paper follows from its derivation.md."""

import shutil
from pathlib import Path

import pytest

from planner import api

CASES = Path(__file__).parents[1] / "cases"
HOSTILE = {
    "Đỗ Văn Bình": '=HYPERLINK(""http://example.org"",""here"")',
    "Lê Thị An": "+84 912 345",
    "Deputy director": "-2+3",
    "Commune of An Bình": "@SUM(A1:A9)",
}
"""What stands in place of a name, as a CSV cell between quotes."""


@pytest.fixture(scope="session")
def swap(tmp_path_factory):
    """The plan folder of case 05: A and B swap posts, A returns as director, C follows."""
    folder = tmp_path_factory.mktemp("swap") / "plan"
    return api.solve(CASES / "05-swap-or-vacancy" / "scenario.yaml").write(folder)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    """The same plan of people and posts whose names a spreadsheet would take for formulas."""
    root = tmp_path_factory.mktemp("hostile")
    shutil.copytree(CASES / "_content", root / "_content")
    case = shutil.copytree(CASES / "05-swap-or-vacancy", root / "case")
    for table in (case / "case").glob("*.csv"):
        text = table.read_text(encoding="utf-8")
        for name, formula in HOSTILE.items():
            text = text.replace(f",{name},", f',"{formula}",').replace(f",{name}\n", f',"{formula}"\n')
        table.write_text(text, encoding="utf-8")
    return api.solve(case / "scenario.yaml").write(root / "plan")
