"""The nominations of a case, each with what the plan makes of it, and the reason where it leaves the name out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.domain.ids import PositionId
from planner.domain.messages import Language, label
from planner.exporters.base_list import nomination_cells
from planner.exporters.cadre import post_text, several
from planner.exporters.paper_words import PaperWords
from planner.exporters.suitability_words import parts_text, points_text
from planner.exporters.view import Row, View, joined
from planner.verify.nominated import ListName, Nominated, Nominations

COLUMNS = (
    "position", "position_title", "unit", "person", "person_name", "suitability", "suitability_parts", "round",
    "nominated_by", "opinion", "ballots", "outcome", "why_not", "details",
)  # fmt: skip


def rows(view: View) -> Iterator[Row]:
    """A row for each name and post, in the order of the case."""
    for found in view.nominations:
        yield {**_row(view, found), "details": joined(_codes(view, found))}


def worded(view: View, language: Language) -> Iterator[Row]:
    """The same with the reasons in words."""
    words = NominationWords(PaperWords(view.standing, language))
    for found in view.nominations:
        yield {**_row(view, found), "details": words.details(found)}


def _row(view: View, found: Nominated) -> Row:
    recorded = nomination_cells(found.rows)
    return {
        **view.post(found.position),
        **view.who(found.person),
        **view.suitability(found.person, found.position),
        "round": joined(dict.fromkeys(row.round_id for row in found.rows)),
        **{column: recorded[column] for column in ("nominated_by", "opinion", "ballots")},
        "outcome": found.outcome,
        "why_not": found.why,
    }


def _codes(view: View, found: Nominated) -> Iterator[str]:
    """Rules, levels, names with `kept` or `added` and their points, lists, and goals with by how much."""
    yield from (refusal.rule for refusal in found.refusals)
    yield from (view.gap(gap) for gap in found.gaps)
    if found.rule is not None:
        yield found.rule
    for name in found.names:
        yield f"{name.person} {name.how} {view.points(name.person, found.position):g}"
    yield from found.posts
    if found.instead_of is not None:
        yield f"instead of {found.instead_of}"
    yield from (f"{goal} +{more}" for goal, more in found.worse)


def nomination_notes(words: PaperWords, positions: Iterable[PositionId], points: bool) -> list[str]:
    """For form 8.3: a line per nominated name of the posts that is not in the list, with the reason."""
    own, said = set(positions), NominationWords(words, points)
    found = [n for n in Nominations(words.standing).all() if n.position in own and n.outcome == "left_out"]
    return [words.tr("text.left_out_head"), *(f"- {said.line(n)}" for n in found)] if found else []


class NominationWords:
    """Why a nominated name is left out, in the language of a paper.

    `points`: with the other names of the list and their points. A paper for one unit tells neither: they may be of
    other units.
    """

    def __init__(self, words: PaperWords, points: bool = True) -> None:
        self.points = points
        self.words, self.ground, self.language = words, words.ground, words.language

    def line(self, found: Nominated) -> str:
        """The name, the post, what became of it, and why."""
        name = self.ground.case.person[found.person].name
        text = f"{name} → {post_text(self.ground, found.position)}: {label('outcome', found.outcome, self.language)}"
        return text if found.why is None else f"{text}, {self.why(found)}"

    def why(self, found: Nominated) -> str:
        """Why the name is left out, with the details."""
        assert found.why is not None
        text, details = label("why_not", found.why, self.language), self.details(found)
        return f"{text}: {details}" if details else text

    def details(self, found: Nominated) -> str | None:
        return several(self._parts(found))

    def _parts(self, found: Nominated) -> Iterator[str]:
        words = self.words
        if found.why == "gate":
            yield parts_text(self.ground, found.person, found.position, self.language).partition("; ")[0]
        if found.why != "holder":
            yield from map(words.refusal, found.refusals)
        for gap in found.gaps:
            yield words.tr("text.lacks_of_list", level=words.level(gap))
        if found.rule is not None:
            yield words.rule(found.rule)
        if found.names and self.points:
            names = ", ".join(self._name(name, found) for name in found.names)
            own = points_text(self.ground, found.person, found.position, self.language)
            yield words.tr("text.in_the_list_are", names=names, own=own)
        if found.posts:
            posts = "; ".join(post_text(self.ground, p) for p in found.posts)
            yield words.tr("text.in_other_lists", posts=posts)
        if found.instead_of is not None and not found.worse and self.points:
            person = self.ground.case.person[found.instead_of].name
            yield words.tr("text.goals_not_worse_instead", person=person)
        if found.worse and self.points:
            goals = ", ".join(f"{words.tr(f'goal.{goal}')} +{more}" for goal, more in found.worse)
            if found.instead_of is None:
                yield words.tr("text.goals_worse", goals=goals)
            else:
                person = self.ground.case.person[found.instead_of].name
                yield words.tr("text.goals_worse_instead", person=person, goals=goals)

    def _name(self, name: ListName, found: Nominated) -> str:
        """Another name of the list with its points, and why it is there."""
        points = points_text(self.ground, name.person, found.position, self.language)
        how = label("in_list", name.how, self.language)
        return f"{self.ground.case.person[name.person].name} ({how}, {points})"
