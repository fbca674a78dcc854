"""Duals that outlive a run: found again by what their rows say, and bounds for whatever rows they are put to."""

import io
import zipfile

import numpy as np
import pytest

from planner.engine.bound import dual_bound
from planner.engine.duals import Proof, packed, proof_of, unpacked
from planner.engine.marks import Marks, marks_of
from planner.program import Program
from tests.hashing import said

GOALS = ("heads", "posts")
BOTH = frozenset({"P1", "P2", "P3"})


def program(order: tuple[int, ...] = (0, 1, 2), rows: tuple[int, ...] = (0, 1, 2), *, last: int = 2) -> Program:
    """Three columns and three rows, in any order; `last` is a coefficient of the second row."""
    made = Program()
    keys = [("a", "P1", "H", 0), ("a", "P2", "H", 0), ("slack", "kin", BOTH, None)]
    for n in order:
        made.column(keys[n], 9)
    one, two, three = (made[key] for key in keys)
    for n in rows:
        if n == 0:
            made.at_most(one + two, 1, "seat", ["H"])
        elif n == 1:
            made.at_most(one - two + last * three, 2, "kin", BOTH)
        else:
            made.at_least(3 * two + three, 2, "seat", ["H"])
    return made


def marks(made: Program) -> Marks:
    return marks_of(made, made.freeze())


def test_a_row_has_its_mark_wherever_it_and_its_columns_stand() -> None:
    plain = marks(program())
    assert len(set(plain.says.tolist())) == len(set(plain.named.tolist())) == 3
    assert marks(program((2, 0, 1), (2, 0, 1))).says.tolist() == plain.says[[2, 0, 1]].tolist()
    changed = marks(program(last=3))
    assert (changed.says == plain.says).tolist() == [True, False, True]
    assert (changed.named == plain.named).all(), "the label is the same"


@pytest.mark.parametrize("seed", [1, 2])
def test_a_mark_is_the_same_in_every_process(seed: int) -> None:
    script = "from tests.engine.test_duals import *; print(marks(program()))"
    assert said(["-c", script], seed).strip() == str(marks(program()))


def course(wanted: int, places: int | None, *, new: bool = False) -> tuple[Program, np.ndarray]:
    """Least 2a + 3b where a + b ≥ wanted and a ≤ places; with `new` c for 1 each in the first row, at most one."""
    made = Program()
    a, b = made.column(("a",), 9), made.column(("b",), 9)
    if places is not None:
        made.at_most(a + 0 * b, places, "places")
    cover = a + b
    if new:
        cover = cover + made.column(("c",), 1)
    made.at_least(cover, wanted, "cover", ["H"])
    return made, np.array([2.0, 3.0, 1.0][: 3 if new else 2])


def bound(proof: Proof, made: Program, cost: np.ndarray) -> int:
    arrays = made.freeze()
    duals = proof.of(GOALS, marks_of(made, arrays))
    assert duals is not None
    return dual_bound(arrays, cost, duals).whole


def test_the_bound_after_an_edit() -> None:
    """Four wanted, three places: 2·3 + 3·1 = 9, with duals 3 of what is wanted and −1 of a place."""
    made, cost = course(4, 3)
    proof = proof_of(marks(made), {GOALS: np.array([-1.0, 3.0])}, {GOALS: 0.0})
    assert bound(proof, made, cost) == 9
    assert bound(proof, *course(5, 3)) == 12
    assert bound(proof, *course(5, 4)) == 11
    # A column that is new in the row: known by its label, and c for 1 saves 2 of a b.
    assert bound(proof, *course(5, 3, new=True)) == 10
    # No limit any more: 3·5, and each of nine a costs 1 less than it brings.
    assert bound(proof, *course(5, None)) == 6


def test_rows_that_say_the_same_are_told_apart() -> None:
    twice = Program()
    a = twice.column(("a",), 9)
    twice.at_least(a, 1, "one")
    twice.at_least(a, 2, "two")
    twice.at_most(a, 5, "most")
    duals = np.array([0.25, 0.75, -1.0])
    again = proof_of(marks(twice), {GOALS: duals}, {}).of(GOALS, marks(twice))
    assert again is not None
    assert again.tolist() == duals.tolist()


def test_a_limit_of_a_tier_before_is_known_by_its_goals() -> None:
    made, cost = course(4, 3)
    arrays = made.freeze().with_row(cost, -np.inf, 9)
    proof = proof_of(marks_of(made, arrays).limited([("heads",)]), {GOALS: np.array([0.0, 0.0, -7.0])}, {})
    other, more = course(4, 3, new=True)
    again = proof.of(GOALS, marks_of(other, other.freeze().with_row(more, -np.inf, 8)).limited([("heads",)]))
    assert again is not None
    assert again.tolist() == [0.0, 0.0, -7.0]
    elsewhere = proof.of(GOALS, marks_of(other, other.freeze().with_row(more, -np.inf, 8)).limited([("posts",)]))
    assert elsewhere is not None
    assert not elsewhere.any()


def test_a_proof_is_written_and_read() -> None:
    duals = {GOALS: np.array([0.5, 0.0, -2.0]), ("keep",): np.array([0.0, 0.0])}
    proof = proof_of(marks(program()), duals, {GOALS: 0.125, ("keep",): 1.0})
    again = unpacked(packed(proof))
    assert again is not None
    assert proof.marks.says.size == 2, "of the row without a dual nothing is kept"
    assert again.marks.says.tolist() == proof.marks.says.tolist()
    assert again.marks.named.tolist() == proof.marks.named.tolist()
    assert again.duals[GOALS].tolist() == [0.5, -2.0]
    assert (again.gap(GOALS), again.gap(("keep",)), again.gap(("depth",))) == (0.125, 1.0, 0.0)
    assert again.of(("depth",), proof.marks) is None
    assert packed(again) == packed(proof)
    nothing = unpacked(packed(proof_of(marks(program()), {}, {})))
    assert nothing is not None
    assert nothing.of(GOALS, proof.marks) is None


def test_what_is_no_proof_is_none() -> None:
    whole = packed(proof_of(marks(program()), {GOALS: np.ones(3)}, {GOALS: 0.0}))
    assert unpacked(whole) is not None
    for broken in (b"", b"not a file", whole[:-40], _with(whole, "tiers", np.array("{")), _with(whole, "says", None)):
        assert unpacked(broken) is None
    assert unpacked(_with(whole, "duals_0", np.ones(2))) is None
    assert unpacked(_with(whole, "named", np.ones(2, np.uint64))) is None
    assert unpacked(_with(whole, "more", np.zeros(1 << 26))) is None, "it unfolds to too much"


def _with(data: bytes, name: str, value: np.ndarray | None) -> bytes:
    with np.load(io.BytesIO(data)) as file:
        parts = {k: file[k] for k in file.files if k != name}
    if value is not None:
        parts[name] = value
    stream = io.BytesIO()
    np.savez_compressed(stream, **parts)
    assert zipfile.is_zipfile(io.BytesIO(stream.getvalue()))
    return stream.getvalue()
