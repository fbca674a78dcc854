"""Numbers as offices write them: 1500000, 8.5 or 8,5; a point or comma that may part thousands is not guessed."""

import re
from typing import Annotated

from pydantic import BeforeValidator

THOUSANDS = "a number without marks between thousands: 1500000, and 8.5 or 8,5 for a fraction"
NOT_WHOLE = "a whole number, in digits only"
NOT_A_NUMBER = "a number, as 12 or 8.5"
_WHOLE = re.compile(r"^[+-]?\d{1,15}$", re.ASCII)
_FRACTION = re.compile(r"^[+-]?\d{1,15}[.,]\d{1,12}$", re.ASCII)
_GROUPED = re.compile(r"^[+-]?[1-9]\d{0,2}([.,\s ]\d{3})+([.,]\d+)?$", re.ASCII)


def _whole(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = value.strip()
    if _GROUPED.match(text):
        raise ValueError(THOUSANDS)
    if not _WHOLE.match(text):
        raise ValueError(NOT_WHOLE)
    return int(text)


def _number(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = value.strip()
    if _GROUPED.match(text):
        raise ValueError(THOUSANDS)
    if not (_WHOLE.match(text) or _FRACTION.match(text)):
        raise ValueError(NOT_A_NUMBER)
    return float(text.replace(",", "."))


def number_text(value: float) -> str:
    """A number as text that is read as the same number: whole ones as digits, never three digits behind the point."""
    if float(value).is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = repr(float(value))
    # 1.125 might be meant as 1125; 1.1250 cannot be.
    return f"{text}0" if _GROUPED.match(text) else text


Whole = Annotated[int, BeforeValidator(_whole)]
Number = Annotated[float, BeforeValidator(_number)]
