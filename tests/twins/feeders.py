"""Universes of `upward_only` in which a rank names its feeders, and mutants of the ranks themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from planner.domain.content import Content, Rank
from tests.twins.in_force import SHOULD
from tests.twins.universe import (
    RANKS,
    Universe,
    a,
    case_of,
    content_of,
    entry,
    one_of,
    person,
    post,
    round_,
    subsets,
    x,
)


def _with(code: str, **changes: object) -> Content:
    return _changed(content_of(), code, **changes)


def _changed(content: Content, code: str, **changes: object) -> Content:
    ranks = tuple(r.model_copy(update=changes) if r.code == code else r for r in content.ranks)
    return replace(content, ranks=ranks)


def _upward_only() -> list[Universe]:
    # Ranks: STAFF 10, SUB 19, DIV 20, DEP 30, HEAD 40; TWIN is of the order of DIV. DEP may be 15 above: from SUB (11)
    # and DIV (10), not from STAFF (20). Fed by TWIN alone: A (DIV) and T (TWIN), of equal order, may; C (SUB) may not,
    # though the step would be small enough; nor S (STAFF), which is too far.
    # HEAD names no feeders: whoever is at most 10 below may, that is D (DEP).
    twin = Rank(code="TWIN", order=20, max_step_up=10, name=RANKS[0].name)  # type: ignore[arg-type]
    content = replace(
        _with("DEP", max_step_up=15, feeders=("TWIN",)),
        ranks=(*_with("DEP", max_step_up=15, feeders=("TWIN",)).ranks, twin),
    )
    posts = [post("P", "DEP"), post("H", "HEAD")]
    people = [
        person("A", rank="DIV"),
        person("T", rank="TWIN"),
        person("C", rank="SUB"),
        person("S", rank="STAFF"),
        person("D", rank="DEP"),
    ]
    case = case_of(people, positions=posts, rounds=[round_()])
    groups = tuple(group for i in "ATCSD" for group in (subsets(x(i, "P")), one_of(a(i, "P", 1), a(i, "H", 1))))
    return [
        Universe("fed by one rank", case, (entry("upward_only"),), groups, content=content),
        Universe("advised, fed by one rank", case, (entry("upward_only", force=SHOULD),), groups, content=content),
        Universe(
            "fed by none", case, (entry("upward_only"),), groups, content=_changed(content, "DEP", feeders=()),
        ),
    ]  # fmt: skip


MORE: dict[str, list[Universe]] = {"upward_only": _upward_only()}


def rank_mutants(universe: Universe) -> Iterator[tuple[str, Universe]]:
    """The universe with each rank's step moved by one, each feeder taken away, every other rank added as one."""
    for rank in universe.content.ranks:
        changes: list[tuple[str, dict[str, object]]] = []
        if rank.max_step_up is not None:
            changes += [(f"step {d:+d}", {"max_step_up": rank.max_step_up + d}) for d in (1, -1)]
        if rank.feeders is not None:
            changes.append(("all feed", {"feeders": None}))
            for feeder in rank.feeders:
                changes.append((f"without {feeder}", {"feeders": tuple(f for f in rank.feeders if f != feeder)}))
            for other in universe.content.ranks:
                if other.order < rank.order and other.code not in rank.feeders:
                    changes.append((f"fed by {other.code}", {"feeders": (*rank.feeders, other.code)}))
        for name, change in changes:
            yield f"{rank.code} {name}", replace(universe, content=_changed(universe.content, rank.code, **change))
