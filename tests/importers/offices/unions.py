"""The list of the Front and the unions of a province."""

from __future__ import annotations

from random import Random

from openpyxl import Workbook

from tests.importers.offices import oddities as odd
from tests.importers.offices.case import Case
from tests.importers.offices.people import Planned, Population, Post
from tests.importers.offices.sheet import Column, Sheet
from tests.importers.offices.ways import Cell


def mat_tran() -> tuple[Workbook, Case]:
    """Units merged down their rows, one unit hidden by a filter, a sheet of retirements that says another date."""
    case = Case(
        "mat_tran_va_doan_the", "Mặt trận và các đoàn thể tỉnh", "units merged down; filter; a sheet of retirements"
    )
    folk = Population("mat_tran_va_doan_the")
    book = Workbook()
    retirements = book.active
    retirements.title = "Nghi huu"
    sheet = book.create_sheet("MTTQ va doan the")
    columns = [
        Column("unit", "Tên cơ quan, đơn vị"),
        Column("number", "TT"),
        Column("name", "Họ và tên"),
        Column("birth F", "Nữ", "Năm sinh"),
        Column("birth M", "Nam", "Năm sinh"),
        Column("post+", "Chức danh, chức vụ đảng, chính quyền, đoàn thể hiện nay"),
        Column("party", "Ngày kết nạp Đảng"),
        Column("ethnicity", "DT"),
        Column("theory", "LLCT", "Trình độ"),
        Column("degree", "Chuyên môn", "Trình độ"),
        Column("state", "QLNN", "Trình độ"),
        Column("age", "Tuổi"),
        Column("ratings", "Kết quả đánh giá các năm"),
        Column("pools", "Quy hoạch (chức danh, số quyết định)"),
        Column("note", "Ghi chú"),
    ]
    page = Sheet(sheet, case, columns, Random("mat_tran_va_doan_the"))
    page.titles(
        ["TỈNH ỦY BÌNH LÂM", "ĐẢNG ỦY MTTQ, CÁC ĐOÀN THỂ TỈNH"],
        ["ĐẢNG CỘNG SẢN VIỆT NAM", "Bình Lâm, ngày 09 tháng 01 năm 2026"],
        ["DANH SÁCH CÁN BỘ CƠ QUAN ỦY BAN MTTQ VIỆT NAM TỈNH VÀ CÁC ĐOÀN THỂ"],
    )
    page.headings()
    first_row = page.row
    units = [
        ("Ủy ban MTTQ Việt Nam tỉnh Bình Lâm", "Chủ tịch Ủy ban MTTQ Việt Nam", "front"),
        ("Hội Nông dân tỉnh", "Chủ tịch Hội Nông dân", "union"),
        ("Hội Liên hiệp Phụ nữ tỉnh", "Chủ tịch Hội Liên hiệp Phụ nữ", "union"),
        ("Tỉnh đoàn", "Bí thư Tỉnh đoàn", "union"),
        ("Liên đoàn Lao động tỉnh", "Chủ tịch Liên đoàn Lao động", "union"),
    ]
    decision, own = ("77-QĐ/TU", "14/8/2025"), ("12-QĐ/MTTQ", "30/9/2025")
    front = ""
    number = 0
    hidden: list[int] = []
    sheets: dict[str, list] = {}  # type: ignore[type-arg]
    for index, (name, head, kind) in enumerate(units):
        unit = case.unit(f"U{index}", name, None, kind)
        front = front or unit
        say = f"{head} tỉnh" if not head.startswith("Bí thư") else head
        deputy = f"Phó {head}"
        posts, text = [Post(head, unit, f"2025-0{index + 5}")], say
        if index:
            posts.insert(0, Post("Phó Chủ tịch Ủy ban MTTQ Việt Nam", front))
            text = f"Phó Chủ tịch Ủy ban MTTQ Việt Nam tỉnh, {say}"
        chief = folk.person(2, "F" if index == 2 else None, posts=posts, say=text)
        if index:
            chief.pools = [
                Planned("Chủ tịch Ủy ban MTTQ Việt Nam", front, "Chủ tịch Ủy ban MTTQ Việt Nam tỉnh", *decision)
            ]
        seconds = [
            folk.person(1, posts=[Post(deputy, unit, f"2023-0{n + 2}")], say=f"Phó {say}", pools=[]) for n in range(2)
        ]
        for person in seconds:
            person.pools = [Planned(head, unit, say, *own)]
        board = "Ban Tổ chức, Kiểm tra" if index % 2 else "Ban Phong trào"
        division = case.unit(f"U{index}B", board, unit, "division", unit)
        leader = folk.person(1, posts=[Post("Trưởng ban", division, "2024-04")], say=f"Trưởng {board}")
        staff = [folk.person(0, posts=[Post("Chuyên viên", division)], say=f"Chuyên viên {board}") for _ in range(3)]
        people = [chief, *seconds, leader, *staff]
        sheets[name] = people
    flat = [person for people in sheets.values() for person in people]
    odd.retires(flat[0], "nghỉ hưu từ 01/11/2026", "2026-11-01")
    flat[0].facts["retirements"][0]["accept"] = ["2026-11-01", "2026-12-01"]
    odd.impossible_day(flat[9], 1985, 11)
    odd.month_first(flat[12], 1991, 5, 4)
    odd.struck(flat[18])
    flat[20].name, flat[20].sex, flat[20].birth = "Phạm Thị Thu Hương", "F", "1990-04-12"
    flat[27].name, flat[27].sex, flat[27].birth = "Phạm Thị Thu Hương", "F", "1990"
    flat[27].doubt("name", "same_name", "two people", why="could be one person with another row", also="birth_F")
    odd.related(flat[29], f"vợ đ/c {flat[7].name}, Chủ tịch Hội Nông dân tỉnh", flat[7], "spouse")
    flat[7].sex, flat[7].name, flat[29].sex, flat[29].name = "M", "Hồ Trọng Nghĩa", "F", "Bùi Thị Ngọc Loan"
    flat[29].note = flat[29].facts["relations"][0]["b_text"] = "vợ đ/c Hồ Trọng Nghĩa, Chủ tịch Hội Nông dân tỉnh"
    odd.course(flat[15], "đang theo học lớp CCLLCT khóa 2025-2026", "CC", 2025, 2026)
    flat[15].theory = "TC"
    for index, (name, people) in enumerate(sheets.items()):
        start = page.row
        for offset, person in enumerate(people):
            number += 1
            page.person(person, number, unit=Cell(name if offset == 0 else None))
        if index == 1:
            head = units[index][1]
            page.vacant(f"Phó {head}", f"U{index}", f"Phó {head} tỉnh", number + 1, "Khuyết")
        sheet.merge_cells(f"A{start}:A{page.row - 1}")
        if index == 3:
            hidden = list(range(start, page.row))
    sheet.auto_filter.ref = f"A{first_row - 1}:{page.letter('note')}{page.row - 1}"
    for row in hidden:
        sheet.row_dimensions[row].hidden = True
    also = [f"{letter}{row}" for row in hidden for letter in "ABCDEF"]
    page.doubt(f"A{hidden[0]}", "rows_hidden_by_filter", "read", True, "a filter hides the rows of Tỉnh đoàn", also)
    page.line(f"Tổng số: {len(case.people) - 1} người", until=page.right)
    page.line("T/M BAN THƯỜNG VỤ", page.left + 8, page.right)

    retirements["A1"] = "DANH SÁCH CÁN BỘ NGHỈ HƯU NĂM 2026"
    for column, text in enumerate(["Stt", "Họ và tên", "Ngày sinh", "Chức vụ", "Thời điểm nghỉ hưu"], 1):
        retirements.cell(3, column, text)
    for column, value in enumerate(
        [1, flat[0].name, flat[0].birth[:4], "Chủ tịch Ủy ban MTTQ Việt Nam tỉnh", "01/12/2026"], 1
    ):
        retirements.cell(4, column, value)
    case.add(
        "doubts",
        sheet="Nghi huu",
        cell="E4",
        also=[],
        value="01/12/2026",
        kind="retire_conflict",
        why="another date of retirement than the note on the other sheet (01/11/2026)",
        read_as="2026-11-01 or 2026-12-01",
        must=True,
    )
    return book, case
