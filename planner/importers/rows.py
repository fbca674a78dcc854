"""One row of a table becomes a draft of a person, each doubtful cell a doubt."""

import datetime as dt
import re

from planner.domain.dates import Day
from planner.domain.office_words import OfficeWords
from planner.domain.titles import words
from planner.importers.dates import Dated, agree, dates_in, day_of, of_parts, right_year
from planner.importers.doubts import Doubt
from planner.importers.drafts import HeldPost, PlannedPost, RowDraft, Where
from planner.importers.heading import Column
from planner.importers.levels import degrees, grade_within, levels, mixed, rating
from planner.importers.notes import DisciplineNote, NoteReader, RetirementNote
from planner.importers.people_names import person_name
from planner.importers.places import native_place
from planner.importers.sheets import Cell
from planner.importers.table import Table, TableRow
from planner.importers.text import clean, has, is_one, lines, starts
from planner.importers.units import Organisation, Placed, UnitDraft

YOUNGEST, OLDEST = 18, 75
"""Ages between which somebody in an office's list can be."""


class RowReader:
    """Reads rows of one table. `doubts` grows; what it says is in cells of the table's sheet."""

    def __init__(
        self, table: Table, organisation: Organisation, notes: NoteReader, doubts: list[Doubt], as_of: dt.date
    ) -> None:
        self.table = table
        self.organisation = organisation
        self.posts = organisation.posts
        self.office: OfficeWords = table.office
        self.notes = notes
        self.doubts = doubts
        self.as_of = as_of
        self.additions = False
        """A form that adds names: a proposal without a word is one."""
        self.listed = False
        """A form of planned names: one person has several rows."""

    def doubt(
        self, code: str, cell: Cell | str, value: str = "", read_as: str | None = None,
        alternatives: tuple[str, ...] = (), asks: bool = True, **values: object,
    ) -> None:  # fmt: skip
        place = cell if isinstance(cell, str) else cell.place
        shown = value or (cell.text if isinstance(cell, Cell) else "")
        self.doubts.append(
            Doubt(code, self.table.sheet.name, place, shown, read_as, alternatives, asks, {"value": shown, **values})
        )

    def where(self, cell: Cell) -> Where:
        return Where(self.table.sheet.name, cell.place, cell.row)

    def read(
        self, row: TableRow, root: UnitDraft, section: UnitDraft | None, post_section: Placed | None, planned: bool
    ) -> RowDraft:
        """The person of a row. `planned`: the section names a planned post, else a present one."""
        name_cell = row.cells[self.table.name_column]
        name = person_name(self.table.name(row), self.office)
        draft = RowDraft(name.text, self.where(name_cell), row.struck, row.hidden, root=root, section=section)
        draft.listed = self.listed
        if name.strange:
            self.doubt("lookalike", name_cell, read_as=name.text)
        self._birth(row, draft, name.sex, name.likely)
        root = self._unit_column(row, draft, root)
        for column in self.table.heading.columns:
            if not column.hidden and (cell := row.cells.get(column.index)) is not None:
                self._column(column, cell, draft)
        self._posts(row, draft, root, None if planned else post_section)
        self._planned(row, draft, root, post_section if planned else None)
        return draft

    # ---- birth and sex ------------------------------------------------------------------------------------------

    def _birth(self, row: TableRow, draft: RowDraft, certain: str | None, likely: str | None) -> None:
        found: list[tuple[str, Cell, Dated]] = []
        for column in self.table.heading.of("birth", "birth_male", "birth_female"):
            cell = row.cells.get(column.index)
            if cell is None or column.hidden:
                continue
            dated = day_of(cell.value, cell.text, cell.number_format)
            if dated is None:
                if is_one(cell.text, ("x",)):
                    continue
                self.doubt("birth_unread", cell)
            else:
                found.append((column.meaning, cell, dated))
        parts = self._birth_in_parts(row)
        if parts:
            found.append(("birth", *parts))
        if found:
            self._set_birth(row, draft, found[0][1], found[0][2])
        self._sex(row, draft, found, certain, likely)

    def _birth_in_parts(self, row: TableRow) -> tuple[Cell, Dated] | None:
        columns = [self.table.heading.first(m) for m in ("birth_day", "birth_month", "birth_year")]
        if columns[2] is None or (year := row.cells.get(columns[2].index)) is None:
            return None
        day, month = (row.cells[c.index].text if c and c.index in row.cells else "" for c in columns[:2])
        dated = of_parts(day, month, year.text)
        return (year, dated) if dated else None

    def _set_birth(self, row: TableRow, draft: RowDraft, cell: Cell, dated: Dated) -> None:
        day, changed = right_year(dated.day, self._age(row), YOUNGEST, OLDEST, self.as_of)
        draft.birth, draft.birth_cell = day, cell.place
        if changed:
            self.doubt("date_year", cell, read_as=day.written())
        elif dated.oddity in ("order", "dashes"):
            self.doubt(f"date_{dated.oddity}", cell, read_as=day.written(), alternatives=dated.others)
        elif dated.oddity == "impossible":
            self.doubt("date_impossible", cell, read_as=day.written(), alternatives=dated.others)
        elif dated.oddity == "two_digits":
            self.doubt("date_two_digits", cell, read_as=day.written(), asks=False)
        elif dated.oddity == "serial":
            self.doubt("date_number", cell, read_as=day.written())
        elif isinstance(cell.value, str) and cell.text[:1] in "'’‘`":
            self.doubt("text_apostrophe", cell, read_as=day.written(), asks=False)

    def _age(self, row: TableRow) -> int | None:
        column = self.table.heading.first("age")
        cell = row.cells.get(column.index) if column else None
        return int(float(cell.text)) if cell and cell.text.replace(".", "", 1).isdecimal() else None

    def _sex(
        self, row: TableRow, draft: RowDraft, births: list[tuple[str, Cell, Dated]],
        certain: str | None, likely: str | None,
    ) -> None:  # fmt: skip
        columns = {m for m, _, _ in births} & {"birth_male", "birth_female"}
        told = self._sex_column(row)
        cell = births[0][1] if births else row.cells[self.table.name_column]
        if len(columns) == 2:
            draft.sex = certain or likely or "M"  # type: ignore[assignment]
            self.doubt("sex_both", cell, read_as=draft.sex, alternatives=("M", "F"))
            return
        if columns:
            told = "M" if columns == {"birth_male"} else "F"
        if told and certain and told != certain:
            draft.sex = certain  # type: ignore[assignment]
            self.doubt("sex_conflict", cell, read_as=certain, alternatives=(told,))
            return
        draft.sex_certain = bool(told or certain)
        draft.sex = told or certain or likely or "M"  # type: ignore[assignment]
        if not draft.sex_certain and not self._has_sex_column():
            self.doubt("sex_guessed", row.cells[self.table.name_column], read_as=draft.sex, asks=likely is None)
        elif not draft.sex_certain:
            self.doubt("sex_missing", row.cells[self.table.name_column], read_as=draft.sex)

    def _has_sex_column(self) -> bool:
        return bool(
            self.table.heading.of(
                "sex", "sex_male", "sex_female", "birth_male", "birth_female", "female", "male", "women_mark"
            )
        )

    def _sex_column(self, row: TableRow) -> str | None:
        for column in self.table.heading.of("sex", "sex_male", "sex_female", "male", "female", "women_mark"):
            cell = row.cells.get(column.index)
            if column.meaning in ("sex_male", "male") and cell:
                return "M"
            if column.meaning in ("sex_female", "female", "women_mark"):
                if cell:
                    return "F"
                # Only women are marked: no mark says a man.
                if not self.table.heading.of("sex_male", "male", "sex", "birth_male"):
                    return "M"
            if column.meaning == "sex" and cell:
                if is_one(cell.text, self.office.female) or has(cell.text, self.office.female[:1]):
                    return "F"
                if is_one(cell.text, self.office.male) or has(cell.text, self.office.male[:1]):
                    return "M"
                self.doubt("sex_unread", cell)
        return None

    # ---- other columns ------------------------------------------------------------------------------------------

    def _column(self, column: Column, cell: Cell, draft: RowDraft) -> None:
        text = cell.text
        match column.meaning:
            case "native_place":
                draft.native_place = native_place(text)
            case "ethnicity":
                draft.ethnicity = text
            case "party_since" | "party_full_since" | "service_since":
                if day := self._day(cell):
                    setattr(draft, column.meaning, day)
            case "retires_on":
                if day := self._day(cell):
                    draft.retires_on, draft.retires_cell = day, self.where(cell)
            case "degree":
                found, unread = degrees(text, self.office)
                self._levels(draft, cell, found, unread)
            case "theory":
                self._levels(draft, cell, *levels(text, "theory", self.office.theory, self.office))
            case "state_mgmt":
                self._levels(draft, cell, *levels(text, "state_mgmt", self.office.state_mgmt, self.office))
            case "language" | "it":
                self._skill(column.meaning, cell, draft)
            case "education":
                self._levels(draft, cell, *mixed("\n".join(lines(cell.value)) or text, self.office))
            case "rating":
                self._rating(column, cell, draft)
            case "note" | "kin":
                self._note(cell, draft)
            case "discipline":
                self._discipline(cell, draft)
            case "course":
                self._course(cell, draft)
            case "unread":
                draft.extra[f"x_{column.heading}"] = text

    def _day(self, cell: Cell) -> Day | None:
        dated = day_of(cell.value, cell.text, cell.number_format)
        if dated is None:
            if not self._says_nothing(cell.text):
                self.doubt("date_unread", cell)
            return None
        if dated.oddity in ("order", "dashes", "impossible"):
            self.doubt(f"date_{dated.oddity}", cell, read_as=dated.day.written(), alternatives=dated.others)
        elif dated.oddity == "serial":
            self.doubt("date_number", cell, read_as=dated.day.written())
        elif dated.oddity == "two_digits":
            self.doubt("date_two_digits", cell, read_as=dated.day.written(), asks=False)
        return dated.day

    def _says_nothing(self, text: str) -> bool:
        return is_one(text, self.office.none) or text.strip(" .") in self.office.none

    def _levels(self, draft: RowDraft, cell: Cell, found: list, unread: str) -> None:  # type: ignore[type-arg]
        for level in found:
            draft.levels.append(level)
            if level.studying:
                self.doubt("level_in_progress", cell, read_as=None, level=level.level)
        if unread and not self._says_nothing(unread):
            self.doubt("level_unread", cell, value=unread)

    def _skill(self, competency: str, cell: Cell, draft: RowDraft) -> None:
        from planner.importers.levels import Level

        if not self._says_nothing(cell.text):
            draft.levels.append(Level(competency, "fit", None, cell.text))

    def _rating(self, column: Column, cell: Cell, draft: RowDraft) -> None:
        pieces = _by_year(cell.text)
        if column.year and len(pieces) < 2:  # a year in a cell under its own year is that of a decision or remark
            pieces = [(column.year, cell.text)]
        if not pieces:
            self.doubt("rating_no_year", cell)
        for year, text in pieces:
            rated = rating(text, self.office.ratings, self.office)
            if rated.code:
                draft.ratings[year] = rated.code
            elif rated.unclear:
                self.doubt("rating_unclear", cell, value=text, alternatives=("good", "complete"))
            elif rated.none:
                self.doubt("rating_none", cell, value=text, asks=False)

    def _note(self, cell: Cell, draft: RowDraft) -> None:
        if self._says_nothing(cell.text):
            return
        draft.remarks.append(cell.text)
        text = "\n".join(lines(cell.value)) if isinstance(cell.value, str) else cell.text
        draft.notes += [(fact, self.where(cell)) for fact in self.notes.facts(text)]

    def _discipline(self, cell: Cell, draft: RowDraft) -> None:
        if self._says_nothing(cell.text):
            return
        fact = self.notes.discipline(cell.text)
        if fact is None:
            found = dates_in(cell.text)
            fact = DisciplineNote(None, None, found[0][0] if found else None, cell.text)
        draft.notes.append((fact, self.where(cell)))

    def _course(self, cell: Cell, draft: RowDraft) -> None:
        if self._says_nothing(cell.text):
            return
        first = self.office.studying[0] if self.office.studying else ""
        fact = self.notes.course(cell.text) or self.notes.course(f"{first} {cell.text}")
        if fact is None:
            self.doubt("level_unread", cell)
        else:
            draft.notes.append((fact, self.where(cell)))

    # ---- posts --------------------------------------------------------------------------------------------------

    def _unit_column(self, row: TableRow, draft: RowDraft, root: UnitDraft) -> UnitDraft:
        for column in self.table.heading.of("unit"):
            cell = row.cells.get(column.index)
            if cell is None:
                continue
            found = self.organisation.word_of(cell.text)
            if found and found[0].root and not (root.is_locality and self.organisation.same(root.name, cell.text)):
                root = self.organisation.root(cell.text)
                if draft.root is not root:
                    draft.root, draft.section = root, None
            elif self.organisation.same(cell.text, root.name) or starts(cell.text, self.office.blocks):
                draft.section = None
            else:
                draft.section = self.organisation.inner(root, cell.text)
        return root

    def _posts(self, row: TableRow, draft: RowDraft, root: UnitDraft, post_section: Placed | None) -> None:
        cells = [c for c in self.table.posts(row) if not self._says_nothing(c.text)]
        draft.post_text = "; ".join(c.text for c in cells)
        since = self._post_since(row)
        first = 0  # posts of the first column: the date beside them is theirs, not that of a party post further on
        for cell in cells:
            self._posts_of(cell, draft, root)
            first = first or len(draft.posts)
        if not cells and post_section is not None:
            draft.posts.append(HeldPost(post_section, where=draft.where))
        elif not cells and self.table.post_columns and not draft.listed and not draft.struck:
            self.doubt("post_missing", draft.where.cell, value=draft.name, asks=True)
        if since is not None and draft.posts:
            held = [i for i, p in enumerate(draft.posts[: first or None]) if not p.acting and p.since is None]
            if held:  # where one cell names several posts, the date beside it is that of the last
                last = held[-1]
                draft.posts[last] = _dated(draft.posts[last], since)

    def _post_since(self, row: TableRow) -> Day | None:
        for column in self.table.heading.of("post_since"):
            cell = row.cells.get(column.index)
            if cell is None or self._says_nothing(cell.text):
                continue
            found = dates_in(cell.text) if isinstance(cell.value, str) else []
            return found[0][0].day if found else self._day(cell)
        return None

    def _posts_of(self, cell: Cell, draft: RowDraft, root: UnitDraft) -> None:
        before: Placed | None = None
        text = "\n".join(lines(cell.value)) if isinstance(cell.value, str) else cell.text
        for post in self.posts.posts(_unbroken(text)):
            day = post.since.day if post.since else None
            if post.acting:
                placed = self._acted(post.text, root, before.unit if before else draft.section)
                if placed is None:
                    self.doubt("title_unknown", cell, value=post.text or cell.text)
                    continue
            else:
                placed = self.organisation.place(post.text, root, draft.section)
                if placed.entry is None:
                    self.doubt("title_unknown", cell, value=post.text, read_as=placed.title)
                self._check_section(cell, draft, placed)
                before = placed
            draft.posts.append(HeldPost(placed, day, post.acting, self.where(cell)))

    def _acted(self, text: str, root: UnitDraft, unit: UnitDraft | None) -> Placed | None:
        """The post that is looked after: the one named, else the head of the unit named, else of the own unit."""
        if text and self.posts.title(text)[0]:
            placed = self.organisation.place(text, root, unit)
            return placed if placed.entry else None
        named = self.organisation.unit_called(text, root) if text else None
        return self.organisation.head_of(named or unit or root)

    def _check_section(self, cell: Cell, draft: RowDraft, placed: Placed) -> None:
        """A post that names another unit than the section in which the row stands."""
        section, entry = draft.section, placed.entry
        if section is None or not placed.named or entry is None or entry.nature != "full_time" or draft.listed:
            return
        unit: UnitDraft | None = placed.unit
        while unit is not None:
            if unit is section:
                return
            unit = unit.parent
        if section.root is placed.unit.root and not section.organ and placed.unit.parent is not None:
            if placed.unit in (section.parent,):
                return
            self.doubt("wrong_section", cell, read_as=placed.unit.name, section=section.name)

    def _planned(self, row: TableRow, draft: RowDraft, root: UnitDraft, post_section: Placed | None) -> None:
        heading = self.table.heading
        status, reason = self._status(row, draft)
        number, since = None, None
        for column in heading.of("planned_decision"):
            if cell := row.cells.get(column.index):
                _, number, dated = self.posts.decision(cell.text)
                since = dated.day if dated else since
        columns = [heading.of(m) for m in ("planned_new", "planned_before", "planned")]
        cells = [c for group in columns for col in group if not col.hidden and (c := row.cells.get(col.index))]
        cells = [c for c in cells if not self._says_nothing(c.text)]
        read = cells[:1] if heading.of("planned_new", "planned_before") else cells
        if post_section is not None and (cells or status or number):
            draft.planned.append(PlannedPost(post_section, number, since, status))  # type: ignore[arg-type]
        else:
            for cell in read:
                self._planned_of(cell, draft, root, number, since, status)
        if status == "remove" and has(reason, self.office.appointed):
            self._appointed(row, draft)

    def _planned_of(
        self, cell: Cell, draft: RowDraft, root: UnitDraft, number: str | None, since: Day | None, status: str | None
    ) -> None:
        text = "\n".join(lines(cell.value)) if isinstance(cell.value, str) else cell.text
        for planned in self.posts.planned(text):
            placed = self.organisation.place(planned.text, root, draft.section)
            if placed.entry is None:
                self.doubt("title_unknown", cell, value=planned.text, read_as=placed.title)
            day = planned.since.day if planned.since else since
            draft.planned.append(PlannedPost(placed, planned.decision or number, day, status))  # type: ignore[arg-type]

    def _status(self, row: TableRow, draft: RowDraft) -> tuple[str | None, str]:
        """Keep, add or remove, and the reason that stands with it."""
        for column in self.table.heading.of("proposal"):
            cell = row.cells.get(column.index)
            if cell is None:
                continue
            main, _, reason = cell.text.partition("(")
            found = grade_within(main, self.office.statuses) or grade_within(cell.text, self.office.statuses)
            if found is None:
                if not self._says_nothing(cell.text):
                    self.doubt("status_unread", cell, read_as="add" if self.additions else None)
                break
            rest = reason or main[main.casefold().find(found[1].casefold()) + len(found[1]) :]
            for fact in self.notes.facts(rest.strip(" ):;,-–.")):
                if not isinstance(fact, RetirementNote) or fact.on:
                    draft.notes.append((fact, self.where(cell)))
            return found[0], rest
        return ("add" if self.additions else None), ""

    def _appointed(self, row: TableRow, draft: RowDraft) -> None:
        planned = draft.planned[-1].placed if draft.planned else None
        if planned and any(p.placed.unit is planned.unit and p.placed.title == planned.title for p in draft.posts):
            return
        column = self.table.heading.first("proposal")
        if column and (cell := row.cells.get(column.index)):
            self.doubt("appointed_but_not_shown", cell, read_as=draft.post_text or None)

    def empty_seat(self, row: TableRow, root: UnitDraft, section: UnitDraft | None) -> list[Placed]:
        """The posts of a row without a holder: of several, those that are held in full."""
        draft = RowDraft("", Where(self.table.sheet.name, "", row.row), root=root, section=section)
        root = self._unit_column(row, draft, root)
        for cell in self.table.posts(row):
            if cell.text:
                text = "\n".join(lines(cell.value)) if isinstance(cell.value, str) else cell.text
                for post in self.posts.posts(_unbroken(text)):
                    if not post.acting:
                        placed = self.organisation.place(post.text, root, draft.section)
                        if placed.entry is None:
                            self.doubt("title_unknown", cell, value=post.text, read_as=placed.title)
                        draft.posts.append(HeldPost(placed))
        found = [p.placed for p in draft.posts]
        return [p for p in found if p.entry is None or p.entry.nature == "full_time"] or found


def _is_full(post: HeldPost) -> bool:
    return post.placed.entry is not None and post.placed.entry.nature == "full_time"


def _dated(post: HeldPost, since: Day) -> HeldPost:
    return HeldPost(post.placed, since, post.acting, post.where)


def _unbroken(text: str) -> str:
    """Lines that go on with a small letter or a bracket belong to the line before."""
    kept: list[str] = []
    for line in text.split("\n"):
        if kept and line and not line[0].isupper():
            kept[-1] += " " + line
        else:
            kept.append(line)
    return "\n".join(kept)


_YEAR = re.compile(r"(?:năm\s*)?(?<![\d/.])((?:19|20)\d{2})\b(?![/.]\d)", re.I)


def _by_year(text: str) -> list[tuple[int, str]]:
    """Classes of several years in one cell, each behind its year or each before it: "2023: HTTNV; 2024: HTXSNV",
    "2023 HTTNV, 2024 HTXSNV", "HTTNV (2023), HTXSNV (2024)"; "2023-2025: HTTNV" says it of each."""
    years = list(_YEAR.finditer(text))
    if not years:
        return []
    ends = [m.end() for m in years]
    starts_ = [m.start() for m in years]
    first = not clean(text[: starts_[0]]).strip(" -–•*.(")
    if first:
        said = [text[a:b] for a, b in zip(ends, [*starts_[1:], len(text)], strict=True)]
    else:
        said = [text[a:b] for a, b in zip([0, *ends[:-1]], starts_, strict=True)]
    found: list[tuple[int, str]] = []
    spans: list[int] = []
    for m, part in zip(years, said, strict=True):
        word = clean(part).strip(" :;,.-–()[]/•*")
        if not word and first and ":" not in part:  # "2023-2025: …", "2023, 2024: …"
            spans.append(int(m[1]))
            continue
        to_last = range(spans[0], int(m[1])) if spans and re.search(r"\d\s*[-–]\s*$", text[: m.start()]) else spans
        found += [(year, word) for year in [*to_last, int(m[1])] if word]
        spans = []
    return found


def births_agree(a: RowDraft, b: RowDraft) -> bool:
    return a.birth is None or b.birth is None or agree(a.birth, b.birth)


def spoken(text: str) -> tuple[str, ...]:
    return words(text)
