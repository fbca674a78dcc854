"""Random tiny cases with every kind of decision, made in memory from the domain's records.

A case is small so that all its lawful plans can be listed (`tests.random.exhaustive`), and odd so that they bite: half
of the features of the input format are switched on by chance, with dates on, before and after the borders of periods.
The same seed always gives the same case.
"""

import datetime as dt
import random
from dataclasses import dataclass, field, replace
from typing import Any

from planner.domain.case import TABLES, Case
from planner.domain.content import (
    Cell,
    Competency,
    Content,
    Counts,
    Entry,
    Name,
    Rank,
    RetirementStep,
    Standard,
)
from planner.domain.horizon import Horizon
from planner.domain.scenario import Rates
from planner.rules.registry import Bound, bind
from planner.standing import Standing, status_quo
from planner.timeline import Ground
from tests.random.choice import with_choice
from tests.random.courses import is_odd, with_odd_courses
from tests.random.province import trains, with_province

GOALS = ("heads", "posts", "keep", "nominations", "depth", "choice", "preferences", "pipeline", "effort")
SILENT = ("new_names",)


@dataclass(frozen=True)
class Tiny:
    """A tiny case ready to be solved: `goals` are the tiers in order, the silent one last."""

    seed: int
    attempt: int
    case: Case
    content: Content
    horizon: Horizon
    goals: tuple[tuple[str, ...], ...]
    names_from: str
    lead_months: int
    rates: Rates = field(default_factory=Rates)

    @property
    def ground(self) -> Ground:
        return Ground(self.case, self.content, self.horizon, self.lead_months, self.names_from, self.rates)

    def status_quo(self) -> Standing:
        ground = self.ground
        return status_quo(ground, bind(self.content, ground))

    @property
    def name(self) -> str:
        """What an assertion prints, so that the case can be made again: `tiny(seed, attempt)`."""
        return f"tiny(seed={self.seed}, attempt={self.attempt})"


# ---------------------------------------------------------------------------------------------------- content

RANKS = (
    Rank(code="STAFF", order=10, name=Name(en="Staff")),
    Rank(code="DIV", order=20, max_step_up=20, name=Name(en="Division head")),
    Rank(code="DEP", order=30, max_step_up=20, name=Name(en="Deputy")),
    Rank(code="HEAD", order=40, max_step_up=20, name=Name(en="Head")),
)
COMPETENCIES = (
    Competency(id="theory", name=Name(en="Theory"), group="qualification", levels=("none", "primary", "advanced")),
    Competency(id="skill", name=Name(en="Skill"), group="qualification", levels=("none", "some")),
    Competency(
        id="deputy_months",
        name=Name(en="Months as deputy"),
        group="experience",
        unit="months",
        counts=Counts(rank=("DEP",)),
    ),
    Competency(
        id="elsewhere",
        name=Name(en="Months on rotation"),
        group="experience",
        unit="months",
        counts=Counts(kind="rotation"),
    ),
)
RETIREMENT = (RetirementStep(sex="M", born_from=None, years=62), RetirementStep(sex="F", born_from=None, years=60))


def _standard(rng: random.Random, name: str, most: int, trains: bool) -> Standard:
    """Cells by chance; where a case is about training (`trains`) mostly such that a course closes after the move."""
    cells = []
    often = 0.9 if trains else 0.45
    stages = (
        ("after_appoint", "after_appoint", "appoint") if trains else ("plan", "appoint", "appoint", "after_appoint")
    )
    for competency, levels in (
        ("theory", ("primary", "advanced")),
        ("skill", ("some",)),
        ("deputy_months", (12, 30)),
        ("elsewhere", (6, 12)),
    ):
        if rng.random() < (often if competency in ("theory", "skill") else 0.12) and len(cells) < most:
            stage = rng.choice(stages)
            cells.append(
                Cell(
                    competency=competency,
                    level=str(rng.choice(levels)),
                    required_at=stage,
                    grace_months=rng.choice((0, 6, 12)) if stage == "after_appoint" else 0,
                )
            )
    return Standard(id=name, cells=tuple(cells))


class _Maker:
    """Draws one case. Each table is a method; `on(chance)` decides whether a feature is in it."""

    def __init__(self, seed: int, attempt: int) -> None:
        self.rng = random.Random(f"{seed}/{attempt}")
        # Later attempts are smaller: fewer people and features, so that some attempt has few enough plans.
        self.size = max(0.35, 1 - 0.05 * attempt)
        # The end of a term needs an elected post, its round and a rule at once: chance alone brings it too seldom.
        self.elects = seed % 8 == 3
        # So do courses with conditions, and what is wanted after an appointment.
        self.trains = trains(seed)
        self.rows: dict[str, list[dict[str, Any]]] = {table: [] for table in TABLES}

    def on(self, chance: float) -> bool:
        return self.rng.random() < chance * self.size

    def maybe(self, chance: float, value: Any) -> Any:
        return value if self.on(chance) else None

    def pick(self, *values: Any) -> Any:
        return self.rng.choice(values)

    def add(self, table: str, **row: Any) -> dict[str, Any]:
        self.rows[table].append({k: v for k, v in row.items() if v is not None})
        return self.rows[table][-1]

    def day(self, after: dt.date | None = None) -> dt.date:
        """A day of the horizon, often on the border of a period, or the day before or after it."""
        borders = [d for d in (*self.horizon.starts, self.horizon.until) if after is None or d >= after]
        border = self.rng.choice(borders or [self.horizon.until])
        return border + dt.timedelta(days=self.pick(0, 0, 0, -1, 1, 45, 100))

    # ---- tables ----------------------------------------------------------------------------------------------

    def make(self) -> tuple[Case, Content, Horizon, tuple[tuple[str, ...], ...], str, int]:
        as_of = self.pick(dt.date(2026, 1, 1), dt.date(2026, 1, 1), dt.date(2026, 3, 10), dt.date(2026, 7, 1))
        starts = Horizon(as_of, dt.date(2028, 12, 31))
        self.horizon = Horizon(as_of, starts.ends[self.pick(1, 2, 2, 3) if self.size > 0.6 else self.pick(0, 1, 2)])
        self._units_and_positions()
        self._people()
        self._rounds_and_pools()
        self._courses()
        self._events()
        entries = self._rulebook()
        self._waivers(entries)
        self._decisions()
        standards = tuple(_standard(self.rng, s, 2, self.trains) for s in ("s1", "s2", "s3", "extra"))
        case = Case(
            **{table: tuple(TABLES[table].model_validate(r) for r in rows) for table, rows in self.rows.items()},
            given=frozenset(t for t, rows in self.rows.items() if rows),
        )
        content = Content(
            "tiny", COMPETENCIES, RANKS, standards, RETIREMENT, tuple(entries), "tiny", {"administration": ("law",)}
        )
        names_from = self.pick("both", "both", "eligible", "nominated" if self.rows["nominations"] else "both")
        return case, content, self.horizon, self._goals(), names_from, self.pick(0, 0, 6)

    def _units_and_positions(self) -> None:
        self.add("units", unit_id="U1", name="Office", created_on=self.maybe(0.1, dt.date(2025, 9, 1)))
        self.add("units", unit_id="U2", name="Branch", parent_id="U1")
        self.add("authorities", authority_id="province", name="Province", level="province")
        second = self.pick("DEP", "DEP", "DIV")
        posts = [("H", "U1", "HEAD", True, "s1"), ("D", "U1", "DEP", False, "s2"), ("E", "U2", second, True, "s2")]
        if self.on(0.4):
            posts.append(("F", self.pick("U1", "U2"), self.pick("DIV", "DEP"), False, "s3"))
        if self.on(0.3):
            posts.pop(self.pick(0, 2))
        self.posts = [p for p, *_ in posts]
        self.rank = {p: rank for p, _, rank, *_ in posts}
        for p, unit, rank, head, standard in posts:
            self.add(
                "positions",
                position_id=p,
                title=p,
                unit_id=unit,
                rank=rank,
                standard=standard,
                head=head,
                seats=2 if p == "D" and self.on(0.35) else self.pick(1, 1, 1, None),
                acting_months=self.maybe(0.6, self.pick(5, 6, 9, 12)),
                criticality=self.pick(1, 1, 2, 3),
                successors=self.pick(0, 1, 1, 2) if self.size > 0.6 else self.pick(0, 0, 1),
                needed_by=self.maybe(0.25, self.day()),
                field=self.maybe(0.5, self.pick("law", "health")),
                term_system="party" if self.elects or self.rng.random() < 0.5 else None,
                filled_by="elect" if self.elects or self.rng.random() < 0.5 else None,
            )
        if self.on(0.2):
            self.add(
                "positions",
                position_id="C",
                title="C",
                unit_id="U1",
                rank="DIV",
                standard="extra",
                nature="concurrent",
                held_with=self.pick(*self.posts),
            )
        if self.on(0.12):
            self.add(
                "positions",
                position_id="M",
                title="M",
                unit_id="U1",
                rank="DEP",
                standard="extra",
                nature="membership",
                successors=0,
            )

    def _person(self, person: str, post: str | None, rank: str | None, kind: str = "substantive") -> None:
        born = dt.date(self.pick(1970, 1985, 1990), self.pick(3, 6, 11), 15)
        self.people.append(person)
        self.add(
            "people",
            person_id=person,
            name=person,
            sex=self.pick("M", "F"),
            birth_date=born,
            retires_on=self.maybe(0.4 if post else 0.1, self.day(self.horizon.as_of + dt.timedelta(days=1))),
            open_to_rotation=self.maybe(0.25, self.pick(True, False)),
            field=self.maybe(0.4, self.pick("law", "administration")),
            unit_id=self.maybe(0.3, self.pick("U1", "U2")),
        )
        self.add(
            "service",
            person_id=person,
            since=dt.date(self.pick(2022, 2024, 2025), self.pick(1, 2, 7), self.pick(1, 1, 15)),
            position_id=post,
            rank=None if post else rank,
            kind=kind,
            planned_until=self.maybe(0.9, self.day(self.horizon.as_of)) if kind == "rotation" else None,
        )
        for competency, levels in (("theory", ("primary", "advanced", "advanced")), ("skill", ("some",))):
            if self.rng.random() < 0.55:
                self.add(
                    "qualifications",
                    person_id=person,
                    competency=competency,
                    level=self.pick(*levels),
                    since=self.maybe(0.2, self.day()),
                    field=self.maybe(0.3, "law"),
                )

    def _people(self) -> None:
        self.people: list[str] = []
        letters = iter("ABCDEFGHIJ")
        for row in self.rows["positions"]:
            if row.get("nature", "full_time") != "full_time":
                continue
            held = sum(self.rng.random() < 0.75 for _ in range(row.get("seats", 1)))
            if row["position_id"] == "D" and self.on(0.2):
                held = row.get("seats", 1) + 1
                row["seats"] = row.get("seats", 1)
                row["surplus_until"] = self.day()
            for _ in range(held):
                self._person(next(letters), row["position_id"], None, "rotation" if self.on(0.1) else "substantive")
        for _ in range(self.pick(1, 2, 2) if self.size > 0.6 else self.pick(0, 1)):
            self._person(next(letters), None, self.pick("STAFF", "DIV", "DEP", "DEP"))
        if not self.people:
            self._person(next(letters), None, "DEP")
        if self.on(0.15):
            empty = [p for p in self.posts if not any(r.get("position_id") == p for r in self.rows["service"])]
            if empty:
                self.add(
                    "service",
                    person_id=self.pick(*self.people),
                    position_id=self.pick(*empty),
                    kind="acting",
                    since=self.horizon.as_of,
                    planned_until=self.day(),
                )

    def _rounds_and_pools(self) -> None:
        listed = [*self.posts, *(p["position_id"] for p in self.rows["positions"] if p["position_id"] == "M")]
        kind = self.pick("none", "old lists", "round", "round", "round", "two rounds") if not self.elects else "round"
        if kind == "none":
            return
        for p in listed:
            for person in self.people:
                if self.rng.random() < 0.3:
                    self.add("pools", position_id=p, person_id=person)
        if kind == "old lists":
            return
        self.add(
            "rounds",
            round_id="R1",
            approved_on=self.day(self.horizon.as_of),
            system="party" if self.elects else self.maybe(0.5, "party"),
            age_reference_date=self.maybe(0.3, self.day()),
            term_end=self.maybe(0.9, self.day()),
        )
        if kind == "two rounds":
            self.add("rounds", round_id="R2", approved_on=self.day(), system=self.maybe(0.5, "party"))
        if self.on(0.4):
            for p in listed:
                for person in self.people:
                    if self.rng.random() < 0.35:
                        self.add("nominations", position_id=p, person_id=person, round_id="R1")

    def _courses(self) -> None:
        if not self.on(0.85) and not self.trains:
            return
        mode = self.pick("part", "part", "full")
        needs = self.pick("theory:primary", "theory:primary", "theory:primary", "elsewhere:6")
        self.add(
            "courses",
            course_id="basic",
            name="basic",
            grants="theory:primary",
            mode=self.pick("part", "part", mode),
            months=self.pick(1, 3),
        )
        self.add(
            "courses",
            course_id="high",
            name="high",
            grants="theory:advanced",
            needs=self.maybe(0.6, needs),
            mode=mode,
            months=self.pick(2, 6, 8),
            admits=self.maybe(0.4, self.pick("in_post", "in_post_or_planned", "in_post_or_planned:HEAD")),
        )
        self.add("courses", course_id="craft", name="craft", grants="skill:some", months=1)
        for n in range(self.pick(1, 1, 2, 2, 3) if self.size > 0.6 else 1):
            seats = self.pick(1, 1, 2, None)
            self.add(
                "sessions",
                session_id=f"S{n}",
                course_id=self.pick("basic", "high", "high", "craft"),
                start=self.day(),
                end=None,
                seats=seats,
                min_seats=self.maybe(0.2, 2) if seats != 1 else None,
                allotted_to=self.maybe(0.1, "U2"),
            )
        if self.on(0.25):
            since = self.horizon.as_of - dt.timedelta(days=self.pick(0, 30))
            self.add(
                "enrolments",
                person_id=self.pick(*self.people),
                course_id=self.pick("high", "craft"),
                since=since,
                until=self.day(since),
            )

    def _events(self) -> None:
        if self.on(0.2):
            self.add("vacancies", position_id=self.pick(*self.posts), on=self.day())
        if self.on(0.3):
            self.add(
                "discipline",
                person_id=self.pick(*self.people),
                form=self.pick("reprimand", "warning", None),
                decided=self.horizon.as_of - dt.timedelta(days=self.pick(30, 200, 400)),
                expires=self.maybe(0.7, self.day()),
            )
        if len(self.people) > 1 and self.on(0.6):
            for _ in range(self.pick(1, 2)):
                a, b = self.rng.sample(self.people, 2)
                self.add("relations", person_a=a, person_b=b, relation=self.pick("sibling", "child", "cousin"))

    # ---- rules -----------------------------------------------------------------------------------------------

    def _rulebook(self) -> list[Entry]:
        entries: list[Entry] = []
        scopes = (
            {"positions": self.rng.sample(self.posts, 1)},
            {"head": True},
            {"units": "U2"},
            {"rank": ["DEP", "DIV"]},
            {"filled_by": "elect"},
            {"term_system": "party", "units": ["U1"]},
        )

        def entry(rule: str, chance: float, params: dict[str, Any], wish: float = 0.2, **applies_to: Any) -> None:
            if self.rng.random() >= chance:
                return
            force = {"should": self.pick(1, 2, 3)} if self.rng.random() < wish else "must"
            found = {
                "rule": rule,
                "params": params,
                "force": force,
                "source": "random",
                "status": "confirmed",
                "waived_by": self.pick(None, "province"),
                "applies_to": applies_to or (self.pick(*scopes) if self.on(0.25) else {}),
            }
            n = len(entries)
            if self.on(0.05):
                # Two entries of one rule, both in force on some posts.
                entries.append(Entry(id=f"{rule}-{n}-all", **(found | {"applies_to": {}})))
            if self.on(0.2):
                # The rule changes, begins or ends on a day: two entries, either may be missing.
                change = self.day()
                other = {k: (v + 6 if isinstance(v, int) and k == "months" else v) for k, v in params.items()}
                if self.on(0.7):
                    entries.append(Entry(id=f"{rule}-{n}-old", until=change - dt.timedelta(days=1), **found))
                if self.on(0.7):
                    entries.append(Entry(id=f"{rule}-{n}-new", **{"from": change}, **(found | {"params": other})))
            else:
                entries.append(Entry(id=f"{rule}-{n}", **found))

        rotating = 0.55 if self.size > 0.5 else 0.3
        entry("upward_only", 0.85, {"stages": self.pick(["plan", "appoint"], ["appoint"])}, wish=0.1)
        entry("months_left", 0.3, {"min": self.pick(12, 24, 60), "stages": self.pick(["plan"], ["plan", "appoint"])})
        entry("pool_discipline", 0.3, {"while": self.pick("not_expired", "ever")})
        entry("discipline_wait", 0.3, {"months": {"reprimand": 6, "warning": self.pick(9, 12)}})
        entry("rotation_equal_rank", 0.6, {})
        entry("rotation_length", rotating, {"months": self.pick(6, 7, 12)}, wish=0)
        entry("pool_size", 0.8, {"min": self.pick(0, 0, 1), "max": self.pick(1, 2, 2)}, wish=0.25)
        entry("posts_per_person", 0.5, {"max": self.pick(1, 1, 2), "per": self.pick("level", "all")}, wish=0.25)
        entry("pool_keep", 0.4, {}, wish=0.3)
        entry("kin_apart", 0.7, {"relations": ["sibling", "parent"]}, wish=0.25)
        entry(
            "share",
            0.35,
            {
                "who": {"sex": self.pick("M", "F")},
                "min": self.pick(0.25, 0.33, 0.5),
                "scope": self.pick("position", "unit", "all"),
            },
            wish=0.7,
        )
        entry("appointment_from_pool", 0.5, {}, wish=0.2)
        entry("acting_by", 0.75, {}, wish=0)  # it lets somebody act: no wish
        entry("term_end", 0.95 if self.elects else 0.6, {"months": self.pick(24, 600, 600)}, wish=0)
        entry("standard_after", 1 if self.trains else 0.5, {}, wish=0.8)
        entry("own_standard", 0.4, {}, wish=0.9)
        return entries

    def _waivers(self, entries: list[Entry]) -> None:
        waivable = [e for e in entries if e.waived_by]
        if waivable and self.on(0.5):
            chosen = self.pick(*waivable)
            subject = self.pick(*self.people)
            if chosen.rule == "kin_apart" and self.rows["relations"]:
                row = self.rows["relations"][0]
                subject = f"{row['person_a']}+{row['person_b']}"
            elif self.on(0.5):
                subject += "," + self.pick(*self.posts)
            self.add(
                "exemptions",
                rule=self.pick(chosen.id, chosen.rule),
                subject=subject,
                authority="province",
                reason="random",
                decided=dt.date(2025, 12, 1),
                until=self.maybe(0.5, self.day()),
            )

    def _decisions(self) -> None:
        """Pins, which may turn out impossible: then the case has no lawful plan and another attempt is made."""
        if not self.on(0.5):
            return
        person, post = self.pick(*self.people), self.pick(*self.posts)
        kinds = ["pool", "not_pool", "appoint", "not_appoint", "rotate", "not_rotate", "cover", "leaves", "stays"]
        if self.rows["sessions"]:
            kinds += ["train", "not_train"]
        kind = self.pick(*kinds)
        row: dict[str, Any] = {"kind": kind, "person_id": person, "status": "decided"}
        if kind in ("train", "not_train"):
            row["session_id"] = self.pick(*self.rows["sessions"])["session_id"]
        elif kind not in ("leaves", "stays"):
            row["position_id"] = post
        if kind in ("appoint", "rotate", "not_appoint", "cover") and self.on(0.6):
            row["from"] = self.day(self.horizon.as_of)
        if kind == "leaves":
            row["from"] = self.day(self.horizon.as_of)
        if kind == "stays" and self.on(0.5):
            row["from"], row["until"] = self.horizon.as_of, self.day()
        if kind == "cover":
            row["until"] = self.day()
        self.add("decisions", **row)
        if self.on(0.2):
            self.add("decisions", kind="appoint", person_id=person, position_id=post, status="proposed")

    def _goals(self) -> tuple[tuple[str, ...], ...]:
        names = list(GOALS)
        self.rng.shuffle(names)
        names = names[: self.pick(9, 9, 5, 3)]
        tiers: list[tuple[str, ...]] = []
        for name in names:
            if tiers and self.rng.random() < 0.2:
                tiers[-1] = (*tiers[-1], name)
            else:
                tiers.append((name,))
        return (*tiers, SILENT)


def make(seed: int, attempt: int) -> Tiny:
    """One attempt at a case; not every attempt has a fair number of lawful plans."""
    case, content, horizon, goals, names_from, lead = _Maker(seed, attempt).make()
    case, content = with_province(case, content, horizon, seed, attempt)
    if is_odd(seed):
        case = with_odd_courses(case, horizon, seed, attempt)
    case, content, rates = with_choice(case, content, horizon, seed, attempt)
    return Tiny(seed, attempt, case, content, horizon, goals, names_from, lead, rates)


def with_goals(tiny: Tiny, goals: tuple[tuple[str, ...], ...]) -> Tiny:
    return replace(tiny, goals=goals)


__all__ = ["GOALS", "SILENT", "Bound", "Tiny", "make", "with_goals"]
