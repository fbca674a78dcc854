"""Units and posts of an invented province as after 1 July 2025: departments, party bodies, unions, communes."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.domain.case import Position, Unit

DEPARTMENTS = (
    ("Sở Tài chính", "finance", "finance"),
    ("Sở Nội vụ", "organisation", None),
    ("Sở Xây dựng", "construction", None),
    ("Sở Nông nghiệp và Môi trường", "agriculture", "environment"),
    ("Thanh tra tỉnh", "law", "inspectorate"),
    ("Sở Công Thương", "economics", "industry_trade"),
    ("Sở Giáo dục và Đào tạo", "pedagogy", None),
    ("Sở Y tế", "medicine", None),
    ("Sở Tư pháp", "law", None),
    ("Văn phòng Ủy ban nhân dân tỉnh", "office", None),
    ("Sở Văn hóa, Thể thao và Du lịch", "culture", None),
    ("Sở Khoa học và Công nghệ", "information_technology", None),
    ("Sở Dân tộc và Tôn giáo", "front_work", None),
    ("Sở Ngoại vụ", "political_science", None),
)
PARTY_BODIES = (
    ("Ban Tổ chức", "party_affairs", "party_body"),
    ("Ủy ban Kiểm tra", "law", "party_body"),
    ("Ban Tuyên giáo và Dân vận", "political_science", "party_body"),
    ("Hội Nông dân", "agriculture", "union"),
    ("Đoàn Thanh niên", "youth_work", "union"),
    ("Văn phòng Tỉnh ủy", "office", "party_body"),
    ("Ban Nội chính", "law", "party_body"),
    ("Hội Liên hiệp Phụ nữ", "social_work", "union"),
    ("Liên đoàn Lao động", "labour", "union"),
    ("Ủy ban Mặt trận Tổ quốc", "front_work", "front"),
)
DIVISIONS = (
    "Văn phòng",
    "Phòng Kế hoạch, tổng hợp",
    "Phòng Nghiệp vụ 1",
    "Phòng Nghiệp vụ 2",
    "Thanh tra",
    "Phòng Tổ chức",
)
COMMUNE_BODIES = (
    # code, title, field, sector: the division of economy keeps the budget, that of culture and society home affairs
    ("VP", "Văn phòng HĐND và UBND", "office", None),
    ("KT", "Phòng Kinh tế", "economics", "finance"),
    ("VX", "Phòng Văn hóa, xã hội", "culture", "home_affairs"),
    ("HC", "Trung tâm Phục vụ hành chính công", "public_administration", None),
)
COMMUNE_ORGANS = (
    ("DU", "Đảng ủy", "party_committee"),
    ("UB", "Ủy ban nhân dân", "commune"),
    ("HD", "Hội đồng nhân dân", "council"),
    ("MT", "Ủy ban Mặt trận", "front"),
)
COMMUNE_NAMES = (
    "An", "Bình", "Cẩm", "Đại", "Đông", "Gia", "Hà", "Hải", "Hoàng", "Hồng", "Hưng", "Kim", "Lạc", "Lâm", "Lương", "Mỹ",
    "Nam", "Nghĩa", "Ngọc", "Phú", "Phúc", "Quang", "Sơn", "Tân", "Tây", "Thái", "Thanh", "Thịnh", "Thượng", "Tiên",
    "Trường", "Tuấn", "Vân", "Việt", "Vĩnh", "Xuân",
)  # fmt: skip

PER_COMMUNE = 16
PER_BODY = 4
PER_DIVISION = 2
STANDARD_SIZE = 1200
"""Posts of a province with 64 communes (43 communes and 21 wards)."""

COMMITTEE = 78
"""Members of the committee of such a province."""

FEWEST_POSTS = 40


@dataclass(frozen=True)
class Post:
    """A position with what careers and lists are drawn from: its part of the organisation and its field."""

    row: Position
    block: str
    """The commune, department or body that the post belongs to: people of one block know each other."""
    ladder: str
    """commune or province: the way up that leads to it."""
    field: str

    @property
    def seats(self) -> int:
        return self.row.seats or 1


@dataclass(frozen=True)
class Organisation:
    units: tuple[Unit, ...]
    posts: tuple[Post, ...]
    homes: tuple[tuple[str, str, str], ...]
    """(unit, block, ladder) of the units in which staff without a post work."""
    committee: Post
    """A seat in the committee of the province: a list that is no post, and is not counted as one."""


def organisation(size: int) -> Organisation:
    """An organisation of exactly `size` posts (FEWEST_POSTS or more), its parts in the proportions of a province."""
    if size < FEWEST_POSTS:
        raise ValueError(f"a province has {FEWEST_POSTS} posts or more")
    departments = max(1, round(14 * size / STANDARD_SIZE))
    bodies = max(1, round(10 * size / STANDARD_SIZE))
    left = size - PER_BODY * (departments + bodies)
    communes = max(1, min(round(64 * size / STANDARD_SIZE), left // PER_COMMUNE))
    left -= PER_COMMUNE * communes
    builder = _Builder()
    for n in range(departments):
        builder.department(n)
    for n in range(bodies):
        builder.body(n)
    for n in range(communes):
        builder.commune(n)
    builder.divisions(departments, left)
    return Organisation(tuple(builder.units), tuple(builder.posts), tuple(builder.homes), _committee(size))


def _committee(size: int) -> Post:
    row = {
        "position_id": "T-BCH", "title": "Ủy viên Ban Chấp hành Đảng bộ tỉnh", "unit_id": "T", "rank": "PROV_STD",
        "standard": "membership", "nature": "membership", "seats": max(2, round(COMMITTEE * size / STANDARD_SIZE)),
        "may_stay_empty": True, "filled_by": "elect", "term_system": "party", "managed_by": "BTVTU",
    }  # fmt: skip
    return Post(Position.model_validate(row), "T", "province", "party_affairs")


def _name(names: tuple[tuple[str, str, str | None], ...], n: int) -> tuple[str, str, str | None]:
    """The n-th body; where a country of several provinces is wanted, the names come again with the region's number."""
    title, field, kind = names[n % len(names)]
    region = n // len(names)
    return (f"{title} (vùng {region + 1})" if region else title), field, kind


def _commune_name(n: int) -> str:
    first, second = divmod(n, len(COMMUNE_NAMES))
    return f"{COMMUNE_NAMES[second]} {COMMUNE_NAMES[(second * 5 + 7 * first + 3) % len(COMMUNE_NAMES)]}" + (
        f" {first // len(COMMUNE_NAMES) + 2}" if first >= len(COMMUNE_NAMES) else ""
    )


class _Builder:
    def __init__(self) -> None:
        self.units: list[Unit] = [Unit(unit_id="T", name="Tỉnh", kind="province")]
        self.posts: list[Post] = []
        self.homes: list[tuple[str, str, str]] = []

    def _unit(self, unit: str, name: str, parent: str, kind: str, **more: object) -> None:
        self.units.append(Unit(unit_id=unit, name=name, parent_id=parent, kind=kind, **more))

    def _post(
        self, ids: str, title: str, unit: str, rank: str, standard: str, post: tuple[str, str, str], **more: object
    ) -> None:
        row = {
            "position_id": ids, "title": title, "unit_id": unit, "rank": rank, "standard": standard, "seats": 1,
            "may_stay_empty": False, "filled_by": "appoint", "term_system": "state", "managed_by": "BTVTU",
            "field": post[2], **more,
        }  # fmt: skip
        self.posts.append(Post(Position.model_validate(row), *post))

    def department(self, n: int) -> None:
        name, field, sector = _name(DEPARTMENTS, n)
        unit = f"S{n + 1:02d}"
        self._unit(unit, name, "T", "department")
        post = (unit, "province", field)
        inspected = {"bars_locals": True} if sector in ("finance", "inspectorate") else {}
        head = {"head": True, "acting_months": 6, "criticality": 5, "successors": 2, "sector": sector, **inspected}
        self._post(f"{unit}-GD", f"Giám đốc {name}", unit, "DEPT_HEAD", "director", post, **head)
        for k in range(1, 4):
            self._post(f"{unit}-PGD{k}", f"Phó Giám đốc {name} (khối {k})", unit, "DEPT_DEP", "deputy_director", post,
                       criticality=3)  # fmt: skip

    def body(self, n: int) -> None:
        name, field, kind = _name(PARTY_BODIES, n)
        unit = f"D{n + 1:02d}"
        self._unit(unit, name, "T", str(kind))
        post = (unit, "province", field)
        shared = {"term_system": "front" if kind != "party_body" else "party"}
        inspected = {"bars_locals": True, "sector": "party_inspection"} if name.startswith("Ủy ban Kiểm tra") else {}
        head = {"head": True, "acting_months": 6, "criticality": 5, "successors": 2, **inspected}
        self._post(f"{unit}-TB", f"Trưởng {name}", unit, "DEPT_HEAD", "director", post, **shared, **head)
        for k in range(1, 4):
            self._post(f"{unit}-PTB{k}", f"Phó Trưởng {name} (khối {k})", unit, "DEPT_DEP", "deputy_director", post,
                       criticality=3, **shared)  # fmt: skip

    def commune(self, n: int) -> None:
        name, x = _commune_name(n), f"X{n + 1:03d}"
        ward = n % 3 == 2
        self._unit(x, f"{'Phường' if ward else 'Xã'} {name}", "T", "ward" if ward else "commune", locality=x)
        for part, title, kind in COMMUNE_ORGANS:
            self._unit(f"{x}-{part}", f"{title} {name}", x, kind, locality=x)
        party, state, front = {"term_system": "party"}, {"term_system": "state"}, {"term_system": "front"}
        elect = {"filled_by": "elect"}
        leader = {"head": True, "acting_months": 6}
        post = (x, "commune", "public_administration")
        self._post(f"{x}-BT", f"Bí thư Đảng ủy {name}", f"{x}-DU", "COM_SEC", "commune_secretary", post, **party,
                   **leader, criticality=5, successors=2)  # fmt: skip
        self._post(f"{x}-PBT", f"Phó Bí thư Thường trực {name}", f"{x}-DU", "DEPT_DEP", "commune_deputy_secretary",
                   post, **party, criticality=3)  # fmt: skip
        self._post(f"{x}-CT", f"Chủ tịch UBND {name}", f"{x}-UB", "DEPT_DEP", "commune_chair", post, **state, **leader,
                   **elect, criticality=5, successors=2)  # fmt: skip
        self._post(f"{x}-PCTHD", f"Phó Chủ tịch HĐND {name}", f"{x}-HD", "COM_STD", "commune_vice_chair", post, **state,
                   **elect, criticality=2)  # fmt: skip
        self._post(f"{x}-PCT", f"Phó Chủ tịch UBND {name}", f"{x}-UB", "COM_STD", "commune_vice_chair", post, **state,
                   **elect, criticality=3, seats=2)  # fmt: skip
        self._post(f"{x}-KT", f"Chủ nhiệm UBKT Đảng ủy {name}", f"{x}-DU", "COM_STD", "commune_standing_member", post,
                   **party, criticality=3, sector="party_inspection", bars_locals=True)  # fmt: skip
        self._post(f"{x}-XDD", f"Trưởng ban Xây dựng Đảng {name}", f"{x}-DU", "COM_STD", "commune_standing_member",
                   (x, "commune", "party_affairs"), **party, criticality=2)  # fmt: skip
        self._post(f"{x}-MTTQ", f"Chủ tịch Ủy ban MTTQ {name}", f"{x}-MT", "COM_STD", "commune_standing_member",
                   (x, "commune", "front_work"), **front, **elect, head=True, criticality=2)  # fmt: skip
        own = {"managed_by": f"BTV-{x}", "term_system": "state"}
        for part, title, field, sector in COMMUNE_BODIES:
            unit = f"{x}-{part}"
            self._unit(unit, f"{title} {name}", f"{x}-UB", "division", headcount=9, locality=x)
            self.homes.append((unit, x, "commune"))
            at = (x, "commune", field)
            self._post(f"{unit}-T", f"Trưởng {title} {name}", unit, "COM_DIV_HEAD", "commune_division_head", at, **own,
                       head=True, acting_months=6, criticality=2, may_stay_empty=False, sector=sector)  # fmt: skip
            self._post(f"{unit}-P", f"Phó Trưởng {title} {name}", unit, "COM_DIV_DEP", "commune_division_deputy", at,
                       **own, may_stay_empty=True)  # fmt: skip

    def divisions(self, departments: int, posts: int) -> None:
        """Divisions of departments in turn, for what is left of the wanted size: a head and a deputy each."""
        for n in range((posts + 1) // PER_DIVISION):
            department, k = n % departments, n // departments
            parent = self.units[1 + department]
            unit, field = f"{parent.unit_id}-P{k + 1}", DEPARTMENTS[department % len(DEPARTMENTS)][1]
            name = f"{DIVISIONS[k % len(DIVISIONS)]} {parent.name}"
            self._unit(unit, name, parent.unit_id, "division", headcount=12)
            self.homes.append((unit, parent.unit_id, "province"))
            at, own = (parent.unit_id, "province", field), {"managed_by": f"GD-{parent.unit_id}"}
            self._post(f"{unit}-T", f"Trưởng {name}", unit, "DIV_HEAD", "division_head", at, **own, head=True,
                       acting_months=6, criticality=2)  # fmt: skip
            if n * PER_DIVISION + 1 < posts:
                self._post(f"{unit}-P", f"Phó Trưởng {name}", unit, "DIV_DEP", "division_deputy", at, **own,
                           may_stay_empty=True)  # fmt: skip
        if not any(ladder == "province" for _, _, ladder in self.homes):
            self.homes.append(("S01", "S01", "province"))


def authorities(made: Organisation) -> Iterator[dict[str, object]]:
    """Who manages the posts: the province's standing committee, directors, and commune standing committees."""
    yield {"authority_id": "BTVTU", "name": "Ban Thường vụ Tỉnh ủy", "level": "province"}
    for unit in made.units:
        if unit.kind == "department":
            yield {"authority_id": f"GD-{unit.unit_id}", "name": f"Giám đốc {unit.name}", "level": "department",
                   "unit_id": unit.unit_id, "delegated_from": "BTVTU"}  # fmt: skip
        elif unit.kind in ("commune", "ward") and unit.parent_id == "T":
            yield {"authority_id": f"BTV-{unit.unit_id}", "name": f"Ban Thường vụ Đảng ủy {unit.name}",
                   "level": "commune", "unit_id": unit.unit_id, "delegated_from": "BTVTU"}  # fmt: skip
