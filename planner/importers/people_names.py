"""Names of people: titles before them, capitals, letters that only look Latin, and what they say of the sex."""

from dataclasses import dataclass
from typing import Literal

from planner.domain.office_words import ListWords
from planner.importers.text import clean, has, is_one, latin, spelled, starts, tail

Sex = Literal["M", "F"]


@dataclass(frozen=True)
class PersonName:
    """A name as it is written in a case. `strange`: the cell holds letters of another script."""

    text: str
    sex: Sex | None = None
    """What the name or the word before it says for certain."""
    likely: Sex | None = None
    strange: bool = False


def person_name(text: str, office: ListWords) -> PersonName:
    """The name in a cell, without titles, remarks in brackets and marks of footnotes."""
    strange = latin(text) != text
    name = latin(text)
    remark = ""
    if "(" in name:
        name, _, remark = name.partition("(")
    name = clean(name.strip(" *.,;:-–"))
    spoken: Sex | None = None
    while (title := starts(name, office.honorifics)) and len(name.split()) > 2:
        if is_one(title, office.women):
            spoken = "F"
        elif is_one(title, office.men):
            spoken = "M"
        name = _after(name, title)
    if has(remark, office.female):
        spoken = "F"
    elif has(remark, office.male):
        spoken = "M"
    if name == name.upper() and len(name) > 3:
        name = " ".join(word[:1] + word[1:].lower() for word in name.split())
    certain, likely = _sex(name, office)
    return PersonName(name, spoken or certain, spoken or certain or likely, strange)


def _after(name: str, title: str) -> str:
    from planner.domain.titles import words

    return tail(name, len(words(title)))


def _sex(name: str, office: ListWords) -> tuple[Sex | None, Sex | None]:
    """Middle words tell for certain, middle and given ones make likely."""
    parts = spelled(name)
    middle = parts[1:-1]
    women, men = ({w for p in phrases for w in spelled(p)} for phrases in (office.women, office.men))
    if any(w in women for w in middle):
        return "F", "F"
    if any(w in men for w in middle):
        return "M", "M"
    often = {w for p in office.men_often for w in spelled(p)}
    return None, "M" if any(w in often for w in parts[1:]) else None


def is_name(text: str) -> bool:
    """The text can be a person's name: two to seven words of letters, each with a capital."""
    parts = text.split()
    return 2 <= len(parts) <= 7 and all(p.replace("'", "").replace("-", "").isalpha() and p[0].isupper() for p in parts)
