"""Lists of a ward, of a special zone and of several communes."""

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


def xa_cum_tay() -> tuple[Workbook, Case]:
    """Five communes in one list: a section row for each, columns in another order, a second sheet with moves."""
    case = Case(
        "cac_xa_cum_tay",
        "Các xã, phường cụm phía Tây",
        "five communes under section rows; hidden ratings; moves on a second sheet",
    )
    folk = Population("cac_xa_cum_tay")
    book = Workbook()
    sheet = book.active
    sheet.title = "Tong hop"
    columns = [
        Column("number", "TT"),
        Column("post", "Chức danh, chức vụ"),
        Column("name", "Họ, tên cán bộ"),
        Column("birth M", "Nam", "Ngày, tháng, năm sinh"),
        Column("birth F", "Nữ", "Ngày, tháng, năm sinh"),
        Column("native", "Nguyên quán"),
        Column("degree", "CM", "Trình độ"),
        Column("theory", "LLCT", "Trình độ"),
        Column("state", "QLNN", "Trình độ"),
        Column("since", "Thời gian giữ chức vụ"),
        Column("planned", "Chức danh QH"),
        Column("decision", "Số QĐ, ngày tháng"),
        Column("blank", "XL 2022", hidden=True),
        Column("rating:2023", "Năm 2023", "Kết quả đánh giá, xếp loại"),
        Column("rating:2024", "Năm 2024", "Kết quả đánh giá, xếp loại"),
        Column("rating:2025", "Năm 2025", "Kết quả đánh giá, xếp loại"),
        Column("note", "Ghi chú"),
    ]
    page = Sheet(sheet, case, columns, Random("cac_xa_cum_tay"))
    page.titles(
        ["TỈNH ỦY BÌNH LÂM", "BAN TỔ CHỨC", "*"],
        [*PARTY, "Bình Lâm, ngày 20 tháng 01 năm 2026"],
        ["DANH SÁCH CÁN BỘ DIỆN BAN THƯỜNG VỤ TỈNH ỦY QUẢN LÝ", "CÁC XÃ, PHƯỜNG CỤM PHÍA TÂY"],
    )
    heading = page.row
    page.headings(numbers=True)
    page.province = "Bình Lâm"
    decision = ("127-QĐ/TU", "30/10/2025")
    everyone: dict[str, list[Person]] = {}
    names = ["Xã Thạch Bình", "Xã Mường Lát Hạ", "Phường Bắc Sơn", "Xã Vĩnh Trạch", "Phường Nam Hòa"]
    all_units = []
    for index, name in enumerate(names):
        u = commune(case, f"C{index}", name, "ward" if name.startswith("Phường") else "commune")
        all_units.append(u)
        people = [
            holder(folk, posts, say.format(""), f"202{(index + n) % 6}-{(3 * n + index) % 12 + 1:02}")
            for n, (posts, say) in enumerate(leaders(u))
        ]
        low = name[0].lower() + name[1:]
        people[1].pools = [Planned("Bí thư Đảng ủy", u["DU"], f"Bí thư Đảng ủy {low}", *decision)]
        people[4].pools = [
            Planned("Phó Bí thư Thường trực Đảng ủy", u["DU"], f"Phó Bí thư Thường trực Đảng ủy {low}", *decision),
            Planned("Chủ tịch UBND", u["UB"], f"Chủ tịch UBND {low}", *decision),
        ]
        people[5].pools = [Planned("Chủ tịch UBND", u["UB"], f"CT UBND {low}", *decision)]
        people[8].pools = [Planned("Trưởng Ban Xây dựng Đảng", u["BXD"], "Trưởng Ban Xây dựng Đảng", *decision)]
        everyone[name] = people
    flat = [person for people in everyone.values() for person in people]
    odd.retires(flat[0], "Nghỉ hưu 12/2026", "2026-12")
    odd.disciplined(flat[3], "kỷ luật cảnh cáo về chính quyền 10/2024", "cảnh cáo", "2024-10", "administrative")
    odd.month_first(flat[5], 1979, 4, 9)
    flat[8].note = "nghỉ theo NĐ 178"
    flat[8].doubt("note", "retire_undated", None, why="leaves under Decree 178, but no date is written")
    flat[13].theory = "CC"
    odd.course(flat[14], "Học CCLLCT (2024-2026)", "CC", 2024, 2026)
    flat[14].theory = "TC"
    odd.unclear_rating(flat[16], 2023)
    flat[22].sex, flat[22].name, flat[22].birth = "M", "Tạ Văn Nghĩa", "1974-06-12"
    odd.other_sex(flat[22], "12/06/1974")
    odd.studying(flat[24])
    odd.impossible_day(flat[28], 1978, 11)
    flat[33].name, flat[33].sex = "Lương Bá Hoan", "M"
    odd.lookalike(flat[33], "o", "о")
    odd.struck(flat[35])
    flat[37].note = "đã bị kỷ luật năm 2023"
    flat[37].fact("discipline", form=None, decided="2023", side=None)
    flat[37].doubt("note", "discipline_form", None, why="neither form nor month is written")
    odd.two_digits(flat[41], 1975, 8, 30)
    odd.related(flat[44], f"em rể đ/c {flat[45].name}, Phó Chủ tịch UBND", flat[45], "sibling_in_law")
    flat[44].sex, flat[44].name = "M", "Thái Công Luân"
    moved = flat[27]
    moved.posts = [Post(post.title, post.unit, post.since, open=True) for post in moved.posts]
    number = 0
    moved_row = 0
    for index, (name, people) in enumerate(everyone.items()):
        page.section(name.upper() if index != 3 else f"{index + 1}. {name}", None if index == 3 else str(index + 1))
        for person in people:
            number += 1
            if person is moved:
                moved_row = page.row
            page.person(person, number)
        if index == 1:
            page.vacant(
                "Phó Trưởng Ban Xây dựng Đảng",
                all_units[1]["BXD"],
                "Phó Trưởng Ban Xây dựng Đảng",
                number + 1,
                "Khuyết",
            )
        if index == 4:
            page.vacant("Phó Chủ tịch UBND", all_units[4]["UB"], "Phó Chủ tịch UBND", number + 1, None)
    place = page.letter("blank")
    hidden = [f"{place}{row}" for row in range(heading, page.row)]
    for row in range(heading + 4, page.row):
        if sheet[f"{page.letter('degree')}{row}"].value:
            sheet[f"{place}{row}"] = "HTTNV"
    page.doubt(
        f"{place}{heading}", "hidden_column", "not read", True, "a hidden column holds the ratings of 2022", hidden
    )
    page.line("Tổng cộng: 50 người", until=page.right)
    page.line("K/T TRƯỞNG BAN", page.left + 9, page.right)
    page.line("PHÓ TRƯỞNG BAN", page.left + 9, page.right, skip=4)
    page.line("Đoàn Thế Hiệp", page.left + 9, page.right)

    moves = book.create_sheet("Bo nhiem T1-2026")
    moves["A1"] = "DANH SÁCH ĐIỀU ĐỘNG, BỔ NHIỆM ĐẦU NĂM 2026"
    for offset, text in enumerate(["STT", "Họ và tên", "Chức vụ cũ", "Chức vụ mới", "Quyết định", "Từ ngày"]):
        moves.cell(3, offset + 1, text)
    for offset, value in enumerate(
        [
            1,
            moved.name,
            "Chủ nhiệm UBKT Đảng ủy phường Bắc Sơn",
            "Bí thư Đảng ủy xã Vĩnh Trạch",
            "19-QĐ/TU",
            "05/01/2026",
        ]
    ):
        moves.cell(4, offset + 1, value)
    case.add(
        "doubts",
        sheet=moves.title,
        cell="D4",
        also=["A4", "B4", "C4", "E4", "F4", f"{page.letter('name')}{moved_row}", f"{page.letter('post')}{moved_row}"],
        value="Bí thư Đảng ủy xã Vĩnh Trạch",
        kind="moved_on_other_sheet",
        why="moved by a later decision, but the first sheet still shows the old post",
        read_as=None,
        must=True,
    )
    return book, case
