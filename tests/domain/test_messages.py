"""Every message is there in both languages, and none is there for nothing."""

import datetime as dt
import re
import string
from collections import Counter
from pathlib import Path

import pytest

import planner
from planner.domain.dates import Day
from planner.domain.findings import error, plain, warning
from planner.domain.messages import (
    LANGUAGES,
    OPEN,
    PREFIXES,
    catalogue,
    catalogue_files,
    finding_text,
    number_text,
    percent_text,
    tr,
)  # fmt: skip

PACKAGE = Path(planner.__file__).parent
CODE = re.compile(rf'"((?:{"|".join(PREFIXES)})\.[a-z0-9_]+(?:\.[a-z0-9_]+)*)"')


def codes_in_the_source() -> set[str]:
    return {code for path in PACKAGE.rglob("*.py") for code in CODE.findall(path.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_of_the_source_has_a_text(language):
    assert sorted(codes_in_the_source() - set(catalogue(language))) == []


def test_no_text_is_there_for_nothing():
    unused = set(catalogue("en")) - codes_in_the_source()
    assert sorted(code for code in unused if code.split(".")[0] not in OPEN) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_code_stands_twice(language):
    ids = re.compile(r'^msgid "(.+)"$', re.M)
    codes = [code for path in catalogue_files(language) for code in ids.findall(path.read_text(encoding="utf-8"))]
    assert sorted(code for code, n in Counter(codes).items() if n > 1) == []


def test_both_languages_say_the_same_things():
    def names(text):
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    vi, en = catalogue("vi"), catalogue("en")
    assert sorted(set(vi) ^ set(en)) == []
    assert [code for code in en if names(vi[code]) != names(en[code])] == []


def test_a_missing_value_does_not_lose_the_message():
    assert tr("where.row", "en") == "row {row}"
    assert tr("finding.of_the_future", "vi") == "finding.of_the_future"


def test_a_finding_reads_as_one_line_in_either_language():
    finding = error("finding.dangling", "case/service.csv", 4, "person_id", "A1", "A01", target="people")
    assert finding_text(finding) == "case/service.csv, row 4, column person_id: A1 is not in people (did you mean A01?)"
    assert (
        finding_text(finding, "vi")
        == "case/service.csv, dòng 4, cột person_id: A1 không có trong bảng Cán bộ (có phải là A01?)"
    )
    assert finding.expected == "A1 is not in people"
    assert warning("finding.seats_unknown").severity == "warning"


def test_text_for_comparing_forgets_case_blanks_and_marks():
    assert plain("  Ngày  THÁNG Năm sinh ") == "ngay thang nam sinh"
    assert plain("Đơn vị") == "don vi"


def test_an_argument_is_no_column_and_the_system_speaks_the_language() -> None:
    assert finding_text(error("finding.office_no_folder", column="DIR"), "vi").startswith("DIR: ")
    assert finding_text(error("finding.office_bad_day", column="--as-of"), "vi").startswith("--as-of: ")
    assert finding_text(error("finding.bad_value", "people.csv", 3, "sex"), "vi").startswith(
        "people.csv, dòng 3, cột sex"
    )
    missing = error("finding.unwritable", "x.xlsx", text="No such file or directory")
    assert "không có tệp hoặc thư mục này" in finding_text(missing, "vi")


def test_days_are_said_as_the_language_writes_them() -> None:
    day, month = dt.date(2026, 4, 3), Day(1968, 8, 1, "month")
    assert tr("text.on_day", "vi", day=day) == "ngày 03/04/2026"
    assert tr("text.on_day", "vi", day=month) == "ngày 08/1968"
    assert tr("text.on_day", "en", day=day).endswith("2026-04-03")
    assert tr("text.on_day", "en", day=month).endswith("1968-08")


def test_numbers_are_said_as_the_language_writes_them() -> None:
    assert (number_text(1234.567, "vi"), number_text(1234.567, "en")) == ("1.234,57", "1,234.57")
    assert (percent_text(0.0625, "vi"), percent_text(1, "en")) == ("6,2%", "100.0%")  # half to even
