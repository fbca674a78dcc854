"""The program as people call it, in this process; one child solves for all tests."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from typer.testing import CliRunner

from planner.cli.app import app

CASES = Path(__file__).parents[1] / "cases"


class Done(NamedTuple):
    """What a call gave back."""

    code: int
    out: str
    err: str
    raised: BaseException | None

    @property
    def data(self) -> Any:
        return json.loads(self.out)


Planner = Callable[..., Done]


@pytest.fixture
def planner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Planner:
    """Calls the program in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def call(*words: object) -> Done:
        done = CliRunner().invoke(app, [str(word) for word in words])
        raised = done.exception if not isinstance(done.exception, SystemExit) else None
        return Done(done.exit_code, done.stdout, done.stderr, raised)

    return call
