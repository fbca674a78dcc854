"""Paths and free places in words: for the workbook, for form 8.6 and for who prints a plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.domain.ids import PersonId, PositionId, SessionId
from planner.domain.messages import Language, label
from planner.exporters.cadre import post_text, several
from planner.exporters.paper_words import PaperWords
from planner.exporters.paths import Waiting, free_places, rows, waiting_for
from planner.exporters.view import Row, View
from planner.standing.paths import Paths, Step
from planner.standing.places import Offer


class PathWords:
    """The words of paths in the language of a paper."""

    def __init__(self, words: PaperWords) -> None:
        self.words, self.ground, self.language = words, words.ground, words.language

    def missing(self, step: Step) -> str | None:
        """The demand with its level, or what the rule says."""
        if step.gap is not None:
            return self.words.level(step.gap.gap)
        return self.words.refusal(step.refusal) if step.refusal is not None else None

    def action(self, step: Step) -> str | None:
        """The class, course or post that meets the demand, or the free place that is not given."""
        case = self.ground.case
        action = step.place.session if step.place else step.gap.action if step.gap and step.gap.is_settled else None
        if action in case.session:
            return self.session(SessionId(action))
        if action in case.course:
            return case.course[action].name  # type: ignore[index]
        return post_text(self.ground, PositionId(action)) if action in case.position else None

    def session(self, session: SessionId) -> str:
        """A class by its course and its code: "Cao cấp lý luận chính trị, tập trung (CC_FT-2027)"."""
        return f"{self.ground.course_of(session).name} ({session})"

    def days(self, session: SessionId) -> str:
        """From when to when a class runs."""
        start, end = self.ground.case.session[session].start, self.ground.written_end(session)
        return self.words.day(start) if end is None else f"{self.words.day(start)} – {self.words.day(end)}"

    def why(self, step: Step) -> str | None:
        """Why nothing in the plan meets the demand, with the class, the rule or the full classes that it speaks of."""
        if step.why is None:
            return None
        text = label("why", step.why, self.language)
        if step.why == "no_free_place":
            return f"{text}: " + ", ".join(o.session for o in step.offers if o.against == "full")
        if step.place is not None:
            text += f" ({step.place.session})"
            if step.why == "advised" and step.place.advice is not None:
                text += f": {self.words.rule(step.place.advice)}"
        elif step.why in ("conditions", "class", "same_time", "away", "leaders_away"):
            text += f": {self.details(step.offers)}"
        return text

    def details(self, offers: Iterable[Offer]) -> str | None:
        """What stands against each class, those together of which the same is to say."""
        found: dict[str, list[str]] = {}
        for offer in offers:
            found.setdefault(self.against(offer), []).append(offer.session)
        return "; ".join(f"{', '.join(sessions)}: {text}" for text, sessions in found.items()) or None

    def against(self, offer: Offer) -> str:
        """What stands against one class for the person; that a place is free where nothing does."""
        code = offer.against or ("advised" if offer.advice else "free")
        what = offer.advice or offer.subject
        if offer.needs is not None:
            shown = self.words.level(offer.needs)
        elif what in self.ground.case.position:
            shown = post_text(self.ground, PositionId(what))
        elif what in self.ground.case.course:
            shown = self.ground.case.course[what].name  # type: ignore[index]
        elif what in self.ground.case.session or what is None:
            shown = what or ""
        else:
            shown = self.words.rule(what)
            if offer.reason is not None:
                shown += f": {self.words.reason(offer.reason)}"
        return self.words.tr(f"value.against.{code}", what=shown)

    def waiting(self, waiting: Waiting) -> str:
        """Why one person who waits has no place of the class."""
        if waiting.offer.against is not None:
            return self.against(waiting.offer)
        text = label("why", waiting.why, self.language)
        return f"{text}: {self.words.rule(waiting.offer.advice)}" if waiting.offer.advice else text


def worded_paths(view: View, language: Language) -> Iterator[Row]:
    """The rows of `paths` with what is missing, what meets it and what stands against each class in words."""
    words = PathWords(PaperWords(view.standing, language))
    for step, row in zip(view.paths.steps, rows(view), strict=True):
        yield {
            **row,
            "missing": words.missing(step),
            "action": words.action(step),
            "why": words.why(step),
            "details": words.details(step.offers),
        }


def worded_free_places(view: View, language: Language) -> Iterator[Row]:
    """The rows of `free_places` with posts and reasons in words."""
    words = PathWords(PaperWords(view.standing, language))
    found = iter([w for lines in waiting_for(view.paths).values() for w in lines])
    for row in free_places(view):
        if row.get("person") is None:
            yield row
            continue
        waiting = next(found)
        posts = dict.fromkeys(s.position for s in waiting.steps)
        yield {
            **row,
            "for_posts": several(post_text(view.ground, p) for p in posts),
            "details": words.waiting(waiting),
        }


def free_place_notes(words: PaperWords, paths: Paths, people: Iterable[PersonId]) -> list[str]:
    """For form 8.6: a line per class that keeps free places while somebody of the people waits, with the reasons."""
    said, lines = PathWords(words), []
    for session, waiting in waiting_for(paths, people).items():
        if not waiting:
            continue
        by_reason: dict[str, list[str]] = {}
        for w in waiting:
            by_reason.setdefault(said.waiting(w), []).append(words.ground.case.person[w.person].name)
        free = paths.places.free(session)
        head = words.tr("text.free_places_line", session=said.session(session), days=said.days(session))
        head = head if free is None else head + words.tr("text.free_places_count", n=free)
        lines.append(f"- {head}: " + "; ".join(f"{', '.join(names)}: {text}" for text, names in by_reason.items()))
    return [words.tr("text.free_places_head"), *lines] if lines else []
