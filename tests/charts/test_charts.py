"""Pictures: SVG from a frame. That letters look right was looked at; here: the text is there, nothing is fetched."""

import subprocess
import sys
from xml.etree import ElementTree

import pandas as pd
import pytest

from planner.charts import coverage_by_unit, png, seats_over_time
from planner.domain.errors import PlannerError

UNIT = "Trung tâm Điều dưỡng người có công"
COVERAGE = pd.DataFrame(
    {
        "unit": [UNIT, "Phòng Tổ chức, biên chế [1].a"],
        "listed_before": [5, 3], "listed_after": [7, 3],
        "ready_before": [2, 0], "ready_after": [6, 1],
        "secured_before": [1, 0], "secured_after": [4, 1],
    }
)  # fmt: skip
SEATS = pd.DataFrame(
    [
        ("Giám đốc Sở", "2026-01-01", "2027-06-30", "held", "Nguyễn Hữu Khang"),
        ("Giám đốc Sở", "2027-07-01", "2027-12-31", "acting", "Đỗ Ngọc Ẩn"),
        ("Giám đốc Sở", "2028-01-01", "2028-12-31", "empty", None),
    ],
    columns=["post", "since", "until", "state", "name"],
)


@pytest.fixture(params=["coverage", "seats"])
def picture(request):
    if request.param == "coverage":
        return coverage_by_unit(COVERAGE, "vi", "Độ phủ quy hoạch")
    return seats_over_time(SEATS, "vi", "Chức danh theo thời gian")


def texts(svg):
    root = ElementTree.fromstring(svg)
    return ["".join(node.itertext()) for node in root.iter() if node.tag.endswith("}text")]


def test_coverage_shows_every_unit_and_figure():
    shown = texts(coverage_by_unit(COVERAGE, "vi", "Độ phủ quy hoạch"))
    assert {UNIT, "Phòng Tổ chức, biên chế [1].a", "Độ phủ quy hoạch", "trước", "sau", "trong quy hoạch"} <= set(shown)
    # Beside each bar its figure: six a unit. Ticks are figures too, so more may be there.
    for figure in ("7", "6", "4"):
        assert figure in shown


def test_seats_show_who_holds_and_who_acts():
    assert {"Giám đốc Sở", "Nguyễn Hữu Khang", "Đỗ Ngọc Ẩn", "khuyết", "phụ trách"} <= set(
        texts(seats_over_time(SEATS, "vi"))
    )


def test_a_picture_runs_nothing_and_fetches_nothing(picture):
    for word in ("<script", "<foreignObject", "<image", "xlink:href", "@import", "url(http"):
        assert word not in picture


def test_a_picture_can_be_a_png(picture):
    assert png(picture).startswith(b"\x89PNG")


def test_a_plan_without_posts_gives_an_empty_picture():
    assert "<svg" in coverage_by_unit(COVERAGE.head(0))


def test_without_the_extra_the_error_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(PlannerError, match=r"planner\[notebook\]"):
        coverage_by_unit(COVERAGE)


def test_importing_the_pictures_loads_no_drawing_library():
    code = "import sys, planner.charts; print(*{'altair', 'vl_convert'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
