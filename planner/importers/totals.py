"""The totals under a list: do they agree with its rows?"""

from collections.abc import Sequence

from planner.domain.office_words import ListWords
from planner.domain.titles import words
from planner.importers.doubts import Doubt
from planner.importers.drafts import RowDraft
from planner.importers.sheets import Sheet
from planner.importers.table import TableRow
from planner.importers.text import starts, tail


def check_totals(
    sheet: Sheet, foot: Sequence[TableRow], within: Sequence[TableRow], rows: Sequence[RowDraft],
    office: ListWords, doubts: list[Doubt],
) -> None:  # fmt: skip
    """A doubt for each total of the foot that no way of counting the rows gives (subtotals within are not judged)."""
    people = {(r.name, r.birth.written()[:4] if r.birth else "") for r in rows}
    left = {(r.name, r.birth.written()[:4] if r.birth else "") for r in rows if not r.struck}
    whole = {len(rows), sum(not r.struck for r in rows), len(people), len(left)}
    women = {sum(r.sex == "F" for r in rows), sum(r.sex == "F" and not r.struck for r in rows)}
    statuses = {
        status: sum(any(p.status == status for p in r.planned) for r in rows) for status in ("keep", "add", "remove")
    }
    for row in foot:
        for cell in row.cells.values():
            said = _counts(cell.text, office)
            if starts(cell.text, office.totals) and not said:
                said = _beside(row, cell.column)
            for what, number in said:
                ok = (
                    number in whole if what == "people"
                    else number in women if what == "women"
                    else number == statuses.get(what, number)
                )  # fmt: skip
                if not ok:
                    values = {"said": number, "counted": _counted(what, whole, women, statuses), "value": cell.text}
                    doubts.append(Doubt("total_mismatch", sheet.name, cell.place, cell.text, None, (), True, values))
                    break


def _counted(what: str, whole: set[int], women: set[int], statuses: dict[str, int]) -> str:
    if what in statuses:
        return str(statuses[what])
    return " / ".join(str(n) for n in sorted(whole if what == "people" else women))


def _counts(text: str, office: ListWords) -> list[tuple[str, int]]:
    """Numbers of people, of women, and of names kept, added, removed, as a text gives them."""
    spoken = words(text)
    found: list[tuple[str, int]] = []
    for i, word in enumerate(spoken):
        if not word.isdecimal() or len(word) > 4:
            continue
        before, after = " ".join(spoken[max(0, i - 6) : i]), tail(text, i + 1)
        status = next((g.level for g in office.statuses for w in g.words if before.endswith(" ".join(words(w)))), None)
        if status:
            found.append((status, int(word)))
        elif any(before.endswith(" ".join(words(w))) for w in office.women_counted):
            found.append(("women", int(word)))
        elif starts(after, office.people_counted) and starts(text, office.totals) and not found:
            found.append(("people", int(word)))
    return found


def _beside(row: TableRow, column: int) -> list[tuple[str, int]]:
    """The one number right of the word "total"."""
    numbers = [c for c in row.cells.values() if c.column > column and c.text.isdecimal()]
    return [("people", int(numbers[0].text))] if len(numbers) == 1 else []
