"""Two more lists: form 8.3 of a commune, and a department that writes state and party posts in two columns."""

from __future__ import annotations

from random import Random

from openpyxl import Workbook

from tests.importers.offices import oddities as odd
from tests.importers.offices.case import Case
from tests.importers.offices.communes import commune, holder
from tests.importers.offices.departments import MOTTO
from tests.importers.offices.people import Person, Planned, Population, Post
from tests.importers.offices.sheet import Column, Sheet


def phu_luc_2_xa() -> tuple[Workbook, Case]:
    """Form 8.3 of a commune: posts of the party committee, the council and the committee as sections."""
    case = Case("phu_luc_2_xa_dong_linh", "Xã Đông Lĩnh: Phụ lục 2", "form 8.3 of a commune", form=True)
    folk = Population("phu_luc_2_xa_dong_linh")
    book = Workbook()
    sheet = book.active
    sheet.title = "PL2"
    u = commune(case, "U", "Xã Đông Lĩnh", "commune")
    columns = [
        Column("number", "Số TT"),
        Column("name", "Họ và tên"),
        Column("birth M", "Nam", "Ngày, tháng, năm sinh"),
        Column("birth F", "Nữ", "Ngày, tháng, năm sinh"),
        Column("post", "Chức vụ hiện tại"),
        Column("planned", "Chức danh đề xuất quy hoạch"),
        Column("degree", "Chuyên môn", "Trình độ"),
        Column("theory", "Lý luận chính trị", "Trình độ"),
        Column("rating:2023", "Năm 2023", "Kết quả phân loại 03 năm"),
        Column("rating:2024", "Năm 2024", "Kết quả phân loại 03 năm"),
        Column("rating:2025", "Năm 2025", "Kết quả phân loại 03 năm"),
        Column("proposal", "Đề xuất của đơn vị"),
        Column("note", "Ghi chú"),
    ]
    page = Sheet(sheet, case, columns, Random("phu_luc_2_xa_dong_linh"))
    page.line("Phụ lục 2", page.right - 1, page.right)
    page.titles(
        ["ĐẢNG BỘ TỈNH BÌNH LÂM", "ĐẢNG ỦY XÃ ĐÔNG LĨNH", "*"],
        ["ĐẢNG CỘNG SẢN VIỆT NAM", "Đông Lĩnh, ngày 22 tháng 01 năm 2026"],
        ["BẢNG RÀ SOÁT, BỔ SUNG QUY HOẠCH", "nhiệm kỳ 2025 - 2030 và nhiệm kỳ 2026 - 2031"],
        first=2,
    )
    page.headings()
    member = ("Ủy viên Ban Thường vụ Đảng ủy", u["DU"])
    standing = holder(
        folk,
        [("Phó Bí thư Thường trực Đảng ủy", u["DU"])],
        "Phó Bí thư Thường trực Đảng ủy",
        None,
    )
    chair = holder(
        folk,
        [("Phó Bí thư Đảng ủy", u["DU"]), ("Chủ tịch UBND", u["UB"])],
        "Phó Bí thư Đảng ủy, Chủ tịch UBND xã",
        None,
    )
    vice = holder(folk, [member, ("Phó Chủ tịch UBND", u["UB"])], "UVBTV Đảng ủy, Phó Chủ tịch UBND xã", None)
    council = holder(folk, [("Phó Chủ tịch HĐND", u["HD"])], "Phó Chủ tịch HĐND xã", None)
    builder = holder(
        folk, [member, ("Trưởng Ban Xây dựng Đảng", u["BXD"])], "Ủy viên BTV, Trưởng Ban Xây dựng Đảng", None
    )
    office = holder(folk, [("Chánh Văn phòng HĐND và UBND", u["VP"])], "Chánh Văn phòng HĐND và UBND xã", None, 1)
    economy = holder(folk, [("Trưởng phòng", u["KT"])], "Trưởng phòng Kinh tế", None, 1)
    culture = holder(folk, [("Trưởng phòng", u["VX"])], "Trưởng phòng Văn hóa - Xã hội", None, 1)
    second = [holder(folk, [("Phó Trưởng phòng", u["KT"])], "Phó Trưởng phòng Kinh tế", None, 1) for _ in range(2)]
    clerks = [holder(folk, [("Phó Chánh Văn phòng HĐND và UBND", u["VP"])], "Phó Chánh VP HĐND và UBND", None, 1)]
    staff = [holder(folk, [("Chuyên viên", u["KT"])], "Chuyên viên Phòng Kinh tế", None, 0) for _ in range(4)]
    staff += [holder(folk, [("Chuyên viên", u["VX"])], "Chuyên viên Phòng Văn hóa - Xã hội", None, 0) for _ in range(4)]
    odd.impossible_day(vice, 1978, 6)
    odd.month_first(second[0], 1985, 9, 4)
    odd.unclear_rating(staff[2], 2024)
    odd.studying(economy, "CC LLCT (đang học)")
    odd.two_digits(staff[5], 1992, 5, 23)
    odd.retires(council, "nghỉ hưu 01/12/2027", "2027-12-01")
    staff[6].name, staff[6].sex = "Cao Xuân Hoan", "M"
    odd.lookalike(staff[6], "o", "о")
    lists: list[tuple[str, str, str, int | None, list[Person]]] = [
        ("Bí thư Đảng ủy", "DU", "Bí thư Đảng ủy", 1, [standing, chair]),
        ("Phó Bí thư Thường trực Đảng ủy", "DU", "Phó Bí thư Thường trực Đảng ủy", 1, [builder, vice]),
        ("Chủ tịch UBND", "UB", "Chủ tịch UBND xã", 1, [vice, council]),
        ("Phó Chủ tịch UBND", "UB", "Phó Chủ tịch UBND xã", 2, [office, economy, culture]),
        ("Chánh Văn phòng HĐND và UBND", "VP", "Chánh Văn phòng HĐND và UBND", None, clerks),
        ("Trưởng phòng", "KT", "Trưởng phòng Kinh tế", None, second),
        ("Phó Trưởng phòng", "KT", "Phó Trưởng phòng Kinh tế", 2, staff[:4]),
        ("Phó Trưởng phòng", "VX", "Phó Trưởng phòng Văn hóa - Xã hội", 2, staff[4:]),
    ]
    for order, (title, short, say, seats, people) in enumerate(lists, 1):
        shown = say.upper() if order < 5 else say
        page.section(f"{shown} ({seats:02} vị trí)" if seats else shown, str(order))
        if seats:
            case.said[title, u[short]] = seats
        for number, person in enumerate(people, 1):
            person.pools = [Planned(title, u[short], say, status="add")]
            person.proposal = "Bổ sung quy hoạch"
            page.person(person, number)
    page.line(f"Tổng cộng: {len(case.tables['pools'])} lượt người", until=page.right)
    page.line("T/M BAN THƯỜNG VỤ", page.left + 7, page.right)
    return book, case


def so_van_hoa() -> tuple[Workbook, Case]:
    """A department: state post and party post in two columns, the division in a column, one list without sections."""
    case = Case("so_van_hoa", "Sở Văn hóa, Thể thao và Du lịch", "state and party posts in two columns; a unit column")
    folk = Population("so_van_hoa", (2022, 2023, 2024, 2025))
    book = Workbook()
    sheet = book.active
    sheet.title = "Biểu 1"
    top = case.unit("U0", "Sở Văn hóa, Thể thao và Du lịch", None, "department")
    columns = [
        Column("number", "STT"),
        Column("name", "Họ và tên"),
        Column("birth", "Ngày, tháng, năm sinh"),
        Column("sex", "Nam/Nữ"),
        Column("native", "Quê quán"),
        Column("unit", "Phòng, đơn vị"),
        Column("post", "Chức vụ chính quyền"),
        Column("party_post", "Chức vụ Đảng"),
        Column("since", "Ngày bổ nhiệm chức vụ"),
        Column("degree", "Trình độ chuyên môn"),
        Column("theory", "Trình độ lý luận chính trị"),
        Column("state", "Ngạch công chức"),
        Column("rating:2022", "2022", "Kết quả xếp loại 4 năm gần nhất"),
        Column("rating:2023", "2023", "Kết quả xếp loại 4 năm gần nhất"),
        Column("rating:2024", "2024", "Kết quả xếp loại 4 năm gần nhất"),
        Column("rating:2025", "2025", "Kết quả xếp loại 4 năm gần nhất"),
        Column("planned", "Quy hoạch chức danh"),
        Column("decision", "Số, ngày quyết định quy hoạch"),
        Column("note", "Ghi chú"),
    ]
    page = Sheet(sheet, case, columns, Random("so_van_hoa"))
    page.titles(
        ["UBND TỈNH BÌNH LÂM", "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH"], MOTTO, ["BIỂU THỐNG KÊ CÁN BỘ, CÔNG CHỨC NĂM 2025"]
    )
    page.headings()
    decision, own = ("190-QĐ/TU", "05/9/2024"), ("61/QĐ-SVHTTDL", "11/10/2024")
    number = 0

    def row(person: Person, unit: str) -> None:
        nonlocal number
        number += 1
        page.person(person, number, unit=unit)

    chief = folk.person(2, "F", posts=[Post("Giám đốc", top, "2022-08")], say="Giám đốc")
    row(chief, "Lãnh đạo Sở")
    for since in ("2021-06", "2025-07"):
        person = folk.person(2, "M", posts=[Post("Phó Giám đốc", top, since)], say="Phó Giám đốc")
        person.pools = [Planned("Giám đốc", top, "Giám đốc Sở", *decision)]
        row(person, "Lãnh đạo Sở")
    divisions = ["Văn phòng Sở", "Phòng Quản lý văn hóa", "Phòng Quản lý du lịch", "Phòng Quản lý thể thao"]
    for index, name in enumerate(divisions, 1):
        unit = case.unit(f"U{index}", name, top, "office" if index == 1 else "division")
        head, deputy = (
            ("Chánh Văn phòng", "Phó Chánh Văn phòng") if index == 1 else ("Trưởng phòng", "Phó Trưởng phòng")
        )
        leader = folk.person(1, posts=[Post(head, unit, f"2020-0{index}")], say=head)
        leader.party_posts = [Post("Bí thư Chi bộ", unit)]
        leader.pools = [Planned("Phó Giám đốc", top, "Phó Giám đốc Sở", *decision)]
        seconds = [folk.person(1, posts=[Post(deputy, unit, f"2024-1{n}")], say=deputy) for n in range(1 + index % 2)]
        for person in seconds:
            person.pools = [Planned(head, unit, f"{head} {name.removeprefix('Phòng ')}" if index > 1 else head, *own)]
        staff = [folk.person(0, posts=[Post("Chuyên viên", unit)], say="Chuyên viên") for _ in range(4)]
        if index == 1:
            odd.month_first(staff[0], 1990, 8, 3, "birth")
            note = "Đã bị khiển trách (QĐ 45/QĐ-SVHTTDL ngày 12/5/2024)"
            odd.disciplined(staff[1], note, "khiển trách", "2024-05")
        if index == 2:
            odd.impossible_day(staff[2], 1987, 9, "birth")
            odd.unrated(staff[1], 2022, "Không xếp loại")
        if index == 3:
            odd.course(seconds[0], "đang học CC LLCT khóa 2024-2026", "CC", 2024, 2026)
            seconds[0].theory = "TC"
            odd.struck(staff[3])
        if index == 4:
            odd.wrong_year(staff[0], "03/9/1894", "1994-09-03", "birth")
            odd.unclear_rating(seconds[0], 2025)
        for person in [leader, *seconds, *staff]:
            row(person, name)
        if index == 4:
            page.vacant(deputy, unit, deputy, number + 1, "Khuyết", unit=name)
    page.line(f"Tổng số: {number} người", until=page.right)
    page.line("GIÁM ĐỐC", page.left + 10, page.right)
    return book, case
