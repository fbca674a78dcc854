"""An invented province of a wanted size, as provinces are organised since July 2025: the same seed, the same case."""

import datetime as dt
from dataclasses import dataclass

import numpy as np

from planner.domain.case import Authority, Case, Relation, Vacancy
from planner.domain.content import Content
from planner.generators import lists, training
from planner.generators.careers import crew, kin, leavings
from planner.generators.organisation import authorities, organisation


@dataclass(frozen=True)
class ProvinceSpec:
    """What is wanted. `places` = training places as a share of the demand; `older` = years added to all ages."""

    posts: int = 1200
    people: int = 5000
    seed: int = 1
    places: float = 0.5
    older: int = 0
    as_of: dt.date = dt.date(2026, 1, 1)
    until: dt.date = dt.date(2030, 12, 31)


def province(spec: ProvinceSpec, content: Content) -> Case:
    """The whole case. `content` is the set `vietnam-province`, whose ranks, standards and courses it uses."""
    made = organisation(spec.posts)
    # One stream for each part: more people or other lists leave the other parts as they are.
    careers, families, names, past, ongoing, moving = (np.random.default_rng([spec.seed, k]) for k in range(6))
    people = crew(made, spec.people, spec.as_of, spec.older, careers)
    named = lists.nominations(made.posts, people.cadres, content, spec.as_of, names)
    wanted = training.demand(named, made.posts, content)
    tables = {
        "units": made.units,
        "authorities": tuple(Authority.model_validate(row) for row in authorities(made)),
        "positions": tuple(post.row for post in made.posts),
        "people": tuple(cadre.row for cadre in people.cadres),
        "service": tuple(people.service),
        "qualifications": tuple(people.qualifications),
        "ratings": tuple(people.ratings),
        "discipline": tuple(people.discipline),
        "relations": tuple(
            Relation.model_validate({"person_a": a, "person_b": b, "relation": word})
            for a, b, word in kin(people.cadres, families)
        ),
        "rounds": tuple(lists.rounds(spec.as_of)),
        "pools": tuple(lists.pools(named, made.posts, people.cadres, spec.as_of, past)),
        "nominations": tuple(lists.nomination_rows(named, made.posts, spec.as_of)),
        "courses": tuple(training.courses()),
        "enrolments": tuple(training.enrolments(people.cadres, spec.as_of, ongoing)),
        "sessions": tuple(training.sessions(wanted, spec.places, spec.as_of, spec.until)),
        "decisions": tuple(leavings(people.cadres, spec.as_of, spec.until, moving)),
        "vacancies": tuple(
            Vacancy.model_validate({"position_id": post.row.position_id, "on": spec.as_of, "reason": "Khuyết"})
            for post in people.vacant
        ),
    }
    return Case(**tables, given=frozenset(tables))  # type: ignore[arg-type]


def fewest_people(spec: ProvinceSpec) -> int:
    """Somebody for each seat."""
    return sum(post.seats for post in organisation(spec.posts).posts)


def scenario_text(spec: ProvinceSpec, content: str, rulebook: str) -> str:
    """The scenario file of the case in the folder `case` beside it."""
    return f"""\
# An invented province: {spec.posts} posts, {spec.people} people, seed {spec.seed}, training places for \
{spec.places:.0%} of the demand.
title: Province of {spec.posts} posts, seed {spec.seed}
case: case
content: {content}
rulebook: {rulebook}
as_of: {spec.as_of}
horizon: {{until: {spec.until}, period: half-year}}
names_from: nominated
goals: [heads, posts, [keep, depth], preferences, [fit, effort]]
solve: {{seconds: 300, gap: {{heads: 0, posts: 0, other: 0.01}}, seed: 1, workers: auto}}
"""
