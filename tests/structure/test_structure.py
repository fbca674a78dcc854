"""The structure's law against its rows, over every plan of tiny universes: by sample here, whole where marked long."""

from __future__ import annotations

import pytest

from planner.rules.structure import STRUCTURE
from tests.structure.universes import UNIVERSES, studied
from tests.twins.mutants import kinds_of_columns, row_mutants, seen_in, sought

SAMPLE = 2000
ALL = [pytest.param(n, id=universe.name) for n, universe in enumerate(UNIVERSES)]
LARGE = [pytest.param(n, id=universe.name) for n, universe in enumerate(UNIVERSES) if universe.size > SAMPLE]


@pytest.mark.parametrize("number", ALL)
def test_the_rows_accept_exactly_what_the_law_accepts(number: int) -> None:
    found = studied(number, SAMPLE)
    assert found.disagreements() == []


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("number", LARGE)
def test_the_rows_accept_exactly_what_the_law_accepts_on_every_plan(number: int) -> None:
    found = studied(number, None)
    assert found.disagreements() == []
    studied.cache_clear()  # half a million points are a lot to keep


def test_every_plan_can_be_judged_by_every_check() -> None:
    """The verifier lists all breaches of a plan that anybody may have written: none may stop the next check."""
    for number in range(len(UNIVERSES)):
        found = studied(number, SAMPLE)
        for keys in found.keys[:: max(1, len(found.keys) // 200)]:
            list(found.world.new_breaches(found.world.standing(keys)))


def test_every_check_refuses_some_plan_of_the_universes() -> None:
    """Each check of the structure is the only one to refuse some plan, so none could be left out unseen."""
    alone: set[str] = set()
    for number in range(len(UNIVERSES)):
        found = studied(number, SAMPLE)
        world = found.world
        # Plans of few decisions first: they break one thing at a time.
        for n in sorted((~found.lawful).nonzero()[0], key=lambda n: len(found.keys[n]))[:300]:
            if STRUCTURE.keys() <= alone:
                break
            breaches = {v.rule for v in world.new_breaches(world.standing(found.keys[n]))}
            if len(breaches) == 1:
                alone |= breaches
    assert sorted(STRUCTURE.keys() - alone) == []


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("number", ALL)
def test_every_mutant_of_a_row_is_caught(number: int) -> None:
    """A row dropped or a bound moved by one: by a plan of the sample, or by one that a solver finds (tests/twins)."""
    found = studied(number, SAMPLE)
    mutants = list(row_mutants(found.world, None))
    seen = seen_in(found, mutants)
    answers = {m.name: sought(found.world, m) for n, m in enumerate(mutants) if n not in seen}
    assert {name: answer for name, answer in answers.items() if answer not in ("caught", "same")} == {}


def test_no_kind_of_row_is_superfluous() -> None:
    """Of the rows of a block over the same kinds of columns, some row dropped is caught."""
    caught: dict[tuple[str, str], bool] = {}
    for number in range(len(UNIVERSES)):
        found = studied(number, SAMPLE)
        world = found.world
        dropped = [m for m in row_mutants(world, None) if m.is_dropped]
        seen = seen_in(found, dropped)
        for n, mutant in enumerate(dropped):
            kind = (world.program.labels[mutant.row].source, kinds_of_columns(world, mutant.row))
            if not caught.get(kind):
                caught[kind] = n in seen or sought(world, mutant) == "caught"
    assert sorted(kind for kind, ok in caught.items() if not ok) == []
    assert {source for source, _ in caught} >= STRUCTURE.keys() - {"bundle"}  # bundle: there are no such columns
