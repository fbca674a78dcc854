"""docs/standards.md is fresh, and shows of a demand whether it is confirmed."""

from tools.standards_doc import PAGE, page


def test_the_page_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `make docs`"


def test_a_demand_that_is_surer_than_its_standard_says_so() -> None:
    row = next(line for line in page().splitlines() if line.startswith("| `director` "))
    assert "Degree: university [confirmed]" in row
    assert "Political theory: advanced" in row
    assert "Political theory: advanced [" not in row
    assert "Months as deputy director or equal: at least 24" in row
    assert "State management: senior (12)" in row
