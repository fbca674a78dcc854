"""Identifiers that a reader takes for one and a program for two; letters of another script among ours."""

import unicodedata
from collections.abc import Iterator

from planner.domain.errors import Finding
from planner.domain.findings import doubt, warning
from planner.files.case import KEYS, CaseSource, Place, rows_of

_CYRILLIC = dict(zip("АВЕЅІЈКМНОРСТУХаеѕіјорсухԁԛԝ", "ABESIJKMHOPCTYXaesijopcyxdqw", strict=True))
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονρυ", "ABEZHIKMNOPTYXovpu", strict=True))
ALIKE = _CYRILLIC | _GREEK
"""Letters that look like a Latin one in every usual typeface (after Unicode's list of confusable characters)."""
_DIGITS = str.maketrans({"o": "0", "l": "1", "i": "1", "|": "1"})
TEXTS = {"units": ("name",), "positions": ("title",), "people": ("name",), "courses": ("name",)}


def check_lookalikes(source: CaseSource) -> Iterator[Finding]:
    """Warnings about identifiers of one table that look alike, doubts about letters that are not what they look."""
    for table, key in KEYS.items():
        first: dict[str, tuple[str, Place]] = {}
        for place, row in rows_of(source, table):
            value = str(getattr(row, key))
            before, where = first.setdefault(skeleton(value), (value, place))
            if before != value:
                other = f"{where.file}:{where.line}"
                yield warning("finding.looks_alike", place.file, place.line, key, value, other=before, where=other)
            for column in (key, *TEXTS.get(table, ())):
                yield from _letters(place, column, str(getattr(row, column)))


def skeleton(identifier: str) -> str:
    """What is left of an identifier for a tired eye: no capitals, blanks, invisible signs; O is 0, l and I are 1."""
    letters = (ALIKE.get(c, c) for c in unicodedata.normalize("NFKC", identifier))
    seen = "".join(c for c in letters if unicodedata.category(c) not in ("Cf", "Cc", "Zs", "Mn", "Pd"))
    return seen.casefold().translate(_DIGITS)


def unlike_letter(value: str, other: str) -> str | None:
    """The name of the letter of `value` that only looks as in `other`; None where the two do not look alike."""
    if value == other or skeleton(value) != skeleton(other):
        return None
    odd = next((c for c in value if c in ALIKE or unicodedata.category(c) in ("Cf", "Cc")), None)
    odd = odd or next((c for c in value if c not in other), None)
    return unicodedata.name(odd, f"U+{ord(odd):04X}") if odd else None


def _letters(place: Place, column: str, text: str) -> Iterator[Finding]:
    odd = [c for c in text if c in ALIKE]
    hidden = [c for c in text if unicodedata.category(c) in ("Cf", "Cc") and c not in "\n\t"]
    if odd and any(c.isascii() and c.isalpha() for c in text):
        name = unicodedata.name(odd[0], "?")
        yield doubt("finding.foreign_letter", place.file, place.line, column, text, letter=name, like=ALIKE[odd[0]])
    elif hidden:
        name = unicodedata.name(hidden[0], f"U+{ord(hidden[0]):04X}")
        yield doubt("finding.hidden_letter", place.file, place.line, column, text, letter=name)
