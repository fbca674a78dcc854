"""What a title means: by its words, and by the unit in which it stands."""

from pathlib import Path

import pytest

from planner.domain.titles import Title, Titles, match
from planner.files.content import find_content, read_content


def titles_of(*entries):
    return Titles(titles=tuple(Title(**({"rank": "R", "standard": "s"} | e)) for e in entries))


def test_the_longest_phrase_wins_and_what_follows_it_is_the_rest():
    titles = titles_of({"title": ("Head",), "rank": "A"}, {"title": ("Head of office",), "rank": "B"})
    found = match(titles, "Head of Office, Archives", None)
    assert (found.rank, found.name, found.rest) == ("B", "Head of office", "Archives")


def test_a_phrase_begins_the_title_and_ends_with_a_word():
    titles = titles_of({"title": ("Trưởng phòng",)})
    assert match(titles, "Phó Trưởng phòng", None) is None
    assert match(titles, "Trưởng phòngg", None) is None
    assert match(titles, "TRUONG PHONG Kế hoạch", None).rest == "Kế hoạch"


def test_the_kind_of_the_unit_and_of_those_above_choose_the_meaning():
    titles = titles_of(
        {"title": ("Trưởng phòng",), "kinds": ("division",), "rank": "OF_A_DEPARTMENT"},
        {"title": ("Trưởng phòng",), "kinds": ("division",), "below": ("commune",), "rank": "OF_A_COMMUNE"},
    )
    assert match(titles, "Trưởng phòng", "division").rank == "OF_A_DEPARTMENT"
    assert match(titles, "Trưởng phòng", "division", ("committee", "commune")).rank == "OF_A_COMMUNE"
    assert match(titles, "Trưởng phòng", "department") is None


def test_a_short_form_means_the_title_by_its_usual_name():
    titles = titles_of({"title": ("Phó Giám đốc",), "short": ("PGĐ",)})
    assert match(titles, "PGĐ Sở", None).name == "Phó Giám đốc"


@pytest.mark.parametrize("name", ["vietnam-province", "general"])
def test_every_rank_and_standard_of_the_title_map_is_there(name):
    book = {"vietnam-province": "vn-2025", "general": "general"}[name]
    content = read_content(find_content(name, Path()), book).content
    assert content.titles.titles
    assert sorted({e.rank for e in content.titles.titles} - set(content.rank)) == []
    assert sorted({e.standard for e in content.titles.titles} - set(content.standard)) == []


@pytest.mark.parametrize("name", ["vietnam-province", "general"])
def test_no_meaning_hides_another(name):
    """Two entries with one phrase and the same conditions: the second could never be found."""
    book = {"vietnam-province": "vn-2025", "general": "general"}[name]
    seen: dict[tuple, str] = {}
    for entry in read_content(find_content(name, Path()), book).content.titles.titles:
        for phrase in (*entry.title, *entry.short):
            for kind in entry.kinds or (None,):
                for below in entry.below or (None,):
                    key = phrase.casefold(), kind, below
                    assert key not in seen, (key, seen[key], entry.title[0])
                    seen[key] = entry.title[0]
