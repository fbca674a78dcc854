"""People of an invented organisation: who holds which seat, what they were before, what they have.

Ages and shares are those that provinces report; the known defects (past discipline, over age, too long in one post,
missing flags) are put in at the odds with which offices find them.
"""

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from planner.domain.case import Decision, Discipline, Person, Qualification, Rating, Service
from planner.domain.dates import add_months
from planner.generators.names import name
from planner.generators.organisation import Organisation, Post
from planner.generators.standards import ELSEWHERE_MONTHS

LADDER = {
    "commune": ("STAFF", "COM_DIV_DEP", "COM_DIV_HEAD", "COM_STD", "DEPT_DEP", "COM_SEC"),
    "province": ("STAFF", "DIV_DEP", "DIV_HEAD", "DEPT_DEP", "DEPT_HEAD"),
}
AGE = {
    "STAFF": (36, 7), "COM_DIV_DEP": (39, 6), "DIV_DEP": (41, 6), "COM_DIV_HEAD": (45, 6), "DIV_HEAD": (48, 6),
    "COM_STD": (48, 6), "DEPT_DEP": (51, 5), "COM_SEC": (52, 4), "DEPT_HEAD": (54, 4),
}  # fmt: skip
"""Mean and spread, in years, of those who hold a post of the rank."""

THEORY = {  # odds of none, primary, intermediate, advanced
    "STAFF": (30, 50, 19, 1), "COM_DIV_DEP": (8, 47, 42, 3), "DIV_DEP": (3, 42, 50, 5), "COM_DIV_HEAD": (2, 28, 60, 10),
    "DIV_HEAD": (0, 10, 65, 25), "COM_STD": (0, 8, 62, 30), "DEPT_DEP": (0, 0, 35, 65), "COM_SEC": (0, 0, 20, 80),
    "DEPT_HEAD": (0, 0, 10, 90),
}  # fmt: skip
STATE = {  # odds of none, specialist, principal, senior
    "STAFF": (35, 60, 5, 0), "COM_DIV_DEP": (15, 75, 10, 0), "DIV_DEP": (5, 75, 20, 0), "COM_DIV_HEAD": (8, 72, 20, 0),
    "DIV_HEAD": (2, 48, 50, 0), "COM_STD": (4, 56, 40, 0), "DEPT_DEP": (0, 18, 72, 10), "COM_SEC": (0, 25, 70, 5),
    "DEPT_HEAD": (0, 3, 42, 55),
}  # fmt: skip
DEGREE = {  # odds of college, university, master, doctor
    "STAFF": (6, 76, 18, 0), "COM_DIV_DEP": (4, 74, 22, 0), "COM_DIV_HEAD": (3, 67, 30, 0), "COM_STD": (2, 58, 40, 0),
}  # fmt: skip
DEGREE_ABOVE = (0, 38, 60, 2)
RATINGS = (("excellent", "good", "complete", "not_complete"), (18, 68, 11, 3))
COURSES = {
    "division": ("COM_DIV_DEP", "DIV_DEP", "COM_DIV_HEAD", "DIV_HEAD"),
    "department": ("DEPT_DEP", "DEPT_HEAD"),
    "commune": ("COM_STD", "COM_SEC"),
}
ROTATED = {"DIV_HEAD": 0.08, "COM_STD": 0.08, "DEPT_DEP": 0.1, "COM_SEC": 0.6, "DEPT_HEAD": 0.7}
"""Odds that an earlier post was held on rotation: most heads have been elsewhere, few of those who may follow them."""


NEAR_THE_END = 33 * 12
"""Months of service after which many have long been where they are."""


@dataclass
class Cadre:
    """A person while the case is made, with what selection for lists and courses looks at."""

    row: Person
    rank: str
    block: str
    ladder: str
    major: str
    post: Post | None
    since: dt.date
    """In the present rank."""
    levels: dict[str, str] = field(default_factory=dict)


@dataclass
class Crew:
    """Everybody, and the tables that tell of them."""

    cadres: list[Cadre] = field(default_factory=list)
    service: list[Service] = field(default_factory=list)
    qualifications: list[Qualification] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)
    discipline: list[Discipline] = field(default_factory=list)
    vacant: list[Post] = field(default_factory=list)
    rotated: list[str] = field(default_factory=list)
    """Who has been on rotation."""


def _odds(rng: np.random.Generator, choices: Sequence[str], odds: Sequence[float]) -> str:
    weights = np.array(odds, dtype=float)
    return choices[rng.choice(len(choices), p=weights / weights.sum())]


def _day(rng: np.random.Generator, earliest: dt.date, latest: dt.date) -> dt.date:
    return earliest + dt.timedelta(days=int(rng.integers(0, max(1, (latest - earliest).days))))


def crew(made: Organisation, people: int, as_of: dt.date, older: int, rng: np.random.Generator) -> Crew:
    """`people` cadres: holders first (5 % of the seats are vacant), staff for the rest; `older` years are added."""
    out = Crew()
    for post in made.posts:
        for _ in range(post.seats):
            if rng.random() < 0.05 and len(out.cadres) < people:
                out.vacant.append(post)
            else:
                _hire(out, rng, as_of, older, post.row.rank, post.block, post.ladder, post.field, post)
    blocks = {unit: (block, ladder) for unit, block, ladder in made.homes}
    fields = {str(p.row.unit_id): p.field for p in made.posts}
    units = list(blocks)
    if len(out.cadres) > people:
        raise ValueError(f"{people} people are too few for {len(out.cadres)} held seats")
    while len(out.cadres) < people:
        unit = units[len(out.cadres) % len(units)]
        block, ladder = blocks[unit]
        _hire(out, rng, as_of, older, "STAFF", block, ladder, fields.get(unit, "public_administration"), None, unit)
    return out


def _hire(
    out: Crew, rng: np.random.Generator, as_of: dt.date, older: int, rank: str, block: str, ladder: str, line: str,
    post: Post | None, unit: str = "",
) -> None:  # fmt: skip
    sex = "F" if rng.random() < (0.24 if rank in ("DEPT_HEAD", "COM_SEC", "DEPT_DEP") else 0.34) else "M"
    mean, spread = AGE[rank]
    top = 60.5 if sex == "M" else 56.5
    age = float(np.clip(rng.normal(mean + older, spread), 24, top))
    if rng.random() < 0.02:
        age = top - 0.2  # over age for everything but the own post
    born = as_of - dt.timedelta(days=int(age * 365.25))
    person = f"P{len(out.cadres) + 1:05d}"
    began = _day(rng, dt.date(born.year + 22, 7, 1), dt.date(born.year + 26, 12, 1))
    since, rows = _career(rng, as_of, began, rank, LADDER[ladder])
    party = rng.random() < (0.62 if rank == "STAFF" else 0.985)
    joined = _day(rng, add_months(began, 24), min(add_months(began, 120), as_of)) if party else None
    flags = {"health_ok": rng.random() > 0.03, "file_ok": rng.random() > 0.03, "assets_ok": rng.random() > 0.03}
    at_home = (block if ladder == "commune" else "T") if rng.random() < 0.7 else ""
    barred = rng.random() < 0.03
    row = Person.model_validate(
        {
            "person_id": person, "name": name(rng, sex), "sex": sex, "birth_date": born,
            "unit_id": post.row.unit_id if post else unit,
            "ethnicity": "Kinh" if rng.random() < 0.99 else "Hoa", "field": line, "scitech": rng.random() < 0.03,
            "local_units": at_home or None, "service_since": began, "party_since": joined,
            "party_full_since": joined and min(add_months(joined, 12), as_of),
            "retire_at_60": None, "open_to_rotation": rng.random() > 0.2, **flags,
            "barred_from": add_months(as_of, -4) if barred else None, "barred_why": "Đang xác minh" if barred else None,
        }
    )  # fmt: skip
    cadre = Cadre(row, rank, block, ladder, line, post, since)
    out.cadres.append(cadre)
    for start, end, held in rows:
        out.service.append(Service(person_id=row.person_id, since=start, until=end, rank=held))
    if rng.random() < ROTATED.get(rank, 0.0):
        out.rotated.append(person)
    place = (
        {"position_id": post.row.position_id} if post else {"unit_id": unit, "rank": "STAFF", "title": "Chuyên viên"}
    )
    out.service.append(Service.model_validate({"person_id": person, "since": since, **place}))
    _qualify(out, rng, cadre)
    _judge(out, rng, cadre, as_of)


def _career(
    rng: np.random.Generator, as_of: dt.date, began: dt.date, rank: str, ladder: Sequence[str]
) -> tuple[dt.date, list[tuple[dt.date, dt.date, str]]]:
    """The day from which the present rank is held, and the rows before: (from, last day, rank), oldest first."""
    months_served = max(1, (as_of.year - began.year) * 12 + as_of.month - began.month - 1)
    steps = ladder.index(rank) if rank in ladder else 0
    long = rng.random() < (0.3 if months_served > NEAR_THE_END else 0.06)
    present = float(rng.uniform(97, 160) if long else rng.uniform(4, 84))
    lengths = [min(present, months_served * 0.6) if steps else months_served]
    for _ in range(steps - 1):
        lengths.append(float(rng.uniform(26, 70)))
    if steps:
        spare = months_served - lengths[0]
        between = sum(lengths[1:])
        if between > spare * 0.75:
            lengths[1:] = [length * spare * 0.75 / between for length in lengths[1:]]
    rows: list[tuple[dt.date, dt.date, str]] = []
    day = add_months(as_of, -max(1, round(lengths[0])))
    since, following = day, day
    for k, length in enumerate(lengths[1:], start=1):
        day = add_months(following, -max(1, round(length)))
        rows.append((day, following - dt.timedelta(days=1), ladder[steps - k]))
        following = day
    if steps and began < following:
        rows.append((began, following - dt.timedelta(days=1), "STAFF"))
    return since, rows[::-1]


def with_rotations(crew: Crew) -> tuple[Service, ...]:
    """The rows of service, with the last long post above a specialist's of who has been on rotation as one."""
    wanted, rows = set(crew.rotated), list(crew.service)
    for n in range(len(rows) - 1, -1, -1):
        row = rows[n]
        if row.person_id in wanted and may_be_rotation(row):
            rows[n] = row.model_copy(update={"kind": "rotation"})
            wanted.remove(row.person_id)
    return tuple(rows)


def may_be_rotation(row: Service) -> bool:
    """Whether the row is of an earlier post above a specialist's that was held long enough."""
    if row.rank in (None, "STAFF") or row.since is None or row.until is None:
        return False
    return add_months(row.since, ELSEWHERE_MONTHS) <= row.until


def _qualify(out: Crew, rng: np.random.Generator, cadre: Cadre) -> None:
    rank, person = cadre.rank, cadre.row.person_id
    levels = {
        "degree": _odds(rng, ("college", "university", "master", "doctor"), DEGREE.get(rank, DEGREE_ABOVE)),
        "theory": _odds(rng, ("none", "primary", "intermediate", "advanced"), THEORY[rank]),
        "state_mgmt": _odds(rng, ("none", "specialist", "principal", "senior"), STATE[rank]),
    }
    for course, ranks in COURSES.items():
        if rank in ranks and rng.random() < 0.55:
            levels[f"leader_{course}"] = "certified"
    cadre.levels = {k: v for k, v in levels.items() if v != "none"}
    for competency, level in cadre.levels.items():
        major = {"field": cadre.major} if competency == "degree" else {}
        out.qualifications.append(
            Qualification.model_validate({"person_id": person, "competency": competency, "level": level, **major})
        )


def _judge(out: Crew, rng: np.random.Generator, cadre: Cadre, as_of: dt.date) -> None:
    codes, odds = RATINGS
    for year in range(as_of.year - 3, as_of.year):
        if rng.random() < 0.985:  # a few years were never rated
            out.ratings.append(Rating(person_id=cadre.row.person_id, year=year, rating=_odds(rng, codes, odds)))
    if rng.random() < 0.05:
        form = _odds(rng, ("reprimand", "warning", "removal"), (70, 26, 4))
        decided = _day(rng, add_months(as_of, -24), as_of)
        out.discipline.append(
            Discipline.model_validate(
                {"person_id": cadre.row.person_id, "side": _odds(rng, ("party", "administrative"), (60, 40)),
                 "form": form, "decided": decided, "expires": add_months(decided, 12)}
            )
        )  # fmt: skip


def leavings(cadres: Sequence[Cadre], as_of: dt.date, until: dt.date, rng: np.random.Generator) -> Iterator[Decision]:
    """Who leaves before the age by decision: 9 % of the holders, most of them in the first two years.

    Early retirement and moves out of the province, as after the mergers of 2025. And a tenth of the secretaries of
    communes, one at least, is called to other work in the first year.
    """
    secretaries = [n for n, cadre in enumerate(cadres) if cadre.rank == "COM_SEC"]
    called = {secretaries[k] for k in rng.permutation(len(secretaries))[: math.ceil(0.1 * len(secretaries))]}
    for n, cadre in enumerate(cadres):
        if cadre.post is None or (rng.random() >= 0.09 and n not in called):
            continue
        last = 12 if n in called else 24 if rng.random() < 0.75 else 60
        on = _day(rng, add_months(as_of, 1), min(until, add_months(as_of, last)))
        yield leaves(cadre, on)


def leaves(cadre: Cadre, on: dt.date) -> Decision:
    """By a decision that is taken."""
    row = {"kind": "leaves", "person_id": cadre.row.person_id, "from": on, "status": "decided"}
    return Decision.model_validate(row)


def neighbours(cadres: Sequence[Cadre]) -> dict[str, list[Cadre]]:
    """Cadres by block."""
    blocks: dict[str, list[Cadre]] = {}
    for cadre in cadres:
        blocks.setdefault(cadre.block, []).append(cadre)
    return blocks
