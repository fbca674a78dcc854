"""Forms 8.2 and 8.3: the review of the lists. Who stays or goes, with the reason; and who is added.

Columns and words as printed (rules.md §8.2, §8.3): a section for each post in the order of ranks, people in the order
of theirs, numbered again per post; of equal rank the better suited first on the board's own paper. A cell is empty
where the case has no data. Two hidden columns hold the identifiers, so that a form that comes back is matched by them
and not by names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal

from planner.domain.ids import PositionId, UnitId
from planner.domain.messages import label
from planner.domain.plan import ListEntry
from planner.exporters.base_list_form import RATING, people_in_rank_order, person_cells, posts_in_rank_order
from planner.exporters.cadre import only_office, post_text, rating_years, several
from planner.exporters.cells import DATE, Style, written_day
from planner.exporters.nominated import nomination_notes
from planner.exporters.official import SECTION, Column, Form, Letterhead, write_form
from planner.exporters.paper_words import PaperWords
from planner.exporters.suitability_words import by_suitability
from planner.standing import Standing
from planner.standing.base_list import BaseList
from planner.timeline import Ground

Kind = Literal["review", "additions"]
TITLES: Mapping[Kind, str] = {
    "review": "BẢNG RÀ SOÁT, CHUYỂN TIẾP QUY HOẠCH",
    "additions": "BẢNG RÀ SOÁT, BỔ SUNG QUY HOẠCH",
}
STATUSES = {"keep": "Tiếp tục quy hoạch", "add": "Bổ sung quy hoạch", "remove": "Đưa ra khỏi quy hoạch"}
CENTRE: Style = {"align": "center"}
DAY: Style = {"align": "center", "num_format": DATE}
BORN, LEVEL, RATINGS = "Ngày, tháng, năm sinh", "Trình độ", "Kết quả phân loại 03 năm"
KEYS = (Column("person", "Mã cán bộ", 12), Column("position", "Mã chức danh", 12))


def write_review_form(
    path: Path,
    standing: Standing,
    kind: Kind,
    letterhead: Letterhead = "state",
    unit: UnitId | None = None,
    replace: bool = False,
) -> None:
    """The form of a plan whose lists are decided, of all posts or of those of a unit and below."""
    words = PaperWords(standing, "vi")
    positions = [p for p in posts_in_rank_order(standing.ground, unit) if p in standing.ground.decided_round]
    days = sorted({standing.ground.decided_round[p].approved_on for p in positions})
    subtitle = f"(Đợt rà soát ngày {', '.join(map(written_day, days))})" if days else "(Không có đợt rà soát)"
    write_form(
        path,
        Form(
            title=TITLES[kind],
            subtitle=subtitle,
            columns=columns(standing.ground, kind),
            keys=KEYS,
            rows=list(review_lines(words, positions, kind, ranked=unit is None)),
            letterhead=letterhead,
            office=only_office(standing.ground, positions) if positions else None,
            sheet="Rà soát, chuyển tiếp" if kind == "review" else "Rà soát, bổ sung",
            notes=_notes(words, positions)
            if kind == "review"
            else nomination_notes(words, positions, points=unit is None),
        ),
        replace,
    )


def _notes(words: PaperWords, positions: Iterable[PositionId]) -> list[str]:
    """The lists that are not in order though every name stays, then the entries that decide and are not confirmed."""
    above = list(words.lists_above(positions))
    head = [words.tr("text.lists_above_head")] if above else []
    return [*head, *(f"- {line}" for line in above), *words.unconfirmed(_removing(words.standing, positions))]


def _removing(standing: Standing, positions: Iterable[PositionId]) -> Counter[str]:
    """The rules that take names out of the lists, with how many."""
    own = set(positions)
    causes = [e.cause or "" for e in standing.line.plan.pools if e.status == "remove" and e.position in own]
    return Counter(rule for kind, _, rule in (cause.partition(":") for cause in causes) if kind == "fails")


def columns(ground: Ground, kind: Kind) -> tuple[Column, ...]:
    planned = (
        (
            Column("was_planned", "Chức danh đã được quy hoạch", 22),
            Column("planned", "Chức danh chuyển tiếp quy hoạch", 22),
        )
        if kind == "review"
        else (Column("planned", "Chức danh đề xuất quy hoạch", 24),)
    )
    decision = (Column("decision_no", "QĐ phê duyệt quy hoạch", 14),) if kind == "review" else ()
    return (
        Column("number", "Số TT", 4.5, style=CENTRE),
        Column("name", "Họ và tên", 18),
        Column("born_m", "Nam", 10.5, BORN, DAY),
        Column("born_f", "Nữ", 10.5, BORN, DAY),
        Column("post", "Chức vụ hiện tại", 24),
        *planned,
        Column("degree", "Chuyên môn", 13, LEVEL),
        Column("theory", "Lý luận chính trị", 9, LEVEL, CENTRE),
        *decision,
        *(Column(RATING.format(year=y), str(y), 8.5, RATINGS, CENTRE) for y in rating_years(ground)),
        Column("proposal", "Đề xuất của đơn vị", 28),
    )


def review_lines(
    words: PaperWords, positions: Iterable[PositionId], kind: Kind, ranked: bool
) -> Iterator[Mapping[str, object]]:
    """A section for each post of which the form has somebody to name; `ranked`: of equal rank the better suited first,
    else as the case has them."""
    ground, base_list = words.ground, BaseList(words.standing)
    wanted = ("add",) if kind == "additions" else ("keep", "remove")
    decisions = {(row.person_id, row.position_id): row.decision_no for row in ground.case.pools if row.decision_no}
    for position in positions:
        entries = {e.person: e for e in words.standing.line.plan.pools if e.position == position and e.status in wanted}
        if not entries:
            continue
        yield {SECTION: post_text(ground, position)}
        known = [i for i in ground.case.person if i in entries]
        known = by_suitability(ground, known, position) if ranked else known
        for number, person in enumerate(people_in_rank_order(ground, known), start=1):
            entry = entries[person]
            yield {
                "number": number,
                "position": position,
                **person_cells(words, person),
                "was_planned": post_text(ground, position),
                "planned": post_text(ground, position) if entry.status != "remove" else None,
                "decision_no": decisions.get((person, position)),
                "proposal": _proposal(words, base_list, entry),
            }


def _proposal(words: PaperWords, base_list: BaseList, entry: ListEntry) -> str:
    """The status, and of a removal the reason."""
    text = STATUSES[entry.status]
    if entry.status != "remove":
        return text
    reason = several(_reasons(words, base_list, entry))
    return f"{text}: {reason}" if reason else text


def _reasons(words: PaperWords, base_list: BaseList, entry: ListEntry) -> Iterator[str]:
    cause = entry.cause or ""
    kind, _, rule = cause.partition(":")
    if kind != "fails":
        yield label("cause", cause, "vi")
        return
    refusals = [r for r in base_list.refusals(entry.person, entry.position) if r.stage == "plan"]
    yield from (words.refusal(r) for r in refusals if rule in ("standard", r.rule))
    if rule == "standard":
        demands = words.ground.demands(entry.position, "plan")
        lacking = [g for g in demands if words.standing.line.closed_on(entry.person, g) > entry.on]
        yield from (f"chưa đạt tiêu chuẩn {words.level(gap)}" for gap in lacking)
