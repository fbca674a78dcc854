"""Headings of tables: English identifiers, and the Vietnamese words that offices write for them."""

from functools import cache

from planner.domain.case import TABLES
from planner.domain.findings import Names, plain
from planner.domain.messages import Language

COMMON = {
    "unit_id": ("Mã đơn vị", "Mã cơ quan"),
    "position_id": ("Mã chức danh", "Mã vị trí"),
    "person_id": ("Mã cán bộ", "Mã nhân sự", "Mã người"),
    "course_id": ("Mã khóa học", "Mã lớp"),
    "session_id": ("Mã đợt học", "Mã khai giảng"),
    "round_id": ("Mã đợt quy hoạch", "Mã đợt"),
    "authority_id": ("Mã cấp quản lý",),
    "competency": ("Tiêu chuẩn", "Năng lực"),
    "level": ("Mức", "Trình độ"),
    "year": ("Năm",),
    "field": ("Lĩnh vực", "Chuyên ngành"),
    "rank": ("Bậc", "Cấp bậc"),
    "title": ("Chức danh", "Chức vụ"),
    "since": ("Từ ngày",),
    "until": ("Đến ngày",),
    "decision_no": ("Số quyết định",),
    "reason": ("Lý do",),
    "cost": ("Kinh phí", "Chi phí"),
    "status": ("Trạng thái",),
    "kind": ("Loại",),
}
"""Words that mean the same in every table that has the column."""

TABLE: dict[str, dict[str, tuple[str, ...]]] = {
    "units": {
        "name": ("Tên đơn vị", "Tên cơ quan", "Đơn vị", "Cơ quan"),
        "parent_id": ("Đơn vị cấp trên", "Trực thuộc", "Mã đơn vị cấp trên"),
        "kind": ("Loại hình", "Loại đơn vị"), "class": ("Hạng", "Phân loại"), "headcount": ("Biên chế",),
        "locality": ("Địa bàn", "Địa phương"), "created_on": ("Ngày thành lập",), "closed_on": ("Ngày giải thể",),
    },
    "authorities": {
        "name": ("Tên cấp quản lý",), "level": ("Cấp",), "delegated_from": ("Được phân cấp từ",),
    },
    "positions": {
        "standard": ("Tiêu chuẩn chức danh",),
        "nature": ("Tính chất",), "held_with": ("Kiêm cùng", "Gắn với chức danh"),
        "head": ("Người đứng đầu", "Đứng đầu"), "seats": ("Số lượng", "Số ghế"), "surplus_until": ("Dôi dư đến",),
        "may_stay_empty": ("Được để trống",), "acting_months": ("Số tháng phụ trách",),
        "filled_by": ("Hình thức bố trí",), "term_system": ("Hệ nhiệm kỳ",), "managed_by": ("Cấp quản lý",),
        "sector": ("Ngành",), "bars_locals": ("Không là người địa phương",), "criticality": ("Mức trọng yếu",),
        "successors": ("Số người kế nhiệm",), "needed_by": ("Cần có trước ngày",), "opened_on": ("Ngày lập",),
        "closed_on": ("Ngày bãi bỏ",),
    },
    "people": {
        "name": ("Họ và tên", "Họ tên"), "sex": ("Giới tính",), "birth_date": ("Ngày sinh", "Ngày tháng năm sinh"),
        "ethnicity": ("Dân tộc",), "native_place": ("Quê quán",), "local_units": ("Đơn vị địa phương",),
        "scitech": ("Khoa học công nghệ",), "service_since": ("Ngày vào ngành", "Ngày tuyển dụng"),
        "party_since": ("Ngày vào Đảng",), "party_full_since": ("Ngày vào Đảng chính thức", "Ngày chính thức"),
        "retire_at_60": ("Nghỉ hưu ở tuổi 60",), "retires_on": ("Ngày nghỉ hưu",), "health_ok": ("Đủ sức khỏe",),
        "file_ok": ("Hồ sơ đầy đủ",), "assets_ok": ("Kê khai tài sản",), "barred_from": ("Không bố trí từ",),
        "barred_until": ("Không bố trí đến",), "barred_why": ("Lý do không bố trí",),
        "open_to_rotation": ("Sẵn sàng luân chuyển",), "outside": ("Ngoài cơ quan", "Nguồn ngoài"),
    },
    "service": {
        "kind": ("Hình thức",), "planned_until": ("Dự kiến đến",), "return_to": ("Trở về chức danh",),
        "term_until": ("Nhiệm kỳ đến",),
    },
    "qualifications": {"source": ("Nguồn", "Căn cứ")},
    "indicators": {"indicator": ("Chỉ tiêu",), "value": ("Giá trị", "Điểm"), "stage": ("Bước đánh giá",)},
    "ratings": {"rating": ("Xếp loại",), "points": ("Điểm",)},
    "discipline": {
        "side": ("Bên", "Đảng hay chính quyền"), "form": ("Hình thức kỷ luật",), "decided": ("Ngày quyết định",),
        "expires": ("Hết hiệu lực", "Ngày hết hiệu lực"), "no_sanction_case": ("Vụ việc chưa kết luận",),
    },
    "relations": {"person_a": ("Người thứ nhất",), "person_b": ("Người thứ hai",), "relation": ("Quan hệ",)},
    "rounds": {
        "approved_on": ("Ngày phê duyệt",), "system": ("Hệ thống",), "term": ("Nhiệm kỳ",),
        "term_start": ("Bắt đầu nhiệm kỳ",), "term_end": ("Kết thúc nhiệm kỳ",),
        "age_reference_date": ("Ngày tính tuổi", "Thời điểm tính tuổi"),
    },
    "pools": {},
    "nominations": {
        "proposed_by": ("Nơi giới thiệu",), "appraised_by": ("Nơi thẩm định",), "opinion": ("Ý kiến",),
        "step": ("Bước",), "votes_for": ("Số phiếu đồng ý",), "votes_of": ("Tổng số phiếu",),
    },
    "courses": {
        "name": ("Tên khóa học", "Tên lớp"), "grants": ("Cấp trình độ",), "needs": ("Điều kiện đầu vào",),
        "months": ("Số tháng",), "mode": ("Hình thức học",), "admits": ("Đối tượng",),
        "yearly_seats": ("Chỉ tiêu năm",), "starts": ("Khai giảng",),
    },
    "enrolments": {},
    "sessions": {
        "start": ("Ngày khai giảng", "Ngày bắt đầu"), "end": ("Ngày bế giảng", "Ngày kết thúc"),
        "seats": ("Chỉ tiêu", "Số chỗ"), "min_seats": ("Số chỗ tối thiểu",), "allotted_to": ("Phân bổ cho",),
    },
    "vacancies": {"on": ("Ngày khuyết",)},
    "exemptions": {
        "rule": ("Quy định",), "subject": ("Đối tượng",), "authority": ("Cấp cho phép",),
        "decided": ("Ngày quyết định",),
    },
    "decisions": {"note": ("Ghi chú",), "from": ("Từ ngày",)},
}  # fmt: skip
"""Words of one table; they go before the common ones."""


@cache
def headings_of(table: str) -> dict[str, tuple[str, ...]]:
    """Every heading that is understood for each column, the identifier first."""
    columns = [f.alias or name for name, f in TABLES[table].model_fields.items() if name != "extra"]
    own = TABLE[table]
    return {column: (column, *(own.get(column) or COMMON.get(column, ()))) for column in columns}


@cache
def _columns(table: str) -> dict[str, str]:
    return {plain_heading(word): column for column, words in headings_of(table).items() for word in words}


def plain_heading(heading: str) -> str:
    """A heading for comparing: case, blanks or underlines, missing marks and a star for `required` do not matter."""
    return plain(heading.strip("★* ").replace("_", " "))


def column_of(table: str, heading: str) -> str | None:
    """The column that a heading names."""
    return _columns(table).get(plain_heading(heading))


def heading_of(table: str, column: str, language: Language) -> str:
    """The heading that we write: the identifier in English, the first word of offices in Vietnamese."""
    known = headings_of(table)[column]
    return known[1] if language == "vi" and len(known) > 1 else column


def suggest_heading(table: str, heading: str) -> str | None:
    """The column that a heading with a slip in it probably names."""
    near = Names(list(_columns(table))).suggest(heading)
    return _columns(table)[near] if near else None
