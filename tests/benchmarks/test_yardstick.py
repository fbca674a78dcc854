"""The yardstick is the same work each time."""

import pytest

from benchmarks import yardstick


def test_it_is_the_same_work_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yardstick, "ITEMS", 3_000)
    assert yardstick._walk() == yardstick._walk() == sum(n for n in range(3_000) if n % 997)
    monkeypatch.setattr(yardstick, "COLUMNS", 800)
    monkeypatch.setattr(yardstick, "ROWS", 60)
    cost = yardstick._solve()
    assert cost > 0  # a program without a solution has none
    assert yardstick._solve() == cost
