"""Facts in remarks: retirement, discipline, relatives, courses. What is none of these is kept as it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from planner.domain.office_words import CourseWords, ListWords
from planner.domain.titles import words
from planner.importers.dates import Dated, dates_in
from planner.importers.levels import grade_within, is_studying
from planner.importers.people_names import is_name
from planner.importers.posts import PostReader
from planner.importers.text import clean, find, has, latin, starts, tail

_SPAN = re.compile(r"(?:(\d{1,2})\s*[/.]\s*)?(20\d{2})\s*[-–—]+\s*(?:(\d{1,2})\s*[/.]\s*)?(20\d{2})")
_FROM = re.compile(r"\b(?:từ|kể từ)\s*(?:ngày|tháng)?\s*$", re.I)
_COURSE_YEARS = range(1980, 2060)
_CLAUSES = re.compile(r"[;\n]|\.\s+(?=[^\W\d_])")
_NOT = ("không bị", "chưa bị", "không vi phạm", "chưa vi phạm", "không có kỷ luật")


@dataclass(frozen=True)
class RetirementNote:
    on: Dated | None
    text: str
    gone: bool = False


@dataclass(frozen=True)
class DisciplineNote:
    form: str | None
    side: Literal["party", "administrative"] | None
    decided: Dated | None
    text: str


@dataclass(frozen=True)
class RelativeNote:
    """`named_is`: the one who is named is that to the person of the row; else the other way round.

    `initial`: the last word of the name is only its first letter. `post` is what is said of the one who is named.
    """

    relation: str
    named_is: bool
    name: str
    initial: bool
    post: str
    text: str


@dataclass(frozen=True)
class CourseNote:
    course: CourseWords
    since: int | None
    until: int | None
    text: str


Note = RetirementNote | DisciplineNote | RelativeNote | CourseNote


class NoteReader:
    def __init__(self, office: ListWords, posts: PostReader) -> None:
        self.office = office
        self.posts = posts

    def facts(self, text: str) -> Iterator[Note]:
        """What a remark says that a case can hold."""
        for clause in (clean(c) for c in _CLAUSES.split(latin(text))):
            if not clause:
                continue
            if relative := self.relative(clause):
                yield relative
            elif discipline := self.discipline(clause):
                yield discipline
            elif course := self.course(clause):
                yield course
            elif retirement := self.retirement(clause):
                yield retirement

    def retirement(self, clause: str) -> RetirementNote | None:
        if not has(clause, self.office.retirement):
            return RetirementNote(None, clause, gone=True) if starts(clause, self.office.left) else None
        found = dates_in(clause)
        gone = starts(clause, self.office.left) is not None
        phrase = has(clause, self.office.retirement) or ""
        if not found and len(words(phrase)) == 1 and not gone:
            return None
        at = find(clause, phrase)
        after = [f for f in found if len(words(clause[: f[1]])) > at]
        since = [f for f in found if _FROM.search(clause[: f[1]])]  # other dates are those of papers
        chosen = (since or after or found)[0][0] if found else None
        return RetirementNote(chosen, clause, gone)

    def discipline(self, clause: str, side_text: str = "") -> DisciplineNote | None:
        form = grade_within(clause, self.office.discipline_forms)
        if form is None and not has(clause, [p for p in self.office.discipline if len(words(p)) > 1]):
            return None
        if has(clause, _NOT):
            return None
        found = dates_in(clause)
        about = f"{clause} {side_text}"
        side: Literal["party", "administrative"] | None = None
        if has(about, self.office.party_side):
            side = "party"
        elif has(about, self.office.administrative_side):
            side = "administrative"
        _, number, decided = self.posts.decision(clause)
        chosen = decided if number and decided else found[0][0] if found else None
        return DisciplineNote(form[0] if form else None, side, chosen, clause)

    def course(self, clause: str) -> CourseNote | None:
        if not is_studying(clause, self.office) or has(clause, self.office.planning):
            return None
        found = [(w, c) for c in self.office.courses for w in c.words if find(clause, w) >= 0]
        if not found:
            return None
        _, course = max(found, key=lambda f: (len(words(f[0])), len(f[0])))
        since, until = self._span(clause)
        return CourseNote(course, since, until, clause)

    @staticmethod
    def _span(text: str) -> tuple[int | None, int | None]:
        if m := _SPAN.search(text):
            return int(m[2]), int(m[4])
        years = [d.day.year for d, _, _ in dates_in(text) if d.day.year in _COURSE_YEARS]
        if not years:
            return None, None
        return (years[0], years[1]) if len(years) > 1 else (years[0], None)

    def relative(self, clause: str) -> RelativeNote | None:
        """ "em rể đ/c Trần Quang Đạt, Viên chức …"; "vợ là bà Nguyễn Thị Thu T., …"."""
        found = [
            (at, -len(words(w)), g.level, w)
            for g in self.office.relations
            for w in g.words
            if (at := find(clause, w)) >= 0
        ]
        for at, negative, relation, _ in sorted(found):
            rest = _after(clause, at - negative)
            bare = rest.lstrip(" :-–")
            named_is = rest.lstrip().startswith(":")
            if word := starts(bare, self.office.relation_is):
                named_is = True
                bare = tail(bare, len(words(word)))
            if word := starts(bare, ("của", "với")):
                bare = tail(bare, len(words(word)))
                named_is = False
            said = self._named(bare)
            if said is not None:
                name, initial, post = said
                return RelativeNote(relation, named_is, name, initial, post, clause)
        return None

    def _named(self, text: str) -> tuple[str, bool, str] | None:
        """The name with which a text begins, whether it ends in an initial, and what follows."""
        titled = False
        while word := starts(text, self.office.honorifics):
            if len(text.split()) <= len(words(word)):
                break
            text = _after(text, len(words(word))).lstrip(" .:-/")
            titled = True
        parts = text.split()
        name: list[str] = []
        initial = False
        for part in parts:
            if part.startswith("("):
                break
            bare = part.strip(",;()")
            if not bare or not bare[0].isupper() or not bare.replace(".", "").replace("'", "").isalpha():
                break
            initial = len(bare.rstrip(".")) == 1
            name.append(bare.rstrip("."))
            if part[-1] in ",;)" or initial:
                break
        only_given = titled and len(name) == 1  # "đ/c Hùng"
        if not name or (len(name) < 2 and not titled) or not (initial or only_given or is_name(" ".join(name))):
            return None
        rest = clean(text.split(name[-1], 1)[1] if len(name) == 1 else " ".join(parts[len(name) :]))
        return " ".join(name), initial, rest.strip(" ,;.-–()")


def _after(text: str, count: int) -> str:
    """The text behind its first `count` words, with the marks before the next word."""
    ends = [m.end() for m in re.finditer(r"\w+", text)]
    return text[ends[count - 1] :] if 0 < count <= len(ends) else "" if count else text
