"""What every test may lean on, and the count of what was skipped."""

import os
import shutil
from collections import Counter
from typing import Any

import pytest


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist looks for the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that share what takes long to make run in one process, else each process makes it anew."""
    for item in items:
        if (group := _shares(item)) is not None:
            item.add_marker(pytest.mark.xdist_group(group))


def _shares(item: Any) -> str | None:
    """Whose plans are enumerated by rule; a fixture of the module, or of the folder and what is below it."""
    folder = item.path.parent
    if folder.name == "twins" and (rule := getattr(item, "callspec", None) and item.callspec.params.get("rule")):
        return f"twins of {rule}"
    scopes = {
        definition.scope
        for found in item._fixtureinfo.name2fixturedefs.values()
        for definition in found[-1:]
        if str(definition.baseid).startswith("tests/")
    }
    return str(item.path) if "module" in scopes else str(folder) if "session" in scopes else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how many tests were skipped for each reason: a skip that nobody sees is a hole."""
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if not hasattr(report, "wasxfail")]
    if not skipped:
        return
    terminalreporter.section(f"skipped: {len(skipped)}")
    for reason, count in sorted(Counter(map(_reason, skipped)).items()):
        terminalreporter.write_line(f"{count:5d}  {reason}")


def _reason(report: pytest.TestReport) -> str:
    text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return text.removeprefix("Skipped: ")


@pytest.fixture(scope="session")
def soffice() -> str:
    """LibreOffice, which opens what we write; where it is missing the test is skipped, but never in CI."""
    program = shutil.which("soffice")
    if program is None:
        missing = "LibreOffice (soffice) is not installed: run `make system-packages` as root"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return program
