"""How well an import reads a workbook: its case against an expected one, table by table, and its doubts.

An item is a row that is there, or a field of a row. Precision: of the items that were read, those that are right;
recall: of the items expected, those that were read right. People are matched by name and year of birth, posts by
title and unit. `accept` names other readings that are right as well; `open` is not judged; `optional` may be in or
out, with everything that hangs on it.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from planner.domain.findings import plain
from planner.domain.titles import words
from planner.importers.imported import Imported
from planner.importers.text import spelled

TABLES = (
    "units", "positions", "people", "service", "qualifications", "ratings", "pools", "relations", "discipline",
    "retirements", "courses", "vacancies",
)  # fmt: skip
LEVELS = {
    "CĐ": "college", "ĐH": "university", "ThS": "master", "TS": "doctor", "SC": "primary", "TC": "intermediate",
    "CC": "advanced", "CN": "advanced", "CV": "specialist", "CVC": "principal", "CVCC": "senior",
}  # fmt: skip
COMPETENCIES = {"state_management": "state_mgmt", "foreign_language": "language"}
RATINGS = {"HTXSNV": "excellent", "HTTNV": "good", "HTNV": "complete", "KHTNV": "not_complete"}
FORMS = {"khiển trách": "reprimand", "cảnh cáo": "warning", "cách chức": "removal", "khai trừ": "expulsion"}
TURNED = {
    "child": "parent", "parent": "child", "child_in_law": "parent_in_law", "parent_in_law": "child_in_law",
}  # fmt: skip
"""What b is to a, where a is that to b."""
SHORT = {"pvhcc": "phục vụ hành chính công", "ht": "hạ tầng", "đt": "đô thị", "btv": "ban thường vụ"}


@dataclass
class Score:
    """Items of a table: `right` of those read and of those expected; the others by name."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / (self.right + len(self.wrong)) if self.right + len(self.wrong) else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + len(self.missing)) if self.right + len(self.missing) else 1.0

    def judge(self, ok: bool, what: str) -> None:
        """A field that both sides have."""
        if ok:
            self.right += 1
        else:
            self.wrong.append(what)
            self.missing.append(what)


@dataclass
class Comparison:
    """Scores by table; `lost` are the `must` doubts that are not listed, `extra` the questions that nobody expected."""

    scores: dict[str, Score]
    musts: int
    lost: list[str]
    extra: list[str]

    def passes(self, precision: float = 0.99, recall: float = 0.97) -> bool:
        return not self.lost and all(s.precision >= precision and s.recall >= recall for s in self.scores.values())

    def report(self) -> str:
        rows = [
            f"{t:15} precision {s.precision:.4f}  recall {s.recall:.4f}  ({s.right} right)"
            for t, s in self.scores.items()
        ]
        rows.append(
            f"doubts: {self.musts - len(self.lost)} of {self.musts} must, {len(self.extra)} beyond the expected"
        )
        for table, score in self.scores.items():
            rows += [f"  {table} wrong: {w}" for w in score.wrong[:40]]
            rows += [f"  {table} missing: {m}" for m in score.missing[:40] if m not in score.wrong]
        rows += [f"  must doubt not listed: {d}" for d in self.lost]
        rows += [f"  doubt beyond: {d}" for d in self.extra]
        return "\n".join(rows)


def compare(imported: Imported, expected: Mapping[str, Any] | Path) -> Comparison:
    """Judge an import by the expected case (a mapping, or the path of its JSON file)."""
    if isinstance(expected, Path):
        expected = json.loads(expected.read_text(encoding="utf-8"))
    return _Comparing(imported, expected).run()


def _name(text: str) -> tuple[str, ...]:
    return spelled(text)


def _unit_name(text: str) -> str:
    return " ".join(w for w in words(" ".join(SHORT.get(w, w) for w in plain_words(text))) if w != "va")


def plain_words(text: str) -> list[str]:
    return ["".join(c for c in w if c.isalnum()) for w in text.casefold().replace("-", " ").split()]


class _Comparing:
    def __init__(self, imported: Imported, expected: Mapping[str, Any]) -> None:
        self.imported, self.case, self.expected = imported, imported.case, expected
        self.scores = {table: Score() for table in TABLES}
        self.units: dict[str, str] = {}
        """Expected unit of each unit read."""
        self.people: dict[str, str] = {}
        """Expected person of each person read."""
        self.optional = {p["key"] for p in expected.get("people", ()) if p.get("optional")}

    def run(self) -> Comparison:
        self._units()
        self._people()
        self._positions()
        self._service()
        self._qualifications()
        self._ratings()
        self._pools()
        self._relations()
        self._discipline()
        self._retirements()
        self._courses()
        self._vacancies()
        lost, extra, musts = self._doubts()
        return Comparison(self.scores, musts, lost, extra)

    # ------------------------------------------------------------------ units
    def _units(self) -> None:
        score = self.scores["units"]
        given = {u["id"]: u for u in self.expected["units"]}

        def top(name: str, up: Mapping[str, Any], parent: str, label: str) -> str:
            seen = set()
            while up[name][parent] and name not in seen:
                seen.add(name)
                name = up[name][parent]
            return _unit_name(up[name][label])

        wanted = {(_unit_name(u["name"]), top(i, given, "parent", "name")): u for i, u in given.items()}
        rows = {u.unit_id: {"parent": u.parent_id, "name": u.name} for u in self.case.units}
        for unit in self.case.units:
            key = (_unit_name(unit.name), top(unit.unit_id, rows, "parent", "name"))
            found = wanted.pop(key, None)
            if found is None:
                score.wrong.append(f"{unit.name} in {key[1]}")
                continue
            self.units[unit.unit_id] = found["id"]
            if not found.get("optional"):
                score.right += 1
        score.missing += [u["name"] for u in wanted.values() if not u.get("optional")]

    # ------------------------------------------------------------------ people
    def _people(self) -> None:
        score = self.scores["people"]
        wanted: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        for p in self.expected["people"]:
            wanted[_name(p["name"])].append(p)
        for person in sorted(self.case.people, key=lambda p: -len(p.birth_date.written())):
            left = [p for p in wanted[_name(person.name)] if p["key"] not in self.people.values()]
            found = next((p for p in left if self._same_year(p, person.birth_date.written())), None)
            if found is None:
                score.wrong.append(f"{person.name} {person.birth_date.written()}")
                continue
            self.people[person.person_id] = found["key"]
            if found["key"] in self.optional:
                continue
            score.right += 1
            what = f"{person.name}: "
            accepted = {found["birth"], *found.get("birth_accept", ())}
            if not found.get("birth_open"):
                score.judge(person.birth_date.written() in accepted, what + f"birth {person.birth_date.written()}")
            if not found.get("sex_open"):
                score.judge(person.sex == found["sex"], what + f"sex {person.sex}")
            self._value(score, found.get("ethnicity"), person.ethnicity, what + "ethnicity")
            self._value(score, found.get("party_since"), person.party_since, what + "party_since")
            self._value(score, found.get("party_full_since"), person.party_full_since, what + "party_full_since")
            if found.get("native_place"):
                place = plain(person.native_place or "")
                if place:
                    ok = all(plain(part) in place for part in found["native_place"])
                    score.judge(ok, what + f"native place {person.native_place}")
                else:
                    score.missing.append(what + "native place")
            elif person.native_place:
                score.wrong.append(what + f"native place {person.native_place}")
        read = set(self.people.values())
        score.missing += [f"{p['name']} {p['birth']}" for p in self.expected["people"]
                          if p["key"] not in read and not p.get("optional")]  # fmt: skip

    @staticmethod
    def _same_year(p: Mapping[str, Any], birth: str) -> bool:
        return bool(p.get("birth_open")) or birth[:4] in {b[:4] for b in (p["birth"], *p.get("birth_accept", ()))}

    @staticmethod
    def _value(score: Score, wanted: str | None, read: Any, what: str) -> None:
        text = read.written() if hasattr(read, "written") else read
        if wanted and text:
            score.judge(plain(str(text)) == plain(wanted), f"{what} {text} for {wanted}")
        elif wanted:
            score.missing.append(f"{what} {wanted}")
        elif text:
            score.wrong.append(f"{what} {text}")

    # ------------------------------------------------------------------ posts
    def _title(self, title: str, unit: str | None) -> str:
        """The title without what only repeats its unit."""
        spoken = _unit_name(title)
        names = [u.name for u in self.case.units if u.unit_id == unit]
        for name in names:
            own = _unit_name(name)
            for part in (own, " ".join(own.split()[1:])):
                if part and spoken.endswith(" " + part) and len(spoken.split()) - len(part.split()) >= 2:
                    return spoken.removesuffix(" " + part)
        return spoken.removesuffix(" so")

    def _fits(self, row: Mapping[str, Any], title: str, unit: str | None) -> bool:
        where = self.units.get(unit or "")
        titles = {_unit_name(title), self._title(title, unit)}
        wanted = {_unit_name(t) for t in (row["title"], *row.get("title_accept", ()))}
        return bool(titles & wanted) and where in (row["unit"], *row.get("unit_accept", ()))

    def _post(self, position_id: str | None) -> tuple[str, str | None]:
        position = self.case.position.get(position_id) if position_id else None  # type: ignore[arg-type]
        return (position.title, position.unit_id) if position else ("", None)

    def _positions(self) -> None:
        score = self.scores["positions"]
        left = list(self.expected["positions"])
        for p in self.case.positions:
            found = next((r for r in left if self._fits(r, p.title, p.unit_id)), None)
            if found is None:
                score.wrong.append(f"{p.title} in {p.unit_id}")
                continue
            left.remove(found)
            if found.get("optional"):
                continue
            score.right += 1
            what = f"{p.title} in {p.unit_id}: "
            if found["seats"] is not None:
                if p.seats is None:
                    score.missing.append(what + f"seats {found['seats']}")
                else:
                    score.judge(p.seats == found["seats"], what + f"seats {p.seats} for {found['seats']}")
            score.judge(bool(p.head) == found["head"], what + "head")
        score.missing += [f"{r['title']} in {r['unit']}" for r in left if not r.get("optional")]

    def _service(self) -> None:
        score = self.scores["service"]
        left = list(self.expected["service"])
        for row in self.case.service:
            key = self.people.get(row.person_id)
            if row.until is not None or key in self.optional:
                continue
            title, unit = self._post(row.position_id) if row.position_id else (row.title or "", row.unit_id)
            found = next((r for r in left if r["person"] == key and self._fits(r, title, unit)
                          and r["kind"] == row.kind), None)  # fmt: skip
            what = f"{self._who(row.person_id)}: {title} in {unit} {row.kind}"
            if found is None:
                score.wrong.append(what)
                continue
            left.remove(found)
            if found.get("open"):
                continue
            score.right += 1
            if found["since"]:
                if row.since is None:
                    score.missing.append(what + f" since {found['since']}")
                else:
                    score.judge(row.since.written().startswith(found["since"]), what + f" since {row.since.written()}")
        score.missing += [f"{self._whom(r['person'])}: {r['title']} in {r['unit']} {r['kind']}" for r in left
                          if not r.get("open") and r["person"] not in self.optional]  # fmt: skip

    def _who(self, person: str) -> str:
        return self.case.person[person].name  # type: ignore[index]

    def _whom(self, key: str) -> str:
        return next((p["name"] for p in self.expected["people"] if p["key"] == key), key)

    # ------------------------------------------------------------------ what people have
    def _qualifications(self) -> None:
        score = self.scores["qualifications"]
        left = [q for q in self.expected["qualifications"] if q["person"] not in self.optional]
        for row in self.case.qualifications:
            key = self.people.get(row.person_id)
            if key in self.optional:
                continue
            what = f"{self._who(row.person_id)}: {row.competency} {row.level} {row.field or ''} {row.source or ''}"
            found = next((q for q in left if q["person"] == key and self._level_fits(q, row)), None)
            if found is None:
                score.wrong.append(what)
                continue
            left.remove(found)
            score.right += 1
            if found.get("field"):
                score.judge(plain(row.field or "") == plain(found["field"]), what + f" field for {found['field']}")
        score.missing += [f"{self._whom(q['person'])}: {q['competency']} {q['level']}" for q in left]

    @staticmethod
    def _level_fits(q: Mapping[str, Any], row: Any) -> bool:
        if COMPETENCIES.get(q["competency"], q["competency"]) != row.competency:
            return False
        if row.competency in ("language", "it"):
            return plain(q["level"]) in (plain(row.source or ""), plain(row.field or ""))
        return row.level in {LEVELS[level] for level in (q["level"], *q.get("accept", ()))}

    def _sets(self, table: str, read: Iterable[tuple[Any, ...]], wanted: Iterable[tuple[Any, ...]]) -> None:
        """Rows that are right only as a whole."""
        score = self.scores[table]
        have, want = Counter(read), Counter(wanted)
        score.right += (have & want).total()
        score.wrong += [str(r) for r in (have - want).elements()]
        score.missing += [str(r) for r in (want - have).elements()]

    def _key(self, person: str) -> str:
        return self.people.get(person, f"unknown {person}")  # type: ignore[call-overload]

    def _ratings(self) -> None:
        read = [(self._key(r.person_id), r.year, r.rating) for r in self.case.ratings]
        wanted = [(r["person"], r["year"], RATINGS[r["rating"]]) for r in self.expected["ratings"]]
        self._sets("ratings", self._judged(read), self._judged(wanted))

    def _judged(self, rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        return [r for r in rows if r[0] not in self.optional]

    def _pools(self) -> None:
        score = self.scores["pools"]
        left = [p for p in self.expected["pools"] if p["person"] not in self.optional]
        for row in self.case.pools:
            key = self.people.get(row.person_id)
            if key in self.optional:
                continue
            title, unit = self._post(row.position_id)
            what = f"{self._who(row.person_id)}: {title} in {unit} {row.decision_no} {row.status}"
            found = next((p for p in left if p["person"] == key and self._fits(p, title, unit)), None)
            if found is None:
                score.wrong.append(what)
                continue
            left.remove(found)
            score.right += 1
            for name in ("decision_no", "status"):
                self._value(score, found.get(name), getattr(row, name), f"{what} {name}")
        score.missing += [f"{self._whom(p['person'])}: {p['title']} in {p['unit']}" for p in left]

    def _relations(self) -> None:
        def either_way(a: str, b: str, relation: str) -> tuple[str, str, str]:
            return min((a, b, relation), (b, a, TURNED.get(relation, relation)))

        # In a case the relation says what person_b is to person_a.
        read = [either_way(self._key(r.person_b), self._key(r.person_a), r.relation) for r in self.case.relations]
        wanted = [either_way(r["a"], r["b"], r["relation"]) for r in self.expected["relations"] if r["b"]]
        self._sets("relations", read, wanted)

    def _discipline(self) -> None:
        score = self.scores["discipline"]
        left = list(self.expected["discipline"])
        for row in self.case.discipline:
            key = self.people.get(row.person_id)
            what = f"{self._who(row.person_id)}: {row.form} {row.decided.written()}"
            found = next((d for d in left if d["person"] == key), None)
            if found is None:
                score.wrong.append(what)
                continue
            left.remove(found)
            score.right += 1
            score.judge(row.decided.written().startswith(found["decided"]), what + " decided")
            if found["form"] or row.form:
                score.judge(row.form == FORMS.get(found["form"] or "", found["form"]), what + " form")
            if found["side"]:
                score.judge(row.side == found["side"], what + f" side {row.side}")
        score.missing += [f"{self._whom(d['person'])}: {d['form']}" for d in left if d["person"] not in self.optional]

    def _retirements(self) -> None:
        score = self.scores["retirements"]
        left = {r["person"]: r for r in self.expected["retirements"]}
        for person in self.case.people:
            key = self.people.get(person.person_id)
            if person.retires_on is None or key in self.optional:
                continue
            found = left.pop(key, None) if key else None
            on = person.retires_on.written()
            if found is None:
                score.wrong.append(f"{person.name} retires {on}")
            else:
                score.judge(on in (found["on"], *found.get("accept", ())), f"{person.name} retires {on}")
        score.missing += [f"{self._whom(k)} retires {r['on']}" for k, r in left.items() if k not in self.optional]

    def _courses(self) -> None:
        score = self.scores["courses"]
        left = [c for c in self.expected["courses"] if c["person"] not in self.optional]
        for row in self.case.enrolments:
            key = self.people.get(row.person_id)
            if key in self.optional:
                continue
            grants = self.case.course[row.course_id].grants
            what = f"{self._who(row.person_id)}: {grants}"
            found = next((c for c in left if c["person"] == key and LEVELS[c["grants"]] == grants.level), None)
            if found is None:
                score.wrong.append(what)
                continue
            left.remove(found)
            score.right += 1
            for name, read in (("from", row.since), ("until", row.until)):
                wanted = found.get(name)
                if wanted and read:
                    score.judge(read.year == wanted, f"{what} {name} {read.written()}")
                elif wanted:
                    score.missing.append(f"{what} {name} {wanted}")
                elif read:
                    score.wrong.append(f"{what} {name} {read.written()}")
        score.missing += [f"{self._whom(c['person'])}: {c['grants']}" for c in left]

    def _vacancies(self) -> None:
        score = self.scores["vacancies"]
        left = [dict(v) for v in self.expected["vacancies"]]
        for position, seats in Counter(v.position_id for v in self.case.vacancies).items():
            title, unit = self._post(position)
            found = next((v for v in left if self._fits(v, title, unit)), None)
            if found is None:
                score.wrong.append(f"{title} in {unit}")
                continue
            left.remove(found)
            score.judge(found["seats"] == seats, f"{title} in {unit}: {seats} for {found['seats']}")
        score.missing += [f"{v['title']} in {v['unit']}" for v in left]

    # ------------------------------------------------------------------ doubts
    def _doubts(self) -> tuple[list[str], list[str], int]:
        listed = {(d.sheet, d.cell) for d in self.imported.doubts}
        lost, musts, known = [], 0, set()
        for doubt in self.expected["doubts"]:
            cells = {(doubt["sheet"], c) for c in (doubt["cell"], *doubt.get("also", ()))}
            known |= cells
            if doubt.get("must"):
                musts += 1
                if not cells & listed:
                    lost.append(f"{doubt['sheet']}!{doubt['cell']} {doubt['kind']} {doubt['value']}")
        extra = [
            f"{d.sheet}!{d.cell} {d.code} {d.value!r} → {d.read_as!r}"
            for d in self.imported.doubts
            if (d.sheet, d.cell) not in known
        ]
        return lost, extra, musts
