"""An invented department of ten divisions: ten heads and thirty deputies, measured in 2025 by the fourteen indicators.

Everybody starts at the full value of every indicator, 100 points. `PEOPLE` says where somebody differs, and the
points, written by hand: 100 less what each difference loses. What one step loses, from the table of rules.md §3.2
(points / width of the scale):

    G1 G2 R6   7 / (9 − 4)     = 1.4  a rubric point       R1   14 / (100 − 60) = 0.35 a per cent
    G3         5 / 3           = 5/3  an event             R2 R3  12 / (98 − 70) = 3/7  a per cent
    G4         4 / (95 − 70)   = 0.16 a per cent           R4    6 / 30         = 0.2  a per cent
    G5         4 / 2           = 2    an initiative        R5    8 / (100 − 80) = 0.4  a per cent
    G6         3 / (100 − 50)  = 0.06 a per cent           R7    6 / (90 − 50)  = 0.15 a per cent
                                                           R8    5 / (100 − 50) = 0.1  a per cent
"""

import datetime as dt
from fractions import Fraction
from typing import NamedTuple

from planner.domain.case import Case, Discipline, Indicator, Person, Position, Rating, Service, Unit
from planner.domain.dates import Day

FULL = {
    "G1": 9, "G2": 9, "G3": 0, "G4": 95, "G5": 2, "G6": 100, "R1": 100, "R2": 98, "R3": 100, "R4": 30, "R5": 100,
    "R6": 9, "R7": 90, "R8": 100,
}  # fmt: skip
"""R3 at 100: the full points stand at 98 already, but a good rating asks for everything on time."""

THE_TABLE = {  # code: points, full, zero — typed from rules.md §3.2, so that the content is held against it
    "G1": (7, 9, 4), "G2": (7, 9, 4), "G3": (5, 0, 3), "G4": (4, 95, 70), "G5": (4, 2, 0), "G6": (3, 100, 50),
    "R1": (14, 100, 60), "R2": (12, 98, 70), "R3": (12, 98, 70), "R4": (6, 30, 0), "R5": (8, 100, 80),
    "R6": (7, 9, 4), "R7": (6, 90, 50), "R8": (5, 100, 50),
}  # fmt: skip


class One(NamedTuple):
    """Where somebody differs (None: not recorded), the points and the class by hand, and the class that was given."""

    differs: dict[str, float | None]
    points: str | None
    rating: str | None
    given: str | None = None


PEOPLE = {
    # ---- heads ---------------------------------------------------------------------------------------------------
    "P01": One({}, "100", "excellent"),
    # 3.5 + 3.5 + 3 = 10: on the edge of 90, which is excellent
    "P02": One({"G1": 6.5, "G2": 6.5, "G6": 50}, "90", "excellent"),
    # and 0.16 below it
    "P03": One({"G1": 6.5, "G2": 6.5, "G6": 50, "G4": 94}, "89.84", "good"),
    # 8 + 7 + 6 + 5 + 4 = 30: on the edge of 70
    "P04": One({"R5": 80, "R6": 4, "R7": 50, "R8": 50, "G5": 0}, "70", "good"),
    "P05": One({"R5": 80, "R6": 4, "R7": 50, "R8": 50, "G5": 0, "G4": 94}, "69.84", "complete"),
    # 30 + 7 + 7 + 3 + 2 + 1 = 50: on the edge of 50; results 70 − 26 − 1 = 43 are above half
    "P06": One({"R5": 80, "R6": 4, "R7": 50, "R8": 50, "G5": 0, "G1": 4, "G2": 4, "G6": 50, "G4": 82.5, "R4": 25},
               "50", "complete"),
    # 2.16 instead of 2 for G4
    "P07": One({"R5": 80, "R6": 4, "R7": 50, "R8": 50, "G5": 0, "G1": 4, "G2": 4, "G6": 50, "G4": 81.5, "R4": 25},
               "49.84", "not_complete"),
    # above full nothing is gained, below zero no more is lost: 7 + 6
    "P08": One({"G1": 10, "G4": 100, "G5": 5, "R1": 120, "R4": 60, "G2": 2, "R7": 30}, "87", "good"),
    # a warning ran until November: virtue is vetoed, and 100 points are complete at most
    "P09": One({}, "100", "complete"),
    # 2 + 3 = 5; 95 points, but only 20 % of the tasks were above requirement: not excellent, and good
    "P10": One({"R4": 20, "G6": 50}, "95", "good"),
    # ---- deputies ------------------------------------------------------------------------------------------------
    # less is better: 5/3 for each event, and after three nothing more
    "P11": One({"G3": 1}, "295/3", "excellent"),
    "P12": One({"G3": 2}, "290/3", "excellent"),
    "P13": One({"G3": 3}, "95", "excellent"),
    "P14": One({"G3": 4}, "95", "excellent"),
    "P15": One({"G3": 7}, "95", "excellent"),
    # 8 · 3/7 = 24/7 and 2: 100 − 38/7 = 662/7; late tasks: neither excellent (R4) nor good (R3). Given: good
    "P16": One({"R3": 90, "R4": 20}, "662/7", "complete", "good"),
    # no poll, no total, no class
    "P17": One({"R7": None}, None, None),
    # the same, but the class was given
    "P18": One({"G5": None}, None, None, "good"),
    # 10 · 0.35 = 3.5; the unit did not do all of its tasks: no class but the last asks for less
    "P19": One({"R1": 90}, "96.5", "not_complete"),
    # 21 · 3/7 = 9 and 1; more than a fifth of the tasks late
    "P20": One({"R3": 77, "R4": 25}, "90", "not_complete"),
    # 3 + 3; quality not assured
    "P21": One({"R2": 91, "R4": 15}, "94", "complete"),
    # 12 + 8 + 7 + 6 + 3 = 36: results 34 of 70, less than half: talent is vetoed
    "P22": One({"R2": 70, "R5": 80, "R6": 4, "R7": 50, "R4": 15}, "64", "complete"),
    # 35 of 70 is half
    "P23": One({"R2": 70, "R5": 80, "R6": 4, "R7": 50, "R4": 20}, "65", "complete"),
    # fifteen who are good, for want of tasks above requirement, or of points
    "P24": One({"R4": 10}, "96", "good"),  # 4
    "P25": One({"R4": 0}, "94", "good"),  # 6
    "P26": One({"R4": 15, "G1": 8}, "95.6", "good"),  # 3 + 1.4
    "P27": One({"R4": 15, "G2": 7}, "94.2", "good"),  # 3 + 2.8
    "P28": One({"R4": 20, "G4": 90}, "97.2", "good"),  # 2 + 0.8
    "P29": One({"R4": 25, "G5": 1}, "97", "good"),  # 1 + 2
    "P30": One({"R4": 12, "G6": 75}, "94.9", "good"),  # 3.6 + 1.5
    "P31": One({"R4": 24, "R5": 95}, "96.8", "good"),  # 1.2 + 2
    "P32": One({"R4": 9, "R6": 8.5}, "95.1", "good"),  # 4.2 + 0.7
    "P33": One({"R4": 29.5, "R7": 80}, "98.4", "good"),  # 0.1 + 1.5
    "P34": One({"R4": 10, "R8": 80}, "94", "good"),  # 4 + 2
    "P35": One({"G1": 4, "G2": 6.5}, "89.5", "good"),  # 7 + 3.5
    "P36": One({"R4": 40, "R6": 4, "R8": 60}, "89", "good"),  # 0 + 7 + 4
    "P37": One({"R5": 90, "R7": 60, "G3": 1}, "539/6", "good"),  # 4 + 4.5 + 5/3 = 61/6
    "P38": One({"G4": 70, "G5": 0, "G3": 2}, "266/3", "good"),  # 4 + 4 + 10/3 = 34/3
    # the authority gave another class than 96 points would: it prevails
    "P39": One({"R4": 10}, "96", "good", "not_complete"),
    # a concluded degradation is a flag beside the indicators: virtue is vetoed
    "P40": One({}, "100", "complete"),
}  # fmt: skip

HEADS = tuple(f"P{n:02d}" for n in range(1, 11))
DEPUTIES = tuple(f"P{n:02d}" for n in range(11, 41))
YEAR = 2025
AS_OF = dt.date(2026, 1, 1)


def values(person: str) -> dict[str, float]:
    """The authority's values: full ones, save where the person differs."""
    return {code: v for code, v in {**FULL, **PEOPLE[person].differs}.items() if v is not None}


def division(person: str) -> str:
    """Ten divisions, each with a head and three deputies: P11 to P13 in that of P01, and so on."""
    n = int(person[1:])
    return f"D{n if n <= 10 else (n - 11) // 3 + 1:02d}"


def points_in_plain_fractions(person: str) -> Fraction:
    """The same points once more, value by value, by the sentence of rules.md §3.2 and nothing of ours."""
    total = Fraction(0)
    for code, (weight, full, zero) in THE_TABLE.items():
        share = (Fraction(str(values(person)[code])) - zero) / (Fraction(full) - zero)
        total += weight * (Fraction(0) if share < 0 else Fraction(1) if share > 1 else share)
    return total


def indicator(person: str, code: str, value: float, year: int = YEAR, stage: str = "authority") -> Indicator:
    return Indicator(person_id=person, year=year, indicator=code, value=value, stage=stage)


def department(**changes: tuple) -> Case:
    """The case; `changes` replace whole tables."""
    units = [Unit(unit_id="S", name="Sở Mẫu", kind="department")]
    units += [Unit(unit_id=f"D{n:02d}", name=f"Phòng {n}", parent_id="S", kind="division") for n in range(1, 11)]
    positions, service = [], []
    for unit in units[1:]:
        for rank, title, head, seats in (
            ("DIV_HEAD", "Trưởng phòng", "yes", 1),
            ("DIV_DEP", "Phó Trưởng phòng", "no", 3),
        ):
            positions.append(
                Position(position_id=f"{rank}-{unit.unit_id}", title=f"{title} {unit.name}", unit_id=unit.unit_id,
                         rank=rank, standard="division_head" if seats == 1 else "division_deputy", head=head,
                         seats=seats)
            )  # fmt: skip
    for person in PEOPLE:
        rank = "DIV_HEAD" if person in HEADS else "DIV_DEP"
        post = f"{rank}-{division(person)}"
        service.append(Service(person_id=person, since="2019-01-01", position_id=post))
    rows = [indicator(p, code, value) for p in PEOPLE for code, value in values(p).items()]
    rows += [indicator("P40", "degradation", 1)]
    # What the person and the collective say is shown and does not count: full marks for P03, 99.2 by the collective
    # (G4 at 90 loses 0.8).
    rows += [indicator("P03", code, value, stage="self") for code, value in FULL.items()]
    rows += [indicator("P03", code, value, stage="collective") for code, value in {**FULL, "G4": 90}.items()]
    tables = {
        "units": tuple(units),
        "positions": tuple(positions),
        "people": tuple(
            Person(person_id=p, name=f"Người {p}", sex="F" if n % 2 else "M", birth_date=Day(1980, 1 + n % 12, 1))
            for n, p in enumerate(PEOPLE)
        ),
        "service": tuple(service),
        "indicators": tuple(rows),
        "ratings": tuple(
            Rating(person_id=p, year=YEAR, rating=one.given) for p, one in PEOPLE.items() if one.given is not None
        ),
        "discipline": (
            Discipline(person_id="P09", side="party", form="warning", decided="2024-11-20", expires="2025-11-20"),
        ),
    }
    tables |= changes
    return Case(**tables, given=frozenset(tables))


def full(person: str, year: int = 2025, **differs: float) -> list[Indicator]:
    """The fourteen indicators of a person at their full values, save where they differ."""
    return [indicator(person, code, value, year) for code, value in {**FULL, **differs}.items()]


def bare(**tables: tuple) -> Case:
    """The department of forty without anything recorded but what is given."""
    return department(**{"ratings": (), "discipline": (), "indicators": (), **tables})


def director(**tables: tuple) -> Case:
    """The department led by P01, who is measured by the set of heads."""
    post = Position(position_id="GD", title="Giám đốc", unit_id="S", rank="DEPT_HEAD", standard="director", head="yes")
    service = (Service(person_id="P01", since="2019-01-01", position_id="GD"),)
    return bare(**{"positions": (post,), "service": service, **tables})
