"""The case that a careful human would type from a workbook, in the shape of the given NAME.expected.json."""

from __future__ import annotations

import json
from typing import Any

from tests.importers.offices.people import Person, Planned, Post

TABLES = [
    *("units", "positions", "people", "service", "qualifications", "ratings", "pools"),
    *("relations", "discipline", "retirements", "courses", "vacancies", "doubts"),
]

HEADS = {
    "Giám đốc",
    "Chánh Văn phòng",
    "Trưởng phòng",
    "Chi cục trưởng",
    "Trưởng ban",
    "Bí thư Đảng ủy",
    "Chủ tịch HĐND",
    "Chủ tịch UBND",
    "Trưởng Ban Xây dựng Đảng",
    "Chủ nhiệm UBKT Đảng ủy",
    "Chánh Văn phòng Đảng ủy",
    "Chủ tịch Ủy ban MTTQ Việt Nam",
    "Chánh Văn phòng HĐND và UBND",
    "Chủ tịch Hội Nông dân",
    "Chủ tịch Hội Liên hiệp Phụ nữ",
    "Chủ tịch Liên đoàn Lao động",
    "Bí thư Tỉnh đoàn",
}
CONCURRENT = {"Chủ tịch HĐND", "Trưởng Ban Pháp chế", "Trưởng Ban Kinh tế - Xã hội", "Bí thư Chi bộ"}
MEMBERSHIP = {"Ủy viên Ban Thường vụ Đảng ủy", "Ủy viên Ban Thường vụ Thành ủy"}
STAFF = {"Chuyên viên", "Viên chức", "Nhân viên", "Kế toán", "Văn thư"}


class Case:
    """Collects facts; a fact told twice stands once."""

    def __init__(self, workbook: str, title: str, note: str, form: bool = False) -> None:
        self.head = {"workbook": f"{workbook}.xlsx", "title": title, "note": note}
        self.tables: dict[str, list[dict[str, Any]]] = {table: [] for table in TABLES}
        self.form = form  # a form does not say how many seats there are, save in its headings
        self.accepts: dict[str, list[str]] = {}
        self.said: dict[tuple[str, str], int] = {}  # seats that a heading says
        self.people: dict[str, Person] = {}

    def unit(self, key: str, name: str, parent: str | None, kind: str, accept: str = "", optional: bool = False) -> str:
        """A unit; `accept`: other units where posts of this one may as well be put."""
        self.tables["units"].append({"id": key, "name": name, "parent": parent, "kind": kind, "optional": optional})
        self.accepts[key] = accept.split()
        return key

    def title(self, title: str) -> dict[str, Any]:
        """A union's chair may also be called chair alone, or with the province's name."""
        for union in (
            "Hội Nông dân",
            "Hội Liên hiệp Phụ nữ",
            "Liên đoàn Lao động",
            "Tỉnh đoàn",
            "Ủy ban MTTQ Việt Nam",
        ):
            if title.endswith(union):
                return {"title": title, "title_accept": [title.removesuffix(union).strip(), f"{title} tỉnh"]}
        return {"title": title}

    def accept(self, title: str, unit: str) -> list[str]:
        """Other units where the post may as well be put: a party cell may be one of the whole agency."""
        return ["U0"] if title == "Bí thư Chi bộ" and unit != "U0" else self.accepts[unit]

    def add(self, table: str, **row: Any) -> None:
        if row not in self.tables[table]:
            self.tables[table].append(row)

    def person(self, person: Person) -> dict[str, Any]:
        """The row of a person in `people`, made at the first call."""
        if not person.key:
            if person.party and person.party_full and int(person.party[:4]) < int(person.birth[:4]) + 20:
                first = int(person.birth[:4]) + 24  # the birth was set by hand: nobody joins as a child
                person.party, person.party_full = f"{first}{person.party[4:]}", f"{first + 1}{person.party_full[4:]}"
            person.key = f"P{len(self.people) + 1:03}"
            self.people[person.key] = person
            precision = ("year", "month", "day")[person.birth.count("-")]
            row = {
                "key": person.key,
                "name": person.name,
                "sex": person.sex,
                "birth": person.birth,
                "birth_precision": precision,
            }
            self.tables["people"].append(row | person.flags | ({"optional": True} if person.struck else {}))
            for table, rows in person.facts.items():
                for fact in rows:
                    side = "a" if table == "relations" else "person"
                    self.add(table, **{side: person.key, **fact})
        return next(row for row in self.tables["people"] if row["key"] == person.key)

    def serve(self, person: Person, post: Post, shows_since: bool) -> None:
        since = post.since if shows_since else None
        row: dict[str, Any] = {
            "person": person.key,
            **self.title(post.title),
            "unit": post.unit,
            "unit_accept": self.accept(post.title, post.unit),
            "since": since,
            "since_precision": ("year", "month", "day")[since.count("-")] if since else None,
            "kind": post.kind,
        }
        self.add("service", **row | ({"open": True} if post.open else {}))

    def plan(self, person: Person, pool: Planned, shows_decision: bool, shows_status: bool) -> None:
        self.add(
            "pools",
            person=person.key,
            **self.title(pool.title),
            unit=pool.unit,
            unit_accept=self.accept(pool.title, pool.unit),
            decision_no=pool.decision if shows_decision else None,
            status=pool.status if shows_status else None,
        )

    def vacancy(self, title: str, unit: str) -> None:
        for row in self.tables["vacancies"]:
            if (row["title"], row["unit"]) == (title, unit):
                row["seats"] += 1
                return
        self.add("vacancies", **self.title(title), unit=unit, seats=1)

    def link(self) -> None:
        """Turns Person objects in relations into keys."""
        for row in self.tables["relations"]:
            for side in "ab":
                if isinstance(row[side], Person):
                    row[side] = row[side].key

    def positions(self) -> None:
        """Posts that people hold, are planned for, or that stand vacant; seats as the file says."""
        struck = {key for key, person in self.people.items() if person.struck}
        seats: dict[tuple[str, str], int | None] = {}
        for row in self.tables["service"]:
            key = row["title"], row["unit"]
            counted = row["person"] not in struck and row["kind"] == "substantive" and not self.form
            seats[key] = (seats.get(key) or 0) + 1 if counted else seats.get(key)
        vacant = {(row["title"], row["unit"]): row["seats"] for row in self.tables["vacancies"]}
        for key, number in vacant.items():
            seats[key] = (seats.get(key) or 0) + number
        for row in self.tables["pools"]:
            seats.setdefault((row["title"], row["unit"]), None)
        for key, number in self.said.items():
            seats[key] = number
        for (title, unit), number in seats.items():
            nature = "membership" if title in MEMBERSHIP else "concurrent" if title in CONCURRENT else "full_time"
            self.add(
                "positions",
                **self.title(title),
                unit=unit,
                unit_accept=self.accept(title, unit),
                seats=None if title in MEMBERSHIP else number,
                vacant=vacant.get((title, unit), 0),
                head=title in HEADS,
                nature=nature,
                optional=title in STAFF or title == "Ủy viên Ban Thường vụ Thành ủy",
            )

    def shown_units(self) -> None:
        """Only units that the file shows: those with posts, and those above them."""
        above = {row["id"]: row["parent"] for row in self.tables["units"]}
        shown: set[str | None] = set()
        for row in self.tables["positions"]:
            key: str | None = row["unit"]
            while key and key not in shown:
                shown.add(key)
                key = above[key]
        self.tables["units"] = [row for row in self.tables["units"] if row["id"] in shown or row["optional"]]

    def text(self) -> str:
        """The expected JSON."""
        self.link()
        self.positions()
        self.shown_units()
        return json.dumps(self.head | self.tables, ensure_ascii=False, indent=1) + "\n"
