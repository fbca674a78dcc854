"""Two cases compared: by what identifies a row, never by its place in the table."""

from planner.files.case import read_case
from planner.files.changes import Change, changes
from tests.files.sound_case import TABLES


def both(tmp_path, **tables):
    def read(name, given):
        folder = tmp_path / name
        folder.mkdir()
        for table, text in given.items():
            (folder / f"{table}.csv").write_text(text, encoding="utf-8")
        return read_case(folder).case

    return read("old", TABLES), read("new", TABLES | tables)


def test_a_case_does_not_differ_from_itself_in_another_order(tmp_path):
    heading, *rows = TABLES["people"].splitlines()
    old, new = both(tmp_path, people="\n".join([heading, *reversed(rows)]) + "\n")
    assert old != new
    assert changes(old, new) == []


def test_added_removed_and_changed_rows_with_both_values(tmp_path):
    people = TABLES["people"].replace("03/1975", "1975-03-14").replace("C,Vũ Cường,M,1980", "D,Đỗ Dung,F,1981")
    units = TABLES["units"].replace("U2,Division,U1", "U2,Division,")
    old, new = both(tmp_path, people=people, units=units, vacancies="position_id,on,x_why\nD1,2026-05-01,moved\n")
    assert changes(old, new) == [
        Change("units", "changed", ("U2",), {"parent_id": ("U1", None)}, "Division"),
        Change("people", "changed", ("B",), {"birth_date": ("1975-03", "1975-03-14")}, "Lê Thị Bích"),
        Change(
            "people", "removed", ("C",),
            {"person_id": ("C", None), "name": ("Vũ Cường", None), "sex": ("M", None), "birth_date": ("1980", None)},
            "Vũ Cường",
        ),
        Change(
            "people", "added", ("D",),
            {"person_id": (None, "D"), "name": (None, "Đỗ Dung"), "sex": (None, "F"), "birth_date": (None, "1981")},
            "Đỗ Dung",
        ),
        Change(
            "vacancies", "added", ("D1", "2026-05-01"),
            {"position_id": (None, "D1"), "on": (None, "2026-05-01"), "x_why": (None, "moved")}, "Deputy",
        ),
    ]  # fmt: skip


def test_several_terms_in_one_post_are_matched_by_what_they_have_in_common(tmp_path):
    # A was head twice. In the new case the first term has an end one month later, the second is as before, and a
    # third is there: one change and one row added, not a shift of all three.
    heading = "person_id,since,until,position_id\n"
    first, second = "A,2010-01-01,2012-01-01,H1\n", "A,2020-01-01,,H1\n"
    old, _ = both(tmp_path)
    for name, text in {
        "was": heading + first + second,
        "is": heading + "A,2000-01-01,2001-01-01,H1\n" + second + first.replace("2012-01", "2012-02"),
    }.items():
        folder = tmp_path / name
        folder.mkdir()
        for table, own in (TABLES | {"service": text}).items():
            (folder / f"{table}.csv").write_text(own, encoding="utf-8")
    old, new = read_case(tmp_path / "was").case, read_case(tmp_path / "is").case
    found = changes(old, new)
    key = ("A", "H1", "", "", "substantive")
    assert [(c.kind, c.key) for c in found] == [("changed", key), ("added", key)]
    assert found[0].cells == {"until": ("2012-01-01", "2012-02-01")}
    assert found[1].cells["since"] == (None, "2000-01-01")
    assert found[0].name == "Lê Văn An, Director"
