"""Names of invented people."""

import numpy as np

FAMILY = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Phan", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Đinh",
    "Đào", "Mai", "Tô", "Lương", "Trịnh",
)  # fmt: skip
FAMILY_ODDS = (30, 13, 11, 8, 6, 5, 4, 4, 3, 3, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1)
MIDDLE = {
    "M": ("Văn", "Hữu", "Đức", "Quang", "Minh", "Xuân", "Ngọc", "Đình", "Công", "Thanh", "Trọng", "Mạnh"),
    "F": ("Thị", "Thị Minh", "Thị Thu", "Thị Ngọc", "Thị Thanh", "Thị Phương", "Thị Hồng", "Ngọc", "Thu", "Thị Kim"),
}
GIVEN = {
    "M": ("An", "Bách", "Bình", "Cường", "Dũng", "Đạt", "Giang", "Hải", "Hiếu", "Hòa", "Hùng", "Khánh", "Khoa", "Lâm",
          "Long", "Nam", "Nghĩa", "Phong", "Phúc", "Quân", "Quyết", "Sơn", "Tài", "Thắng", "Thành", "Tiến", "Toàn",
          "Trung", "Tuấn", "Việt"),
    "F": ("Anh", "Bích", "Chi", "Diệp", "Dung", "Hà", "Hạnh", "Hiền", "Hoa", "Huệ", "Hương", "Lan", "Liên", "Loan",
          "Mai", "Nga", "Ngân", "Nhung", "Oanh", "Phương", "Quyên", "Tâm", "Thảo", "Thúy", "Trang", "Tuyết", "Vân",
          "Xuân", "Yến", "Ánh"),
}  # fmt: skip


def name(rng: np.random.Generator, sex: str) -> str:
    odds = np.array(FAMILY_ODDS, dtype=float)
    family = FAMILY[rng.choice(len(FAMILY), p=odds / odds.sum())]
    middle, given = MIDDLE[sex], GIVEN[sex]
    return f"{family} {middle[rng.integers(len(middle))]} {given[rng.integers(len(given))]}"
