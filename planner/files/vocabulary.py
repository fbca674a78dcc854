"""What the cells of a case may say: the program's own choices, the content's codes and names, and its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from planner.domain.case import NO, YES
from planner.domain.content import Content
from planner.domain.ids import CompetencyId
from planner.domain.indicator_sets import RatingClass
from planner.domain.messages import Language, level_text, tr
from planner.domain.office_words import Grade, ListWords, OfficeWords
from planner.domain.record import Name
from planner.domain.words import Choice, ColumnWords, Words
from planner.files.headings import column_of, plain_heading
from planner.files.indicators import recorded_names
from planner.files.pointers import IN_CONTENT, POINTERS
from planner.files.word_lists import WordList
from planner.files.words import choice_label, choices_of, flags_of

YES_NO = "yes_no"
SAME = {"service.rank": "positions.rank", "rounds.system": "positions.term_system"}
"""Columns that take the words of another."""
NEEDS = frozenset({("courses", "grants"), ("courses", "needs")})
ADMITS = ("courses", "admits")
LEVEL = ("qualifications", "level")
AFTER_COLON = ":"
CODES: dict[tuple[str, str], tuple[str, ...]] = {
    ("relations", "relation"): (
        "spouse", "parent", "child", "sibling", "parent_in_law", "child_in_law", "sibling_in_law",
    ),
    ("discipline", "form"): ("reprimand", "warning", "removal", "expulsion", "demotion", "salary_cut", "dismissal"),
    ("positions", "term_system"): ("party", "state", "front"),
    ("rounds", "system"): ("party", "state", "front"),
    ("courses", "admits"): ("in_post", "in_post_or_planned"),
}  # fmt: skip
"""Columns of free text in which these codes have a meaning, where a content set lists none of its own."""


class Vocabulary:
    """The word list of each column. Without content only the program's own choices hold, with `words` theirs too.

    `broken` parts of the content are not whole: nothing is looked for in them.
    """

    def __init__(
        self, content: Content | None = None, broken: frozenset[str] = frozenset(), words: Words | None = None
    ) -> None:
        self._content = content
        self._broken = broken
        self._words = words if words is not None else content.words if content is not None else Words()
        self._made: dict[tuple[str, str, str | None], WordList | None] = {}

    def of(self, table: str, column: str, competency: str | None = None) -> WordList | None:
        """The words of a column; of levels those of a competency. None where anything may stand."""
        key = (table, column, competency if (table, column) == LEVEL else None)
        if key not in self._made:
            choices = self._levels(competency) if (table, column) == LEVEL else self._choices(table, column)
            self._made[key] = WordList(choices) if choices else None
        return self._made[key]

    def refuses(self, table: str, column: str) -> bool:
        """Whether a word that is not listed is an error of the column itself; pointers are checked as such."""
        if column in choices_of(table):
            return True
        listed = self._words.columns.get(_named(table, column))
        return (
            self._content is not None and listed is not None and not listed.open and not _target(table, column)
            and (table, column) != ADMITS and column not in flags_of(table)
        )  # fmt: skip

    def read(self, table: str, cells: Mapping[str, str]) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
        """The cells of a row with codes for words; and each column that refuses its word, with what that may mean."""
        read = dict(cells)
        refused: dict[str, tuple[str, ...]] = {}
        competency = None
        for column, text in cells.items():  # a competency stands anywhere in its row, and says which levels there are
            if (table, column) == (LEVEL[0], "competency"):
                competency = self._code(table, column, text)
        for column, text in cells.items():
            if (table, column) in NEEDS:
                read[column] = self.need(text)
            elif (table, column) == ADMITS:
                read[column] = self._admits(text)
            elif (listed := self.of(table, column, competency)) is not None:
                codes = listed.codes(text)
                if len(codes) == 1:
                    read[column] = codes[0]
                elif self.refuses(table, column):
                    refused[column] = codes
        return read, refused

    def need(self, text: str) -> str:
        """`competency:level` for the names of both; a name may have a colon itself."""
        parts = text.split(AFTER_COLON)
        for n in range(len(parts) - 1, 0, -1):
            competency = self._code("qualifications", "competency", AFTER_COLON.join(parts[:n]).strip())
            levels = self.of(*LEVEL, competency)
            codes = levels.codes(AFTER_COLON.join(parts[n:]).strip()) if levels else ()
            if len(codes) == 1:
                return f"{competency}{AFTER_COLON}{codes[0]}"
        return text

    def need_label(self, competency: str, level: str, language: Language) -> str:
        """A need as people write it, where reading that gives the need again."""
        competencies, levels = self.of("qualifications", "competency"), self.of(*LEVEL, competency)
        need = f"{competency}{AFTER_COLON}{level}"
        if competencies is None or levels is None:
            return need
        label = f"{competencies.label(competency, language)}{AFTER_COLON} {levels.label(level, language)}"
        return label if self.need(label) == need else need

    def headings(self, table: str) -> dict[str, str]:
        """Columns by the plain form of the content's own headings."""
        own: dict[str, str] = {}
        for name, headings in self._words.headings.items():
            at, _, column = name.partition(".")
            if at == table:
                own |= {plain_heading(heading): column for heading in headings if column_of(table, heading) is None}
        return own

    def _code(self, table: str, column: str, text: str) -> str:
        listed = self.of(table, column)
        codes = listed.codes(text) if listed else ()
        return codes[0] if len(codes) == 1 else text

    def _admits(self, text: str) -> str:
        who, colon, ranks = text.partition(AFTER_COLON)
        read = [self._code("positions", "rank", rank.strip()) for rank in ranks.split(",")]
        return self._code(*ADMITS, who.strip()) + (colon + ",".join(read) if colon else "")

    def _choices(self, table: str, column: str) -> list[Choice]:
        own = self._words.of(YES_NO if column in flags_of(table) else _named(table, column))
        return _together([*self._base(table, column), *own])

    def _base(self, table: str, column: str) -> Iterable[Choice]:
        """The codes of a column without the words of the content."""
        if column in flags_of(table):
            return [Choice(code=c, name=_both(f"guide.{c}"), words=tuple(w)) for c, w in (("yes", YES), ("no", NO))]
        if column in choices_of(table):
            names = {c: {k: choice_label(table, column, c, k) for k in ("vi", "en")} for c in choices_of(table)[column]}
            return [Choice(code=c, name=Name(**labels)) for c, labels in names.items()]
        return self._of_content(_target(table, column))

    def _of_content(self, target: str | None) -> Iterator[Choice]:
        content = self._content
        if content is None or target is None or target in self._broken:
            return
        if target == "ranks":
            yield from (Choice(code=r.code, name=r.name) for r in content.ranks)
        elif target == "standards":
            yield from (Choice(code=s.id, name=s.name) for s in content.standards)
        elif target == "competencies":
            yield from (Choice(code=c.id, name=c.name) for c in content.competencies)
        elif target == "rules":
            yield from (Choice(code=e.id, name=e.name) for e in content.rulebook)
        elif target == "ratings":
            for r in content.ratings:
                short = (r.short.en, r.short.vi) if r.short.vi else (r.short.en,)
                yield Choice(code=r.code, name=r.name, words=(*short, *r.words))
        elif target == "indicator_sets":
            recorded = {r.code: r.name for one in content.indicator_sets for r in one.recorded()}
            yield from (Choice(code=code, name=recorded[code]) for code in recorded_names(content))

    def _levels(self, competency: str | None) -> list[Choice]:
        content = self._content
        known = content.competency.get(competency) if content and competency else None  # type: ignore[call-overload]
        if known is None or "competencies" in self._broken:
            return []
        names = {v: Name(**{k: level_text(known.id, v, k) for k in ("vi", "en")}) for v in known.levels}
        return _together([*(Choice(code=v, name=n) for v, n in names.items()), *self._words.levels.get(known.id, ())])


def together(words: Iterable[Words]) -> Words:
    """The words of several content sets as one."""
    columns: dict[str, list[Choice]] = {}
    headings: dict[str, tuple[str, ...]] = {}
    for one in words:
        for column, listed in one.columns.items():
            columns.setdefault(column, []).extend(listed.choices)
        for column, own in one.headings.items():
            headings[column] = (*headings.get(column, ()), *own)
    listed_ = {column: ColumnWords(choices=tuple(_together(choices))) for column, choices in columns.items()}
    return Words(columns=listed_, headings=headings)


def office_with_words(office: OfficeWords, words: Words, ratings: Iterable[RatingClass]) -> ListWords:
    """The words of an office's lists with those that a case understands as well: each stands in one place."""

    def grades(choices: Iterable[Choice | RatingClass]) -> tuple[Grade, ...]:
        return tuple(Grade(level=c.code, words=c.words) for c in choices if c.words)

    levels = {name: grades(words.levels.get(CompetencyId(name), ())) for name in ("degree", "theory", "state_mgmt")}
    return ListWords(
        **dict(office),
        degrees=levels["degree"], theory=levels["theory"], state_mgmt=levels["state_mgmt"], ratings=grades(ratings),
        statuses=grades(words.of("pools.status")), discipline_forms=grades(words.of("discipline.form")),
        relations=grades(words.of("relations.relation")),
    )  # fmt: skip


def _named(table: str, column: str) -> str:
    name = f"{table}.{column}"
    return SAME.get(name, name)


def _target(table: str, column: str) -> str | None:
    """The list of the content from which a column takes its values."""
    target = POINTERS.get(table, {}).get(column)
    return target if target in IN_CONTENT else None


def _both(code: str) -> Name:
    return Name(en=tr(code, "en"), vi=tr(code, "vi"))


def _together(choices: Iterable[Choice]) -> list[Choice]:
    """Each code once, with the words of all; the last name that is given wins."""
    found: dict[str, Choice] = {}
    for choice in choices:
        before = found.get(choice.code)
        found[choice.code] = choice if before is None else _joined(before, choice)
    return list(found.values())


def _joined(before: Choice, after: Choice) -> Choice:
    """One code of two lists. A name that is given up is still a word: it is what is written elsewhere."""
    given_up = before.name if before.name and after.name else None
    names = [name for name in (given_up.en, given_up.vi) if name] if given_up else []
    return Choice(
        code=after.code, name=after.name or before.name, words=tuple(names) + before.words + after.words
    )  # fmt: skip
