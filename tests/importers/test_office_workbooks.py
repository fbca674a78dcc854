"""The four workbooks: what a careful human would type, read as well as that."""

import pytest

from planner.importers import read_office
from tests.importers.compare import TABLES, compare
from tests.importers.conftest import OFFICE

BOOKS = sorted(p.stem for p in OFFICE.glob("*.xlsx"))


@pytest.fixture(scope="module")
def read(content):
    return {name: read_office(OFFICE / f"{name}.xlsx", content) for name in BOOKS}


@pytest.mark.parametrize("name", BOOKS)
def test_every_table_is_read_as_a_careful_human_would_type_it(read, name):
    found = compare(read[name], OFFICE / f"{name}.expected.json")
    print(f"\n{name}\n{found.report()}")
    assert set(found.scores) == set(TABLES)
    assert {t: (s.precision, s.recall) for t, s in found.scores.items() if s.precision < 0.99 or s.recall < 0.97} == {}


@pytest.mark.parametrize("name", BOOKS)
def test_every_doubt_that_must_be_told_is_told_and_no_plain_cell_is_asked_about(read, name):
    found = compare(read[name], OFFICE / f"{name}.expected.json")
    assert found.lost == []
    assert found.extra == []


@pytest.mark.parametrize("name", BOOKS)
def test_the_same_file_gives_the_same_identifiers_and_doubts(read, content, name):
    again = read_office(OFFICE / f"{name}.xlsx", content)
    assert again.case == read[name].case
    assert again.doubts == read[name].doubts


def test_the_comparison_sees_what_is_wrong(read, content):
    """A comparison that cannot fail says nothing: each spoiled case must lose the table that was spoiled."""
    from dataclasses import replace

    whole = read[BOOKS[0]]
    expected = OFFICE / f"{BOOKS[0]}.expected.json"
    case = whole.case
    spoiled = {
        "people": replace(case, people=tuple(p.model_copy(update={"sex": "F"}) for p in case.people)),
        "ratings": replace(case, ratings=case.ratings[len(case.ratings) // 2 :]),
        "pools": replace(case, pools=tuple(p.model_copy(update={"decision_no": "1-QĐ/TU"}) for p in case.pools)),
        "vacancies": replace(case, vacancies=()),
        "service": replace(case, service=tuple(s.model_copy(update={"since": None}) for s in case.service)),
    }
    for table, worse in spoiled.items():
        score = compare(replace(whole, case=worse), expected).scores[table]
        assert min(score.precision, score.recall) < 0.97, table
    assert compare(replace(whole, doubts=()), expected).lost != []


def test_the_day_of_a_list_is_the_one_that_it_names(read):
    # 01: "(Tính đến ngày 31/12/2025)"; 02: only "An Hải, ngày 09 tháng 01 năm 2026"; 04: "thời điểm 31/12/2025".
    assert [str(read[b].as_of) for b in BOOKS] == ["2025-12-31", "2026-01-09", "2026-01-14", "2025-12-31"]
