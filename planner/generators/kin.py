"""Relatives: those whom a province has, and those whom the rules on relatives keep out of a post."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from planner.generators.careers import Cadre, neighbours
from planner.generators.organisation import Post

Pair = tuple[str, str, str]
"""Two people and what they are to each other."""

LEADERS = frozenset(
    ("commune_secretary", "commune_deputy_secretary", "commune_chair", "commune_vice_chair", "commune_standing_member")
)


def kin(
    named: Mapping[str, Sequence[Cadre]],
    posts: Sequence[Post],
    cadres: Sequence[Cadre],
    known: Sequence[tuple[Cadre, Cadre]],
    rng: np.random.Generator,
) -> Iterator[Pair]:
    """Pairs of relatives, nobody in two of them: those that are `known`, and others.

    In each block one who is named for a post has a relative in another that is too near it; and 3 % of the holders have
    one among the people of their own block, most of them staff.
    """
    taken: set[str] = set()
    for one, other in (*known, *_too_near(named, posts, cadres, rng), *_by_chance(cadres, rng)):
        pair = {one.row.person_id, other.row.person_id}
        if len(pair) < 2 or pair & taken:
            continue
        taken |= pair
        relation = "spouse" if one.row.sex != other.row.sex and rng.random() < 0.5 else "sibling"
        yield one.row.person_id, other.row.person_id, relation


def _by_chance(cadres: Sequence[Cadre], rng: np.random.Generator) -> Iterator[tuple[Cadre, Cadre]]:
    blocks = neighbours(cadres)
    for cadre in cadres:
        if cadre.post is not None and rng.random() < 0.03:
            others = blocks[cadre.block]
            yield cadre, others[int(rng.integers(len(others)))]


def _too_near(
    named: Mapping[str, Sequence[Cadre]], posts: Sequence[Post], cadres: Sequence[Cadre], rng: np.random.Generator
) -> Iterator[tuple[Cadre, Cadre]]:
    """(who is named, who holds a post that is too near) by block, the three kinds of nearness in turn."""
    holders: dict[str, list[tuple[Post, Cadre]]] = {}
    for cadre in cadres:
        if cadre.post is not None:
            holders.setdefault(cadre.post.block, []).append((cadre.post, cadre))
    of_block: dict[str, list[Post]] = {}
    for post in posts:
        of_block.setdefault(post.block, []).append(post)
    for n, (block, own) in enumerate(of_block.items()):
        for kind in range(n, n + 3):
            found = [
                (cadre, holder)
                for post in own
                for cadre in named[post.row.position_id][:2]
                for held, holder in holders.get(block, ())
                if cadre.post is not held and near(post, held, kind % 3)
            ]
            if found:
                yield found[int(rng.integers(len(found)))]


def near(post: Post, held: Post, kind: int) -> bool:
    """Whether relatives may not have both posts: in one leadership, in one locality's, or beside its key sectors."""
    one, other = post.row, held.row
    if one.position_id == other.position_id:
        return False
    if kind == 0:
        return one.unit_id == other.unit_id and one.standard not in LEADERS
    if kind == 1:
        return one.unit_id != other.unit_id and LEADERS.issuperset((one.standard, other.standard))
    leads = ("commune_secretary", "commune_chair")
    return any(bool(a.head and a.sector and b.standard in leads) for a, b in ((one, other), (other, one)))
