"""Neighbourhoods: posts that compete for people or places, and everything about the people who may come to them."""

from __future__ import annotations

from collections import defaultdict
from typing import Literal

import numpy as np
import scipy.sparse as sp

from planner.engine.space import NOBODY, Space
from planner.program.arrays import Bools, Floats, Indices

Kind = Literal["narrow", "wide", "course"]
HOME = 2.0
"""How much nearer a post is by whom it may lose than by whom it may get."""


class Regions:
    """Draws groups of posts, and tells which decisions are theirs."""

    def __init__(self, space: Space) -> None:
        self.space = space
        people, posts = len(space.people), len(space.posts)
        paired = np.flatnonzero((space.person != NOBODY) & (space.post != NOBODY))
        may = sp.csr_array((np.ones(paired.size), (space.person[paired], space.post[paired])), shape=(people, posts))
        may.data = np.ones_like(may.data)
        self._may = may
        home = [(space.people[i], space.posts[p]) for i, p in space.problem.ground.home.items() if p is not None]
        rows, columns = (np.array(side, np.int64) for side in zip(*home, strict=True)) if home else ([], [])
        held = sp.csr_array((np.full(len(home), HOME), (rows, columns)), shape=(people, posts))
        self._ties = sp.csr_array(may + held)
        self._links = sp.csr_array(self._ties.T @ self._ties)
        self._of_course = self._course_posts()

    def _course_posts(self) -> list[Indices]:
        """By session the posts of people who may attend it."""
        attendants: defaultdict[object, list[int]] = defaultdict(list)
        for key in self.space.program.keys:
            if key[0] == "u":
                attendants[key[2]].append(self.space.people[key[1]])  # type: ignore[index]
        return [np.unique(self._may[np.array(found)].indices) for found in attendants.values()]

    def draw(self, loss: Floats, size: int, kind: Kind, rng: np.random.Generator) -> Indices:
        """About `size` posts: around one that is drawn by its loss, or those of one course with the greatest loss."""
        if kind == "course" and self._of_course:
            posts = self._of_course[int(rng.integers(len(self._of_course)))]
            worth = loss[posts] * (rng.random(posts.size) + 0.1)
            return posts[np.argsort(-worth)[:size]]
        seed = int(rng.choice(loss.size, p=loss / loss.sum()))
        near = np.zeros(loss.size)
        taken: list[int] = []
        inside = np.zeros(loss.size, bool)
        while len(taken) < size:
            inside[seed] = True
            taken.append(seed)
            start, end = self._links.indptr[seed], self._links.indptr[seed + 1]
            others, ties = self._links.indices[start:end], self._links.data[start:end]
            near[others] += ties * (rng.random(others.size) + 0.2) * (1 + 3 * (loss[others] > loss.mean()))
            seed = int(np.where(inside, -1.0, near).argmax())
            if inside[seed] or near[seed] <= 0:
                seed = int(rng.choice(loss.size, p=loss / loss.sum()))
                if inside[seed]:
                    break
        return np.array(taken)

    def decisions(self, posts: Indices, values: Floats, kind: Kind) -> Bools:
        """Who comes to these posts and how, the places of all who may come or hold one, and what they do elsewhere.

        In a `narrow` neighbourhood they may be taken from elsewhere, but no other post is filled anew: many posts are
        searched at once. Else all that these people may do is open.
        """
        space = self.space
        inside = np.zeros(len(space.posts) + 1, bool)
        inside[posts] = True
        concerned = np.append(self._ties[:, posts].sum(axis=1) > 0, False)
        theirs = concerned[space.person]
        if kind == "narrow":
            theirs &= (space.kinds == "u") | (values > 0.5)
        decisions: Bools = space.is_decision & (inside[space.post] | theirs | (space.kinds == "open"))
        return decisions
