"""What every test may lean on, and the count of what was skipped."""

import os
import shutil
from collections import Counter

import pytest


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
