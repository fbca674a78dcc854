"""The list of five communes and wards that an organisation board keeps."""

from __future__ import annotations

from random import Random

from openpyxl import Workbook

from tests.importers.offices import oddities as odd
from tests.importers.offices.case import Case
from tests.importers.offices.communes import PARTY, commune, holder, leaders
from tests.importers.offices.people import Person, Planned, Population, Post
from tests.importers.offices.sheet import Column, Sheet


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
