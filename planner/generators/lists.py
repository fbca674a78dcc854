"""Rounds, nominations and the lists in force, with what is usually wrong in them."""

import datetime as dt
from collections.abc import Iterator, Sequence, Set

import numpy as np

from planner.domain.case import Need, Nomination, PoolEntry, Round
from planner.domain.content import Content
from planner.domain.dates import add_months
from planner.generators.careers import Cadre, neighbours
from planner.generators.obstacles import HeldUp
from planner.generators.organisation import Post

NOMINEES = 6
"""Per post: in-house ones first, some from elsewhere."""

PER_SEAT = 1.2
"""Names for a seat of the committee."""

FROM_ELSEWHERE = 2
FIVE_YEARS = 60


def rounds(as_of: dt.date) -> list[Round]:
    """For each system one round of two years ago and the one of this spring, which is decided.

    Committees were elected last year and the Front's the year before: their lists are reviewed for the current term.
    Councils are elected this year: their round plans for the term that begins, the old one ends for who is too old.
    """
    year = as_of.year
    made = []
    for system, month, terms in (("party", 3, (-6, -1)), ("state", 3, (-5, 0)), ("front", 4, (-7, -2))):
        for when, begins in zip((year - 2, year), terms, strict=True):
            start = dt.date(year + begins, 6, 1)
            approved = dt.date(when, month, 20)
            made.append(
                Round.model_validate(
                    {"round_id": f"QH-{system}-{when}", "approved_on": approved, "system": system,
                     "term": f"{start.year}-{start.year + 5}", "term_start": start,
                     "term_end": dt.date(start.year + 5, 5, 31),
                     "age_reference_date": start if start > approved else None}
                )
            )  # fmt: skip
    return made


def nominations(
    posts: Sequence[Post], cadres: Sequence[Cadre], content: Content, as_of: dt.date, rng: np.random.Generator
) -> dict[str, list[Cadre]]:
    """For each post whom its unit and its neighbours name: of a feeding rank, the fitter the likelier."""
    blocks = neighbours(cadres)
    names = list(blocks)
    index = {block: n for n, block in enumerate(names)}
    by_rank: dict[str, list[Cadre]] = {}
    for cadre in cadres:
        by_rank.setdefault(cadre.rank, []).append(cadre)
    lasting = _lasting(cadres, content, as_of)
    found: dict[str, list[Cadre]] = {}
    for post in posts:
        feeding = feeders(post, content)
        near = [c for c in blocks.get(post.block, ()) if c.rank in feeding and c.post is not post]
        around = [names[(index.get(post.block, 0) + k) % len(names)] for k in (-2, -1, 1, 2)]
        far = [c for block in dict.fromkeys(around) for c in blocks[block] if c.rank in feeding and block != post.block]
        others = [c for rank in feeding for c in by_rank.get(rank, ()) if c.block != post.block]
        if others:
            picked = rng.choice(len(others), size=min(12, len(others)), replace=False)
            far += [others[k] for k in picked]
        at_home = _best(near, post, content, lasting, rng, NOMINEES - FROM_ELSEWHERE)
        known = {c.row.person_id for c in at_home}
        elsewhere = _best(
            [c for c in far if c.row.person_id not in known], post, content, lasting, rng, NOMINEES - len(at_home)
        )
        found[post.row.position_id] = at_home + elsewhere
    return found


def for_committee(
    committee: Post, cadres: Sequence[Cadre], content: Content, as_of: dt.date, rng: np.random.Generator
) -> list[Cadre]:
    """Whom the province names for its committee: of the ranks from which one step leads there."""
    feeding = feeders(committee, content)
    pool = [c for c in cadres if c.rank in feeding]
    return _best(pool, committee, content, _lasting(cadres, content, as_of), rng, round(PER_SEAT * committee.seats))


def _lasting(cadres: Sequence[Cadre], content: Content, as_of: dt.date) -> frozenset[str]:
    """Who serves long enough to be worth a place in a list."""
    enough = add_months(as_of, FIVE_YEARS + 6)
    return frozenset(c.row.person_id for c in cadres if content.retires_on(c.row) >= enough)


def feeders(post: Post, content: Content) -> tuple[str, ...]:
    """The ranks from which one step leads to the post, in the order of the content."""
    rank = content.rank[post.row.rank]
    step = rank.max_step_up or 100
    given = getattr(rank, "feeders", None)
    return tuple(
        r.code for r in content.ranks if rank.order - step <= r.order < rank.order and (not given or r.code in given)
    )


def _best(
    pool: Sequence[Cadre], post: Post, content: Content, lasting: Set[str], rng: np.random.Generator, count: int
) -> list[Cadre]:
    unique = list({c.row.person_id: c for c in pool}.values())
    scored = sorted(unique, key=lambda c: -(merit(c, post, content, lasting) + rng.normal(0, 1.2)))
    return scored[:count]


def merit(cadre: Cadre, post: Post, content: Content, lasting: Set[str]) -> float:
    """How natural a name is for a post: service left, field, rank near below, what the standard wants in hand."""
    score = 3.0 if cadre.row.person_id in lasting else 0.0
    score += 1.0 if cadre.major == post.field else 0.0
    score += content.rank[cadre.rank].order / 40  # type: ignore[index]
    standard = content.standard.get(post.row.standard)
    for cell in standard.cells if standard else ():
        competency = content.competency[cell.competency]
        if competency.levels:
            has = competency.levels.index(cadre.levels.get(cell.competency, competency.levels[0]))
            wants = content.level(Need(cell.competency, cell.level))
            score += 0.0 if has >= wants else (-2.0 if cell.required_at == "plan" else -0.4)
    return score


def nomination_rows(named: dict[str, list[Cadre]], posts: Sequence[Post], as_of: dt.date) -> Iterator[Nomination]:
    units = {str(p.row.position_id): p for p in posts}
    for position, cadres in named.items():
        post = units[position]
        for cadre in cadres:
            yield Nomination.model_validate(
                {"position_id": position, "person_id": cadre.row.person_id,
                 "round_id": f"QH-{post.row.term_system}-{as_of.year}", "proposed_by": post.row.unit_id,
                 "appraised_by": post.row.managed_by}
            )  # fmt: skip


def pools(
    named: dict[str, list[Cadre]], posts: Sequence[Post], cadres: Sequence[Cadre], held_up: HeldUp, content: Content,
    as_of: dt.date, rng: np.random.Generator,
) -> Iterator[PoolEntry]:  # fmt: skip
    """The lists of two years ago: two or three names, some with four or one, and names that went stale since."""
    everyone = list(cadres)
    too_old = [
        c for c in cadres if c.post and add_months(as_of, 36) < content.retires_on(c.row) < add_months(as_of, 60)
    ]
    for post in posts:
        size = int(rng.choice((1, 2, 3, 4), p=(0.2, 0.42, 0.34, 0.04)))
        names = [c for c in named[post.row.position_id] if rng.random() < 0.75][:size]
        names = [c for c in names if (c.row.person_id, post.row.position_id) not in held_up.unlisted]
        if rng.random() < 0.12:  # a stale name: too old by now, or of a rank from which no step leads there
            stale = too_old if too_old and rng.random() < 0.5 else everyone
            names = [*names[:-1], stale[int(rng.integers(len(stale)))]]
        names += [c for c in named[post.row.position_id] if (c.row.person_id, post.row.position_id) in held_up.listed]
        for cadre in {c.row.person_id: c for c in names}.values():
            yield PoolEntry.model_validate(
                {"position_id": post.row.position_id, "person_id": cadre.row.person_id,
                 "round_id": f"QH-{post.row.term_system}-{as_of.year - 2}",
                 "since": dt.date(as_of.year - 2, 7, 1), "decision_no": f"{int(rng.integers(100, 999))}-QĐ/TU",
                 "status": "add"}
            )  # fmt: skip
