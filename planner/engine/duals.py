"""Row duals that outlive a run: a proof for the plans after an edit, before anything is relaxed again.

Duals of any rows bound (`bound`): those of a row that is known again (`marks`) are put to it, and those of a cut to the
cut that comes of the rows as they are now (`origins`).
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np

from planner.engine.bound import SCALE
from planner.engine.cuts import Origin
from planner.engine.marks import Marks, Numbers, matched
from planner.engine.origins import Kept, kept, nothing_kept
from planner.program.arrays import Floats, Indices

Goals = tuple[str, ...]

MOST_BYTES = 1 << 28
"""What a proof may unfold to: many times that of 1,200 posts."""


@dataclass(frozen=True)
class Proof:
    """The marks of the rows with a dual in some tier; for each tier by its goals (rows marked,) duals, and the gap; and
    the cuts with a dual, with all that they came of: (cuts kept,) duals for each tier too."""

    marks: Marks
    duals: Mapping[Goals, Floats]
    gaps: Mapping[Goals, float]
    cuts: Kept = field(default_factory=nothing_kept)
    of_cuts: Mapping[Goals, Floats] = field(default_factory=dict)

    def gap(self, goals: Sequence[str]) -> float:
        """The gap to which the tier was proved: 1 where it had no bound; 0 where there was no such tier."""
        return self.gaps.get(tuple(goals), 0.0)

    def of(self, goals: Sequence[str], marks: Marks, cuts_at: Indices | None = None) -> Floats | None:
        """The duals of rows with these marks, 0 where none is known: (rows,). None where the tier is not known.

        `cuts_at`: the row of each cut that is kept, -1 where it has none.
        """
        goals = tuple(goals)
        known = self.duals.get(goals)
        if known is None:
            return None
        found, at = np.zeros(marks.says.size), matched(self.marks, marks)
        found[at[at >= 0]] = known[at >= 0]
        if cuts_at is not None and goals in self.of_cuts:
            np.add.at(found, cuts_at[cuts_at >= 0], self.of_cuts[goals][cuts_at >= 0])  # two may say the same now
        return found


def proof_of(
    marks: Marks,
    duals: Mapping[Goals, Floats],
    gaps: Mapping[Goals, float],
    cuts: Mapping[int, Origin] | None = None,
    keys: Numbers | None = None,
) -> Proof:
    """What a run has found. `duals` of each tier over the rows that there were at its time: the first of all.

    `cuts` are the rows that are cuts, by their places, and `keys` the marks of the columns, which those need.
    """
    whole = {goals: np.zeros(marks.says.size) for goals in duals}
    for goals, found in duals.items():
        whole[goals][: found.size] = np.rint(np.nan_to_num(found) * SCALE) / SCALE
    used, is_cut = (np.zeros(marks.says.size, bool) for _ in range(2))
    for found in whole.values():
        used |= found != 0
    is_cut[list(cuts or ())] = True
    rows = np.flatnonzero(used & ~is_cut)
    told = marks.cut(rows), {goals: found[rows] for goals, found in whole.items()}, dict(gaps)
    places = [place for place in cuts or () if used[place]]
    if not places or cuts is None or keys is None:
        return Proof(*told)
    kept_cuts, numbers = kept([cuts[place] for place in places], marks, keys)
    of_cuts = {goals: np.zeros(len(kept_cuts)) for goals in whole}
    has_room = np.array(numbers) >= 0
    for goals, found in whole.items():
        np.add.at(of_cuts[goals], np.array(numbers)[has_room], found[places][has_room])
    return Proof(*told, kept_cuts, of_cuts)


def packed(proof: Proof) -> bytes:
    """As a file of a plan folder."""
    tiers = list(proof.duals)
    told = json.dumps([[list(goals), proof.gaps.get(goals)] for goals in tiers])
    arrays = {f"duals_{n}": proof.duals[goals] for n, goals in enumerate(tiers)}
    if len(proof.cuts):
        arrays |= {f"of_cuts_{n}": proof.of_cuts[goals] for n, goals in enumerate(tiers)}
        arrays |= {f"cuts_{one.name}": getattr(proof.cuts, one.name) for one in fields(Kept)}
    stream = io.BytesIO()
    np.savez_compressed(stream, says=proof.marks.says, named=proof.marks.named, tiers=np.array(told), **arrays)  # type: ignore[arg-type]
    return stream.getvalue()


def unpacked(data: bytes) -> Proof | None:
    """The proof of a file; None where it is none: a what-if does without."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_BYTES:
                return None
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            return _read(file)
    except Exception:  # whatever a file is that is no proof: broken, of another program, or made to do harm
        return None


def _read(file: Mapping[str, Any]) -> Proof | None:
    def array(name: str, kind: type[np.generic]) -> Any:
        if file[name].dtype != kind or file[name].ndim != 1:
            raise ValueError(name)
        return file[name]

    told = [(tuple(map(str, goals)), gap) for goals, gap in json.loads(str(file["tiers"]))]
    marks = Marks(array("says", np.uint64), array("named", np.uint64))
    duals = {goals: array(f"duals_{n}", np.float64) for n, (goals, _) in enumerate(told)}
    cuts, of_cuts = nothing_kept(), dict[Goals, Floats]()
    if f"cuts_{fields(Kept)[0].name}" in file:
        cuts = Kept(*(array(f"cuts_{one.name}", _KINDS[str(one.type)]) for one in fields(Kept)))
        of_cuts = {goals: array(f"of_cuts_{n}", np.float64) for n, (goals, _) in enumerate(told)}
    if any(part.shape != marks.says.shape for part in (marks.named, *duals.values())):
        return None
    if not cuts.is_sound or any(part.shape != (len(cuts),) for part in of_cuts.values()):
        return None
    return Proof(marks, duals, {goals: float(gap) for goals, gap in told if gap is not None}, cuts, of_cuts)


_KINDS: Mapping[str, type[np.generic]] = {"Numbers": np.uint64, "Indices": np.int64}
"""Of the parts of what is kept of cuts."""
