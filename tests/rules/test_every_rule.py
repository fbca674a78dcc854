"""Every rule of the province is an entry that can be seen, or is listed with the reason why it is none."""

from __future__ import annotations

import importlib
import importlib.util

import pytest

from tests.rules import switched_off_a
from tests.rules.switching import SwitchCase, shipped_entries, switched_off

CASES: dict[str, SwitchCase] = dict(switched_off_a.SWITCHED_OFF)
if importlib.util.find_spec("tests.rules.switched_off_b"):
    CASES |= importlib.import_module("tests.rules.switched_off_b").SWITCHED_OFF


@pytest.mark.parametrize("entry_id", sorted(CASES))
def test_an_entry_that_is_switched_off_is_missed(entry_id: str) -> None:
    entry = shipped_entries()[entry_id]
    assert entry.strength != "off"
    assert CASES[entry_id](entry) != CASES[entry_id](switched_off(entry))
