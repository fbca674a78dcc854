"""Writes the workbooks and their expected cases beside this file: `python -m tests.importers.offices.generate`."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook

from tests.importers.offices import cluster, communes, departments, forms, more, party, sheets, ticks, unions
from tests.importers.offices.case import Case

FOLDER = Path(__file__).parent
BOOKS: dict[str, Callable[[], tuple[Workbook, Case]]] = {
    "so_xay_dung": departments.so_xay_dung,
    "chi_cuc_thuy_loi": departments.chi_cuc_thuy_loi,
    "phuong_hai_chau_dong": communes.phuong_hai_chau,
    "dac_khu_hon_ngoc": communes.dac_khu_hon_ngoc,
    "cac_xa_cum_tay": cluster.xa_cum_tay,
    "ban_to_chuc_tinh_uy": party.ban_to_chuc,
    "ban_tuyen_giao_dan_van": party.ban_tuyen_giao,
    "phu_luc_2_so_cong_thuong": forms.phu_luc_2,
    "phu_luc_1_so_tu_phap": forms.phu_luc_1,
    "mat_tran_va_doan_the": unions.mat_tran,
    "phu_luc_2_xa_dong_linh": more.phu_luc_2_xa,
    "so_van_hoa": more.so_van_hoa,
    "ba_phuong": sheets.ba_phuong,
    "trung_tam_y_te": ticks.trung_tam_y_te,
}


SUM = re.compile(rb"<f>(\d+)-(\d+)</f><v */?>(?:</v>)?")


MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def with_values(path: Path) -> None:
    """Formulas of ages with their values, as a spreadsheet stores them (openpyxl writes none), and no time of day."""
    with zipfile.ZipFile(path) as archive:
        parts = [(part, archive.read(part)) for part in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts:
            counted = SUM.sub(lambda m: b"<f>%b-%b</f><v>%d</v>" % (m[1], m[2], int(m[1]) - int(m[2])), content)
            stamped = MODIFIED.sub(rb"\g<1>2026-01-15T00:00:00Z\g<2>", counted)
            archive.writestr(zipfile.ZipInfo(part.filename, (2026, 1, 15, 0, 0, 0)), stamped, zipfile.ZIP_DEFLATED)


def main() -> None:
    for name, build in BOOKS.items():
        book, case = build()
        book.properties.created = datetime(2026, 1, 15)
        book.save(FOLDER / f"{name}.xlsx")
        with_values(FOLDER / f"{name}.xlsx")
        (FOLDER / f"{name}.expected.json").write_text(case.text(), encoding="utf-8")


if __name__ == "__main__":
    main()
