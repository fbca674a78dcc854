"""What the opinion on a nomination says: free text, of which only a refusal is understood."""

import re

from planner.domain.findings import plain

_REFUSES = re.compile(
    r"(khong|chua) (dong y|nhat tri|tan thanh|thong nhat|chap thuan|phe duyet|gioi thieu|du|dat|phu hop)\b"
    r"|(khong|chua|tu choi|phan doi|bac|no|against)$"
    r"|(not (agreed|approved|supported|endorsed|recommended)|disagree\w*|reject\w*|refus\w*|declin\w*|oppos\w*)\b"
    r"|(tu choi|phan doi)\b"
)


def refuses(opinion: str) -> bool:
    """Whether the opinion begins with a refusal; case and Vietnamese marks do not matter.

    >>> [refuses(text) for text in ("Không đồng ý", "Chưa đủ điều kiện", "Not supported: too early", "No")]
    [True, True, True, True]
    >>> [refuses(text) for text in ("Đồng ý", "Không có ý kiến khác", "Không phản đối", "No objection")]
    [False, False, False, False]
    """
    return _REFUSES.match(plain(opinion).rstrip(" .!")) is not None
