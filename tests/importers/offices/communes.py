"""Lists of a ward and of a special zone; the units and leaders of any commune."""

from __future__ import annotations

from random import Random

from openpyxl import Workbook

from tests.importers.offices import oddities as odd
from tests.importers.offices.case import Case
from tests.importers.offices.people import Person, Planned, Population, Post
from tests.importers.offices.sheet import Column, Sheet
from tests.importers.offices.ways import Cell

PARTY = ["ĐẢNG CỘNG SẢN VIỆT NAM"]
ECONOMY = {"ward": "Phòng Kinh tế, Hạ tầng và Đô thị", "commune": "Phòng Kinh tế", "zone": "Phòng Kinh tế"}

WARD_SINCE = [
    *("2025-07", "2025-07", "2024-05", "2023-02", "2025-07"),
    *("2022-06", "2021-09", "2025-07", "2020-11", "2025-07"),
]

ZONE_SINCE = [
    *("2025-07", "2024-08", "2025-07", "2022-02", "2025-07"),
    *("2023-06", "2021-01", "2025-07", "2020-04", "2025-07"),
]


def commune(case: Case, key: str, name: str, kind: str) -> dict[str, str]:
    """The units of a commune, a ward or a special zone."""
    top = case.unit(key + "0", name, None, "commune")
    units = {"top": top}
    for short, organ in [("DU", "Đảng ủy"), ("HD", "HĐND"), ("UB", "UBND"), ("MT", "Ủy ban MTTQ Việt Nam")]:
        units[short] = case.unit(key + short, organ, top, "organ", top, optional=True)
    party, state = units["DU"], units["UB"]
    units["VPD"] = case.unit(key + "VPD", "Văn phòng Đảng ủy", party, "division", f"{top} {party}")
    units["BXD"] = case.unit(key + "BXD", "Ban Xây dựng Đảng", party, "division", f"{top} {party}")
    units["UKT"] = case.unit(key + "UKT", "Cơ quan UBKT Đảng ủy", party, "division", f"{top} {party}")
    units["VP"] = case.unit(key + "VP", "Văn phòng HĐND và UBND", state, "division", f"{top} {state}")
    units["KT"] = case.unit(key + "KT", ECONOMY[kind], state, "division", f"{top} {state}")
    units["VX"] = case.unit(key + "VX", "Phòng Văn hóa - Xã hội", state, "division", f"{top} {state}")
    units["PV"] = case.unit(key + "PV", "Trung tâm Phục vụ hành chính công", state, "division", f"{top} {state}")
    return units


def leaders(units: dict[str, str]) -> list[tuple[list[tuple[str, str]], str]]:
    """The usual leaders: posts as the case has them, and as the office writes them ({0}: the commune, or nothing)."""
    u = units
    member = ("Ủy viên Ban Thường vụ Đảng ủy", u["DU"])
    return [
        ([("Bí thư Đảng ủy", u["DU"]), ("Chủ tịch HĐND", u["HD"])], "Bí thư Đảng ủy, Chủ tịch HĐND{0}"),
        ([("Phó Bí thư Thường trực Đảng ủy", u["DU"])], "Phó Bí thư Thường trực Đảng ủy{0}"),
        ([("Phó Bí thư Đảng ủy", u["DU"]), ("Chủ tịch UBND", u["UB"])], "Phó Bí thư Đảng ủy, Chủ tịch UBND{0}"),
        ([("Phó Chủ tịch HĐND", u["HD"])], "Phó Chủ tịch HĐND{0}"),
        ([member, ("Phó Chủ tịch UBND", u["UB"])], "Ủy viên BTV Đảng ủy, Phó Chủ tịch UBND{0}"),
        ([("Phó Chủ tịch UBND", u["UB"])], "Phó Chủ tịch UBND{0}"),
        ([member, ("Trưởng Ban Xây dựng Đảng", u["BXD"])], "Ủy viên Ban Thường vụ Đảng ủy, Trưởng Ban Xây dựng Đảng"),
        ([member, ("Chủ nhiệm UBKT Đảng ủy", u["UKT"])], "UV BTV Đảng ủy, Chủ nhiệm UBKT Đảng ủy"),
        ([("Chánh Văn phòng Đảng ủy", u["VPD"])], "Chánh Văn phòng Đảng ủy"),
        ([member, ("Chủ tịch Ủy ban MTTQ Việt Nam", u["MT"])], "Ủy viên Ban Thường vụ, Chủ tịch UB MTTQ Việt Nam{0}"),
    ]


def holder(
    folk: Population, posts: list[tuple[str, str]], say: str, since: str | None, level: int = 2, **known: object
) -> Person:
    """A person holding posts; the date is that of the last one."""
    held = [Post(title, unit, since if (title, unit) == posts[-1] else None) for title, unit in posts]
    return folk.person(level, posts=held, say=say, **known)


def phuong_hai_chau() -> tuple[Workbook, Case]:
    """A ward: abbreviated headings in one row, blocks without numbers, all ratings in one cell."""
    case = Case(
        "phuong_hai_chau_dong",
        "Phường Hải Châu Đông",
        "a ward; abbreviated headings; ratings of three years in one cell",
    )
    folk = Population("phuong_hai_chau_dong")
    book = Workbook()
    sheet = book.active
    sheet.title = "DS"
    u = commune(case, "U", "Phường Hải Châu Đông", "ward")
    columns = [
        Column("number", "TT"),
        Column("name", "Họ tên"),
        Column("birth", "NS"),
        Column("sex", "GT"),
        Column("ethnicity", "DT"),
        Column("native", "Quê"),
        Column("post", "CV hiện nay"),
        Column("since", "Giữ CV từ"),
        Column("degree", "TĐ CM"),
        Column("theory", "LLCT"),
        Column("state", "QLNN"),
        Column("ratings", "Xếp loại 3 năm"),
        Column("pools", "QH"),
        Column("note", "GC"),
    ]
    page = Sheet(sheet, case, columns, Random("phuong_hai_chau_dong"))
    page.titles(
        ["ĐẢNG BỘ THÀNH PHỐ ĐÔNG GIANG", "ĐẢNG ỦY PHƯỜNG HẢI CHÂU ĐÔNG", "*"],
        [*PARTY, "Hải Châu Đông, ngày 06 tháng 01 năm 2026"],
        ["DANH SÁCH CÁN BỘ, CÔNG CHỨC PHƯỜNG HẢI CHÂU ĐÔNG"],
    )
    page.headings()
    city, ward = ("205-QĐ/TU", "18/11/2025"), ("31-QĐ/ĐU", "02/12/2025")
    of = " phường Hải Châu Đông"
    number = 0
    page.section("KHỐI LÃNH ĐẠO")
    chiefs = [
        holder(folk, posts, say.format(of), since)
        for (posts, say), since in zip(
            leaders(u),
            WARD_SINCE,
            strict=True,
        )
    ]
    secretary, standing, chair, _, vice1, vice2, builder, _, clerk, front = chiefs
    standing.pools = chair.pools = [Planned("Bí thư Đảng ủy", u["DU"], "Bí thư Đảng ủy phường", *city)]
    vice1.pools = [
        Planned("Phó Bí thư Thường trực Đảng ủy", u["DU"], "PBT Thường trực Đảng ủy phường", *city),
        Planned("Chủ tịch UBND", u["UB"], "Chủ tịch UBND phường", *city),
    ]
    vice2.pools = [Planned("Chủ tịch UBND", u["UB"], "CT UBND phường", *city)]
    builder.pools = [Planned("Phó Bí thư Thường trực Đảng ủy", u["DU"], "Phó Bí thư Thường trực Đảng ủy phường", *city)]
    clerk.pools = [Planned("Trưởng Ban Xây dựng Đảng", u["BXD"], "Trưởng Ban Xây dựng Đảng", *city)]
    odd.retires(secretary, "nghỉ hưu tháng 10/2026", "2026-10")
    odd.disciplined(standing, "Khiển trách (đảng) 3/2025", "khiển trách", "2025-03", "party")
    odd.wrong_year(front, "22/12/1868", "1968-12-22", "birth")
    odd.course(clerk, "Đang học lớp CCLLCT hệ không tập trung 2025-2027", "CC", 2025, 2027)
    clerk.theory = "TC"
    for person in chiefs:
        number += 1
        page.person(person, number)
    number += 1
    page.vacant("Phó Chủ tịch Ủy ban MTTQ Việt Nam", u["MT"], "Phó Chủ tịch UB MTTQ Việt Nam" + of, number, "Khuyết")

    blocks = [
        ("Văn phòng HĐND và UBND", "VP", "Chánh Văn phòng HĐND và UBND", "Phó Chánh Văn phòng HĐND và UBND", 4),
        ("Phòng Kinh tế, Hạ tầng và Đô thị", "KT", "Trưởng phòng", "Phó Trưởng phòng", 6),
        ("Phòng Văn hóa - Xã hội", "VX", "Trưởng phòng", "Phó Trưởng phòng", 5),
        ("Trung tâm Phục vụ hành chính công", "PV", "Giám đốc", "Phó Giám đốc", 3),
    ]
    for name, short, head, deputy, staff in blocks:
        page.section(name)
        short_name = (
            name.removeprefix("Phòng ") if short in {"KT", "VX"} else "Trung tâm PVHCC" if short == "PV" else ""
        )
        tail = f" {short_name}" if short_name else ""
        posts, say = [(head, u[short])], head + tail
        if short == "VP":
            posts, say = [*posts, ("Trưởng Ban Pháp chế", u["HD"])], f"{head}, Trưởng Ban Pháp chế HĐND phường"
        if short == "KT":
            posts, say = (
                [*posts, ("Trưởng Ban Kinh tế - Xã hội", u["HD"])],
                f"{head}{tail}; Trưởng Ban KT-XH HĐND phường",
            )
        first = holder(folk, posts, say, "2025-07", 1)
        first.pools = [
            Planned(
                "Phó Chủ tịch UBND", u["UB"], "PCT UBND phường" if short == "KT" else "Phó Chủ tịch UBND phường", *city
            )
        ]
        if short == "PV":
            first.pools = []
        second = holder(folk, [(deputy, u[short])], deputy + tail, "2025-07", 1)
        second.pools = [Planned(head, u[short], head + tail, *ward)]
        title = "Viên chức" if short == "PV" else "Chuyên viên"
        people = [first, second]
        for n in range(staff):
            person = folk.person(
                0, posts=[Post(title, u[short])], say=f"{title} {'Trung tâm PVHCC' if short == 'PV' else name}"
            )
            person.pools = [Planned(deputy, u[short], deputy + tail, *ward)] if n < 2 else []
            people.append(person)
        if short == "VP":
            odd.month_first(people[3], 1989, 2, 6, "birth")
            people[4].name, people[4].sex = "Ngô Quốc Toan", "M"
            odd.lookalike(people[4], "a", "а")
            people[2].note = "đã kê khai tài sản"
        if short == "KT":
            odd.impossible_day(people[2], 1986, 6, "birth")
            odd.struck(people[5])
            odd.related(people[3], f"con dâu đ/c {secretary.name}, Bí thư Đảng ủy phường", secretary, "child_in_law")
            people[3].sex, people[3].name = "F", "Lý Thị Minh Yến"
        if short == "VX":
            odd.related(people[1], "chồng là ông Trần Văn K., cán bộ hưu trí", None, "spouse")
            people[1].sex, people[1].name = "F", "Đinh Thị Kim Hạnh"
            people[1].doubt("note", "relative_unknown", None, why="named by initial only; no one in the file fits")
            odd.studying(people[2], "Đang học TC")
            people[2].facts["courses"] = [{"grants": "TC", "from": None, "until": None}]
        for person in people:
            number += 1
            page.person(person, number)
    page.line(f"Tổng cộng: {len(case.people) - 1} đồng chí", until=page.right)
    page.row += 1
    page.line("T/M BAN THƯỜNG VỤ", page.left + 8, page.right)
    page.line("PHÓ BÍ THƯ", page.left + 8, page.right, skip=4)
    page.line(standing.name, page.left + 8, page.right)
    return book, case


def dac_khu_hon_ngoc() -> tuple[Workbook, Case]:
    """A special zone: the list starts in column C; the birth in three columns; a unit in each row; headings return."""
    case = Case(
        "dac_khu_hon_ngoc", "Đặc khu Hòn Ngọc", "data from column C; birth in three columns; a unit in each row"
    )
    folk = Population("dac_khu_hon_ngoc")
    book = Workbook()
    sheet = book.active
    sheet.title = "Can bo"
    u = commune(case, "U", "Đặc khu Hòn Ngọc", "zone")
    columns = [
        Column("number", "Số TT"),
        Column("unit", "Đơn vị"),
        Column("name", "Họ và tên"),
        Column("sex", "Giới tính"),
        Column("day", "Ngày", "Ngày tháng năm sinh"),
        Column("month", "Tháng", "Ngày tháng năm sinh"),
        Column("year", "Năm", "Ngày tháng năm sinh"),
        Column("post", "Chức vụ hiện tại"),
        Column("since", "Thời điểm bổ nhiệm"),
        Column("party", "Ngày vào Đảng"),
        Column("party_full", "Ngày chính thức"),
        Column("levels", "Trình độ chuyên môn; LLCT; QLNN"),
        Column("rating:2023", "2023", "Mức xếp loại"),
        Column("rating:2024", "2024", "Mức xếp loại"),
        Column("rating:2025", "2025", "Mức xếp loại"),
        Column("pools", "Chức danh quy hoạch"),
        Column("decision", "Quyết định phê duyệt"),
        Column("note", "Ghi chú"),
    ]
    page = Sheet(sheet, case, columns, Random("dac_khu_hon_ngoc"), left=3)
    page.titles(
        ["THÀNH ỦY ĐÔNG GIANG", "ĐẢNG ỦY ĐẶC KHU HÒN NGỌC"],
        [*PARTY, "Hòn Ngọc, ngày 15 tháng 01 năm 2026"],
        ["BIỂU THỐNG KÊ ĐỘI NGŨ CÁN BỘ ĐẶC KHU HÒN NGỌC", "(thời điểm 31/12/2025)"],
    )
    page.headings()
    decision = ("88-QĐ/TU", "25/11/2025")
    chiefs = [
        holder(folk, posts, say.format(" đặc khu Hòn Ngọc"), since)
        for (posts, say), since in zip(
            leaders(u),
            ZONE_SINCE,
            strict=True,
        )
    ]
    chiefs[1].pools = [Planned("Bí thư Đảng ủy", u["DU"], "Bí thư Đảng ủy đặc khu", *decision)]
    chiefs[2].pools = [Planned("Bí thư Đảng ủy", u["DU"], "BT Đảng ủy đặc khu", *decision)]
    chiefs[4].pools = [Planned("Chủ tịch UBND", u["UB"], "Chủ tịch UBND đặc khu", *decision)]
    chiefs[6].pools = [
        Planned("Phó Bí thư Thường trực Đảng ủy", u["DU"], "Phó Bí thư Thường trực Đảng ủy đặc khu", *decision)
    ]
    odd.retires(chiefs[0], "dự kiến nghỉ hưu 01/02/2027", "2027-02-01")
    odd.unclear_rating(chiefs[5], 2025)
    odd.related(chiefs[8], f"anh ruột đồng chí {chiefs[3].name}", chiefs[3], "sibling")
    chiefs[8].sex, chiefs[8].name = "M", "Châu Bá Khang"
    zone = {"unit": "Lãnh đạo đặc khu"}
    staff: list[tuple[Person, str]] = []
    for name, short, head, deputy, count in [
        ("Ban Xây dựng Đảng", "BXD", None, "Phó Trưởng Ban Xây dựng Đảng", 2),
        ("Văn phòng HĐND và UBND", "VP", "Chánh Văn phòng HĐND và UBND", "Phó Chánh Văn phòng HĐND và UBND", 4),
        ("Phòng Kinh tế", "KT", "Trưởng phòng", "Phó Trưởng phòng", 5),
        ("Phòng Văn hóa - Xã hội", "VX", "Trưởng phòng", "Phó Trưởng phòng", 4),
        ("Trung tâm Phục vụ hành chính công", "PV", "Giám đốc", "Phó Giám đốc", 3),
    ]:
        if head:
            first = holder(folk, [(head, u[short])], head, "2025-07", 1)
            if short in {"KT", "VX"}:
                first.pools = [Planned("Phó Chủ tịch UBND", u["UB"], "Phó Chủ tịch UBND đặc khu", *decision)]
            staff.append((first, name))
        second = holder(folk, [(deputy, u[short])], deputy, "2023-10", 1)
        if head:
            second.pools = [
                Planned(
                    head,
                    u[short],
                    head if short == "VP" else f"{head} {name.removeprefix('Phòng ')}",
                    "9-QĐ/ĐU",
                    "10/12/2025",
                )
            ]
        staff.append((second, name))
        title = "Viên chức" if short == "PV" else "Chuyên viên"
        staff += [(folk.person(0, posts=[Post(title, u[short])], say=title), name) for _ in range(count)]
    people = [person for person, _ in staff]
    people[6].note = "khiển trách 6/2024"
    people[6].fact("discipline", form="khiển trách", decided="2024-06", side=None)
    odd.unrated(people[9], 2023, "Không XL (nghỉ thai sản)")
    people[9].sex, people[9].name = "F", "Mai Thị Phương Thảo"
    odd.course(people[12], "đang học ThS Quản lý công 2025-2027", "ThS", 2025, 2027)
    people[14].birth = "1987-06"
    people[14].flags["birth_accept"] = ["1987-06", "1987"]
    people[14].cells |= {"day": Cell(31), "month": Cell(6), "year": Cell(1987)}
    people[14].doubt(
        "day", "date_impossible", "1987-06", why="this day does not exist in that month", also="month year"
    )
    odd.struck(people[17])
    number = 0
    for person in chiefs:
        number += 1
        page.person(person, number, **zone)
    for index, (person, name) in enumerate(staff):
        number += 1
        if index == 4:
            page.headings()
        if index == 15:
            page.row += 1
            page.headings()
        page.person(person, number, unit=Cell(name))
    page.vacant("Phó Trưởng phòng", u["VX"], "Phó Trưởng phòng", number + 1, "(khuyết)", unit="Phòng Văn hóa - Xã hội")
    page.line("Tổng hợp: 10 lãnh đạo đặc khu; các phòng, ban theo danh sách", page.left)
    page.line("CHÁNH VĂN PHÒNG", page.left + 9, page.right, skip=4)
    page.line("Lý Quốc Hiệp", page.left + 9, page.right)
    return book, case
