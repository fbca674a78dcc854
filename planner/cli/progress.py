"""Progress on standard error: a table that lives on a terminal, plain lines on a pipe."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Self

from rich.live import Live
from rich.table import Table

from planner.api import progress_text
from planner.cli.terminal import Terminal

if TYPE_CHECKING:
    from planner.engine.result import Progress

COLUMNS = ("text.tier", "text.goal", "text.step", "text.value", "text.bound", "text.gap", "text.seconds")


class Display:
    """Shows each tier as it goes."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._rows: dict[int, Progress] = {}
        self._said: tuple[object, ...] | None = None
        live = terminal.err.is_terminal
        self._live = Live(console=terminal.err, transient=True, refresh_per_second=8) if live else None

    def __enter__(self) -> Self:
        if self._live is not None:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live is not None:
            self._live.stop()

    def report(self, progress: Progress) -> None:
        if self._live is not None:
            self._rows[progress.tier] = progress
            self._live.update(self._table())
            return
        said = (progress.tier, progress.step, progress.value, progress.bound)
        if said != self._said:  # on a pipe only what is new
            self._said = said
            self._terminal.note(progress_text(progress, self._terminal.language))

    def _table(self) -> Table:
        table = Table(*(self._terminal.tr(code) for code in COLUMNS), box=None, pad_edge=False)
        for p in self._rows.values():
            gap = "–" if p.gap is None else self._terminal.percent(p.gap)
            goals = " + ".join(self._terminal.tr(f"goal.{goal}") for goal in p.goals)
            step = self._terminal.tr(f"step.{p.step}")
            table.add_row(
                str(p.tier + 1),
                goals,
                step,
                _text(p.value),
                _text(p.bound),
                gap,
                self._terminal.number(round(p.seconds, 1)),
            )
        return table


def _text(number: int | None) -> str:
    return "–" if number is None else str(number)
