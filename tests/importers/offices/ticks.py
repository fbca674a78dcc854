"""A public unit that ticks levels and classes in columns of their own, under three rows of headings."""

from __future__ import annotations

from random import Random

from openpyxl import Workbook

from tests.importers.offices import oddities as odd
from tests.importers.offices.case import Case
from tests.importers.offices.departments import MOTTO
from tests.importers.offices.people import Planned, Population, Post
from tests.importers.offices.sheet import Column, Sheet


def trung_tam_y_te() -> tuple[Workbook, Case]:
    """A centre of a department, listed by itself; "x" in the column of a level, a field in the column of a degree."""
    case = Case("trung_tam_y_te", "Trung tâm Kiểm soát bệnh tật", "levels and classes ticked in columns")
    folk = Population("trung_tam_y_te", (2024, 2025))
    book = Workbook()
    sheet = book.active
    sheet.title = "Thong ke"
    top = case.unit("U0", "Trung tâm Kiểm soát bệnh tật", None, "centre")
    columns = [
        Column("number", "TT"),
        Column("name", "Họ và tên"),
        Column("birth M", "Nam", "Năm sinh"),
        Column("birth F", "Nữ", "Năm sinh"),
        Column("post", "Chức vụ"),
        Column("tick:degree:CĐ", "CĐ", "Trình độ chuyên môn"),
        Column("tick:degree:ĐH", "ĐH", "Trình độ chuyên môn"),
        Column("tick:degree:ThS", "ThS", "Trình độ chuyên môn"),
        Column("tick:degree:TS", "TS", "Trình độ chuyên môn"),
        Column("tick:theory:SC", "SC", "Lý luận chính trị"),
        Column("tick:theory:TC", "TC", "Lý luận chính trị"),
        Column("tick:theory:CC", "CC", "Lý luận chính trị"),
        Column("tick:state:CV", "CV", "Quản lý nhà nước"),
        Column("tick:state:CVC", "CVC", "Quản lý nhà nước"),
        *(
            Column(f"tick:{year}:{code}", code, f"Xếp loại năm {year}")
            for year in (2024, 2025)
            for code in ("HTXSNV", "HTTNV", "HTNV")
        ),
        Column("pools", "Chức danh quy hoạch"),
        Column("note", "Ghi chú"),
    ]
    page = Sheet(sheet, case, columns, Random("trung_tam_y_te"))
    page.titles(
        ["SỞ Y TẾ BÌNH LÂM", "TRUNG TÂM KIỂM SOÁT BỆNH TẬT"], MOTTO, ["THỐNG KÊ CHẤT LƯỢNG CÁN BỘ QUẢN LÝ NĂM 2025"]
    )
    page.headings()
    decision = ("240/QĐ-SYT", "20/12/2024")
    number = 0
    page.section("BAN GIÁM ĐỐC", "I")
    chief = folk.person(1, "M", posts=[Post("Giám đốc", top)], say="Giám đốc", state="CVC")
    seconds = [folk.person(1, sex, posts=[Post("Phó Giám đốc", top)], say="Phó Giám đốc") for sex in "FM"]
    for person in seconds:
        person.pools = [Planned("Giám đốc", top, "Giám đốc Trung tâm", *decision)]
    odd.retires(chief, "nghỉ hưu từ 01/10/2027", "2027-10-01")
    for person in [chief, *seconds]:
        number += 1
        page.person(person, number)
    divisions = ["Phòng Tổ chức - Hành chính", "Phòng Kế hoạch - Nghiệp vụ", "Phòng Tài chính - Kế toán"]
    for index, name in enumerate(divisions, 1):
        unit = case.unit(f"U{index}", name, top, "division")
        page.section(name, ["", "II", "III", "IV"][index])
        leader = folk.person(1, posts=[Post("Trưởng phòng", unit)], say="Trưởng phòng")
        leader.pools = [Planned("Phó Giám đốc", top, "Phó Giám đốc Trung tâm", *decision)]
        second = folk.person(1, posts=[Post("Phó Trưởng phòng", unit)], say="Phó Trưởng phòng")
        second.pools = [Planned("Trưởng phòng", unit, f"Trưởng phòng {name.removeprefix('Phòng ')}", *decision)]
        staff = [folk.person(0, posts=[Post("Viên chức", unit)], say="Viên chức") for _ in range(4)]
        if index == 2:
            odd.impossible_day(staff[1], 1988, 9)
            odd.course(second, "đang học CCLLCT 2025-2027", "CC", 2025, 2027)
            second.theory = "TC"
        if index == 3:
            odd.month_first(staff[2], 1991, 4, 6)
        for person in [leader, second, *staff]:
            number += 1
            page.person(person, number)
    page.line(f"Tổng cộng: {number} người", until=page.right)
    page.line("GIÁM ĐỐC", page.left + 12, page.right)
    return book, case
