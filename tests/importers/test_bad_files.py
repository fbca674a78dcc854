"""Files that are no workbook, or none that can be read: told in words with exit code 3, and nothing is left."""

import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from typer.testing import CliRunner

from planner.cli.app import app
from planner.domain.errors import InputError
from planner.importers import read_office
from planner.importers.opening import MOST_RATIO, check_workbook
from tests.importers.conftest import OFFICE

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
GOOD = OFFICE / "02_dang_uy_xa_tan_lam.xlsx"


def changed(source: Path, target: Path, parts: dict[str, bytes]) -> Path:
    """A workbook with some parts replaced or added."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename not in parts:
                new.writestr(info, old.read(info))
        for name, data in parts.items():
            new.writestr(name, data)
    return target


def entities(path: Path) -> Path:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><sst>&b;</sst>'
    return changed(GOOD, path, {"xl/sharedStrings.xml": bomb})


def entities_in_utf16(path: Path) -> Path:
    bomb = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "aaaa">]><sst>&a;</sst>'
    return changed(GOOD, path, {"xl/sharedStrings.xml": bomb.encode("utf-16")})


def bomb(path: Path) -> Path:
    return changed(GOOD, path, {"xl/media/image1.bin": b"\0" * 20_000_000})


def without_sheets(path: Path) -> Path:
    return changed(GOOD, path, {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row><c"})


def other_zip(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    return path


def blank(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet()
    return path


def counts_only(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate((("TT", "Đơn vị", "Tổng số", "Nữ"), (1, "Phòng A", 9, 2), (2, "Phòng B", 8, 3))):
            sheet.write_row(row, 0, cells)
    return path


def heading_only(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_row(0, 0, ("TT", "Họ và tên", "Ngày sinh", "Chức vụ"))
    return path


def written(data: bytes):
    def make(path: Path) -> Path:
        path.write_bytes(data)
        return path

    return make


BAD = {
    "finding.office_no_file": lambda path: path,
    "finding.office_empty_file": written(b""),
    "finding.office_not_xlsx": written(b"TT;Ho va ten\n1;Le Van A\n"),
    "finding.office_xls": written(OLE + b"\0" * 600),
    "finding.office_locked": written(OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")),
    "finding.office_broken": without_sheets,
    "finding.office_bomb": bomb,
    "finding.office_entities": entities,
    "finding.office_empty": blank,
    "finding.office_no_heading": counts_only,
    "finding.office_no_people": heading_only,
}
MORE = {
    "a zip that is no workbook": ("finding.office_not_xlsx", other_zip),
    "entities in UTF-16": ("finding.office_entities", entities_in_utf16),
    "a zip cut off": ("finding.office_not_xlsx", written(GOOD.read_bytes()[:9000])),
}


@pytest.mark.parametrize(("code", "make"), [*BAD.items(), *MORE.values()], ids=[*(c.split(".")[1] for c in BAD), *MORE])
def test_a_bad_file_is_told_and_leaves_nothing(code, make, tmp_path, content):
    path = make(tmp_path / "list.xlsx")
    with pytest.raises(InputError) as told:
        read_office(path, content)
    assert [f.code for f in told.value.findings] == [code]
    folder = tmp_path / "out"
    for language in ("vi", "en"):
        done = CliRunner().invoke(app, ["import", str(path), str(folder), "--lang", language])
        assert done.exit_code == 3
        assert "Traceback" not in done.output
        assert "list.xlsx" in done.stderr
        assert "finding." not in done.stderr
    assert not folder.exists()
    assert [p.name for p in tmp_path.iterdir()] == (["list.xlsx"] if path.exists() else [])


def test_the_bomb_is_one_by_its_ratio_and_the_good_workbook_is_none(tmp_path):
    # 20 MB of zeros pack to about 20 kB: a thousandth, where a sheet of text packs to a tenth.
    with zipfile.ZipFile(bomb(tmp_path / "bomb.xlsx")) as archive:
        part = archive.getinfo("xl/media/image1.bin")
    assert part.file_size > MOST_RATIO * part.compress_size
    check_workbook(GOOD)


def test_a_cell_of_ten_megabytes_is_refused(tmp_path, content):
    path = changed(
        GOOD, tmp_path / "long.xlsx",
        {"xl/sharedStrings.xml": b"<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>"
         + b"<si><t>" + bytes(range(97, 123)) * 400_000 + b"</t></si></sst>"},
    )  # fmt: skip
    with pytest.raises(InputError):
        read_office(path, content)


def test_a_formula_whose_value_is_not_stored_is_asked_about(workbook, content):
    # openpyxl writes formulas without values, as some programs do; the age is not read, so nobody is asked about it.
    path = workbook(
        [
            ("TT", "Họ và tên", "Giới tính", "Ngày sinh", "Tuổi", "Chức vụ"),
            (1, "Lê Văn An", "Nam", "5/8/1985", "=YEAR(TODAY())-1985", "Giám đốc Sở"),
            (2, "Trần Thị Bình", "Nữ", "6/9/1986", "=YEAR(TODAY())-1986", '="Phó "&F2'),
        ],
        "so_noi_vu.xlsx",
    )
    doubts = [(d.code, d.cell) for d in read_office(path, content).doubts]
    assert ("formula_uncounted", "F3") in doubts
    assert "E2" not in [cell for _, cell in doubts]


def test_a_content_set_without_words_says_so(content, tmp_path):
    from dataclasses import replace

    with pytest.raises(InputError) as told:
        read_office(GOOD, replace(content, office=None))
    assert told.value.findings[0].code == "finding.office_no_words"
