"""The title map of a content set: what a post's title says of its rank, standard, nature and unit."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from pydantic import ConfigDict, Field

from planner.domain.findings import plain
from planner.domain.ids import RankCode
from planner.domain.record import Record

_WORD = re.compile(r"\w+")

FilledBy = Literal["appoint", "elect", "designate"]
Nature = Literal["full_time", "concurrent", "membership"]


class Title(Record):
    """One meaning of a title. Where several fit, the longest phrase goes first, then the one with more conditions."""

    title: tuple[str, ...] = Field(min_length=1, description="ways to write it; the first is the usual one")
    short: tuple[str, ...] = Field((), description="short forms")
    kinds: tuple[str, ...] = Field((), description="kinds of unit in which it means this; none: in any")
    below: tuple[str, ...] = Field((), description="kinds of which one stands above the unit; none: any")
    rank: RankCode
    standard: str
    head: bool = False
    nature: Nature = "full_time"
    filled_by: FilledBy | None = None
    term_system: str | None = None
    seats: int | None = Field(None, ge=1, description="seats where nothing says how many")
    acting_months: int | None = Field(None, ge=0)
    may_stay_empty: bool | None = None
    staff: bool = Field(False, description="no leading post: people of a unit")
    organ: str | None = Field(None, description="kind of the organ of a locality to which the post belongs")
    unit: str | None = Field(None, description="name of the unit of the post, where the title alone says it")
    unit_word: str | None = Field(None, description="word before what follows the title, to name its unit")


class Titles(Record):
    """The title map of a content set."""

    model_config = ConfigDict(ignored_types=(cached_property,))

    titles: tuple[Title, ...] = ()

    @cached_property
    def phrases(self) -> dict[str, list[tuple[tuple[str, ...], str, Title]]]:
        """Phrases by their first word: (words, as written, its title), in the order of the file."""
        found: dict[str, list[tuple[tuple[str, ...], str, Title]]] = {}
        for entry in self.titles:
            for phrase in (*entry.title, *entry.short):
                spelled = words(phrase)
                found.setdefault(spelled[0], []).append((spelled, phrase, entry))
        return found

    def knows(self, title: str) -> bool:
        """Whether a text is a whole title of the map, in whichever unit."""
        spelled = words(title)
        return bool(spelled) and any(phrase == spelled for phrase, _, _ in self.phrases.get(spelled[0], ()))


@dataclass(frozen=True)
class TitleMatch:
    """What a title means in a unit; `name` is its usual spelling, `rest` what follows it ("Kinh tế")."""

    entry: Title
    name: str
    rest: str

    @property
    def rank(self) -> RankCode:
        return self.entry.rank

    @property
    def standard(self) -> str:
        return self.entry.standard

    @property
    def head(self) -> bool:
        return self.entry.head

    @property
    def nature(self) -> Nature:
        return self.entry.nature


@lru_cache(maxsize=50_000)
def words(text: str) -> tuple[str, ...]:
    """The words of a text for comparing: no capitals, no marks, no punctuation."""
    return tuple(_WORD.findall(plain(text)))


def match(titles: Titles, title: str, unit_kind: str | None, above: Sequence[str] = ()) -> TitleMatch | None:
    """What `title` means in a unit of `unit_kind`; None where the map does not know it.

    `above`: the kinds of the units above it, nearest first (a division head of a commune is none of a department).
    """
    best: tuple[tuple[int, int], Title, int] | None = None
    spelled = words(title)
    for phrase, entry in _candidates(titles, spelled):
        if entry.kinds and unit_kind not in entry.kinds:
            continue
        if entry.below and not set(entry.below) & set(above):
            continue
        strength = (len(phrase), bool(entry.kinds) + 2 * bool(entry.below))
        if best is None or strength > best[0]:
            best = strength, entry, len(phrase)
    if best is None:
        return None
    return TitleMatch(best[1], best[1].title[0], _after(title, best[2]))


def _candidates(titles: Titles, spelled: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Title]]:
    if spelled:
        for phrase, _, entry in titles.phrases.get(spelled[0], ()):
            if spelled[: len(phrase)] == phrase:
                yield phrase, entry


def _after(title: str, count: int) -> str:
    """What stands after the first `count` words."""
    found = list(_WORD.finditer(title))
    return title[found[count].start() :].strip() if count < len(found) else ""
