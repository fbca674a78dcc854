"""What moves for a time are called, what each is for, where people return, and promises that are not kept."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from planner.domain.moves import kind_of_move
from planner.exporters.moves import rotations, to_place, worded_rotations
from planner.exporters.rotation_form import TITLES, broken_promise_notes, rotation_lines
from planner.exporters.view import View
from planner.verify import judge
from tests.twins.universe import Universe, World, a, case_of, entry, person, post, v, x

UNITS = [
    {"unit_id": "P", "name": "Province", "kind": "province"},
    {"unit_id": "S", "name": "Department", "parent_id": "P"},
    {"unit_id": "C", "name": "Centre", "parent_id": "S", "kind": "public_unit"},
    {"unit_id": "W", "name": "Other department", "parent_id": "P"},
]
POSTS = [
    post("H", unit="S", standard="away"), post("E", "DEP", "C"), post("F", "DEP", "S"), post("G", "DEP", "W"),
]  # fmt: skip


def view(*people: Any, keys: Any = (), **tables: Any) -> View:
    case = case_of(people, positions=POSTS, units=UNITS, **tables)
    world = World(Universe("moves", case, (entry("rotation_length", months=12),), (), "2028-12-31"))
    standing = world.standing(frozenset(keys))
    return View(standing, world.quo, judge(standing, world.quo))


# A, deputy in the Centre of the Department, is in the list of H, which asks for six months on rotation.
A = person("A", "E")
LISTS: Any = {"pools": [{"position_id": "H", "person_id": "A", "since": "2024-01-01"}]}


@pytest.mark.parametrize(
    ("target", "kind", "word"), [("F", "assignment", "Điều động"), ("G", "rotation", "Luân chuyển")]
)
def test_a_move_inside_one_agency_is_an_assignment(target: str, kind: str, word: str) -> None:
    found = view(A, keys=v("A", target, 0), **LISTS)
    [row] = rotations(found)
    [line] = rotation_lines(found.standing)
    assert (row["kind"], str(line["form"]).split(";")[0]) == (kind, word)


def test_the_kind_is_that_of_the_agencies_and_of_nobody_without_a_post() -> None:
    case = view(A).ground.case
    assert kind_of_move(case, None, "F") == "rotation"  # type: ignore[arg-type]
    assert [TITLES[frozenset({k})].split()[-2:] for k in ("rotation", "assignment")] == [
        ["LUÂN", "CHUYỂN"], ["ĐIỀU", "ĐỘNG"],
    ]  # fmt: skip


def test_the_purpose_is_the_demand_of_the_listed_post_and_the_person_returns_home() -> None:
    found = view(A, keys=v("A", "G", 0), **LISTS)
    [row] = rotations(found)
    assert (row["return_to"], row["return_by"]) == ("E", "plan")
    [line] = rotation_lines(found.standing)
    assert str(line["reason"]).endswith(": 6 tháng, cho chức danh H, Department")
    assert str(line["afterwards"]).startswith("trở lại E")
    [worded] = worded_rotations(found, "en")
    assert str(worded["from_position"]).startswith("E")
    [place] = to_place(found)
    assert (place["from_day"], place["why"], place["return_to"]) == (dt.date(2027, 1, 1), "rotation_ended", "E")


def test_an_assignment_that_ends_is_called_so() -> None:
    [place] = to_place(view(A, keys=v("A", "F", 0), **LISTS))
    assert place["why"] == "assignment_ended"


# R is on rotation at G until 1 July 2026 and was promised F. S sits there; the plan appoints R to H instead.
R = person("R", "G", kind="rotation", planned_until="2026-07-01", return_to="F", since="2025-07-01")


def test_a_promise_that_is_not_kept_is_named_with_who_sits_there() -> None:
    found = view(R, person("S", "F"), keys=a("R", "H", 1))
    [place] = to_place(found)
    assert (place["why"], place["return_to"]) == ("promise_broken", "F")
    head, line = broken_promise_notes(found.standing)
    assert "không thực hiện" in head
    assert line.startswith("- R: luân chuyển đến hết 01/07/2026, được hứa bố trí F")
    assert "do S giữ" in line


def test_a_promise_that_is_kept_needs_no_line() -> None:
    found = view(R, keys=a("R", "F", 1))
    assert not list(to_place(found))
    assert not broken_promise_notes(found.standing)
    assert x("R", "F")  # the list plays no part
