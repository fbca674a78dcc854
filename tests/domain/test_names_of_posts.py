"""What tells posts and units apart in one line of text."""

from planner.domain.case import Case, Position, Unit


def case() -> Case:
    units = (
        Unit(unit_id="A", name="Xã An Bình"),
        Unit(unit_id="B", name="Xã Bình Minh"),
        Unit(unit_id="AP", name="Đảng ủy", parent_id="A"),
        Unit(unit_id="BP", name="Đảng ủy", parent_id="B"),
        Unit(unit_id="AC", name="Trung tâm Dịch vụ", parent_id="A"),
    )
    posts = (
        ("P1", "Bí thư Đảng ủy", "AP"),
        ("P2", "Bí thư Đảng ủy", "BP"),
        ("P3", "Giám đốc", "AC"),
        ("P4", "Trưởng đơn vị dịch vụ", "AC"),
    )
    return Case(units=units, positions=tuple(
        Position(position_id=p, title=t, unit_id=u, rank="R", standard="S") for p, t, u in posts
    ))  # fmt: skip


def test_units_of_one_name_are_told_by_the_one_above() -> None:
    names = case().unit_names
    assert (names["AP"], names["BP"]) == ("Đảng ủy, Xã An Bình", "Đảng ủy, Xã Bình Minh")
    assert names["AC"] == "Trung tâm Dịch vụ"


def test_a_title_comes_with_its_unit_unless_it_says_it() -> None:
    names = case().post_names
    assert names["P3"] == "Giám đốc, Trung tâm Dịch vụ"
    assert names["P4"] == "Trưởng đơn vị dịch vụ"
    assert (names["P1"], names["P2"]) == ("Bí thư Đảng ủy, Xã An Bình", "Bí thư Đảng ủy, Xã Bình Minh")


def test_units_above_each_other_in_a_circle_end() -> None:
    ring = Case(units=(Unit(unit_id="A", name="X", parent_id="B"), Unit(unit_id="B", name="X", parent_id="A")))
    assert ring.unit_names["A"] == "X, X"


def test_in_a_case_of_one_unit_titles_say_all() -> None:
    posts = tuple(Position(position_id=p, title=p, unit_id="A", rank="R", standard="S") for p in ("Giám đốc", "Phó"))
    one = Case(units=(Unit(unit_id="A", name="Sở"),), positions=posts)
    assert list(one.post_names.values()) == ["Giám đốc", "Phó"]
