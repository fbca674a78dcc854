"""The department, solved once for all tests of a run."""

import pytest

from tests.faults.solved import Department, solve_once


@pytest.fixture(scope="module")
def department(tmp_path_factory: pytest.TempPathFactory) -> Department:
    shared = tmp_path_factory.getbasetemp()
    # With several test processes the folder above is common to all of them.
    return Department(solve_once(shared.parent if shared.name.startswith("popen-") else shared))
