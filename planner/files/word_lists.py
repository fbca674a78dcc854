"""How a cell is taken for a code: the code itself, its name in either language, or a word that people write for it."""

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

from planner.domain.findings import Names, plain
from planner.domain.messages import Language
from planner.domain.record import Name
from planner.domain.words import Choice

_BLANK = re.compile(r"[\s\-–—_.:()\[\]'’\"“”]+")
_BETWEEN = re.compile(r"\s*[/,;+&|]\s*|\s+(?:và|hoặc|hay|or|and)\s+")

SLIP = 0.8
"""How alike two words are of which one is most likely a slip of the other, from 0 to 1."""


def spelled(text: str) -> str:
    """A word for comparing: capitals, blanks, hyphens and dots do not matter, marks do."""
    return _BLANK.sub(" ", unicodedata.normalize("NFC", text).casefold()).strip()


class WordList:
    """The codes of one column with all the words for each."""

    def __init__(self, choices: Iterable[Choice]) -> None:
        self.choices = {choice.code: choice for choice in choices}

    def codes(self, text: str) -> tuple[str, ...]:
        """The codes that a cell may mean: one where it is clear, none where nobody knows the word.

        A code goes before a word, a word as it is spelled before one with other marks or none. "anh/chị/em ruột" and
        "con dâu/rể" are several words, each of which must be known.
        """
        if text in self.choices:
            return (text,)
        return self._whole(text) or self._of_parts(text)

    def near(self, text: str) -> str | None:
        """The listed word that a word with a slip in it probably means."""
        return self._names.suggest(text)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Every code, name and word of the list."""
        return tuple(dict.fromkeys(word for word, _ in self._words()))

    def label(self, code: str, language: Language) -> str:
        """What people call a code, where reading that gives the code again; else the code."""
        choice = self.choices.get(code)
        name = choice.name.text(language) if choice and choice.name else code
        return name if self.codes(name) == (code,) else code

    def listed(self, codes: Sequence[str] | None = None) -> Name:
        """Codes with their names, all of them by default, as messages list them."""
        shown = [self.choices[code] for code in (self.choices if codes is None else codes)]
        return Name(en=_listed(shown, "en"), vi=_listed(shown, "vi"))

    def _whole(self, text: str) -> tuple[str, ...]:
        word = spelled(text)
        return self._spelled.get(word) or self._without_marks.get(plain(word)) or ()

    def _of_parts(self, text: str) -> tuple[str, ...]:
        """Several words in one cell; what stands before the first or behind the last may be said of them all."""
        parts = [part.split() for part in _BETWEEN.split(spelled(text)) if part]
        if len(parts) < 2:
            return ()
        first, last = parts[0], parts[-1]
        ways = [parts]
        if len(first) > 1:
            ways.insert(0, [first, *([*first[:-1], *part] for part in parts[1:])])
        if len(last) > 1:
            ways.insert(0, [*([*part, *last[1:]] for part in parts[:-1]), last])
        for way in ways:
            said = [" ".join(part) for part in way]
            found = [self._whole(word) for word in said]
            if all(found) and (way is parts or len(set(said)) == len(said)):
                return tuple(dict.fromkeys(code for codes in found for code in codes))
        return ()

    def _words(self) -> Iterable[tuple[str, str]]:
        for code, choice in self.choices.items():
            names = () if choice.name is None else (choice.name.en, choice.name.vi or "")
            for word in (code, *names, *choice.words):
                if word:
                    yield word, code

    @cached_property
    def _spelled(self) -> dict[str, tuple[str, ...]]:
        return _by_word((spelled(word), code) for word, code in self._words())

    @cached_property
    def _without_marks(self) -> dict[str, tuple[str, ...]]:
        return _by_word((plain(spelled(word)), code) for word, code in self._words())

    @cached_property
    def _names(self) -> Names:
        return Names(self.words)


def slip_of(text: str, words: Iterable[str]) -> str | None:
    """The word of which a text is most likely a slip: nearer than what a finding may suggest."""
    by_text = {plain(spelled(word)): word for word in words}
    near = difflib.get_close_matches(plain(spelled(text)), by_text, n=1, cutoff=SLIP)
    return by_text[near[0]] if near else None


def _by_word(words: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for word, code in words:
        found[word][code] = None
    return {word: tuple(codes) for word, codes in found.items()}


def _listed(choices: Iterable[Choice], language: Language) -> str:
    named = ((c.code, c.name.text(language) if c.name else "") for c in choices)
    return ", ".join(f"{code} ({name})" if name and spelled(name) != spelled(code) else code for code, name in named)
