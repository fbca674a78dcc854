"""Fields of work and study (lĩnh vực): what they are called, and the words by which office lists name them."""

import re
from collections.abc import Iterable

from planner.domain.record import Name, Record

_WORD = re.compile(r"\w+")


class WorkField(Record):
    """A field, or a family of fields; `words` in any case and with any hyphens, as in "Tài chính - Ngân hàng"."""

    id: str
    name: Name
    words: tuple[str, ...] = ()


def field_named(text: str, fields: Iterable[WorkField]) -> str | None:
    """The field that a text names ("ThS Luật Kinh tế"): that of the longest words in it; None where there are none.

    Of two that are as long the one that stands first in the text.
    """
    said = _spelled(text)
    found: list[tuple[int, int, str]] = []
    for field in fields:
        for words in (*field.words, field.name.en, *((field.name.vi,) if field.name.vi else ())):
            at = said.find(_spelled(words))
            if at >= 0:
                found.append((-len(_spelled(words)), at, field.id))
    return min(found)[2] if found else None


def _spelled(text: str) -> str:
    """The words alone, with a blank on either side, so that no word is found inside another."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "
