"""Three wards, each on a sheet of its own, with columns for discipline, retirement and relatives."""

from __future__ import annotations

from datetime import datetime
from random import Random

from openpyxl import Workbook

from tests.importers.offices import oddities as odd
from tests.importers.offices.case import Case
from tests.importers.offices.communes import commune, holder, leaders
from tests.importers.offices.people import Planned, Population, Post
from tests.importers.offices.sheet import Column, Sheet
from tests.importers.offices.ways import Cell

SINCE = "2025-07 2024-10 2025-07 2023-05 2022-12 2025-07 2021-08 2025-07 2020-02 2025-07"
COLUMNS = [
    Column("number", "STT"),
    Column("name", "Họ và tên"),
    Column("birth M", "Nam"),
    Column("birth F", "Nữ"),
    Column("post", "Chức vụ, chức danh"),
    Column("since", "Thời gian bổ nhiệm"),
    Column("theory", "Trình độ LLCT"),
    Column("degree", "Trình độ chuyên môn"),
    Column("state", "Trình độ QLNN"),
    Column("rating:2024", "Xếp loại năm 2024"),
    Column("rating:2025", "Xếp loại năm 2025"),
    Column("planned", "Quy hoạch"),
    Column("decision", "Số QĐ quy hoạch"),
    Column("discipline", "Kỷ luật (hình thức, thời gian)"),
    Column("retires", "Thời điểm nghỉ hưu"),
    Column("kin", "Người thân cùng cơ quan"),
]


def ba_phuong() -> tuple[Workbook, Case]:
    """Births under Nam and Nữ without a heading above; a first sheet with words only; vacant seats in other words."""
    case = Case("ba_phuong", "Ba phường", "a sheet for each ward")
    folk = Population("ba_phuong", (2024, 2025))
    book = Workbook()
    cover = book.active
    cover.title = "Huong dan"
    cover["A1"] = "HƯỚNG DẪN LẬP BIỂU"
    cover["A2"] = "Các phường ghi đầy đủ họ và tên, ngày sinh, chức vụ của cán bộ đến ngày 31/12/2025."
    cover["A3"] = "Xếp loại ghi theo thông báo của cấp có thẩm quyền."
    decision = ("64-QĐ/TU", "28/11/2025")
    for index, name in enumerate(["Phường Tân Hòa", "Phường Vân Giang", "Phường Đông Khê"]):
        sheet = book.create_sheet(name)
        u = commune(case, f"C{index}", name, "ward")
        page = Sheet(sheet, case, COLUMNS, Random(name))
        page.titles(
            ["THÀNH ỦY ĐÔNG GIANG", f"ĐẢNG ỦY {name.upper()}"],
            ["ĐẢNG CỘNG SẢN VIỆT NAM"],
            [f"DANH SÁCH CÁN BỘ CHỦ CHỐT {name.upper()}"],
        )
        page.headings()
        people = [
            holder(folk, posts, say.format(""), since)
            for (posts, say), since in zip(leaders(u), SINCE.split(), strict=True)
        ]
        people.append(folk.person(1, posts=[Post("Trưởng phòng", u["KT"], "2025-07")], say="Trưởng phòng KT, HT&ĐT"))
        people.append(folk.person(1, posts=[Post("Trưởng phòng", u["VX"], "2025-07")], say="Trưởng phòng VH-XH"))
        people[1].pools = [Planned("Bí thư Đảng ủy", u["DU"], "Bí thư Đảng ủy", *decision)]
        people[5].pools = [Planned("Chủ tịch UBND", u["UB"], "Chủ tịch UBND phường", *decision)]
        people[10].pools = [Planned("Phó Chủ tịch UBND", u["UB"], "PCT UBND phường", *decision)]
        if index == 0:
            people[0].cells["retires"] = Cell(datetime(2026, 9, 1), "dd/mm/yyyy")
            people[0].fact("retirements", on="2026-09-01", precision="day")
            people[3].cells["discipline"] = Cell("Khiển trách, 4/2024")
            people[3].fact("discipline", form="khiển trách", decided="2024-04", side=None)
            odd.impossible_day(people[4], 1979, 6)
        if index == 1:
            people[8].cells["kin"] = Cell(f"Vợ: {people[11].name}, Trưởng phòng VH-XH")
            people[8].sex, people[8].name, people[11].sex, people[11].name = (
                "M",
                "Đinh Hữu Sơn",
                "F",
                "Cao Thị Hồng Nhung",
            )
            people[8].cells["kin"] = Cell("Vợ: Cao Thị Hồng Nhung, Trưởng phòng VH-XH")
            people[8].fact(
                "relations", b=people[11], b_text="Vợ: Cao Thị Hồng Nhung, Trưởng phòng VH-XH", relation="spouse"
            )
            people[2].cells["discipline"] = Cell("Cảnh cáo (đảng) 10/2023")
            people[2].fact("discipline", form="cảnh cáo", decided="2023-10", side="party")
            odd.unclear_rating(people[6], 2025)
        if index == 2:
            people[9].cells["retires"] = Cell("tháng 11/2026")
            people[9].fact("retirements", on="2026-11", precision="month")
            odd.month_first(people[10], 1982, 8, 5)
        for number, person in enumerate(people, 1):
            page.person(person, number)
        words = ["Chưa bố trí", "Còn khuyết", "(trống)"]
        page.vacant("Phó Trưởng Ban Xây dựng Đảng", u["BXD"], "Phó Trưởng Ban Xây dựng Đảng", 13, words[index])
        page.line(f"Tổng số: {len(people)} đồng chí", until=page.right)
        page.line("T/M BAN THƯỜNG VỤ", page.left + 9, page.right)
    return book, case
