"""Lawful plans found by a walk: decisions drawn at random from all names, posts and periods, kept where lawful.

It knows no column and no row, so what it finds the program must have. Where the plans of a case are too many to list,
a walk meets those in which much happens: it changes one to four decisions at a time, also as swaps and chains.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

from planner.rules.structure.decisions import binding
from planner.standing import Standing
from planner.structure.point import decided_keys
from tests.random.exhaustive import Law
from tests.random.tiny import Tiny
from tests.twins.universe import Key, standing_of


def alikened(tiny: Tiny) -> Tiny:
    """The case with every post but the heads of the first rank made equal: deputies of standard s2, in full time."""
    equal = ("DIV", "DEP", "HEAD") if tiny.seed % 2 else ("DIV", "DEP")
    positions = tuple(
        row.model_copy(update={"rank": "DEP", "standard": "s2"}) if row.rank in equal else row
        for row in tiny.case.positions
    )
    return replace(tiny, case=replace(tiny.case, positions=positions))


class Walk:
    """A walk through the lawful plans of a status quo; the same seed goes the same way."""

    def __init__(self, quo: Standing, seed: int) -> None:
        self.quo, self.rng, self.law = quo, random.Random(seed), Law(quo)
        ground = quo.ground
        self.people, self.posts = list(ground.case.person), list(ground.full_time)
        self.periods = list(ground.horizon.periods)
        self.sessions = [s.session_id for s in ground.case.sessions]
        self.decided_posts = list(ground.decided_round)
        self.holders = [i for i in self.people if ground.home[i] is not None]
        self.acted_for = [p for p in self.posts if ground.case.position[p].acting_months]
        self.wanted = [p for p in self.posts if ground.case.position[p].successors]

    def plans(self, steps: int) -> Iterator[Standing]:
        """The lawful plans met in so many steps, each once; now and then the walk begins anew."""
        start = self._start()
        seen: set[frozenset[Key]] = set()
        keys = start
        for _ in range(steps):
            if self.rng.random() < 0.04:
                keys = start
            changed = self._changed(keys)
            if changed in seen:
                keys = changed
                continue
            standing = standing_of(self.quo, changed)
            if next(self.law.breaches(standing), None) is None:
                seen.add(changed)
                keys = changed
                yield standing

    def _start(self) -> frozenset[Key]:
        """The status quo with what is decided."""
        keys = set(decided_keys(self.quo))
        periods = self.quo.ground.horizon
        for d in binding(self.quo.ground):
            t = periods.period_of(d.from_) if d.from_ is not None else self.rng.choice(self.periods)
            kind = {"pool": "x", "train": "u", "appoint": "a", "rotate": "v"}.get(d.kind)
            target = d.session_id if d.kind == "train" else d.position_id
            if kind is not None and target is not None and t is not None:
                keys.add((kind, d.person_id, target, *((t,) if kind in "av" else ())))
        return frozenset(keys)

    def _changed(self, keys: frozenset[Key]) -> frozenset[Key]:
        found = set(keys)
        for key in self._drawn(found):
            if key in found:
                found.remove(key)
                continue
            if key[0] in "av":  # one of the kind per person: the new one in place of the old
                found -= {k for k in found if k[0] == key[0] and k[1] == key[1]}
            elif key[0] == "g":
                found -= {k for k in found if k[0] == "g" and (k[1] == key[1] or k[2] == key[2])}
            elif key[0] == "k":
                found -= {k for k in found if k[0] == "k" and k[2:] == key[2:]}
            found.add(key)
        return frozenset(found)

    def _drawn(self, keys: set[Key]) -> list[Key]:
        draw, pick = self.rng.random(), self.rng.choice
        person, post, t = pick(self.people), pick(self.posts), pick(self.periods)
        if draw < 0.08 and keys:
            return [pick(sorted(keys, key=str))]
        if draw < 0.3:
            return [("a", person, post, t)]
        if draw < 0.48:
            return [("v", person, post, t)]
        if draw < 0.62 and len(self.holders) > 1:
            # A ring: each goes to the post of the next, by rotation or appointment.
            ring = self.rng.sample(self.holders, min(len(self.holders), pick((2, 2, 3))))
            kind = pick("av")
            home = self.quo.ground.home
            return [(kind, i, home[j], t) for i, j in zip(ring, [*ring[1:], ring[0]], strict=True)]
        if draw < 0.7 and self.holders:
            # A chain: somebody goes, and somebody comes into the seat.
            gone = pick(self.holders)
            return [(pick("av"), gone, post, t), (pick("av"), person, self.quo.ground.home[gone], t)]
        if draw < 0.8 and self.sessions:
            return [("u", person, pick(self.sessions))]
        if draw < 0.88 and self.acted_for:
            first = t
            last = min(self.periods[-1], first + pick((0, 0, 1)))
            return [("k", person, pick(self.acted_for), s) for s in range(first, last + 1)]
        if draw < 0.94 and self.decided_posts:
            return [("x", person, pick(self.decided_posts))]
        return [("g", person, pick(self.wanted))] if self.wanted else []
