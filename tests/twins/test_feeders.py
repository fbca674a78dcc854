"""Mutants of the ranks: a feeder too many or too few, a step moved by one."""

from __future__ import annotations

import pytest

from tests.twins.feeders import MORE, rank_mutants
from tests.twins.mutants import is_caught
from tests.twins.universe import World, study


@pytest.mark.long
def test_every_mutant_of_a_rank_is_caught_where_it_says_something() -> None:
    """Of DEP, the only rank with feeders. The rest says the same: a twin rank of one that feeds already; a rank beyond
    the largest step; a step within the distance to the next rank."""
    universe = MORE["upward_only"][0]
    found = study(World(universe))
    missed = {name for name, mutant in rank_mutants(universe) if not is_caught(found, mutant)}
    assert missed == {
        "DEP fed by DIV",  # of the order of TWIN
        "DEP fed by STAFF",  # 20 below: beyond the step
        "DEP step +1", "DEP step -1",  # 14 to 16: DIV is 10 below, STAFF 20
        "DIV step +1", "DIV step -1", "TWIN step +1", "TWIN step -1",  # no post of that rank
        "HEAD step +1",  # nobody is 11 below
    }  # fmt: skip
