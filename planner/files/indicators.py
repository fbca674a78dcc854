"""What one indicator set must not say against itself, or against the rest of the content, each with its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from planner.domain.content import Content
from planner.domain.findings import Names
from planner.domain.indicator_sets import Faults, IndicatorSet
from planner.files.yaml_source import KeyPath, YamlSource

Item = tuple[YamlSource, KeyPath, dict[str, Any]]


def check_indicators(content: Content, ratings: Iterable[Item], sets: Iterable[Item], broken: frozenset[str]) -> None:
    """Adds its findings to the sources. `broken` parts of the content are not looked at."""
    _twin_ratings(ratings)
    if "indicator_sets" in broken:
        return
    last: dict[str, list[IndicatorSet]] = {}
    for (source, path, _), one in zip(sets, content.indicator_sets, strict=True):
        _codes(source, path, one)
        _points(source, path, one)
        _pointers(source, path, one, content, broken)
        _spans(source, path, one, last.setdefault(one.id, []))
        last[one.id].append(one)


def recorded_names(content: Content) -> dict[str, str]:
    """Codes of which a value may be recorded, with names, for the case's table of indicators."""
    return {r.code: r.name.text("vi") for one in content.indicator_sets for r in one.recorded()}


def _twin_ratings(items: Iterable[Item]) -> None:
    first: dict[str, str] = {}
    for source, path, item in items:
        code = item.get("code")
        if not isinstance(code, str):
            continue
        place = f"{source.file}:{source.line(path)}"
        if code in first:
            source.error("finding.twin_id", (*path, "code"), code, other=first[code])
        first.setdefault(code, place)


def _codes(source: YamlSource, path: KeyPath, one: IndicatorSet) -> None:
    """A code of an indicator or fact stands once; so do parts, traits and groups."""
    lists = {
        "indicators": [i.code for i in one.indicators],
        "facts": [f.code for f in one.facts],
        "parts": [p.code for p in one.parts],
        "traits": [t.id for t in one.traits],
        "trait_levels": [level.id for level in one.trait_levels],
        "groups": [g.id for g in one.groups],
    }
    for key, codes in lists.items():
        seen = set(lists["indicators"]) if key == "facts" else set[str]()
        for n, code in enumerate(codes):
            if code in seen:
                name = "id" if key in ("traits", "trait_levels", "groups") else "code"
                source.error("finding.twin_id", (*path, key, n, name), code, other=source.file)
            seen.add(code)


def _points(source: YamlSource, path: KeyPath, one: IndicatorSet) -> None:
    for n, part in enumerate(one.parts):
        within = [i for i in one.indicators if i.part == part.code]
        given = sum((i.points for i in within if i.points is not None), start=part.points * 0)
        if not within:
            source.error("finding.part_without_indicators", (*path, "parts", n), part.code)
        elif part.formula == "sum" and given != part.points:
            source.error("finding.part_points", (*path, "parts", n, "points"), part.points, given=given)
    mean = {p.code for p in one.parts if p.formula == "mean"}
    for n, indicator in enumerate(one.indicators):
        at = (*path, "indicators", n)
        if indicator.part in mean and indicator.points is not None:
            source.error("finding.points_of_a_mean", (*at, "points"), indicator.points, part=indicator.part)
        elif indicator.part not in mean and indicator.points is None:
            source.error("finding.no_points", at, indicator.code)


def _pointers(source: YamlSource, path: KeyPath, one: IndicatorSet, content: Content, broken: frozenset[str]) -> None:
    for at, value, known, target in _named(one):
        names = Names(_known(known, one, content))
        if known in broken:
            continue
        if value not in names:
            source.error("finding.dangling", (*path, *at), value, names.suggest(value), target=target)


def _known(kind: str, one: IndicatorSet, content: Content) -> list[str]:
    codes = {
        "parts": [p.code for p in one.parts],
        "traits": [t.id for t in one.traits],
        "facts": [f.code for f in one.facts],
        "values": [*(i.code for i in one.indicators), *(f.code for f in one.facts)],
        "ratings": [r.code for r in content.ratings],
        "ranks": [str(r.code) for r in content.ranks],
        "standards": [s.id for s in content.standards],
    }
    return codes[kind]


def _named(one: IndicatorSet) -> Iterator[tuple[KeyPath, str, str, str]]:
    """Each name that points elsewhere: where, what, the list it must stand in, and how that list is called."""
    for n, indicator in enumerate(one.indicators):
        yield ("indicators", n, "part"), indicator.part, "parts", "parts"
        for trait in indicator.traits:
            yield ("indicators", n, "traits"), trait, "traits", "traits"
        if indicator.unit_at_least is not None:
            yield ("indicators", n, "unit_at_least"), indicator.unit_at_least, "ratings", "ratings"
        if isinstance(indicator.formula, Faults):
            yield ("indicators", n, "formula", "faults"), indicator.formula.faults, "facts", "facts"
            yield ("indicators", n, "formula", "of"), indicator.formula.of, "facts", "facts"
    for n, band in enumerate(one.bands.from_best):
        yield ("bands", "from_best", n, "rating"), band.rating, "ratings", "ratings"
        for c, condition in enumerate(band.conditions):
            yield ("bands", "from_best", n, "conditions", c, "of"), condition.of, "values", "indicators, facts"
    if one.triggers is not None:
        yield ("triggers", "rating"), one.triggers.rating, "ratings", "ratings"
        for fact in one.triggers.facts:
            yield ("triggers", "facts"), fact, "facts", "facts"
    for n, trait_ in enumerate(one.traits):
        if trait_.veto is not None:
            yield ("traits", n, "veto", "at_most"), trait_.veto.at_most, "ratings", "ratings"
            for fact in trait_.veto.facts:
                yield ("traits", n, "veto", "facts"), fact, "facts", "facts"
            if trait_.veto.part is not None:
                yield ("traits", n, "veto", "part"), trait_.veto.part, "parts", "parts"
    if one.cap is not None:
        for rating in (one.cap.rating, *one.cap.of):
            yield ("cap", "of"), rating, "ratings", "ratings"
        if one.cap.outstanding is not None:
            yield ("cap", "outstanding", "fact"), one.cap.outstanding.fact, "facts", "facts"
    for rank in one.applies_to.ranks:
        yield ("applies_to", "ranks"), rank, "ranks", "ranks"
    for standard in one.applies_to.standards:
        yield ("applies_to", "standards"), standard, "standards", "standards"
    for n, group in enumerate(one.groups):
        for rank in group.ranks:
            yield ("groups", n, "ranks"), rank, "ranks", "ranks"
    if one.nine_box is not None:
        for key in ("performance", "potential"):
            yield ("nine_box", key), getattr(one.nine_box, key), "traits", "traits"


def _spans(source: YamlSource, path: KeyPath, one: IndicatorSet, before: list[IndicatorSet]) -> None:
    """A version ends after it begins, and on each day one version of a set is in force."""
    if one.valid_to is not None and one.valid_to < one.valid_from:
        source.error("finding.ends_before_start", (*path, "valid_to"), one.valid_to, start=one.valid_from.written())
    for other in before:
        if other.version == one.version:
            source.error("finding.twin_id", (*path, "version"), one.version, other=source.file)
        elif one.in_force(other.valid_from) or other.in_force(one.valid_from):
            source.error("finding.versions_overlap", (*path, "valid_from"), one.version, other=other.version)
