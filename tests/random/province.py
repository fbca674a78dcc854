"""The rules of a province in random tiny cases: what their rules read is added to the case, and entries to the book.

Drawn apart from the rest of a case: a case is tiny and odd by itself, and here its facts come to what the rules ask.
Every class of rule that judges may come, as `must` and as a wish, with days of beginning and end around the borders of
periods, with scopes, and with waivers that run out.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from planner.domain.case import Case, Discipline, Exemption, Person, Position, Rating, Relation, Service, Unit
from planner.domain.content import Content, Entry
from planner.domain.horizon import Horizon

RATINGS = ("excellent", "good", "complete", "not_complete")
THEORY = ("theory:primary", "theory:advanced")


def trains(seed: int) -> bool:
    """Whether the cases of a seed are about training."""
    return seed % 16 == 13


def with_province(case: Case, content: Content, horizon: Horizon, seed: int, attempt: int) -> tuple[Case, Content]:
    """The case with more facts, entries and waivers."""
    rng = random.Random(f"province {seed}/{attempt}")
    return _Province(case, content, horizon, rng, "course_conditions" if trains(seed) else "").make()


class _Province:
    """Draws the facts, the entries (`certain` is the rule that always comes), and then the waivers of both."""

    def __init__(self, case: Case, content: Content, horizon: Horizon, rng: random.Random, certain: str) -> None:
        self.case, self.content, self.horizon, self.rng = case, content, horizon, rng
        self.certain = certain
        self.pick = rng.choice
        # A book of many rules leaves few plans, one of few lets each rule bite.
        self.density = self.pick((0.12, 0.25, 0.25, 0.45))

    def on(self, chance: float) -> bool:
        return self.rng.random() < chance

    def day(self) -> dt.date:
        """On, before or after the first days of periods."""
        border = self.pick((self.horizon.as_of, *self.horizon.starts, self.horizon.until))
        return border + dt.timedelta(days=self.pick((-400, -1, 0, 0, 1, 45)))

    def make(self) -> tuple[Case, Content]:
        case = self._facts()
        entries = (*self.content.rulebook, *self._entries(case))
        return self._waived(case, entries), replace(self.content, rulebook=entries)

    # ---- facts -----------------------------------------------------------------------------------------------

    def _facts(self) -> Case:
        case, as_of = self.case, self.horizon.as_of
        ratings = tuple(
            Rating(person_id=row.person_id, year=year, rating=self.pick(RATINGS[:3] if self.on(0.8) else RATINGS))
            for row in case.people
            for year in (as_of.year - 2, as_of.year - 1, as_of.year)
            if self.on(0.4)
        )
        people = [row.person_id for row in case.people]
        more: dict[str, tuple[Any, ...]] = {
            "units": tuple(map(self._unit, case.units)),
            "positions": tuple(map(self._position, case.positions)),
            "people": tuple(map(self._person, case.people)),
            "ratings": ratings,
            "service": (*case.service, *self._service()),
        }
        if self.on(0.2):
            no_sanction = self.pick((None, "light"))
            decided = as_of - dt.timedelta(days=self.pick((40, 300)))
            row = Discipline(
                person_id=self.pick(people), side="party", form="warning", decided=decided, no_sanction_case=no_sanction
            )
            more["discipline"] = (*case.discipline, row)
        if len(people) > 1 and self.on(0.4):
            a, b = self.rng.sample(people, 2)
            more["relations"] = (
                *case.relations,
                Relation(person_a=a, person_b=b, relation=self.pick(("spouse", "child"))),
            )
        return replace(case, **more, given=case.given | more.keys())

    def _unit(self, row: Unit) -> Unit:
        more = {
            "headcount": self.pick((None, 2, 4, 6)),
            "kind": self.pick((None, "commune", "division")),
            "locality": self.pick((None, None, "L")),
        }
        return row.model_copy(update=more)

    def _position(self, row: Position) -> Position:
        sector = self.pick((None, "finance", "party"))
        return row.model_copy(update={"bars_locals": self.pick((None, True)), "sector": sector})

    def _person(self, row: Person) -> Person:
        known = self.pick((None, True, True, False))
        more = {
            "local_units": self.pick((None, None, "U1", "U2", "L", "elsewhere")),
            "party_since": self.pick((None, self.day())),
            "party_full_since": self.pick((None, self.day())),
            "service_since": self.pick((None, self.day())),
            "file_ok": known,
            "scitech": self.pick((None, True)),
            "ethnicity": self.pick((None, "Kinh", "Tày")),
        }
        if self.on(0.2):
            more |= {"barred_from": self.pick((None, self.day())), "barred_until": self.pick((None, self.day()))}
        return row.model_copy(update=more)

    def _service(self) -> list[Service]:
        """Earlier time in the present post or elsewhere, which ends the day before the present row or with a hole."""
        rows = []
        for row in self.case.service:
            if row.since is not None and row.kind == "substantive" and self.on(0.3):
                until = row.since - dt.timedelta(days=self.pick((1, 1, 200)))
                since = until - dt.timedelta(days=self.pick((200, 900)))
                rank = row.rank if row.position_id is None else None
                rows.append(
                    Service(person_id=row.person_id, position_id=row.position_id, rank=rank, since=since, until=until)
                )
        committees = [p.position_id for p in self.case.positions if p.nature == "membership"]
        if committees and self.on(0.5):
            person = self.pick(self.case.people).person_id
            rows.append(Service(person_id=person, position_id=self.pick(committees), since=dt.date(2024, 1, 1)))
        return rows

    # ---- entries ---------------------------------------------------------------------------------------------

    def _params(self) -> Mapping[str, Mapping[str, Any]]:
        """Parameters of the rules of a province; those of rules that every tiny case may have add what is rarer."""
        pick = self.pick
        leaders = {"rank": pick(("HEAD", "DEP", "DIV"))}
        committee = [p for p in self.case.positions if p.nature == "membership"]
        return {
            "rating_floor": {
                "min": pick(("good", "complete")),
                "years": pick((1, 2)),
                "unknown": pick(("passes", "passes", "fails")),
                "stages": pick((["plan"], ["plan", "appoint"], ["rotate"])),
            },
            "freeze": {"stages": pick((["plan", "appoint", "rotate"], ["plan"], ["appoint", "rotate"]))},
            "min_tenure": {
                "months": pick((12, 24, 36)), "stages": pick((["appoint"], ["plan"], ["appoint", "rotate"])),
            },
            "verified": {"flags": ["file_ok"], "stages": pick((["appoint"], ["plan", "rotate"]))},
            "not_barred": {
                "months_if_unknown": pick((6, 12)),
                "no_sanction": pick(([], ["light"])),
                "stages": pick((["appoint"], ["appoint", "rotate"], ["plan"])),
            },
            "age_bands": {"bounds": pick(([40], [40, 45], [37])), "scope": pick(("position", "unit", "all"))},
            "nested_pools": {"base": {"nature": "membership"} if committee and self.on(0.5) else leaders},
            "not_with_appointment": {},
            "non_local": {"stages": pick((["appoint", "rotate"], ["rotate"], ["plan"]))},
            "non_local_holders": {},
            "tenure_limit": {"months": pick((12, 24, 30, 48))},
            "rotate_from_pool": {},
            "rotation_months_left": {
                "moves": pick(("development", "policy")), "min": pick((6, 12, 36)), "long_stay": pick((12, 24)),
            },
            "rotation_balance": {"max": pick((0.0, 0.34, 0.5)), "always": pick((0, 1))},
            "rotations_per_unit": {"max": pick((0, 0, 1))},
            "course_open_to": {
                "grants": THEORY, "held": pick(("DEP", "HEAD", None)), "planned": pick(("DEP", "HEAD", None)),
                "members": pick((True, False)),
            },
            "course_conditions": self._course_conditions(),
            "absences": {"max": pick((0, 0, 0.5))},
            "deputies_cap": pick(
                ({"max": 1}, {"max": 0}, {"share": 0.5}, {"max": 2, "superior": True}, {"steps": {0: 0, 4: 1}})
            ),
            "average_cap": {"average": pick((0.5, 1.0, 1.5)), "least": pick((1, 2))},
            "kin_apart": {
                "relations": ["sibling", "child", "spouse"], "leaders": leaders,
                "within": pick(("locality_sectors", "locality_leadership")),
                "sectors": ["finance", "party"],
            },
            "pool_size": {"min": 0, "max": 3, pick(("min_per_seat", "max_per_seat")): pick((0.5, 1, 1.5))},
            "months_left": {
                "min": pick((24, 60, 240)), "at": pick(("day", "age_reference_date")),
                "higher_only": pick((True, False)), "term": pick(("any", "current", "next")),
                "stages": pick((["plan", "appoint"], ["rotate"])),
            },
            "share": {
                "who": pick(({"age_under": 40}, {"scitech": True}, {"ethnicity_not": "Kinh"})),
                "min": pick((0.25, 0.5)), "scope": pick(("position", "unit", "all")),
            },
            "pool_discipline": {"forms": ["warning"], "while": "not_expired", "lasting": pick(([], ["warning"]))},
            "discipline_wait": {"months": {"warning": 12}, "no_sanction": pick(([], ["light"]))},
            "appointment_from_pool": {"new_unit_months": pick((0, 6))},
        }  # fmt: skip

    def _course_conditions(self) -> dict[str, Any]:
        """One or two conditions: with all of them nobody would go."""
        pick = self.pick
        conditions: dict[str, Any] = {
            "party": pick(("member", "full")),
            "level": pick(("skill:some", "theory:primary")),
            "ratings": ["excellent", "good"],
            "part_time_age": {"M": pick((37, 42))},
            "first_age": 40,
            "service_months": 6,
            "serve_times": pick((2, 30)),
        }
        chosen = {name: conditions[name] for name in self.rng.sample(sorted(conditions), pick((1, 1, 2)))}
        if "ratings" in chosen:
            chosen["rated_years"] = pick((1, 2))
        return {"grants": THEORY, "unknown": pick(("allow", "allow", "refuse")), **chosen}

    def _scope(self) -> dict[str, Any]:
        if self.on(0.6):
            return {}
        return self.pick(
            (
                {"rank": ["DEP", "DIV"]},
                {"head": True},
                {"head": False},
                {"bars_locals": True},
                {"unit_kind": ["commune", "division"]},
                {"sector": "finance"},
                {"units": "U2"},
                {"standard": ["s1", "s2"]},
            )
        )

    def _entries(self, case: Case) -> list[Entry]:
        entries = []
        for rule, params in self._params().items():
            if not self.on(self.density) and rule != self.certain:
                continue
            found: dict[str, Any] = {
                "rule": rule,
                "params": {k: v for k, v in params.items() if v is not None},
                "force": {"should": self.pick((1, 2))} if self.on(0.35) else "must",
                "source": "random",
                "status": "confirmed",
                "waived_by": self.pick((None, "province")),
                "applies_to": self._scope(),
            }
            days: dict[str, dt.date] = {}
            if rule == "freeze" or self.on(0.3):
                for end in self.pick((("from",), ("until",), ("from", "until"))):
                    days[end] = self.day()
            if rule == "freeze":
                days.setdefault("until", self.pick((*self.horizon.starts, self.horizon.until)))
            if len(days) == 2 and days["from"] > days["until"]:
                days = {"from": days["until"], "until": days["from"]}
            entries.append(Entry.model_validate({"id": f"{rule}-province", **found, **days}))
        return entries

    # ---- waivers ---------------------------------------------------------------------------------------------

    def _waived(self, case: Case, entries: tuple[Entry, ...]) -> Case:
        """Waivers of some entries for one person, one person and post or session, or a pair of relatives."""
        rows = []
        for entry in entries:
            if entry.waived_by is None or not self.on(0.3):
                continue
            person = self.pick(case.people).person_id
            other = self.pick((*(p.position_id for p in case.positions), *(s.session_id for s in case.sessions)))
            subject = self.pick((person, f"{person},{other}"))
            if entry.rule == "kin_apart" and case.relations:
                pair = self.pick(case.relations)
                subject = f"{pair.person_a}+{pair.person_b}"
            until = self.pick((None, self.day()))
            rows.append(
                Exemption(
                    rule=self.pick((entry.id, entry.rule)), subject=subject, authority="province", reason="random",
                    decided=dt.date(2025, 12, 1), until=until,
                )
            )  # fmt: skip
        return replace(case, exemptions=(*case.exemptions, *rows)) if rows else case
