"""The printed forms: 8.2 (review and carry-over) and 8.3 (review and addition), as two departments fill them in."""

from __future__ import annotations

from random import Random

from openpyxl import Workbook

from tests.importers.offices import oddities as odd
from tests.importers.offices.case import Case
from tests.importers.offices.departments import MOTTO
from tests.importers.offices.people import Person, Planned, Population, Post
from tests.importers.offices.sheet import Column, Sheet
from tests.importers.offices.ways import Cell


def phu_luc_2() -> tuple[Workbook, Case]:
    """Form 8.3: people proposed for posts, sections for posts with their seats, no decision yet."""
    case = Case("phu_luc_2_so_cong_thuong", "Sở Công Thương: Phụ lục 2", "form 8.3", form=True)
    folk = Population("phu_luc_2_so_cong_thuong")
    book = Workbook()
    sheet = book.active
    sheet.title = "Phu luc 2"
    top = case.unit("U0", "Sở Công Thương", None, "department")
    columns = [
        Column("number", "Số TT"),
        Column("name", "Họ và tên"),
        Column("birth M", "Nam", "Ngày, tháng, năm sinh"),
        Column("birth F", "Nữ", "Ngày, tháng, năm sinh"),
        Column("post+", "Chức vụ hiện tại"),
        Column("planned", "Chức danh đề xuất quy hoạch"),
        Column("degree", "Chuyên môn", "Trình độ"),
        Column("theory", "Lý luận chính trị", "Trình độ"),
        Column("rating:2023", "2023", "Kết quả phân loại 03 năm"),
        Column("rating:2024", "2024", "Kết quả phân loại 03 năm"),
        Column("rating:2025", "2025", "Kết quả phân loại 03 năm"),
        Column("proposal", "Đề xuất của đơn vị"),
    ]
    page = Sheet(sheet, case, columns, Random("phu_luc_2_so_cong_thuong"))
    page.line("Phụ lục 2", page.right - 1, page.right)
    page.titles(
        ["UBND TỈNH BÌNH LÂM", "SỞ CÔNG THƯƠNG"],
        MOTTO,
        ["BẢNG RÀ SOÁT, BỔ SUNG QUY HOẠCH", "nhiệm kỳ 2025 - 2030, 2026 - 2031"],
        first=2,
    )
    page.headings()
    divisions = [
        "Văn phòng Sở",
        "Phòng Quản lý thương mại",
        "Phòng Quản lý năng lượng",
        "Phòng Kỹ thuật an toàn - Môi trường",
    ]
    units = [case.unit(f"U{n}", name, top, "office" if n == 1 else "division") for n, name in enumerate(divisions, 1)]
    centre = case.unit("U5", "Trung tâm Khuyến công và Xúc tiến thương mại", top, "centre")
    words = ["Bổ sung quy hoạch", "Bổ sung QH", "Đề nghị bổ sung quy hoạch"]

    def posts(index: int) -> tuple[str, str, str]:
        """Head, deputy, and how the division is named after a title."""
        if index == 0:
            return "Chánh Văn phòng", "Phó Chánh Văn phòng", " Sở"
        return "Trưởng phòng", "Phó Trưởng phòng", " " + divisions[index].removeprefix("Phòng ")

    def proposed(people: list[Person], title: str, unit: str, say: str) -> None:
        for number, person in enumerate(people, 1):
            person.pools = [Planned(title, unit, say, status="add")]
            person.proposal = words[number % 3]
            page.person(person, number if number % 2 else str(number))

    heads = [
        folk.person(1, posts=[Post(posts(n)[0], units[n], f"202{n}-0{n + 2}")], say=posts(n)[0] + posts(n)[2])
        for n in range(4)
    ]
    deputies = [
        folk.person(1, posts=[Post(posts(n)[1], units[n], f"2023-{n + k + 5:02}")], say=posts(n)[1] + posts(n)[2])
        for n in range(4)
        for k in range(2)
    ]
    directors = [
        folk.person(2, sex, posts=[Post("Phó Giám đốc", top, since)], say="Phó Giám đốc Sở")
        for sex, since in [("M", "2022-10"), ("F", "2024-01")]
    ]
    odd.impossible_day(heads[1], 1979, 2, day=30)
    odd.month_first(deputies[2], 1985, 6, 8)
    odd.unclear_rating(deputies[3], 2023)
    deputies[5].birth = "1986-09-14"
    odd.both_sexes(deputies[5], "14/9/1986")
    page.section("GIÁM ĐỐC SỞ (01 vị trí)", "I")
    case.said["Giám đốc", top] = 1
    proposed(directors, "Giám đốc", top, "Giám đốc Sở")
    page.section("PHÓ GIÁM ĐỐC SỞ (03 vị trí)", "II")
    case.said["Phó Giám đốc", top] = 3
    proposed(heads, "Phó Giám đốc", top, "Phó Giám đốc Sở")
    page.section("TRƯỞNG PHÒNG VÀ TƯƠNG ĐƯƠNG", "III")
    for n in range(4):
        head, _, of = posts(n)
        page.section(head + of, str(n + 1))
        names = deputies[2 * n : 2 * n + 2]
        if n == 2:
            again = deputies[1]
            birth = again.birth
            names = [*names, again]
            again.cells[f"birth {again.sex}"] = Cell(int(birth[:4]))  # only the year this time
            again.doubt("name", "same_person_twice", again.name, must=False, why="listed for two posts: one person")
        proposed(names, head, units[n], head + of if n % 2 else head)
    director = folk.person(
        1,
        "M",
        posts=[Post("Phó Giám đốc", centre, "2023-12")],
        say="Phó Giám đốc Trung tâm Khuyến công và Xúc tiến thương mại",
    )
    page.section("Giám đốc Trung tâm Khuyến công và Xúc tiến thương mại", "5")
    proposed([director], "Giám đốc", centre, "Giám đốc")
    page.section("PHÓ TRƯỞNG PHÒNG VÀ TƯƠNG ĐƯƠNG", "IV")
    for n in range(4):
        _, deputy, of = posts(n)
        page.section(f"{deputy}{of} ({n % 2 + 2:02} vị trí)", str(n + 1))
        case.said[deputy, units[n]] = n % 2 + 2
        people = [
            folk.person(0, posts=[Post("Chuyên viên", units[n])], say=f"Chuyên viên {divisions[n]}") for _ in range(4)
        ]
        if n == 1:
            odd.studying(people[1])
            odd.two_digits(people[2], 1993, 10, 21)
        if n == 3:
            people[0].name, people[0].sex = "Thái Công Toan", "M"
            odd.lookalike(people[0], "o", "о")
            odd.unrated(people[2], 2023)
        proposed(people, deputy, units[n], deputy + (of if n % 2 == 0 else ""))
    people = [
        folk.person(0, posts=[Post("Viên chức", centre)], say="Viên chức Trung tâm Khuyến công và Xúc tiến thương mại")
        for _ in range(3)
    ]
    page.section("Phó Giám đốc Trung tâm Khuyến công và Xúc tiến thương mại", "5")
    proposed(people, "Phó Giám đốc", centre, "Phó Giám đốc Trung tâm KC và XTTM")
    page.line(f"Tổng số: {len(case.tables['pools'])} lượt người", until=page.right)
    page.row += 1
    page.line("NGƯỜI LẬP BIỂU", page.left, page.left + 3, skip=0)
    page.line("T/M TẬP THỂ LÃNH ĐẠO", page.left + 6, page.right)
    page.line("GIÁM ĐỐC", page.left + 6, page.right)
    return book, case


def phu_luc_1() -> tuple[Workbook, Case]:
    """Form 8.2 without section rows for posts: the posts stand in the columns; units are merged down the rows."""
    case = Case("phu_luc_1_so_tu_phap", "Sở Tư pháp: Phụ lục 1", "form 8.2, unit and posts in columns", form=True)
    folk = Population("phu_luc_1_so_tu_phap")
    book = Workbook()
    sheet = book.active
    sheet.title = "PL1 (2026)"
    top = case.unit("U0", "Sở Tư pháp", None, "department")
    columns = [
        Column("number", "TT"),
        Column("name", "Họ và tên"),
        Column("birth F", "Nữ", "Ngày, tháng, năm sinh"),
        Column("birth M", "Nam", "Ngày, tháng, năm sinh"),
        Column("post", "Chức vụ, đơn vị hiện tại"),
        Column("degree", "CM", "Trình độ"),
        Column("theory", "LLCT", "Trình độ"),
        Column("planned", "Chức danh đã được quy hoạch"),
        Column("decision", "Quyết định phê duyệt quy hoạch"),
        Column("carried", "Chức danh chuyển tiếp quy hoạch"),
        Column("ratings", "Kết quả phân loại 3 năm 2023, 2024, 2025"),
        Column("proposal", "Đề xuất"),
        Column("note", "Lý do, ghi chú"),
    ]
    page = Sheet(sheet, case, columns, Random("phu_luc_1_so_tu_phap"))
    page.titles(
        ["UBND TỈNH BÌNH LÂM", "SỞ TƯ PHÁP"], MOTTO, ["BẢNG RÀ SOÁT, CHUYỂN TIẾP QUY HOẠCH NHIỆM KỲ 2026 - 2031"]
    )
    page.headings()
    by_province, by_department = ("266-QĐ/TU", "10/6/2024"), ("90/QĐ-STP", "01/8/2024")
    divisions = [
        "Văn phòng Sở",
        "Phòng Xây dựng và kiểm tra văn bản",
        "Phòng Phổ biến, giáo dục pháp luật",
        "Phòng Hành chính tư pháp",
        "Phòng Bổ trợ tư pháp",
    ]
    units = [case.unit(f"U{n}", name, top, "office" if n == 1 else "division") for n, name in enumerate(divisions, 1)]
    number = 0

    def row(person: Person, pool: Planned, remove: str | None = None) -> None:
        nonlocal number
        number += 1
        person.pools = [pool]
        person.proposal = (
            f"Đưa ra khỏi QH ({remove})" if remove else ["Tiếp tục quy hoạch", "Chuyển tiếp quy hoạch"][number % 2]
        )
        page.person(person, number, carried=Cell(None if remove else pool.say))

    def planned(title: str, unit: str, say: str, by: tuple[str, str], status: str = "keep") -> Planned:
        return Planned(title, unit, say, *by, status=status)

    directors = [folk.person(2, sex, posts=[Post("Phó Giám đốc", top)], say="Phó Giám đốc Sở") for sex in "MFM"]
    for person in directors[:2]:
        row(person, planned("Giám đốc", top, "Giám đốc Sở", by_province))
    row(directors[2], planned("Giám đốc", top, "Giám đốc Sở", by_province, "remove"), "không đủ tuổi")
    leaders, seconds = [], []
    for n, name in enumerate(divisions):
        head, deputy, of = (
            ("Chánh Văn phòng", "Phó Chánh Văn phòng", " Sở")
            if n == 0
            else ("Trưởng phòng", "Phó Trưởng phòng", " " + name.removeprefix("Phòng "))
        )
        leaders.append((folk.person(1, posts=[Post(head, units[n])], say=head + of), head, of))
        seconds.append([(folk.person(1, posts=[Post(deputy, units[n])], say=deputy + of), deputy) for _ in range(2)])
    odd.impossible_day(leaders[2][0], 1980, 4)
    odd.month_first(seconds[1][0][0], 1986, 1, 12)
    appointed = seconds[3][1][0]
    for person, _, _ in leaders:
        row(person, planned("Phó Giám đốc", top, "Phó Giám đốc Sở", by_province))
    for n, (_, head, of) in enumerate(leaders):
        for person, _ in seconds[n]:
            pool = planned(head, units[n], head + of, by_department, "remove" if person is appointed else "keep")
            if person is appointed:
                person.doubt(
                    "proposal",
                    "appointed_but_not_shown",
                    None,
                    why="removed because appointed, but the old post is shown",
                    also="post",
                )
            if n == 4 and person is seconds[4][0][0]:
                odd.disciplined(person, "Bị khiển trách tháng 9/2025", "khiển trách", "2025-09")
            row(person, pool, "đã được bổ nhiệm" if person is appointed else None)
    for n, name in enumerate(divisions):
        deputy, of = (
            ("Phó Chánh Văn phòng", " Sở") if n == 0 else ("Phó Trưởng phòng", " " + name.removeprefix("Phòng "))
        )
        for k in range(3):
            person = folk.person(0, posts=[Post("Chuyên viên", units[n])], say=f"Chuyên viên {name}")
            if n == 2 and k == 1:
                person.theory = "TC"
                odd.course(person, "đang học CC LLCT 2025–2027", "CC", 2025, 2027)
            if n == 3 and k == 0:
                odd.two_digits(person, 1994, 12, 17)
            short = "PTP" if k == 1 and n else deputy
            row(person, planned(deputy, units[n], short + (of if k < 2 else ""), by_department))
    kept = sum(pool["status"] == "keep" for pool in case.tables["pools"])
    gone = len(case.tables["pools"]) - kept
    cell = page.line(
        f"Tổng số: {number} lượt người, trong đó tiếp tục quy hoạch {kept - 2}; đưa ra khỏi quy hoạch {gone}",
        until=page.right,
    )
    page.doubt(cell, "total_mismatch", None, True, "the totals do not agree with the rows")
    page.line("GIÁM ĐỐC", page.left + 8, page.right)
    return book, case
