"""The units at the top: those that a column or sections name, else the one that the title block names."""

from planner.domain.office_words import ListWords
from planner.domain.titles import words
from planner.importers.doubts import Doubt
from planner.importers.sheet_plan import SheetPlan
from planner.importers.table import tables
from planner.importers.text import clean, find, from_word, starts, tail
from planner.importers.units import LOCALITIES, Organisation

_WITHIN_DEPARTMENTS = ("agency", "public_unit", "centre")
"""Kinds of units below a department that keep lists of their own."""


class TopUnits:
    """Finds the units at the top of a sheet's list."""

    def __init__(self, organisation: Organisation, office: ListWords, doubts: list[Doubt], file: str) -> None:
        self.organisation = organisation
        self.office = office
        self.doubts = doubts
        self.file = file

    def find(self, plan: SheetPlan) -> None:
        """The units at the top: those that a column or sections name, else the one that the title block names."""
        if plan.root:
            self.organisation.root(plan.root)
            return
        named = False
        for table in tables(plan.sheet, plan.headings, self.office):
            for row in table.rows()[0]:
                for column in table.heading.of("unit"):
                    cell = row.cells.get(column.index)
                    found = self.organisation.word_of(cell.text) if cell and row.kind != "section" else None
                    if cell and found and found[0].root:
                        self.organisation.root(cell.text)
                        named = True
                if row.kind == "section":
                    found = self.organisation.word_of(row.text)
                    if found and found[0].root and len(words(row.text)) > len(words(found[1])):
                        self.organisation.root(self.locality(row.text) or row.text)
                        named = True
        name = self._title_root(plan) or self._led_root(plan)
        if name is not None and not (named and self._is_issuer_only(name)):
            plan.root = self.organisation.root(name).name
        elif not named:
            plan.root = self.organisation.root(clean(self.file.replace("_", " "))).name
            self.doubts.append(
                Doubt("unit_unknown", plan.sheet.name, "A1", "", plan.root, (), True, {"value": plan.root})
            )

    def _led_root(self, plan: SheetPlan) -> str | None:
        """The unit of which a section holds the leaders: "LÃNH ĐẠO BAN TỔ CHỨC TỈNH ỦY"."""
        for table in tables(plan.sheet, plan.headings, self.office):
            for row in table.rows()[0]:
                if row.kind == "section" and (block := starts(row.text, self.office.blocks)):
                    rest = tail(row.text, len(words(block)))
                    found = self.organisation.word_of(rest)
                    if found and found[0].root and len(words(rest)) > 1:
                        return rest
        return None

    def _is_issuer_only(self, name: str) -> bool:
        """The unit in the title block only sends the list: it holds communes or departments of others."""
        return not any(self.organisation.same(u.name, name) for u in self.organisation.roots())

    def _title_root(self, plan: SheetPlan) -> str | None:
        """The unit named above the heading."""
        candidates: list[str] = []
        top = plan.headings[0].top
        superior: tuple[int, int] | None = None
        for row, cells in plan.sheet.rows():
            if row >= top:
                break
            for cell in cells.values():
                text = clean(cell.text)
                if starts(text, self.office.mottos):
                    continue
                if starts(text, self.office.issuers) and len(words(text)) <= 6:
                    continue
                found = self.organisation.word_of(text)
                if superior == (row - 1, cell.column) and found and found[0].kind in _WITHIN_DEPARTMENTS:
                    candidates[-1] = text  # of two offices one above the other the lower one sends the list
                    superior = None
                    continue
                if name := self.locality(text):
                    candidates.append(name)
                elif found and found[0].root and len(words(text)) <= 12:
                    candidates.append(text)
                    superior = (row, cell.column) if len(candidates) == 1 else None
        if not candidates:
            candidates = self._in_titles(plan, top)
        return candidates[0] if candidates else None

    def _in_titles(self, plan: SheetPlan, top: int) -> list[str]:
        """A unit at the end of a title: "DANH SÁCH CÁN BỘ SỞ NỘI VỤ"."""
        found = []
        for row, cells in plan.sheet.rows():
            if row >= top:
                break
            for cell in cells.values():
                if starts(cell.text, self.office.mottos):
                    continue
                spoken = words(cell.text)
                for unit in self.office.units:
                    for w in unit.words if unit.root else ():
                        at = find(cell.text, w)
                        if at > 0 and len(spoken) - at - len(words(w)) in range(1, 8):
                            behind = from_word(cell.text, at)
                            if unit.kind not in LOCALITIES or _names_one(behind, w):
                                found.append(behind)
        return found[:1]

    def locality(self, text: str) -> str | None:
        """ "ĐẢNG ỦY XÃ TÂN LÂM", "UBND PHƯỜNG MINH TÂN": the commune or ward."""
        spoken = words(text)
        if len(spoken) > 9:
            return None
        localities = [w for u in self.office.units if u.root and u.kind in ("commune", "ward", "special_zone")
                      for w in u.words]  # fmt: skip
        for w in localities:
            at = find(text, w)
            if at >= 0 and 1 <= len(spoken) - at - len(words(w)) <= 4:
                behind = from_word(text, at)
                organ = self.organisation.word_of(text)
                if at == 0 or (organ and organ[0].organ) or starts(text, self.office.blocks):
                    return clean(behind.split("(")[0])
        return None


def _names_one(text: str, word: str) -> bool:
    """A name stands behind "xã" or "phường": not "các xã, phường", not "xã hội"."""
    spoken = words(text)[len(words(word)) :]
    return text[len(word) : len(word) + 1] == " " and spoken[:1] not in (("hoi",), ("va",), ("thuoc",), ("phuong",))
