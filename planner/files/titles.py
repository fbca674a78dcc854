"""Ranks and standards that were left empty, or written as a title: taken from the title map of the content."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from planner.domain.case import Case, Position, Service, Unit
from planner.domain.errors import Finding
from planner.domain.findings import Names, error
from planner.domain.ids import UnitId
from planner.domain.titles import TitleMatch, match
from planner.files.case import CaseSource, Place, rows_of
from planner.files.content import ContentSource


def fill_from_titles(source: CaseSource, content: ContentSource) -> CaseSource:
    """The case with every rank and standard; of such a post also `head` and `nature`, where their cells are empty.

    A title that the map does not know is an error at its row, and the post is left out. A rank may be written as a
    title ("Phó trưởng phòng"): which it is depends on the unit.
    """
    source = _titles_as_codes(source, content)
    if all(post.rank and post.standard for post in source.case.positions):
        return source
    units, kinds = source.case.unit, _kinds(source.case)
    names = Names([phrase for entry in content.content.titles.titles for phrase in entry.title])
    posts: list[Position] = []
    places: list[Place] = []
    findings: list[Finding] = []
    for place, post in rows_of(source, "positions"):
        # What a title means depends on the unit: one that is not there has its own finding.
        filled = _filled(post, units, kinds, content) if post.unit_id in units else post
        if filled is None:
            column = "standard" if post.rank else "rank"
            near = names.suggest(post.title)
            findings.append(error("finding.title_unknown", place.file, place.line, column, post.title, near))
            continue
        posts.append(filled)
        places.append(place)
    return replace(
        source,
        case=replace(source.case, positions=tuple(posts)),
        places={**source.places, "positions": tuple(places)},
        findings=(*source.findings, *findings),
    )


def _titles_as_codes(source: CaseSource, content: ContentSource) -> CaseSource:
    """Ranks of posts and service, and standards, that are no code and are a title of the map in their unit."""
    if content.broken & {"ranks", "standards", "titles"}:
        return source
    case, ranks, standards = source.case, content.content.rank, content.content.standard
    if (
        all((not p.rank or p.rank in ranks) and (not p.standard or p.standard in standards) for p in case.positions)
        and all(row.rank is None or row.rank in ranks for row in case.service)
    ):  # fmt: skip
        return source
    kinds = _kinds(case)

    def meant(text: str, unit: UnitId | None) -> TitleMatch | None:
        row = case.unit.get(unit) if unit else None
        if row is None:
            return None
        found = match(content.content.titles, text, row.kind, kinds.get(row.unit_id, ()))
        return found if found is not None and not found.rest else None

    def post_with_codes(post: Position) -> Position:
        changed: dict[str, Any] = {}
        if post.rank and post.rank not in ranks and (found := meant(post.rank, post.unit_id)):
            changed["rank"] = found.rank
        if post.standard and post.standard not in standards and (found := meant(post.standard, post.unit_id)):
            changed["standard"] = found.standard
        return post.model_copy(update=changed) if changed else post

    def service_with_codes(row: Service) -> Service:
        if row.rank is None or row.rank in ranks:
            return row
        post = case.position.get(row.position_id) if row.position_id else None
        found = meant(row.rank, row.unit_id or (post.unit_id if post else None))
        return row.model_copy(update={"rank": found.rank}) if found else row

    return replace(
        source,
        case=replace(
            case,
            positions=tuple(map(post_with_codes, case.positions)),
            service=tuple(map(service_with_codes, case.service)),
        ),
    )


def _kinds(case: Case) -> dict[UnitId, list[str]]:
    """For each unit the kinds of the units above it, nearest first."""
    found: dict[UnitId, list[str]] = {}
    for unit in case.units:
        above: list[str] = []
        seen = {unit.unit_id}
        at = unit.parent_id
        while at is not None and at not in seen and at in case.unit:
            seen.add(at)
            above += [kind] if (kind := case.unit[at].kind) else []
            at = case.unit[at].parent_id
        found[unit.unit_id] = above
    return found


def _filled(
    post: Position, units: Mapping[UnitId, Unit], kinds: Mapping[UnitId, list[str]], content: ContentSource
) -> Position | None:
    if post.rank and post.standard:
        return post
    unit = units.get(post.unit_id)
    found = match(content.content.titles, post.title, unit.kind if unit else None, kinds.get(post.unit_id, ()))
    if found is None:
        return None
    values: dict[str, Any] = {"rank": post.rank or found.rank, "standard": post.standard or found.standard}
    if "head" not in post.model_fields_set:
        values["head"] = found.head
    if "nature" not in post.model_fields_set:
        # A concurrent post names the post with which it is held; without that it would be an error of ours.
        values["nature"] = found.nature if found.nature != "concurrent" or post.held_with else post.nature
    return post.model_copy(update=values)
