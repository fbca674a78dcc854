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


@pytest.fixture(scope="session")
def reviewed(tmp_path_factory):
    """Case 11 with what a review records besides: O is proposed for H1, A was rated twice, a class grants what A, B and
    K lack, and the rule on sanctions is not confirmed. Gives the scenario."""
    root = tmp_path_factory.mktemp("reviewed")
    shutil.copytree(CASES / "_content", root / "_content")
    folder = shutil.copytree(CASES / "11-keep-names", root / "office")
    tables = {
        "nominations": "position_id,person_id,round_id,proposed_by,appraised_by,opinion,step,votes_for,votes_of\n"
        "H1,O,R1,Phòng Tổ chức,Ban Tổ chức,Đồng ý,3,12,15\n",
        "ratings": "person_id,year,rating\nA,2024,excellent\nA,2025,good\n",
        "courses": "course_id,name,grants\nCC,Cao cấp chính trị,theory:advanced\n",
        "sessions": "session_id,course_id,start,end,seats\nCC26,CC,2026-03-01,2026-09-30,1\n",
    }
    for name, text in tables.items():
        (folder / "case" / f"{name}.csv").write_text(text, encoding="utf-8")
    rulebook = root / "_content" / "rulebooks" / "11-keep-names.yaml"
    text = rulebook.read_text(encoding="utf-8")
    before, rule = text.split("  - id: pool_discipline")
    rule = rule.replace(
        "status: confirmed", "status: unconfirmed\n    name: {en: No sanction runs, vi: Không bị kỷ luật}"
    )
    rulebook.write_text(f"{before}  - id: pool_discipline{rule}", encoding="utf-8")
    return folder / "scenario.yaml"
