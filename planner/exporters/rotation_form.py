"""Form 8.5, KẾ HOẠCH LUÂN CHUYỂN: the rotations of a plan as the paper that people edit, sign and send back.

Columns and words as printed (rules.md §8.5). A cell is empty where the case has no data: nothing is guessed.
Two hidden columns hold the identifiers, so that a form that comes back is matched by them and not by names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from planner.domain.case import Service
from planner.domain.dates import ONE_DAY, add_months
from planner.domain.ids import UnitId
from planner.domain.messages import label
from planner.domain.moves import MoveKind, kind_of_move
from planner.domain.offices import office_of
from planner.domain.plan import Rotation
from planner.exporters.cadre import (
    degree_text,
    level_text,
    only_office,
    planned_posts,
    post_held,
    post_text,
    present_service,
    several,
)  # fmt: skip
from planner.exporters.cells import DATE, Style, written_day
from planner.exporters.moves import closes
from planner.exporters.official import Column, Form, Letterhead, write_form
from planner.exporters.paper_words import PaperWords
from planner.goals.choice import broken_promises
from planner.standing import Standing
from planner.timeline import Ground

CENTRE: Style = {"align": "center"}
DAY: Style = {"align": "center", "num_format": DATE}
SINCE: Style = {"align": "center", "num_format": f'"Từ" {DATE}'}
"""Shown as "Từ 01/06/2015" and still a date."""

COLUMNS = (
    Column("number", "TT", 4, style=CENTRE),
    Column("name", "Họ và tên", 15),
    Column("born_m", "Nam", 10.5, "Ngày sinh", DAY),
    Column("born_f", "Nữ", 10.5, "Ngày sinh", DAY),
    Column("native_place", "Quê quán", 10),
    Column("post", "Chức vụ, đơn vị hiện tại", 17),
    Column("since", "Thời gian giữ chức vụ", 13.5, style=SINCE),
    Column("degree", "Chuyên môn", 11, "Trình độ"),
    Column("theory", "LLCT", 8, "Trình độ", CENTRE),
    Column("state_mgmt", "QLNN", 9, "Trình độ", CENTRE),
    Column("planned", "Chức danh quy hoạch", 17),
    Column("to_post", "Chức danh, nơi luân chuyển đến", 17),
    Column("form", "Hình thức", 10),
    Column("start", "Từ", 10.5, "Thời gian", DAY),
    Column("end", "Đến", 10.5, "Thời gian", DAY),
    Column("afterwards", "Dự kiến bố trí sau luân chuyển", 15),
    Column("reason", "Lý do", 11),
    Column("note", "Ghi chú", 7),
)
KEYS = (Column("person", "Mã cán bộ", 12), Column("position", "Mã chức danh", 12))

TITLES: Mapping[frozenset[MoveKind], str] = {
    frozenset(): "KẾ HOẠCH LUÂN CHUYỂN",
    frozenset({"rotation"}): "KẾ HOẠCH LUÂN CHUYỂN",
    frozenset({"assignment"}): "KẾ HOẠCH ĐIỀU ĐỘNG",
    frozenset({"rotation", "assignment"}): "KẾ HOẠCH LUÂN CHUYỂN, ĐIỀU ĐỘNG",
}
"""As printed; a move inside one agency is no rotation."""

LOCAL_KINDS = frozenset({"commune", "ward", "special_zone", "township", "district"})
TEN_YEARS = 120
"""Months: two terms of five years, or ten years in one place (rules.md §2.3)."""


def write_rotation_form(
    path: Path, standing: Standing, letterhead: Letterhead = "state", replace: bool = False
) -> None:
    """The form of a plan, as a workbook."""
    horizon, case = standing.ground.horizon, standing.ground.case
    kinds = {kind_of_move(case, r.home, r.position) for r in standing.line.plan.rotations}
    write_form(
        path,
        Form(
            title=TITLES[frozenset(kinds)],
            subtitle=f"(Giai đoạn từ {written_day(horizon.as_of)} đến {written_day(horizon.until)})",
            columns=COLUMNS,
            keys=KEYS,
            rows=list(rotation_lines(standing)),
            letterhead=letterhead,
            office=only_office(standing.ground),
            sheet="Kế hoạch luân chuyển",
            notes=broken_promise_notes(standing),
        ),
        replace,
    )


def rotation_lines(standing: Standing) -> Iterator[Mapping[str, object]]:
    """A line per rotation, by the day on which it begins and then as the case lists the posts: no order of merit."""
    order = {p: n for n, p in enumerate(standing.ground.case.position)}
    rotations = sorted(standing.line.plan.rotations, key=lambda r: (r.start, order[r.position], r.person))
    for number, rotation in enumerate(rotations, start=1):
        yield {"number": number, **_who(standing, rotation), **_move(standing, rotation)}


def _who(standing: Standing, rotation: Rotation) -> Mapping[str, object]:
    ground = standing.ground
    person = ground.case.person[rotation.person]
    present = present_service(ground, rotation.person)
    return {
        "person": person.person_id,
        "name": person.name,
        "born_m" if person.sex == "M" else "born_f": person.birth_date,
        "native_place": person.native_place,
        "post": post_held(ground, rotation.person),
        "since": _since(present),
        "degree": degree_text(ground, person.person_id),
        "theory": level_text(ground, person.person_id, "theory"),
        "state_mgmt": level_text(ground, person.person_id, "state_mgmt"),
        "planned": several(post_text(ground, p) for p in planned_posts(standing, person.person_id)),
    }


def _move(standing: Standing, rotation: Rotation) -> Mapping[str, object]:
    ground = standing.ground
    return {
        "position": rotation.position,
        "to_post": post_text(ground, rotation.position),
        "form": "; ".join(_form(ground, rotation)),
        "start": rotation.start,
        "end": rotation.end - ONE_DAY,  # papers name the last day, the plan the first day after it
        "afterwards": _afterwards(standing, rotation),
        "reason": _sentence(several(_reasons(standing, rotation))),
    }


# ---- the person --------------------------------------------------------------------------------------------------


def _since(present: Service | None) -> object:
    if present is None or present.since is None:
        return None
    day = present.since
    return day if day.precision == "day" else f"Từ {written_day(day)}"


# ---- the move ----------------------------------------------------------------------------------------------------


def _form(ground: Ground, rotation: Rotation) -> Iterator[str]:
    yield "Luân chuyển" if kind_of_move(ground.case, rotation.home, rotation.position) == "rotation" else "Điều động"
    present = present_service(ground, rotation.person)
    here = present.unit_id if present else None
    if rotation.home is not None:
        here = ground.case.position[rotation.home].unit_id
    was = _is_local(ground, here)
    will_be = _is_local(ground, ground.case.position[rotation.position].unit_id)
    if was is not None and will_be is not None and was != will_be:
        yield "địa phương → sở" if was else "sở → địa phương"
    if present is not None and ground.row_order(present) == ground.order(rotation.position):
        yield "ngang cấp"


def _is_local(ground: Ground, unit: UnitId | None) -> bool | None:
    """Whether a unit belongs to a locality (commune, ward) and not to a department; None where it cannot be told."""
    kind = ground.case.unit[office_of(ground.case, unit)].kind if unit in ground.case.unit else None
    return None if kind is None else kind in LOCAL_KINDS


def _afterwards(standing: Standing, rotation: Rotation) -> str | None:
    """Where the person goes when it is over: as the plan appoints, else the post that it names, else the post left."""
    for appointment in standing.line.appointments.get(rotation.person, ()):
        if appointment.on >= rotation.end:
            return f"{post_text(standing.ground, appointment.position)} (từ {written_day(appointment.on)})"
    if rotation.return_to not in (None, rotation.home):
        return post_text(standing.ground, rotation.return_to)
    return f"trở lại {post_text(standing.ground, rotation.home)}" if rotation.home is not None else None


def _reasons(standing: Standing, rotation: Rotation) -> Iterator[str]:
    """What the move gives for which post of whose list the person is, then the reasons that the form knows."""
    ground, words = standing.ground, PaperWords(standing, "vi")
    planned = planned_posts(standing, rotation.person)
    aims = [a.position for a in standing.line.appointments.get(rotation.person, ())]
    aims += [p for p, i in standing.designated.items() if i == rotation.person]
    found = list(closes(ground, rotation, dict.fromkeys([*aims, *planned])))
    if rotation.purpose is not None:
        yield label("purpose", rotation.purpose, "vi")
    for gap, position in found:
        yield words.tr("text.closes_demand", level=words.level(gap), post=post_text(ground, position))
    if planned and not found:
        yield "quy hoạch"
    target, person = ground.case.position[rotation.position], ground.case.person[rotation.person]
    if target.bars_locals and person.local_units is not None and not _is_native(person.local_units, target.unit_id):
        yield "không là người địa phương"
    present = present_service(ground, rotation.person)
    if rotation.home and present and present.since and add_months(present.since, TEN_YEARS) <= rotation.start:
        elected = ground.case.position[rotation.home].filled_by == "elect"
        yield "quá hai nhiệm kỳ" if elected else "quá 10 năm"


def broken_promise_notes(standing: Standing) -> list[str]:
    """A line for each promise after a rotation in progress that the plan does not keep."""
    words, ground = PaperWords(standing, "vi"), standing.ground
    lines = []
    for promise in broken_promises(standing):
        assert promise.return_to is not None
        assert promise.end is not None
        holders = standing.line.holders(promise.return_to, promise.end)
        lines.append(
            "- "
            + words.tr(
                "text.promise_broken",
                person=ground.case.person[promise.person].name,
                end=written_day(promise.end),
                post=post_text(ground, promise.return_to),
                holders=", ".join(ground.case.person[i].name for i in holders) or "–",
            )
        )
    return [words.tr("text.promises_broken_head"), *lines] if lines else []


def _is_native(local_units: str, unit: UnitId) -> bool:
    return unit in {part.strip() for part in local_units.replace(";", ",").split(",")}


def _sentence(text: str | None) -> str | None:
    return text and text[:1].upper() + text[1:]
