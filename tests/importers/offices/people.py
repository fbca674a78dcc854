"""Invented people of invented offices. Nothing here is taken from a real list."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

# fmt: off
FAMILIES = [
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Đinh",
    "Đoàn", "Trịnh", "Mai", "Cao", "Lương", "Tạ", "Phan", "Hà", "Thái", "Châu",
]
MEN_MIDDLE = [
    "Văn", "Hữu", "Đức", "Quang", "Minh", "Xuân", "Đình", "Công", "Bá", "Trọng", "Thế", "Mạnh", "Tiến", "Huy",
    "Quốc", "Duy", "Anh",
]
WOMEN_MIDDLE = [
    "Thị", "Thị Thu", "Thị Kim", "Thị Ngọc", "Thị Hồng", "Thị Bích", "Thị Thanh", "Thị Minh", "Thị Phương",
    "Thị Lan",
]
MEN = [
    "Hùng", "Dũng", "Cường", "Tuấn", "Sơn", "Hải", "Long", "Khoa", "Đạt", "Toàn", "Vinh", "Quân", "Thắng",
    "Phong", "Trung", "Kiên", "Thịnh", "Luân", "Hiệp", "Tùng", "Nghĩa", "Khang",
]
WOMEN = [
    "Hoa", "Lan", "Hương", "Thảo", "Nga", "Hằng", "Yến", "Trang", "Liên", "Hạnh", "Nhung", "Mai", "Oanh",
    "Dung", "Phượng", "Loan", "Thơm", "Xuân", "Thúy", "Vân", "Ngân", "Hiền",
]
# fmt: on
PLACES = [
    ("Thạch Khê", "Vân Trạch"),
    ("Đông Lĩnh", "Vân Trạch"),
    ("Phú Mỹ Đông", "Yên Khê"),
    ("Trung Hà", "Yên Khê"),
    ("Hòa Lạc", "Lâm Giang"),
    ("Nghĩa Sơn", "Lâm Giang"),
    ("Quảng Lưu", "Bắc Thuận"),
    ("Tam Kỳ Thượng", "Bắc Thuận"),
    ("Diên Phước", "Tân Ninh"),
    ("Long Xuyên Hạ", "Tân Ninh"),
]
# fmt: off
FIELDS = [
    "Luật", "Kinh tế", "Quản lý công", "Quản lý kinh tế", "Kế toán", "Hành chính học", "Chính trị học",
    "Xây dựng Đảng và CQNN", "Tài chính - Ngân hàng",
]
# fmt: on
LANGUAGES = ["Anh B", "Anh B1", "Tiếng Anh B2", "Anh A2", "ĐH Anh", "Tiếng Trung B"]
COMPUTING = ["Tin học B", "UDCNTT cơ bản", "CNTT cơ bản", "Tin A", "UDCNTT nâng cao"]
RATINGS = ["HTXSNV", "HTTNV", "HTTNV", "HTTNV", "HTTNV", "HTNV"]


@dataclass(frozen=True)
class Post:
    """A present post: title and unit as the case has them, `since` as far as the file says (YYYY-MM)."""

    title: str
    unit: str
    since: str | None = None
    kind: str = "substantive"
    open: bool = False


@dataclass(frozen=True)
class Planned:
    """A planned post: title and unit as the case has them, `say` as the office writes it."""

    title: str
    unit: str
    say: str
    decision: str | None = None
    on: str | None = None  # dd/mm/yyyy of the decision, as written
    status: str | None = None


@dataclass
class Person:
    """What is true of one person; a column of a sheet writes its part and records that part alone."""

    name: str
    sex: str
    birth: str
    native: tuple[str, str] = ("", "")
    ethnicity: str = "Kinh"
    party: str | None = None
    party_full: str | None = None
    degree: str | None = "ĐH"
    subject: str | None = "Luật"
    theory: str | None = None
    state: str | None = None
    language: str | None = None
    it: str | None = None
    ratings: dict[int, str] = field(default_factory=dict)
    posts: list[Post] = field(default_factory=list)
    say: str = ""
    party_posts: list[Post] = field(default_factory=list)
    pools: list[Planned] = field(default_factory=list)
    note: str = ""
    proposal: str = ""
    flags: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, Any] = field(default_factory=dict)
    doubts: list[tuple[Any, ...]] = field(default_factory=list)
    facts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    struck: bool = False
    key: str = ""

    def doubt(
        self, column: str, kind: str, read_as: str | None, must: bool = True, why: str = "", also: str = ""
    ) -> None:
        """A careful human asks about the cell of `column` in this person's row (`also`: other columns of the row)."""
        self.doubts.append((column, kind, read_as, must, why, also))

    def fact(self, table: str, **row: Any) -> None:
        """A fact that the person's note (or another free text of the row) states."""
        self.facts.setdefault(table, []).append(row)


class Population:
    """Draws people; no name twice unless asked for by hand."""

    def __init__(self, seed: str, years: tuple[int, ...] = (2023, 2024, 2025)) -> None:
        self.draw = Random(seed)
        self.names: set[str] = set()
        self.years = years

    def name(self, sex: str) -> str:
        while True:
            family = self.draw.choice(FAMILIES)
            middle = self.draw.choice(MEN_MIDDLE if sex == "M" else WOMEN_MIDDLE)
            given = self.draw.choice(MEN if sex == "M" else WOMEN)
            name = f"{family} {middle} {given}"
            if name not in self.names:
                self.names.add(name)
                return name

    def birth(self, first: int, last: int) -> str:
        day = date(self.draw.randint(first, last), self.draw.randint(1, 12), self.draw.randint(1, 28))
        return self.draw.choice([f"{day:%Y-%m-%d}"] * 7 + [f"{day:%Y-%m}"] * 2 + [f"{day:%Y}"])

    def person(self, level: int, sex: str | None = None, **known: Any) -> Person:
        """A person of one of three levels: 0 staff, 1 division, 2 leaders of the agency."""
        draw = self.draw
        sex = sex or draw.choice("MMF")
        spans = [(1978, 1999), (1972, 1992), (1967, 1984)]
        birth = known.pop("birth", None) or self.birth(*spans[level])
        year = int(birth[:4])
        joined = date(year + draw.randint(22, 27), draw.randint(1, 12), draw.randint(1, 28))
        member = joined.year < 2024 and (level > 0 or draw.random() < 0.8)
        theory = draw.choice([["SC", "TC", None, "TC"], ["TC", "CC", "CC"], ["CC"]][level])
        facts: dict[str, Any] = {
            "name": self.name(sex),
            "sex": sex,
            "birth": birth,
            "native": draw.choice(PLACES),
            "ethnicity": draw.choice(["Kinh"] * 11 + ["Tày", "Mường", "Sán Dìu"]),
            "party": f"{joined:%Y-%m-%d}" if member else None,
            "party_full": f"{joined.replace(year=joined.year + 1):%Y-%m-%d}" if member else None,
            "degree": draw.choice([["ĐH", "ĐH", "ThS", "CĐ"], ["ĐH", "ThS", "ThS"], ["ThS", "ThS", "TS", "ĐH"]][level]),
            "subject": draw.choice(FIELDS),
            "theory": theory,
            "state": draw.choice([["CV", "CV", None], ["CV", "CVC"], ["CVC", "CVCC"]][level]),
            "language": draw.choice(LANGUAGES),
            "it": draw.choice(COMPUTING),
            "ratings": {year: draw.choice(RATINGS) for year in self.years},
        }
        return Person(**(facts | known))
