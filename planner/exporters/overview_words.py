"""The sentences of an overview: why a seat waits, what a move is for, and the sum that gives a goal's value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from planner.domain.messages import Language, catalogue, day_text, label, number_text, tr
from planner.exporters.paper_words import PaperWords
from planner.goals.base import Term
from planner.standing import Standing
from planner.standing.open_seats import OpenSeat, Reason

MOST_TERMS = 6
"""A sum of more terms than these is shortened."""


class OverviewWords:
    """The sentences of a standing in one language."""

    def __init__(self, standing: Standing, language: Language) -> None:
        self.standing, self.ground, self.language = standing, standing.ground, language
        self.papers = PaperWords(standing, language, lambda day: day_text(day, language))

    def reason(self, seat: OpenSeat) -> str:
        """Why a seat waits, in one sentence."""
        reason, case = seat.reason, self.ground.case
        code = reason.why
        if code == "nobody_listed" and self.ground.everyone_is_listed:
            code = "nobody_qualifies"  # type: ignore[assignment]
        missing = self._missing(reason)
        if reason.gap is not None and code == "nobody_ready":
            missing = tr("text.lacks", self.language, missing=missing)
        relatives = reason.refusal.reason.values.get("names") if reason.refusal and reason.refusal.reason else None
        if code == "relatives" and relatives:
            code = "relatives_named"  # type: ignore[assignment]
        if code in ("not_ready", "nobody_ready"):
            code += ("_from" if reason.on else "") + ("_missing" if missing else "")  # type: ignore[assignment]
        return tr(
            f"value.open_seat.{code}",
            self.language,
            person=case.person[reason.person].name if reason.person is not None else "",
            day=reason.on or "",
            missing=missing or "",
            relatives=relatives or "",
            post=case.post_names[reason.position] if reason.position is not None else "",
        )

    def _missing(self, reason: Reason) -> str | None:
        if reason.gap is not None:
            return self.papers.level(reason.gap.gap)
        return self.papers.refusal(reason.refusal) if reason.refusal is not None else None

    def purpose(self, purpose: str) -> str:
        return label("purpose", purpose, self.language)

    def rule(self, rule: str) -> str:
        """The name of a rule, without its id."""
        return self.papers.rule(rule)

    def sum_of(self, terms: Sequence[Term]) -> str:
        """The sum that gives a goal's value: "4 half-years empty × 4 + 1 successor missing"; nothing for no terms.

        Of a long sum what is counted at several rates is told together.
        """
        if len(terms) <= MOST_TERMS:
            return " + ".join(map(self._term, terms))
        by_part: defaultdict[str, list[Term]] = defaultdict(list)
        for term in terms:
            by_part[term.part].append(term)
        return " + ".join(self._term(some[0] if len(some) == 1 else _together(some)) for some in by_part.values())

    def _term(self, term: Term) -> str:
        known, code = catalogue(self.language), f"goal.term.{term.part}"
        amount = number_text(term.amount, self.language)
        if code not in known:  # a rule of the rulebook
            text = tr("text.term_of_rule", self.language, n=amount, rule=self.rule(term.part))
        else:
            single = f"{code}.one"
            text = tr(single if term.amount == 1 and single in known else code, self.language, n=amount)
        if term.rate is None:
            return tr("text.term_in_all", self.language, term=text, n=number_text(term.total, self.language))
        factors = [number_text(term.rate, self.language)] if term.rate != 1 else []
        if term.weight != 1:
            factors.append(tr("text.term_weight", self.language, n=term.weight))
        return " × ".join((text, *factors))


def _together(terms: Sequence[Term]) -> Term:
    return Term(terms[0].part, sum(t.amount for t in terms), None, sum(t.total for t in terms))
