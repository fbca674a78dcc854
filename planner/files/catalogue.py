"""Ranks with their feeders, fields and the catalogue: what they must not say, and the courses that a case takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from planner.domain.case import Need
from planner.domain.catalogue import missing_courses, with_courses
from planner.domain.content import Content
from planner.domain.findings import Names
from planner.files.case import CaseSource, Place
from planner.files.yaml_source import KeyPath, YamlSource

Item = tuple[YamlSource, KeyPath, dict[str, Any]]
"""A file, the path of an item in it, and the item as it was read."""


def check_feeders(content: Content, items: Iterable[Item]) -> None:
    """A feeder is a rank of the set, and a lower one."""
    names = Names({r.code: r.name.en for r in content.ranks})
    for (source, path, _), rank in zip(items, content.ranks, strict=True):
        for feeder in rank.feeders or ():
            if feeder not in names:
                source.error("finding.dangling", (*path, "feeders"), feeder, names.suggest(feeder), target="ranks")
            elif content.rank[feeder].order >= rank.order:
                source.error("finding.feeder_not_lower", (*path, "feeders"), feeder, rank=rank.code)


def check_fields(content: Content, items: Iterable[Item]) -> None:
    """Names are given to fields that are in a family, or are one."""
    known = Names(content.family_of)
    for (source, path, _), field in zip(items, content.fields, strict=True):
        if field.id not in known:
            near = known.suggest(field.id)
            source.error("finding.dangling", (*path, "id"), field.id, near, target="field_families")


def check_courses(content: Content, items: Iterable[Item], broken: frozenset[str]) -> None:
    """What a course grants and needs are levels of the set, whom it admits are ranks of it."""
    competencies = Names({c.id: c.name.en for c in content.competencies})
    ranks = Names({r.code: r.name.en for r in content.ranks})
    for (source, path, _), course in zip(items, content.courses, strict=True):
        if "competencies" not in broken:
            for column, need in (("grants", course.grants), ("needs", course.needs)):
                if need is not None:
                    _check_need(content, competencies, source, (*path, column), need)
        if "ranks" not in broken and course.admits:
            for rank in course.admits.ranks:
                if rank not in ranks:
                    source.error("finding.dangling", (*path, "admits"), rank, ranks.suggest(rank), target="ranks")


def _check_need(content: Content, names: Names, source: YamlSource, path: KeyPath, need: Need) -> None:
    competency = content.competency.get(need.competency)
    if competency is None:
        near = names.suggest(need.competency)
        source.error("finding.dangling", path, need.competency, near, target="competencies")
    elif competency.unit:
        source.error("finding.months_are_counted", path, need.level, competency=competency.id)
    elif need.level not in competency.levels:
        near, choices = Names(competency.levels).suggest(need.level), ", ".join(competency.levels)
        source.error("finding.not_a_level", path, need.level, near, competency=competency.id, choices=choices)


def fill_from_catalogue(source: CaseSource, content: Content) -> CaseSource:
    """The case with the courses of the catalogue that it names and does not define; its own rows win."""
    added = missing_courses(source.case, content.courses)
    place = Place(f"{content.name}/courses.yaml")
    return replace(
        source,
        case=with_courses(source.case, added),
        places={**source.places, "courses": (*source.places.get("courses", ()), *(place for _ in added))},
        known={**source.known, "courses": {**source.known.get("courses", {}), **{c.course_id: c.name for c in added}}},
    )
