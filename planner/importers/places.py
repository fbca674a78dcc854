"""Native places as offices write them: commune, old district, province, in one of several orders of marks."""

import re

from planner.importers.text import clean

_OLD = re.compile(r"\(\s*cũ\s*\)", re.I)


def native_place(text: str) -> str:
    """ "xã Minh Tân - Nam Thanh (cũ)" as "xã Minh Tân, Nam Thanh (cũ)": parts between commas, nothing dropped."""
    parts = [clean(p) for p in re.split(r"\s[-–—]\s|,|;", text)]
    return ", ".join(p for p in parts if p)
