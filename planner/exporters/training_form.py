"""Form 8.6, NHU CẦU ĐÀO TẠO, BỒI DƯỠNG: the places of a plan, and what people lack without a place, with the reason.

Columns and words as printed (rules.md §8.6). A cell is empty where the case has no data: nothing is guessed. Below the
table stand the classes that keep free places while somebody waits. It tells no points.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from planner.domain.case import Need
from planner.domain.ids import CourseId, PersonId, PositionId, SessionId, UnitId
from planner.exporters.base_list_form import people_in_rank_order
from planner.exporters.cadre import (
    degree_text,
    level_text,
    only_office,
    planned_posts,
    post_held,
    post_text,
    several,
)  # fmt: skip
from planner.exporters.cells import DATE, Style, written_day
from planner.exporters.official import Column, Form, Letterhead, write_form
from planner.exporters.paper_words import PaperWords
from planner.exporters.path_words import PathWords, free_place_notes
from planner.standing import Standing
from planner.standing.paths import Paths, Step
from planner.timeline.ground import Gap
from planner.timeline.offices import units_of

CENTRE: Style = {"align": "center"}
DAY: Style = {"align": "center", "num_format": DATE}
BORN, LEVEL, MODE = "Ngày sinh", "Trình độ hiện có", "Hình thức"
COLUMNS = (
    Column("number", "TT", 4, style=CENTRE),
    Column("name", "Họ và tên", 17),
    Column("born_m", "Nam", 10.5, BORN, DAY),
    Column("born_f", "Nữ", 10.5, BORN, DAY),
    Column("post", "Chức vụ, đơn vị", 22),
    Column("planned", "Chức danh quy hoạch", 24),
    Column("degree", "Chuyên môn", 13, LEVEL),
    Column("theory", "LLCT", 9, LEVEL, CENTRE),
    Column("state_mgmt", "QLNN", 10, LEVEL, CENTRE),
    Column("language", "Ngoại ngữ", 8, LEVEL, CENTRE),
    Column("it", "Tin học", 8, LEVEL, CENTRE),
    Column("content", "Nội dung cần đào tạo", 24),
    Column("full", "Tập trung", 7.5, MODE, CENTRE),
    Column("part", "Không tập trung", 7.5, MODE, CENTRE),
    Column("time", "Thời gian dự kiến", 14, style=CENTRE),
    Column("place", "Cơ sở đào tạo", 12),
    Column("priority", "Mức độ ưu tiên", 8, style=CENTRE),
    Column("note", "Ghi chú", 24),
)
KEYS = (Column("person", "Mã cán bộ", 12), Column("session", "Mã lớp", 12))


class Wanted(NamedTuple):
    """A course that a person needs: a place of the plan, or a demand without one (`session` None) with the reason."""

    course: CourseId
    session: SessionId | None
    granted: Gap
    step: Step | None = None


def write_training_form(
    path: Path,
    standing: Standing,
    letterhead: Letterhead = "state",
    unit: UnitId | None = None,
    replace: bool = False,
) -> None:
    """The form of a plan, of everyone or of the people of a unit and below."""
    horizon, words, paths = standing.ground.horizon, PaperWords(standing, "vi"), Paths(standing)
    positions = [p for p, row in standing.ground.case.position.items() if unit is None or row.unit_id == unit]
    write_form(
        path,
        Form(
            title="NHU CẦU ĐÀO TẠO, BỒI DƯỠNG",
            subtitle=f"(Giai đoạn từ {written_day(horizon.as_of)} đến {written_day(horizon.until)})",
            columns=COLUMNS,
            keys=KEYS,
            rows=list(training_lines(words, paths, unit)),
            letterhead=letterhead,
            office=only_office(standing.ground, positions or None),
            sheet="Nhu cầu đào tạo",
            notes=free_place_notes(words, paths, people_of(standing, unit)),
        ),
        replace,
    )


def people_of(standing: Standing, unit: UnitId | None) -> list[PersonId]:
    """Those of a unit and below; everybody where none is named."""
    ground = standing.ground
    return [
        i
        for i in ground.case.person
        if unit is None or any(unit in ground.unit_and_above(u) for u in units_of(ground, i))
    ]


def training_lines(words: PaperWords, paths: Paths, unit: UnitId | None = None) -> Iterator[Mapping[str, object]]:
    """A line per need; people in the order of their ranks, then as the case lists them."""
    number = 0
    for person in people_in_rank_order(words.ground, people_of(words.standing, unit)):
        for need in needs(paths, person):
            number += 1
            yield {"number": number, "person": person, **_who(words, person), **_what(words, person, need)}


def needs(paths: Paths, person: PersonId) -> list[Wanted]:
    """The places of the plan, by the day on which they begin; then courses that meet what the person lacks for the own
    post, also after taking over, or for a post whose list has the name, and for which the plan has no place."""
    standing, ground = paths.standing, paths.ground
    places = [p.session for p in standing.line.plan.training if p.person == person]
    places.sort(key=lambda s: (ground.case.session[s].start, s))
    found = [Wanted(ground.course_of(s).course_id, s, ground.granted(s)) for s in places]
    for step in (*paths.debts(person), *paths.of_person.get(person, ())):
        gap = step.gap
        if gap is None or gap.by not in ("possible_course", "wanted_course") or gap.action is None:
            continue
        session = ground.case.session.get(step.place.session if step.place else SessionId(gap.action))
        course = session.course_id if session is not None else CourseId(gap.action)
        if all(need.course != course for need in found):
            found.append(Wanted(course, None, gap.gap, step))
    return found


def _who(words: PaperWords, person: PersonId) -> Mapping[str, object]:
    ground, row = words.ground, words.ground.case.person[person]
    return {
        "name": row.name,
        "born_m" if row.sex == "M" else "born_f": row.birth_date,
        "post": post_held(ground, person),
        "planned": several(post_text(ground, p) for p in planned_posts(words.standing, person)),
        "degree": degree_text(ground, person),
        **{c: level_text(ground, person, c) for c in ("theory", "state_mgmt", "language", "it")},
    }


def _what(words: PaperWords, person: PersonId, need: Wanted) -> Mapping[str, object]:
    ground = words.ground
    course = ground.case.course[need.course]
    time = None
    if need.session is not None:
        start, end = ground.case.session[need.session].start, ground.written_end(need.session)
        time = f"Từ {written_day(start)}" if end is None else f"{written_day(start)} - {written_day(end)}"
    return {
        "session": need.session,
        "content": course.name,
        "full" if course.mode == "full" else "part": "x",
        "time": time,
        "priority": priority(words.standing, person, need.granted),
        "note": _sentence(PathWords(words).why(need.step)) if need.step is not None else None,
    }


def _sentence(text: str | None) -> str | None:
    return text and text[:1].upper() + text[1:]


def priority(standing: Standing, person: PersonId, granted: Gap) -> int:
    """1: in post and lacks it there; 2: the plan appoints to a post that asks for it, or designates for one; 3: in the
    list of one; 4: others. Source: rules.md §2.4 tr_priority."""
    home = standing.ground.home[person]
    due = [a.position for a in standing.line.appointments.get(person, ())]
    due += [p for p, i in standing.designated.items() if i == person]
    steps: list[list[PositionId]] = [[home] if home else [], due, planned_posts(standing, person)]
    for number, positions in enumerate(steps, start=1):
        if any(_asks(standing, person, p, granted) for p in positions):
            return number
    return len(steps) + 1


def _asks(standing: Standing, person: PersonId, position: PositionId, granted: Gap) -> bool:
    """Whether the post asks, at any stage, for something that the person lacks today and that is granted."""
    ground = standing.ground
    for cell in ground.cells(position, "plan", "appoint", "after_appoint"):
        level = ground.content.level(Need(cell.competency, cell.level))
        if cell.competency == granted.competency and level <= granted.level:
            if ground.closed_on(person, Gap(cell.competency, level)) > ground.horizon.as_of:
                return True
    return False
