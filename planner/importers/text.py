"""The text of cells: what is the same for the eye becomes the same for the program."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from planner.domain.findings import plain
from planner.domain.titles import words

_LOOKALIKES = str.maketrans(
    "аеорсухіјѕһԁӏАВЕКМНОРСТУХІЈЅᴏοΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxijshdlABEKMHOPCTYXIJSooABEZHIKMNOPTYX",
)
"""Cyrillic and Greek letters that look Latin."""
_WORD = re.compile(r"\w+")
_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF])
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}


def clean(value: object) -> str:
    """One line of NFC text: no invisible letters, every blank a plain one, none doubled, none at the ends."""
    return "" if value is None else " ".join(_visible(value).split())


def lines(value: object) -> list[str]:
    """The lines of a cell, each clean, without empty ones."""
    return [line for part in _visible(value).splitlines() if (line := " ".join(part.split()))]


def _visible(value: object) -> str:
    return unicodedata.normalize("NFC", str(value)).translate(_INVISIBLE)


def latin(text: str) -> str:
    """The text with letters of other scripts that look Latin made Latin."""
    return text.translate(_LOOKALIKES)


@lru_cache(maxsize=50_000)
def spelled(text: str) -> tuple[str, ...]:
    """The words with their marks, whatever the capitals and wherever the tone stands (hòa, hoà)."""
    kept = []
    for word in text.casefold().split():
        letters = [c for c in unicodedata.normalize("NFD", word) if c.isalnum() or unicodedata.combining(c)]
        tones = sorted(c for c in letters if c in _TONES)
        if stem := unicodedata.normalize("NFC", "".join(c for c in letters if c not in _TONES)):
            kept.append(stem + "".join(tones))
    return tuple(kept)


def find(text: str, phrase: str) -> int:
    """Where the words of `phrase` begin among the words of `text`; -1 if nowhere.

    Marks count in phrases of one word (năm is not nam), in longer ones they do not.
    """
    wanted = words(phrase)
    if not wanted:
        return -1
    if len(wanted) == 1:
        single, have = spelled(phrase), _marked(text)
        return have.index(single[0]) if single and single[0] in have else -1
    have = words(text)
    return next((i for i in range(len(have) - len(wanted) + 1) if have[i : i + len(wanted)] == wanted), -1)


@lru_cache(maxsize=50_000)
def _marked(text: str) -> tuple[str, ...]:
    """The words of `words`, with their marks."""
    return tuple(w for part in _split(text) for w in spelled(part))


def _split(text: str) -> list[str]:
    return "".join(c if c.isalnum() or unicodedata.combining(c) or c == "_" else " " for c in text).split()


def hits(text: str, phrases: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Where in the text which of the phrases stand, as `find` finds them."""
    by_first = _by_first_word(tuple(phrases))
    spoken, marked = words(text), _marked(text)
    if len(spoken) != len(marked):  # signs that only one of the two takes for letters
        yield from ((at, p) for found in by_first.values() for _, _, p in found if (at := find(text, p)) >= 0)
        return
    for at, word in enumerate(spoken):
        for wanted, single, phrase in by_first.get(word, ()):
            if marked[at] == single if single else spoken[at : at + len(wanted)] == wanted:
                yield at, phrase


@lru_cache(maxsize=1_000)
def _by_first_word(phrases: tuple[str, ...]) -> dict[str, list[tuple[tuple[str, ...], str, str]]]:
    """Phrases by their first word: their words, their one word with its marks where they have but one, the phrase."""
    found: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for phrase in phrases:
        wanted = words(phrase)
        single = spelled(phrase) if len(wanted) == 1 else ()
        if wanted and (len(wanted) > 1 or single):
            found.setdefault(wanted[0], []).append((wanted, single[0] if single else "", phrase))
    return found


def has(text: str, phrases: Iterable[str]) -> str | None:
    """The longest of the phrases that stands in the text."""
    return max((p for _, p in hits(text, phrases)), key=lambda p: len(words(p)), default=None)


def starts(text: str, phrases: Iterable[str]) -> str | None:
    """The longest of the phrases with which the text begins."""
    return max((p for at, p in hits(text, phrases) if at == 0), key=lambda p: len(words(p)), default=None)


def is_one(text: str, phrases: Iterable[str]) -> bool:
    """The text is one of the phrases, brackets and marks aside."""
    compared = plain(text.strip(" ()[].,;:*"))
    return any(compared == plain(p) for p in phrases)


def tail(text: str, count: int) -> str:
    """The text after its first `count` words."""
    rest = text
    for _ in range(count):
        rest = _drop_word(rest)
    return rest.strip(" ,;:-–.()")


def _drop_word(text: str) -> str:
    start = next((i for i, c in enumerate(text) if c.isalnum()), len(text))
    end = next((i for i in range(start, len(text)) if not (text[i].isalnum() or unicodedata.combining(text[i]))), None)
    return "" if end is None else text[end:]


def from_word(text: str, count: int) -> str:
    """The text from its word number `count` on (counted from 0), as it stands."""
    found = list(_WORD.finditer(text))
    return text[found[count].start() :] if count < len(found) else ""


def sentence(text: str) -> str:
    """Text in capitals as a name is written: the first letter large."""
    return text if text != text.upper() else text[:1].upper() + text[1:].lower()
