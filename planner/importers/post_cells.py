"""Cells with posts: present ones with their units and dates, planned ones with what is proposed for them."""

from itertools import pairwise

from planner.domain.dates import Day
from planner.importers.cell_reader import CellReader
from planner.importers.dates import dates_in
from planner.importers.drafts import HeldPost, PlannedPost, RowDraft, Where
from planner.importers.levels import grade_within
from planner.importers.notes import RetirementNote
from planner.importers.sheets import Cell
from planner.importers.table import TableRow
from planner.importers.text import find, has, lines, starts
from planner.importers.units import Placed, UnitDraft

_EARLIEST, _AHEAD = 1950, 20
"""Years of appointments and decisions: from the first to so many ahead."""


class PostCells(CellReader):
    """Reads the posts of a row."""

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

    def unknown(self, cell: Cell, text: str, read_as: str | None) -> None:
        """A title that the map does not know, with the one that it looks like."""
        self.doubt("title_unknown", cell, value=text, read_as=read_as, alternatives=self.posts.near(text))

    def _posts(self, row: TableRow, draft: RowDraft, root: UnitDraft, post_section: Placed | None) -> None:
        cells = [c for c in self.table.posts(row) if not self._says_nothing(c.text)]
        draft.post_text = "; ".join(c.text for c in cells)
        since = self._post_since(row)
        columns = [0]
        for cell in cells:
            self._posts_of(cell, draft, root)
            columns.append(len(draft.posts))
        if not cells and post_section is not None:
            draft.posts.append(HeldPost(post_section, where=draft.where))
        elif not cells and self.table.post_columns and not draft.listed and not draft.struck:
            self.doubt("post_missing", draft.where.cell, value=draft.name, asks=True)
        if since is not None and draft.posts:
            # Where one cell names several posts, the date beside it is that of the last; of several columns that of
            # the one with the post held in full, not that of a party post.
            spans = [range(a, b) for a, b in pairwise(columns) if a < b] or [range(len(draft.posts))]
            span = next((s for s in spans if any(_is_full(draft.posts[i]) for i in s)), spans[0])
            held = [i for i in span if not draft.posts[i].acting and draft.posts[i].since is None]
            if held:
                draft.posts[held[-1]] = _dated(draft.posts[held[-1]], since)

    def _likely(self, day: Day | None, cell: Cell) -> Day | None:
        """The date of an appointment or a decision that people of today can have; another one is told."""
        if day is None or day.year in range(_EARLIEST, self.as_of.year + _AHEAD):
            return day
        self.doubt("date_unlikely", cell, day.written())
        return None

    def _post_since(self, row: TableRow) -> Day | None:
        for column in self.table.heading.of("post_since"):
            cell = row.cells.get(column.index)
            if cell is None or self._says_nothing(cell.text):
                continue
            found = dates_in(cell.text) if isinstance(cell.value, str) else []
            return self._likely(found[0][0].day if found else self._day(cell), cell)
        return None

    def _posts_of(self, cell: Cell, draft: RowDraft, root: UnitDraft) -> None:
        before: Placed | None = None
        text = "\n".join(lines(cell.value)) if isinstance(cell.value, str) else cell.text
        for post in self.posts.posts(_unbroken(text)):
            day = self._likely(post.since.day if post.since else None, cell)
            if post.acting:
                placed = self._acted(post.text, root, before.unit if before else draft.section)
                if placed is None:
                    self.unknown(cell, post.text or cell.text, None)
                    continue
            else:
                placed = self.organisation.place(post.text, root, draft.section)
                if placed.entry is None:
                    self.unknown(cell, post.text, placed.title)
                self._check_section(cell, draft, placed)
                before = placed
            draft.posts.append(HeldPost(placed, day, post.acting, self.where(cell)))

    def _acted(self, text: str, root: UnitDraft, unit: UnitDraft | None) -> Placed | None:
        """The post that is looked after: the one named, else the head of the unit named, else of the own unit."""
        if text and self.posts.title(text)[0]:
            placed = self.organisation.place(text, root, unit)
            return placed if placed.entry else None
        named = self.organisation.unit_called(text, root) if text else None
        led = named or unit or root
        if text and named is None and led.parent is None:
            word = starts(text, [w for u in self.office.units for w in u.words])
            if word is not None and find(led.name, word) != 0:
                return None  # some unit within, and nobody says which
        return self.organisation.head_of(led)

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
                since = self._likely(dated.day, cell) if dated else since
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
            placed = self.organisation.place(planned.text, root, draft.section or _home(draft))
            if placed.entry is None:
                self.unknown(cell, planned.text, placed.title)
            day = self._likely(planned.since.day, cell) if planned.since else since
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
                            self.unknown(cell, post.text, placed.title)
                        draft.posts.append(HeldPost(placed))
        found = [p.placed for p in draft.posts]
        return [p for p in found if p.entry is None or p.entry.nature == "full_time"] or found


def _home(draft: RowDraft) -> UnitDraft | None:
    """The unit in which the person works: a planned post without a unit is one there."""
    units = [p.placed.unit for p in draft.posts if not p.acting and p.placed.unit.parent is not None]
    return units[0] if units else None


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
