"""The usual courses and their sessions, with places for a share of those who need them."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from planner.domain.case import Course, Enrolment, Need, Session
from planner.domain.content import Content
from planner.domain.dates import add_months
from planner.generators.careers import Cadre
from planner.generators.organisation import Post

LEADERS = "COM_DIV_DEP,DIV_DEP,COM_DIV_HEAD,DIV_HEAD,COM_STD,DEPT_DEP,COM_SEC,DEPT_HEAD"
UPPER = "COM_DIV_HEAD,DIV_HEAD,COM_STD,DEPT_DEP,COM_SEC,DEPT_HEAD"
TC, CC = "Trung cấp lý luận chính trị", "Cao cấp lý luận chính trị"
RANK, LEAD = "Bồi dưỡng ngạch chuyên viên", "Bồi dưỡng lãnh đạo, quản lý"
TOP = "COM_STD,DEPT_DEP,COM_SEC,DEPT_HEAD"
COURSES = (
    # id, name, grants, needs, months, mode, admits, month of the year in which it starts, share of its level's places
    # Who may be sent to a course of theory is said by the rules alone.
    ("LLCT_TC_FT", f"{TC}, tập trung", "theory:intermediate", None, 6, "full", None, 2, 0.4),
    ("LLCT_TC_PT", f"{TC}, không tập trung", "theory:intermediate", None, 15, "part", None, 4, 0.6),
    ("LLCT_CC_FT", f"{CC}, tập trung", "theory:advanced", "theory:intermediate", 9, "full", None, 2, 0.5),
    ("LLCT_CC_PT", f"{CC}, không tập trung", "theory:advanced", "theory:intermediate", 20, "part", None, 3, 0.5),
    ("QLNN_CV", RANK, "state_mgmt:specialist", None, 2, "part", None, 5, 1.0),
    ("QLNN_CVC", f"{RANK} chính", "state_mgmt:principal", "state_mgmt:specialist", 2, "part", UPPER, 10, 1.0),
    ("QLNN_CVCC", f"{RANK} cao cấp", "state_mgmt:senior", "state_mgmt:principal", 2, "part", TOP, 8, 1.0),
    ("LD_PHONG", f"{LEAD} cấp phòng", "leader_division:certified", None, 1, "part", LEADERS, 3, 1.0),
    ("LD_SO", f"{LEAD} cấp sở", "leader_department:certified", None, 1, "part", UPPER, 11, 1.0),
    ("LD_XA", f"{LEAD} cấp xã", "leader_commune:certified", None, 1, "part", UPPER, 6, 1.0),
)


def courses() -> list[Course]:
    return [
        Course.model_validate(
            {"course_id": key, "name": title, "grants": grants, "needs": needs, "months": months, "mode": mode,
             "admits": admits and f"in_post_or_planned:{admits}"}
        )
        for key, title, grants, needs, months, mode, admits, _, _ in COURSES
    ]  # fmt: skip


def demand(named: dict[str, list[Cadre]], posts: Sequence[Post], content: Content) -> Counter[str]:
    """How many nominees lack each level that a course grants, for at least one of the posts they are named for."""
    lacking: defaultdict[str, set[str]] = defaultdict(set)
    for post in posts:
        standard = content.standard.get(post.row.standard)
        for cell in standard.cells if standard else ():
            competency = content.competency[cell.competency]
            if not competency.levels:
                continue
            wants = content.level(Need(cell.competency, cell.level))
            for cadre in named[post.row.position_id]:
                has = competency.levels.index(cadre.levels.get(cell.competency, competency.levels[0]))
                for level in competency.levels[has + 1 : wants + 1]:
                    lacking[f"{cell.competency}:{level}"].add(cadre.row.person_id)
    return Counter({need: len(people) for need, people in lacking.items()})


def sessions(wanted: Counter[str], share: float, as_of: dt.date, until: dt.date) -> Iterator[Session]:
    """One session a year of each course; over the years the places are `share` of the demand for its level."""
    years = range(as_of.year, until.year + 1)
    for key, _, grants, _, months, _, _, month, part in COURSES:
        starts = [dt.date(year, month, 10) for year in years]
        starts = [s for s in starts if s >= as_of and add_months(s, months) <= until]
        places = wanted[grants] * share * part
        given = 0
        for n, start in enumerate(starts, start=1):
            seats = round(places * n / len(starts)) - given
            given += seats
            if seats > 0:
                yield Session.model_validate(
                    {"session_id": f"{key}-{start.year}", "course_id": key, "start": start,
                     "end": add_months(start, months), "seats": seats, "min_seats": min(seats, 5) if months > 5 else 0,
                     "status": "announced" if start.year == as_of.year else "assumed"}
                )  # fmt: skip


def enrolments(cadres: Sequence[Cadre], as_of: dt.date, rng: np.random.Generator) -> Iterator[Enrolment]:
    """Some who hold a post attend a part-time course already."""
    for cadre in cadres:
        if cadre.post is not None and cadre.levels.get("theory") == "intermediate" and rng.random() < 0.08:
            yield Enrolment.model_validate(
                {"person_id": cadre.row.person_id, "course_id": "LLCT_CC_PT", "since": add_months(as_of, -8),
                 "until": add_months(as_of, 12)}
            )  # fmt: skip
