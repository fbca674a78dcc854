"""An invented province of a wanted size, as provinces are organised since July 2025: the same seed, the same case."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planner.domain.case import Authority, Case, Decision, Enrolment, Relation, Vacancy
from planner.domain.content import Content
from planner.domain.dates import add_months
from planner.files.case import case_tables
from planner.files.plan_input import content_files
from planner.generators import lists, rare, training
from planner.generators.careers import Cadre, Crew, crew, leavings, with_rotations
from planner.generators.kin import kin
from planner.generators.obstacles import HeldUp, Obstacles
from planner.generators.organisation import Post, authorities, organisation
from planner.generators.standards import ASKING, ELSEWHERE_MONTHS, own_content

REELECTED = 48
"""Months that must be left at the end of a term to who is elected again."""

SENT = 2
"""Names for a head's post that opens soon who were sent elsewhere in time."""


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
    """The whole case. `content` is the set `vietnam-province`, whose ranks and courses it uses, with its standards."""
    content = own_content(content)
    made = organisation(spec.posts)
    # One stream for each part: more people or other lists leave the other parts as they are.
    careers, families, names, past, ongoing, moving, hindering, seats = (
        np.random.default_rng([spec.seed, k]) for k in range(8)
    )
    people = crew(made, spec.people, spec.as_of, spec.older, careers)
    named = lists.nominations(made.posts, people.cadres, content, spec.as_of, names)
    leaving = tuple(leavings(people.cadres, spec.as_of, spec.until, moving))
    opens = _opens(people, leaving, content, spec)
    obstacles = Obstacles(made.posts, people, content, spec.as_of, spec.until, hindering)
    held_up = obstacles.place(named, opens, leaving)
    if spec.posts < rare.SMALL:
        rare.place(obstacles, named, opens, leaving)
    leaving = (*leaving, *held_up.leaving)
    listed = (*made.posts, made.committee)
    named[made.committee.row.position_id] = lists.for_committee(
        made.committee, people.cadres, content, spec.as_of, seats
    )
    people.rotated.extend(_sent_in_time(made.posts, people, named, leaving, content, spec.as_of))
    wanted = training.demand(named, made.posts, content)
    tables = {
        "units": made.units,
        "authorities": tuple(Authority.model_validate(row) for row in authorities(made)),
        "positions": tuple(post.row for post in listed),
        "people": tuple(cadre.row for cadre in people.cadres),
        "service": with_rotations(people),
        "qualifications": tuple(people.qualifications),
        "ratings": tuple(people.ratings),
        "discipline": tuple(people.discipline),
        "relations": tuple(
            Relation.model_validate({"person_a": a, "person_b": b, "relation": word})
            for a, b, word in kin(named, made.posts, people.cadres, held_up.relatives, families)
        ),
        "rounds": tuple(lists.rounds(spec.as_of)),
        "pools": tuple(lists.pools(named, listed, people.cadres, held_up, content, spec.as_of, past)),
        "nominations": tuple(lists.nomination_rows(named, listed, spec.as_of)),
        "courses": tuple(training.courses()),
        "enrolments": _enrolments(held_up, people, spec.as_of, ongoing),
        "sessions": tuple(training.sessions(wanted, spec.places, spec.as_of, spec.until)),
        "decisions": (*leaving, *held_up.proposals),
        "vacancies": tuple(
            Vacancy.model_validate({"position_id": post.row.position_id, "on": spec.as_of, "reason": "Khuyết"})
            for post in people.vacant
        ),
    }
    return Case(**tables, given=frozenset(tables))  # type: ignore[arg-type]


def _enrolments(held_up: HeldUp, people: Crew, as_of: dt.date, rng: np.random.Generator) -> tuple[Enrolment, ...]:
    """Those whom the obstacles sent away, and of the others whom chance does."""
    away = {row.person_id for row in held_up.enrolments}
    others = training.enrolments(people.cadres, as_of, rng)
    return (*held_up.enrolments, *(row for row in others if row.person_id not in away))


def _opens(people: Crew, leaving: Sequence[Decision], content: Content, spec: ProvinceSpec) -> dict[str, dt.date]:
    """By post the first day within the plan on which one of its seats is free."""
    gone = {str(row.person_id): row.from_ for row in leaving}
    found = {str(post.row.position_id): spec.as_of for post in people.vacant}
    term_ends = dt.date(spec.as_of.year, 6, 1)
    for cadre in people.cadres:
        if cadre.post is not None:
            out, row = content.retires_on(cadre.row), cadre.post.row
            on = min(out, gone.get(str(cadre.row.person_id)) or dt.date.max)
            if row.filled_by == "elect" and row.term_system == "state" and out < add_months(term_ends, REELECTED):
                on = min(on, term_ends)
            position = str(row.position_id)
            if on <= spec.until:
                found[position] = min(on, found.get(position, on))
    return found


def _sent_in_time(
    posts: Sequence[Post], people: Crew, named: Mapping[str, Sequence[Cadre]], leaving: Sequence[Decision],
    content: Content, as_of: dt.date,
) -> Iterator[str]:  # fmt: skip
    """Who has been on rotation for a head's post that opens before a rotation from now on could end.

    For one in three of these nobody was sent: a deputy acts until somebody is there.
    """
    gone = {str(row.person_id): row.from_ for row in leaving}
    soon = add_months(as_of, ELSEWHERE_MONTHS + 6)
    opening = {post.row.position_id for post in people.vacant}
    for cadre in people.cadres:
        until = min(content.retires_on(cadre.row), gone.get(str(cadre.row.person_id)) or dt.date.max)
        if cadre.post is not None and until < soon:
            opening.add(cadre.post.row.position_id)
    asking = [post for post in posts if post.row.standard in ASKING and post.row.position_id in opening]
    for n, post in enumerate(asking):
        if n % 3:
            for cadre in named[post.row.position_id][:SENT]:
                yield str(cadre.row.person_id)


def fewest_people(spec: ProvinceSpec) -> int:
    """Somebody for each seat."""
    return sum(post.seats for post in organisation(spec.posts).posts)


def files(spec: ProvinceSpec, case: Case, content: Content) -> dict[str, str | bytes]:
    """The case and its own content as files, by their paths in the folder of the scenario, which is among them."""
    own = own_content(content)
    tables = {f"case/{name}": text for name, text in case_tables(case).items()}
    parts = {f"content/{own.name}/{name}": text for name, text in content_files(own).items()}
    scenario = _scenario(spec, f"content/{own.name}", own.rulebook_name)
    return {**tables, **parts, "scenario.yaml": scenario}


def _scenario(spec: ProvinceSpec, content: str, rulebook: str) -> str:
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
goals: [heads, posts, [keep, nominations, depth], choice, [preferences, pipeline], effort]
solve: {{seconds: 300, gap: {{heads: 0, posts: 0, other: 0.01}}, seed: 1, workers: auto}}
"""
