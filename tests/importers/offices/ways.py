"""The ways in which offices write one fact. Each function writes only; what is true is recorded elsewhere."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

WORDS = {
    ("degree", "CĐ"): ["CĐ", "Cao đẳng"],
    ("degree", "ĐH"): ["ĐH", "Đại học", "Cử nhân", "CN", "Đại học"],
    ("degree", "ThS"): ["ThS", "Ths.", "Th.S", "Thạc sĩ", "Thạc sỹ", "ThS."],
    ("degree", "TS"): ["TS", "Tiến sĩ", "Tiến sỹ", "TS."],
    ("theory", "CC"): ["Cao cấp", "CC", "CC LLCT", "Cao cấp LLCT", "CCLLCT", "Cao cấp lý luận chính trị"],
    ("theory", "TC"): ["Trung cấp", "TC", "TC LLCT", "Trung cấp LLCT", "TCLLCT", "Trung cấp lý luận chính trị"],
    ("theory", "SC"): ["Sơ cấp", "SC", "Sơ cấp LLCT"],
    ("theory", None): ["", "-", "chưa qua đào tạo", ""],
    ("state", "CV"): ["CV", "Chuyên viên"],
    ("state", "CVC"): ["CVC", "Chuyên viên chính"],
    ("state", "CVCC"): ["CVCC", "Chuyên viên cao cấp"],
    ("state", None): ["", ""],
    ("rating", "HTXSNV"): ["HTXSNV", "HTXS NV", "HTXS", "Hoàn thành xuất sắc nhiệm vụ", "HTXSNV "],
    ("rating", "HTTNV"): ["HTTNV", "HTT NV", "Hoàn thành tốt nhiệm vụ", "HTTNV", "Hoàn thành tốt\nnhiệm vụ"],
    ("rating", "HTNV"): ["HTNV", "Hoàn thành nhiệm vụ", "HTNV "],
    ("rating", "KHTNV"): ["KHTNV", "Không hoàn thành nhiệm vụ", "Không HTNV"],
}


@dataclass(frozen=True)
class Cell:
    """What stands in a cell and how it is shown; `quote` is the apostrophe that a spreadsheet keeps as a prefix."""

    value: Any = None
    shown: str | None = None
    quote: bool = False


def word(draw: Random, what: str, level: str | None) -> str:
    """One of the words for a level."""
    return draw.choice(WORDS[what, level])


def numbers(iso: str) -> list[int]:
    """[year], [year, month] or [year, month, day]."""
    return [int(part) for part in iso.split("-")]


def day_text(draw: Random, iso: str) -> str:
    """A date as text, day first."""
    parts = numbers(iso)
    if len(parts) == 1:
        return str(parts[0])
    if len(parts) == 2:
        return draw.choice([f"{parts[1]}/{parts[0]}", f"{parts[1]:02}/{parts[0]}", f"{parts[1]}.{parts[0]}"])
    year, month, day = parts
    return draw.choice(
        [f"{day}/{month}/{year}", f"{day:02}/{month:02}/{year}", f"{day}.{month}.{year}", f"{day}/{month:02}/{year}"]
    )


def date_cell(draw: Random, iso: str) -> Cell:
    """A date in a cell: text, number, true date of day or of month, text after an apostrophe."""
    parts = numbers(iso)
    if len(parts) == 1:
        return draw.choice([Cell(parts[0]), Cell(str(parts[0]), "@")])
    if len(parts) == 2:
        moment = datetime(parts[0], parts[1], 1)
        return draw.choice([Cell(day_text(draw, iso)), Cell(moment, "mm/yyyy"), Cell(day_text(draw, iso))])
    kind = draw.randrange(5)
    if kind < 2:
        return Cell(datetime(*parts), "dd/mm/yyyy")
    if kind == 2:
        return Cell(day_text(draw, iso), "@", quote=True)
    return Cell(day_text(draw, iso))


def since_text(draw: Random, since: str) -> str:
    """How a post says since when: month, or the first day of it."""
    year, month = numbers(since)[:2]
    return draw.choice(
        [
            f"(từ {month}/{year})",
            f"(từ tháng {month}/{year})",
            f"từ 01/{month}/{year}",
            f"(từ 01/{month:02}/{year})",
            f", từ {month:02}/{year}",
        ]
    )


def since_cell(draw: Random, since: str) -> Cell:
    """A date of taking up a post in a column of its own."""
    year, month = numbers(since)[:2]
    return draw.choice(
        [
            Cell(f"{month}/{year}"),
            Cell(f"01/{month:02}/{year}"),
            Cell(f"Tháng {month}/{year}"),
            Cell(datetime(year, month, 1), "mm/yyyy"),
        ]
    )


def degree_text(draw: Random, level: str, subject: str | None) -> str:
    return f"{word(draw, 'degree', level)} {subject}" if subject else word(draw, "degree", level)


def decided(draw: Random, post: str, number: str | None, on: str | None) -> str:
    """A planned post with its decision."""
    if number is None:
        return post
    ways = [
        f"{post} (QĐ số {number} ngày {on})",
        f"{post} (QĐ {number}, {on})",
        f"{post} - QĐ số {number} ngày {on}",
        f"{post} (Quyết định số {number}, ngày {on})",
    ]
    return draw.choice(ways)


def place_text(draw: Random, commune: str, district: str, province: str) -> str:
    return draw.choice(
        [
            f"xã {commune}, huyện {district}",
            f"{commune} - {district}",
            f"{commune}, {district}, {province}",
            f"xã {commune} - {district} (cũ)",
            f"Xã {commune}, huyện {district}, tỉnh {province}",
        ]
    )


def untidy(draw: Random, name: str) -> str:
    """A name as it is typed: now and then with odd spaces, in NFD, in capitals or with a form of address."""
    chance = draw.random()
    if chance < 0.05:
        return name.replace(" ", "  ", 1) + " "
    if chance < 0.09:
        return name.replace(" ", "\u00a0", 1)
    if chance < 0.13:
        return unicodedata.normalize("NFD", name)
    if chance < 0.16:
        return name.upper()
    if chance < 0.18:
        return f"Đ/c {name}"
    return name
