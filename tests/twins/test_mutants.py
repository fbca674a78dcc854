"""Every mutant of a rule is caught: a posted row dropped or its bound moved by one, a parameter or a date moved by one.

Rows: first the plans of the universe are tried; where none tells a mutant from the law, a solver looks over all columns
of the universe for a plan that does. A mutant that no whole point at all tells apart is the same program ("same"): the
row follows there from others, as that of an instant does from the next where nobody can leave in between.
"""

from __future__ import annotations

from collections import Counter

import pytest

from tests.twins.mutants import is_caught, row_mutants, seen_in, sought, universe_mutants
from tests.twins.rules import UNIVERSES, studied

LISTED = [
    pytest.param(rule, n, id=f"{rule}-{u.name}", marks=[pytest.mark.long] if "advised" in u.name else [])
    for rule, some in UNIVERSES.items()
    for n, u in enumerate(some)
]

ROWLESS = {"rotation_length", "term_end", "standards"}
"""Rules whose law is in the dates of the columns, or in what rows of the structure leave out."""


@pytest.mark.parametrize(("rule", "number"), LISTED)
def test_every_mutant_of_a_row_is_caught(rule: str, number: int) -> None:
    found = studied(rule, number)
    for entry in (e for e in found.world.universe.rulebook if e.rule == rule):
        mutants = list(row_mutants(found.world, entry.id))
        seen = seen_in(found, mutants)
        answers = {m.name: sought(found.world, m) for n, m in enumerate(mutants) if n not in seen}
        assert {name: answer for name, answer in answers.items() if answer not in ("caught", "same")} == {}


@pytest.mark.parametrize("rule", [rule for rule in UNIVERSES if rule not in ROWLESS])
def test_the_enumerated_plans_bind_in_the_rows_of_the_rule(rule: str) -> None:
    """Enumeration alone, without a solver's help, catches a dropped row and moved bounds on both sides."""
    kinds: Counter[str] = Counter()
    for number in range(len(UNIVERSES[rule])):
        found = studied(rule, number)
        mutants = list(row_mutants(found.world, rule))
        kinds.update(mutants[n].name.rpartition(": ")[2].split()[-1] for n in seen_in(found, mutants))
    assert kinds.keys() == {"dropped", "+1", "-1"}


@pytest.mark.parametrize("rule", UNIVERSES)
def test_every_mutant_of_a_parameter_or_date_is_caught(rule: str) -> None:
    """In at least one of the rule's universes; a mutant is named by what is changed, whatever the value."""
    caught: dict[str, bool] = {}
    for number, universe in enumerate(UNIVERSES[rule]):
        for name, mutant in universe_mutants(universe, rule):
            if not caught.get(name):
                caught[name] = is_caught(studied(rule, number), mutant)
    assert [name for name, ok in caught.items() if not ok] == []
    assert {"from_ +1 day", "from_ -1 day", "until +1 day", "until -1 day"} <= caught.keys()
