"""Lists of a department, of a sub-department and of a centre."""

from __future__ import annotations

from random import Random

from openpyxl import Workbook

from tests.importers.offices import oddities as odd
from tests.importers.offices.case import Case
from tests.importers.offices.people import Person, Planned, Population, Post
from tests.importers.offices.sheet import Column, Sheet

MOTTO = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
BY_CITY, BY_DEPARTMENT = ("318-QĐ/TU", "20/7/2024"), ("142/QĐ-SXD", "05/12/2024")


def so_xay_dung() -> tuple[Workbook, Case]:
    """A city department: sections "I. PHÒNG …" in one cell, a sub-department with divisions of its own, a centre."""
    case = Case(
        "so_xay_dung",
        "Sở Xây dựng thành phố Đông Giang",
        "sections numbered in their own cell; an agency with divisions",
    )
    folk = Population("so_xay_dung")
    book = Workbook()
    sheet = book.active
    sheet.title = "DS CBCC"
    top = case.unit("U0", "Sở Xây dựng", None, "department")
    columns = [
        Column("number", "TT"),
        Column("name", "Họ và tên"),
        Column("post+", "Chức vụ, đơn vị công tác"),
        Column("birth M", "Nam", "Năm sinh"),
        Column("birth F", "Nữ", "Năm sinh"),
        Column("native", "Quê quán"),
        Column("ethnicity", "Dân tộc"),
        Column("party", "Ngày vào", "Đảng viên"),
        Column("party_full", "Chính thức", "Đảng viên"),
        Column("degree", "Chuyên môn", "Trình độ đào tạo, bồi dưỡng"),
        Column("theory", "Lý luận chính trị", "Trình độ đào tạo, bồi dưỡng"),
        Column("state", "Quản lý nhà nước", "Trình độ đào tạo, bồi dưỡng"),
        Column("language", "Ngoại ngữ", "Trình độ đào tạo, bồi dưỡng"),
        Column("it", "Tin học", "Trình độ đào tạo, bồi dưỡng"),
        Column("pools", "Được quy hoạch chức danh (số, ngày quyết định)"),
        Column("rating:2023", "Năm 2023", "Xếp loại chất lượng hằng năm"),
        Column("rating:2024", "Năm 2024", "Xếp loại chất lượng hằng năm"),
        Column("rating:2025", "Năm 2025", "Xếp loại chất lượng hằng năm"),
        Column("identity", "Số định danh", hidden=True),
        Column("note", "Ghi chú"),
    ]
    page = Sheet(sheet, case, columns, Random("so_xay_dung"))
    page.titles(
        ["UBND THÀNH PHỐ ĐÔNG GIANG", "SỞ XÂY DỰNG"],
        MOTTO,
        ["DANH SÁCH TRÍCH NGANG CÔNG CHỨC, VIÊN CHỨC SỞ XÂY DỰNG", "(Có đến ngày 31 tháng 12 năm 2025)"],
    )
    page.headings()

    chief = folk.person(2, "M", posts=[Post("Giám đốc", top, "2023-04")], say="Giám đốc Sở")
    deputies = [
        folk.person(
            2,
            sex,
            posts=[Post("Phó Giám đốc", top, since)],
            say=say,
            pools=[Planned("Giám đốc", top, "Giám đốc Sở", *BY_CITY)],
        )
        for sex, since, say in [
            ("M", "2020-09", "Phó Giám đốc Sở"),
            ("F", "2022-11", "Phó Giám đốc Sở"),
            ("M", "2025-07", "PGĐ Sở"),
        ]
    ]
    odd.retires(deputies[0], "Nghỉ hưu từ 01/9/2027", "2027-09-01")
    odd.wrong_year(chief, "12/10/1872", "1972-10-12")
    page.section("I. LÃNH ĐẠO SỞ")
    for number, person in enumerate([chief, *deputies], 1):
        page.person(person, number)

    sections = [
        ("Văn phòng Sở", "office", 4),
        ("Phòng Quy hoạch - Kiến trúc", "division", 5),
        ("Phòng Quản lý hoạt động xây dựng", "division", 5),
        ("Phòng Phát triển đô thị và Hạ tầng kỹ thuật", "division", 4),
        ("Phòng Quản lý vận tải, phương tiện", "division", 5),
    ]
    romans = ["II", "III", "IV", "V", "VI"]
    firsts: list[list[Person]] = []
    for index, (name, kind, staff) in enumerate(sections):
        unit = case.unit(f"U{index + 1}", name, top, kind)
        short = name.removeprefix("Phòng ")
        head, deputy = (
            ("Chánh Văn phòng", "Phó Chánh Văn phòng") if kind == "office" else ("Trưởng phòng", "Phó Trưởng phòng")
        )
        rest = " Sở" if kind == "office" else f" {short}"
        bare = index == 2  # this section writes the posts without the division's name
        of = "" if bare else rest
        up = Planned("Phó Giám đốc", top, ["Phó Giám đốc Sở", "PGĐ Sở"][index % 2], *BY_CITY)
        next_up = Planned(head, unit, head + rest, *BY_DEPARTMENT)
        in_line = Planned(
            deputy, unit, (("PTP" if index % 2 else deputy) if kind != "office" else deputy) + rest, *BY_DEPARTMENT
        )
        people = [folk.person(1, posts=[Post(head, unit, f"20{19 + index}-0{index + 2}")], say=head + of, pools=[up])]
        people += [
            folk.person(1, posts=[Post(deputy, unit, f"202{index}-1{n}")], say=deputy + of, pools=[next_up])
            for n in range(2)
        ]
        who = "Chuyên viên" + ("" if bare else f" {name}")
        people += [
            folk.person(0, posts=[Post("Chuyên viên", unit)], say=who, pools=[in_line] if n % 2 == 0 else [])
            for n in range(staff)
        ]
        firsts.append(people)
    office, plans, works, urban, transport = firsts
    office[1].pools.append(Planned("Phó Giám đốc", top, "Phó Giám đốc Sở", *BY_CITY))
    odd.month_first(office[2], 1984, 5, 7)
    odd.course(office[0], "đang học CCLLCT 2025–2027", "CC", 2025, 2027)
    office[0].theory = "TC"
    plans[0].name, plans[0].sex = "Hà Thị Bích Thúy", "F"
    odd.unclear_rating(plans[1], 2024)
    odd.impossible_day(plans[2], 1983, 9)
    odd.two_digits(plans[4], 1991, 3, 14)
    odd.related(plans[5], f"em ruột đ/c {works[0].name}, Trưởng phòng Quản lý hoạt động xây dựng", works[0], "sibling")
    odd.studying(works[1])
    plans[3].note = "con thương binh"
    works[4].name, works[4].sex = "Phan Thị Thu Lan", "F"
    odd.lookalike(works[4], "a", "а")
    odd.disciplined(works[5], "Bị khiển trách về Đảng tháng 6/2024", "khiển trách", "2024-06", "party")
    # The head's seat of this division is empty; a deputy looks after it, and no row says "vacant".
    urban[0].posts = [Post("Phó Trưởng phòng", "U4", "2024-10"), Post("Trưởng phòng", "U4", None, "acting")]
    urban[0].say = "Phó Trưởng phòng phụ trách Phòng Phát triển đô thị và Hạ tầng kỹ thuật"
    urban[0].pools = [
        Planned("Trưởng phòng", "U4", "Trưởng phòng Phát triển đô thị và Hạ tầng kỹ thuật", *BY_DEPARTMENT)
    ]
    odd.struck(urban[3])
    transport[4].name, transport[4].sex, transport[4].birth = "Phan Thị Kim Oanh", "F", "1990-05-15"
    odd.other_sex(transport[4], "15/5/1990")
    odd.unrated(transport[5], 2023)
    stray = folk.person(
        1, "M", posts=[Post("Phó Trưởng phòng", "U2", "2023-06")], say="Phó Trưởng phòng Quy hoạch - Kiến trúc"
    )
    stray.doubt(
        "post+",
        "wrong_section",
        "U2",
        why="stands in the section of another unit than its post says",
        also="name number",
    )
    for roman, (name, _, _), people in zip(romans, sections, firsts, strict=True):
        page.section(f"{roman}. {name.upper()}")
        for number, person in enumerate(people, 1):
            page.person(person, number if number % 3 else str(number))
        if people is works:
            page.vacant("Phó Trưởng phòng", "U3", "Phó Trưởng phòng", len(people) + 1, "(Khuyết)")
        if people is transport:
            page.person(stray, len(people) + 1)

    agency = case.unit("U6", "Chi cục Giám định xây dựng", top, "agency")
    inner = [
        case.unit("U7", "Phòng Hành chính - Tổng hợp", agency, "division"),
        case.unit("U8", "Phòng Giám định", agency, "division"),
    ]
    page.section("VII. CHI CỤC GIÁM ĐỊNH XÂY DỰNG")
    head = folk.person(1, "M", posts=[Post("Chi cục trưởng", agency, "2021-05")], say="Chi cục trưởng")
    head.pools = [Planned("Phó Giám đốc", top, "Phó Giám đốc Sở", *BY_CITY)]
    second = folk.person(1, "F", posts=[Post("Phó Chi cục trưởng", agency, "2023-08")], say="Phó Chi cục trưởng")
    second.pools = [Planned("Chi cục trưởng", agency, "Chi cục trưởng Chi cục Giám định xây dựng", *BY_DEPARTMENT)]
    odd.related(second, f"vợ đồng chí {deputies[2].name}, Phó Giám đốc Sở", deputies[2], "spouse")
    for number, person in enumerate([head, second], 1):
        page.person(person, number)
    page.vacant("Phó Chi cục trưởng", agency, "Phó Chi cục trưởng", 3, None)
    for order, (unit, name) in enumerate(
        zip(inner, ["Phòng Hành chính - Tổng hợp", "Phòng Giám định"], strict=True), 1
    ):
        page.section(f"{order}. {name}")
        short = name.removeprefix("Phòng ")
        leader = folk.person(1, posts=[Post("Trưởng phòng", unit, f"2022-0{order}")], say=f"Trưởng phòng {short}")
        leader.pools = [
            Planned("Phó Chi cục trưởng", agency, "Phó Chi cục trưởng Chi cục Giám định xây dựng", *BY_DEPARTMENT)
        ]
        people = [leader] + [
            folk.person(0, posts=[Post("Chuyên viên", unit)], say=f"Chuyên viên {name}") for _ in range(3)
        ]
        for number, person in enumerate(people, 1):
            page.person(person, number)

    centre = case.unit("U9", "Trung tâm Kiểm định chất lượng công trình", top, "centre")
    page.section("VIII. TRUNG TÂM KIỂM ĐỊNH CHẤT LƯỢNG CÔNG TRÌNH")
    director = folk.person(
        1, "M", posts=[Post("Giám đốc", centre, "2020-02")], say="Giám đốc Trung tâm Kiểm định chất lượng công trình"
    )
    director.pools = [Planned("Phó Giám đốc", top, "Phó Giám đốc Sở", *BY_CITY)]
    odd.related(director, "vợ là bà Hà Thị Bích T., Trưởng phòng Quy hoạch - Kiến trúc", plans[0], "spouse")
    director.doubt("note", "relative_unnamed", plans[0].name, why="named by initial only: one person in the file fits")
    vice = folk.person(
        1, posts=[Post("Phó Giám đốc", centre, "2024-03")], say="Phó Giám đốc Trung tâm Kiểm định chất lượng công trình"
    )
    vice.pools = [Planned("Giám đốc", centre, "Giám đốc Trung tâm Kiểm định chất lượng công trình", *BY_DEPARTMENT)]
    odd.retires(vice, "có đơn xin nghỉ theo NĐ 178 từ 01/4/2026", "2026-04-01")
    staff = [
        folk.person(0, posts=[Post("Viên chức", centre)], say="Viên chức Trung tâm Kiểm định chất lượng công trình")
        for _ in range(5)
    ]
    # One person in two rows: the second holds a party post.
    twice = plans[0]
    for number, person in enumerate([director, vice, *staff], 1):
        page.person(person, number)
    twice.posts = [Post("Bí thư Chi bộ", "U2")]
    twice.say, twice.pools = "Bí thư Chi bộ Phòng Quy hoạch - Kiến trúc", []
    twice.doubt(
        "name", "same_person_twice", twice.name, must=False, why="same name and birth as a row above, with another post"
    )
    page.person(twice, 8)
    held = len(case.people) - 1  # without the one struck through
    cell = page.line(f"Tổng số: {held + 6} người", until=page.right)
    page.doubt(cell, "total_mismatch", None, True, f"the total says {held + 6}, the list holds {held} (or {held + 1})")
    page.row += 1
    page.line("Đông Giang, ngày 08 tháng 01 năm 2026", page.left + 11, page.right)
    page.line("NGƯỜI LẬP BIỂU", page.left, page.left + 6, skip=0)
    page.line("GIÁM ĐỐC", page.left + 11, page.right, skip=4)
    page.line("Trần Thị Hồng Nga", page.left, page.left + 6, skip=0)
    page.line(chief.name, page.left + 11, page.right)
    sheet.freeze_panes = "C9"

    other = book.create_sheet("Tong hop")
    women = sum(person.sex == "F" for person in office)
    for row in [["TỔNG HỢP SỐ LƯỢNG"], [], ["TT", "Đơn vị", "Số người", "Nữ"], [1, "Văn phòng Sở", len(office), women]]:
        other.append(row)
    return book, case


def chi_cuc_thuy_loi() -> tuple[Workbook, Case]:
    """A sub-department: headings without diacritics, repeated on each page; bare posts under sections."""
    case = Case(
        "chi_cuc_thuy_loi",
        "Chi cục Thủy lợi",
        "headings in capitals without diacritics; the heading returns on each page",
    )
    folk = Population("chi_cuc_thuy_loi")
    book = Workbook()
    sheet = book.active
    sheet.title = "Sheet1"
    top = case.unit("U0", "Chi cục Thủy lợi", None, "agency")
    columns = [
        Column("number", "STT"),
        Column("name", "HO VA TEN"),
        Column("sex", "GIOI TINH"),
        Column("birth", "NGAY SINH"),
        Column("post", "CHUC VU"),
        Column("since", "BO NHIEM TU"),
        Column("degree", "CHUYEN MON"),
        Column("theory", "LY LUAN CT"),
        Column("state", "QLNN"),
        Column("rating:2024", "XL 2024"),
        Column("rating:2025", "XL 2025"),
        Column("pools", "QUY HOACH"),
        Column("phone", "DIEN THOAI"),
        Column("note", "GHI CHU"),
    ]
    page = Sheet(sheet, case, columns, Random("chi_cuc_thuy_loi"))
    page.titles(
        ["SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "CHI CỤC THỦY LỢI"], MOTTO, ["DANH SÁCH CÔNG CHỨC CHI CỤC THỦY LỢI NĂM 2025"]
    )
    page.headings()
    decision = ("77/QĐ-SNNMT", "12/11/2024")
    head = folk.person(1, "M", posts=[Post("Chi cục trưởng", top, "2019-10")], say="Chi cục trưởng")
    deputies = [
        folk.person(1, sex, posts=[Post("Phó Chi cục trưởng", top, since)], say="Phó Chi cục trưởng")
        for sex, since in [("M", "2021-03"), ("F", "2025-07")]
    ]
    for person in deputies:
        person.pools = [Planned("Chi cục trưởng", top, "Chi cục trưởng", *decision)]
    odd.disciplined(deputies[0], "cảnh cáo (QĐ số 21-QĐ/UBKTĐU ngày 15/3/2023)", "cảnh cáo", "2023-03", "party")
    odd.retires(head, "đủ tuổi nghỉ hưu tháng 11/2026", "2026-11")
    page.section("LÃNH ĐẠO CHI CỤC", "I")
    number = 0
    for person in [head, *deputies]:
        number += 1
        page.person(person, number)
    for index, name in enumerate(["Phòng Hành chính", "Phòng Quản lý công trình", "Phòng Phòng chống thiên tai"], 1):
        unit = case.unit(f"U{index}", name, top, "division")
        page.section(name, ["", "II", "III", "IV"][index])
        people = [folk.person(1, posts=[Post("Trưởng phòng", unit, f"2020-0{index + 3}")], say="Trưởng phòng")]
        people[0].pools = [Planned("Phó Chi cục trưởng", top, "Phó Chi cục trưởng", *decision)]
        people.append(
            folk.person(1, posts=[Post("Phó Trưởng phòng", unit, "2023-0" + str(index))], say="Phó Trưởng phòng")
        )
        people[1].pools = [Planned("Trưởng phòng", unit, f"Trưởng {name[0].lower()}{name[1:]}", *decision)]
        people += [folk.person(0, posts=[Post("Chuyên viên", unit)], say="Chuyên viên") for _ in range(5)]
        if index == 1:
            people[-1].posts, people[-1].say = [Post("Kế toán", unit)], "Kế toán"
            odd.impossible_day(people[3], 1988, 4, "birth")
            odd.course(people[1], "đang học lớp cao cấp LLCT khóa 2024 - 2026", "CC", 2024, 2026)
            people[1].theory = "TC"
        if index == 2:
            odd.unclear_rating(people[2], 2025)
            odd.related(people[4], f"con gái đ/c {head.name}, Chi cục trưởng", head, "child")
            people[4].sex, people[4].name = "F", "Đinh Thị Thanh Xuân"
            odd.studying(people[3], "Đang học TC")
            people[3].facts["courses"] = [{"grants": "TC", "from": None, "until": None}]
        if index == 3:
            people[3].note = "kỷ luật năm 2021"
            people[3].fact("discipline", form=None, decided="2021", side=None)
            people[3].doubt("note", "discipline_form", None, why="neither form nor month is written")
            odd.month_first(people[2], 1990, 3, 11, "birth")
        for person in people:
            number += 1
            page.person(person, number)
        if index == 3:
            number += 1
            page.vacant("Phó Trưởng phòng", unit, "Phó Trưởng phòng", number, "khuyết")
        if index < 3:
            page.row += 1  # the end of a printed page
            page.headings()
    page.line(f"Danh sách gồm {len(case.people)} người./.", page.left)
    page.line("CHI CỤC TRƯỞNG", page.left + 9, page.right, skip=4)
    page.line(head.name, page.left + 9, page.right)
    return book, case
