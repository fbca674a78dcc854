"""Lists of party boards of the province and of the Front."""

from __future__ import annotations

from random import Random

from openpyxl import Workbook

from tests.importers.offices import oddities as odd
from tests.importers.offices.case import Case
from tests.importers.offices.people import Planned, Population, Post
from tests.importers.offices.sheet import Column, Sheet
from tests.importers.offices.ways import Cell

PARTY = ["ĐẢNG CỘNG SẢN VIỆT NAM"]


def ban_to_chuc() -> tuple[Workbook, Case]:
    """A board: family and given name apart, one post cell merged down its holders, headings in rows 1 and 2."""
    case = Case(
        "ban_to_chuc_tinh_uy",
        "Ban Tổ chức Tỉnh ủy",
        "names in two columns; merged post cells; headings in the first rows",
    )
    folk = Population("ban_to_chuc_tinh_uy")
    book = Workbook()
    sheet = book.active
    sheet.title = "BTC"
    top = case.unit("U0", "Ban Tổ chức Tỉnh ủy", None, "party_body")
    columns = [
        Column("number", "TT"),
        Column("post", "Chức vụ"),
        Column("family", "Họ và đệm"),
        Column("given", "Tên"),
        Column("birth", "Ngày sinh"),
        Column("woman", "Nữ (x)"),
        Column("ethnicity", "Dân tộc"),
        Column("party", "Vào Đảng", "Ngày, tháng, năm"),
        Column("party_full", "Chính thức", "Ngày, tháng, năm"),
        Column("degree", "Chuyên môn, nghiệp vụ", "Trình độ"),
        Column("theory", "Lý luận CT", "Trình độ"),
        Column("state", "QLNN", "Trình độ"),
        Column("since", "Ngày bổ nhiệm chức vụ hiện tại"),
        Column("rating:2023", "Xếp loại năm 2023"),
        Column("rating:2024", "Xếp loại năm 2024"),
        Column("rating:2025", "Xếp loại năm 2025"),
        Column("pools", "Quy hoạch các chức danh"),
        Column("note", "Ghi chú"),
    ]
    page = Sheet(sheet, case, columns, Random("ban_to_chuc_tinh_uy"))
    page.row = 1
    page.headings()
    by_centre, by_board = ("402-QĐ/TU", "15/8/2024"), ("55-QĐ/BTCTU", "20/9/2024")
    number = 0

    def block(people: list, say: str) -> None:  # type: ignore[type-arg]
        """Holders of one post: the post stands in the first of their rows, merged down."""
        nonlocal number
        first = page.row
        for offset, person in enumerate(people):
            number += 1
            page.person(person, number, post=Cell(say if offset == 0 else None))
        if len(people) > 1:
            sheet.merge_cells(f"B{first}:B{page.row - 1}")

    chief = folk.person(2, "M", posts=[Post("Trưởng ban", top, "2024-09")])
    deputies = [
        folk.person(2, sex, posts=[Post("Phó Trưởng ban", top, since)])
        for sex, since in [("M", "2021-05"), ("F", "2023-02"), ("M", "2025-07")]
    ]
    for person in deputies[:2]:
        person.pools = [Planned("Trưởng ban", top, "Trưởng Ban Tổ chức Tỉnh ủy", *by_centre)]
    odd.retires(deputies[0], "nghỉ hưu từ tháng 3/2027", "2027-03")
    page.section("LÃNH ĐẠO BAN TỔ CHỨC TỈNH ỦY", "I")
    block([chief], "Trưởng ban")
    block(deputies, "Phó Trưởng ban")
    divisions = [
        "Văn phòng Ban",
        "Phòng Tổ chức đảng, đảng viên",
        "Phòng Tổ chức cán bộ",
        "Phòng Bảo vệ chính trị nội bộ",
    ]
    for index, name in enumerate(divisions, 1):
        office = name.startswith("Văn phòng")
        unit = case.unit(f"U{index}", name, top, "office" if office else "division")
        page.section(name, ["", "II", "III", "IV", "V"][index])
        head, deputy = ("Chánh Văn phòng", "Phó Chánh Văn phòng") if office else ("Trưởng phòng", "Phó Trưởng phòng")
        leader = folk.person(1, posts=[Post(head, unit, f"2022-{index + 4:02}")])
        leader.pools = [Planned("Phó Trưởng ban", top, "Phó Trưởng Ban Tổ chức Tỉnh ủy", *by_centre)]
        seconds = [
            folk.person(1, posts=[Post(deputy, unit, f"202{index}-0{n + 3}")]) for n in range(2 if index != 3 else 1)
        ]
        for person in seconds:
            say = head if office else f"TP {name.removeprefix('Phòng ')}"
            person.pools = [Planned(head, unit, say, *by_board)]
        staff = [folk.person(0, posts=[Post("Chuyên viên", unit)]) for _ in range(4)]
        if index == 1:
            odd.course(seconds[0], "đang học cao cấp LLCT 2025 - 2026", "CC", 2025, 2026)
            seconds[0].theory = "TC"
            staff[2].posts = [Post("Văn thư", unit)]
        if index == 2:
            odd.month_first(staff[0], 1987, 2, 10, "birth")
            odd.related(staff[1], f"vợ đồng chí {leader.name}", leader, "spouse")
            staff[1].sex, staff[1].name, leader.sex = "F", "Hoàng Thị Bích Vân", "M"
            leader.name = "Dương Thế Trung"
            staff[1].note = staff[1].facts["relations"][0]["b_text"] = "vợ đồng chí Dương Thế Trung, Trưởng phòng"
        if index == 3:
            odd.unclear_rating(staff[2], 2024)
            odd.impossible_day(staff[3], 1992, 2, "birth", 30)
        if index == 4:
            odd.apostrophe(staff[1], 1990, 7, 19, "birth")
            seconds[1].note = "Khiển trách 6/2024"
            seconds[1].fact("discipline", form="khiển trách", decided="2024-06", side=None)
        block([leader], head)
        block(seconds, deputy)
        if index == 3:
            number += 1
            page.vacant(deputy, unit, deputy, number, "Khuyết")
        plain = [person for person in staff if person.posts[0].title == "Chuyên viên"]
        block(plain, "Chuyên viên")
        for person in staff:
            if person not in plain:
                block([person], person.posts[0].title)
    return book, case


def ban_tuyen_giao() -> tuple[Workbook, Case]:
    """A board: posts with the decision of appointment in the text, all levels in one cell, eight rows of titles."""
    case = Case(
        "ban_tuyen_giao_dan_van",
        "Ban Tuyên giáo và Dân vận Thành ủy",
        "posts with decision and date in the text; title block of eight rows",
    )
    folk = Population("ban_tuyen_giao_dan_van")
    book = Workbook()
    sheet = book.active
    sheet.title = "Danh sách"
    top = case.unit("U0", "Ban Tuyên giáo và Dân vận", None, "party_body")
    columns = [
        Column("number", "Stt"),
        Column("name", "Họ và tên khai sinh"),
        Column("sex", "Giới"),
        Column("birth", "Sinh ngày"),
        Column("native", "Quê quán (xã, huyện cũ)"),
        Column("levels", "Trình độ (chuyên môn; LLCT; ngạch QLNN)"),
        Column("post+", "Chức vụ, đơn vị công tác (thời gian bổ nhiệm)"),
        Column("language", "Ngoại ngữ"),
        Column("rating:2024", "2024", "Phân loại"),
        Column("rating:2025", "2025", "Phân loại"),
        Column("planned", "Chức danh được quy hoạch"),
        Column("decision", "QĐ phê duyệt QH"),
        Column("note", "Ghi chú khác"),
    ]
    page = Sheet(sheet, case, columns, Random("ban_tuyen_giao_dan_van"))
    page.titles(
        ["THÀNH ỦY ĐÔNG GIANG", "BAN TUYÊN GIÁO VÀ DÂN VẬN", "*", "Số: 112-BC/BTGDV"],
        [*PARTY, "Đông Giang, ngày 11 tháng 01 năm 2026"],
        [
            "DANH SÁCH TRÍCH NGANG CÁN BỘ, CÔNG CHỨC",
            "Ban Tuyên giáo và Dân vận Thành ủy",
            "(phục vụ rà soát quy hoạch năm 2026)",
        ],
    )
    page.headings(numbers=True)
    decision = ("402-QĐ/TU", "15/8/2024")

    def appointed(title: str, unit: str, say: str, number: str, day: str, since: str, level: int, **known: object):  # type: ignore[no-untyped-def]
        person = folk.person(level, posts=[Post(title, unit, since)], say=say, **known)
        person.cells["post+"] = Cell(f"{say} (QĐ số {number} ngày {day})")
        person.doubt("post+", "since_from_decision", since, must=False, why="the date is that of the decision")
        return person

    number = 0
    page.section("LÃNH ĐẠO BAN", "A")
    chief = folk.person(2, "F", posts=[Post("Trưởng ban", top, "2021-03")], say="Trưởng ban")
    chief.cells["post+"] = Cell(
        "Ủy viên Ban Thường vụ Thành ủy, Trưởng Ban Tuyên giáo và Dân vận Thành ủy từ 01/3/2021"
    )
    chief.posts.insert(0, Post("Ủy viên Ban Thường vụ Thành ủy", top, open=True))  # of which unit, the file leaves open
    seconds = [
        appointed(
            "Phó Trưởng ban",
            top,
            "Phó Trưởng Ban Tuyên giáo và Dân vận Thành ủy",
            "123-QĐ/TU",
            "05/4/2022",
            "2022-04",
            2,
            sex="M",
        ),
        appointed("Phó Trưởng ban", top, "Phó Trưởng ban", "209-QĐ/TU", "01/7/2025", "2025-07", 2, sex="F"),
    ]
    for person in seconds:
        person.pools = [Planned("Trưởng ban", top, "Trưởng ban", *decision)]
    for person in [chief, *seconds]:
        number += 1
        page.person(person, number)
    page.section("CÁC PHÒNG CHUYÊN MÔN", "B")
    for index, name in enumerate(["Phòng Tuyên truyền, Báo chí", "Phòng Khoa giáo", "Phòng Dân vận"], 1):
        unit = case.unit(f"U{index}", name, top, "division")
        page.section(name, str(index))
        short = name.removeprefix("Phòng ")
        leader = folk.person(1, posts=[Post("Trưởng phòng", unit, f"202{index}-08")], say=f"Trưởng phòng {short}")
        leader.pools = [Planned("Phó Trưởng ban", top, "Phó Trưởng ban", *decision)]
        second = appointed(
            "Phó Trưởng phòng",
            unit,
            f"Phó Trưởng phòng {short}",
            f"1{index}-QĐ/BTGDV",
            f"0{index}/11/2023",
            "2023-11",
            1,
        )
        second.pools = [Planned("Trưởng phòng", unit, f"Trưởng phòng {short}", "40-QĐ/BTGDV", "02/10/2024")]
        people = [leader, second] + [
            folk.person(0, posts=[Post("Chuyên viên", unit)], say=f"Chuyên viên {name}") for _ in range(5)
        ]
        if index == 1:
            odd.course(people[3], "đang học CCLLCT 2025–2026", "CC", 2025, 2026)
            people[3].theory = "TC"
            odd.two_digits(people[4], 1988, 9, 25, "birth")
        if index == 2:
            odd.wrong_year(people[2], "15/08/2039", "1989-08-15", "birth")
            odd.related(people[3], f"chị gái của đ/c {people[4].name}", people[4], "sibling")
            people[3].sex, people[3].name = "F", "Lương Thị Hồng Thơm"
            odd.struck(people[6])
        if index == 3:
            odd.unclear_rating(people[2], 2025)
            odd.retires(people[5], "nghỉ chế độ theo NĐ 178/2024/NĐ-CP từ 01/3/2026", "2026-03-01")
        for person in people:
            number += 1
            page.person(person, number)
        if index == 2:
            page.vacant("Phó Trưởng phòng", unit, f"Phó Trưởng phòng {short}", number + 1, "(Khuyết)")
            number += 1
    total = len(case.people)
    cell = page.line(f"Danh sách có {total + 4} đồng chí", until=page.right)
    page.doubt(cell, "total_mismatch", None, True, f"the total says {total + 4}, the list holds {total}")
    page.row += 1
    page.line("NGƯỜI LẬP", page.left, page.left + 4, skip=0)
    page.line("T/M LÃNH ĐẠO BAN", page.left + 7, page.right, skip=4)
    page.line("Vũ Thị Ngân", page.left, page.left + 4, skip=0)
    page.line(chief.name, page.left + 7, page.right)
    return book, case
