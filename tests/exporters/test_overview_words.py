"""Each reason for which a seat waits has its sentence in both languages, and the sums of goals add up in words."""

from __future__ import annotations

import datetime as dt
from typing import Any, get_args

import pytest

from planner.domain.messages import LANGUAGES, Language
from planner.domain.violation import Reason as Said
from planner.exporters.overview_words import OverviewWords
from planner.goals.base import Term
from planner.standing import Standing
from planner.standing.gaps import OpenGap
from planner.standing.open_seats import OpenSeat, Reason, Why
from planner.standing.refusals import Refusal
from planner.timeline.ground import Gap
from tests.twins.universe import Universe, World, case_of, entry, person, post, round_

DAY = dt.date(2026, 8, 31)
RULES = (entry("months_left", stages=("appoint",), min=24), entry("kin_apart"))


def standing(**tables: Any) -> Standing:
    positions = [post("H", title="Head of sales"), post("G", "DEP", title="Deputy head")]
    people = [person("A", "G", name="Ann Lee"), person("B", name="Bo Lind")]
    return World(Universe("words", case_of(people, positions=positions, **tables), RULES, ())).quo


LISTED = standing(rounds=[round_()])
THEORY = OpenGap(Gap("theory", 2), "open")  # type: ignore[arg-type]
TOO_OLD = Refusal("months_left", "appoint", Said("reason.leaves", {"on": DAY}))
RELATED = Refusal("kin_apart", "appoint", Said("reason.relatives", {"names": "Bo Lind"}))


def said(reason: Reason, language: Language, of: Standing = LISTED) -> str:
    seat = OpenSeat("H", DAY, None, "today", None, None, (), reason)  # type: ignore[arg-type]
    return OverviewWords(of, language).reason(seat)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("why", get_args(Why))
def test_each_reason_has_a_sentence_without_a_code_or_an_empty_place(why: Why, language: Language) -> None:
    reasons = [Reason(why, "A", DAY, THEORY, None, "G")]  # type: ignore[arg-type]
    if why in ("nobody_ready", "relatives", "gate", "chosen"):
        reasons += [Reason(why, "A"), Reason(why, "A", None, None, RELATED)]  # type: ignore[arg-type]
    for reason in reasons:
        text = said(reason, language)
        assert not {"{", "}", "_"} & set(text)
        assert not text.endswith((" ", ",", ":"))
        assert why in ("nobody_listed", "first_order") or "Ann Lee" in text


@pytest.mark.parametrize(
    ("reason", "en", "vi"),
    [
        (Reason("nobody_listed"), "nobody is in the list", "chưa có ai trong quy hoạch"),
        (
            Reason("nobody_ready", "A", DAY, THEORY),  # type: ignore[arg-type]
            "nobody in the list is ready before 2026-08-31; nearest: Ann Lee: lacks theory: Advanced",
            "trước 31/08/2026 chưa có ai trong quy hoạch đủ điều kiện; gần nhất: Ann Lee: còn thiếu theory: Cao cấp",
        ),
        (
            Reason("nobody_ready", "A", None, None, TOO_OLD),  # type: ignore[arg-type]
            "nobody in the list is ready; nearest: Ann Lee: not met: “enough service left”: leaves on 2026-08-31",
            None,
        ),
        (Reason("after_opening", "A", DAY), "a move opens the seat; Ann Lee may follow from 2026-08-31", None),  # type: ignore[arg-type]
        (
            Reason("elsewhere", "A", None, None, None, "G"),  # type: ignore[arg-type]
            "Ann Lee, who could come, is wanted for Deputy head",
            "Ann Lee nhận được nhưng được bố trí, dự kiến cho chức danh Deputy head",
        ),
        (
            Reason("relatives", "A", None, None, RELATED),  # type: ignore[arg-type]
            "Ann Lee could come, but for a relative there: Bo Lind",
            "Ann Lee nhận được nếu không có người thân ở đó: Bo Lind",
        ),
    ],
)  # fmt: skip
def test_what_a_manager_reads(reason: Reason, en: str, vi: str | None) -> None:
    assert said(reason, "en") == en
    if vi is not None:
        assert said(reason, "vi") == vi


def test_without_lists_nobody_is_missing_from_one() -> None:
    assert said(Reason("nobody_listed"), "en", standing()) == "nobody qualifies"


# ---- sums of goals -----------------------------------------------------------------------------------------------


def summed(*terms: Term, language: Language = "en") -> str:
    return OverviewWords(LISTED, language).sum_of(terms)


def test_a_sum_says_what_is_counted_at_which_rate_and_weight() -> None:
    # 4 · 4 + 1 = 17: the bakery of the README.
    bakery = Term("empty_periods", 4, 4, 16), Term("without_successor", 1, 1, 1)
    assert summed(*bakery) == "4 half-years empty × 4 + 1 successor missing"
    assert summed(*bakery, language="vi") == "4 nửa năm khuyết × 4 + 1 chức danh chưa có người kế nhiệm"
    # A post of criticality 3: 1 · 4 · 3 = 12.
    assert summed(Term("empty_periods", 1, 4, 12, 3)) == "1 half-year empty × 4 × weight 3"
    assert summed(Term("no_path", 2, None, 54)) == "2 demands that nothing meets (54 in all)"
    assert summed(Term("months_left", 2, 10, 20)) == '2 short of "enough service left" × 10'
    assert summed() == ""


def test_a_long_sum_tells_what_has_several_rates_together() -> None:
    many = [Term("empty_periods", 1, 4, 4 * weight, weight) for weight in range(1, 7)]
    # 4 · (1 + … + 6) = 84, and the one beside it stands as it is.
    text = summed(*many, Term("acting_periods", 2, 2, 4))
    assert text == "6 half-years empty (84 in all) + 2 half-years acted for × 2"
