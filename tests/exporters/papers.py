"""What the tests ask of a written workbook."""

import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from planner.cli.app import app


def export(folder, file, *options):
    """Run `planner export`; gives the result of the command."""
    return CliRunner().invoke(app, ["export", str(folder), "--out", str(file), *map(str, options)])


def cells(file):
    """Every cell that holds something, of every sheet."""
    book = load_workbook(file)
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


def pdf_text(soffice: str, file: Path) -> str:
    """The text of a workbook as LibreOffice prints it, blanks and line ends made one."""
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler (pdftotext) is not installed: run `make system-packages` as root")
    # A profile of its own: two LibreOffices at once would wait for each other.
    profile = f"-env:UserInstallation={(file.parent / 'profile').as_uri()}"
    convert = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(file.parent), str(file)]
    done = subprocess.run(convert, capture_output=True, text=True, check=False, timeout=120)
    pdf = file.with_suffix(".pdf")
    assert pdf.is_file(), done.stderr
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    return " ".join(text.split())
