"""How a cell is taken for a code: codes first, then words as spelled, then without marks; several words in one cell."""

import pytest

from planner.domain.record import Name
from planner.domain.words import Choice
from planner.files.word_lists import WordList, slip_of

KIN = WordList(
    (
        Choice(code="spouse", name=Name(en="spouse", vi="vợ chồng"), words=("vợ", "chồng", "husband")),
        Choice(code="parent", name=Name(en="parent", vi="cha, mẹ"), words=("cha", "mẹ", "bố")),
        Choice(code="sibling", words=("anh ruột", "chị ruột", "em ruột", "anh", "chị", "em", "ba")),
        Choice(code="child_in_law", words=("con dâu", "con rể", "dâu")),
        Choice(code="parent_in_law", name=Name(en="parent-in-law"), words=("bố vợ", "mẹ vợ")),
        Choice(code="other", words=("chà", "nhà", "ba")),
    )
)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("spouse", ("spouse",)),
        ("Spouse", ("spouse",)),
        ("vợ chồng", ("spouse",)),
        ("VỢ  CHỒNG", ("spouse",)),
        ("Vợ - chồng", ("spouse",)),
        ("vo chong", ("spouse",)),  # no marks, and no other word is meant
        ("parent in law", ("parent_in_law",)),  # hyphens and underlines are blanks
        ("Parent_In_Law", ("parent_in_law",)),
        ("cha", ("parent",)),  # as it is spelled, although chà is another word
        ("chà", ("other",)),
        ("chá", ("parent", "other")),  # neither: with marks aside it may be both
        ("ba", ("sibling", "other")),
        ("anh/chị/em ruột", ("sibling",)),  # what stands last is said of all
        ("anh, chị, em ruột", ("sibling",)),
        ("con dâu/rể", ("child_in_law",)),  # what stands first is said of all
        ("vợ hoặc chồng", ("spouse",)),
        ("bố/mẹ vợ", ("parent_in_law",)),  # not a father and a mother in law
        ("bố vợ/mẹ", ("parent_in_law", "parent")),  # the mother may be either one's own
        ("mẹ vợ/vợ", ("parent_in_law", "spouse")),
        ("vợ/anh", ("spouse", "sibling")),
        ("vợ/gì đó", ()),  # each word must be known
        ("neighbour", ()),
        ("", ()),
    ],
)
def test_a_cell_means_these_codes(text, codes):
    assert KIN.codes(text) == codes


def test_a_code_goes_before_a_word():
    # "party" is a code here and a word of another code.
    listed = WordList((Choice(code="party"), Choice(code="team", words=("party",))))
    assert listed.codes("party") == ("party",)
    assert listed.codes("Party") == ("party", "team")


def test_text_in_another_normal_form_is_the_same_word():
    decomposed = "vo\u031b\u0323"  # o, horn, dot below
    assert KIN.codes(decomposed) == ("spouse",)


def test_a_label_is_read_as_its_code():
    for code in KIN.choices:
        for language in ("vi", "en"):
            assert KIN.codes(KIN.label(code, language)) == (code,)
    # A name that is also another's word would not come back: the code is shown.
    listed = WordList((Choice(code="a", name=Name(en="same")), Choice(code="b", words=("same",))))
    assert (listed.label("a", "en"), listed.label("b", "en")) == ("a", "b")


def test_near_words_and_slips():
    assert KIN.near("spuose") == "spouse"
    assert KIN.near("vợ chông") == "vợ chồng"
    assert KIN.near("zzzzzz") is None
    # One letter of six is a slip; a word that only begins alike is another word.
    assert slip_of("divison", ("division", "department")) == "division"
    assert slip_of("studio", ("station", "staff")) is None


def test_messages_list_codes_with_names_in_both_languages():
    listed = KIN.listed(("spouse", "parent", "sibling"))
    assert listed.text("vi") == "spouse (vợ chồng), parent (cha, mẹ), sibling"
    assert listed.text("en") == "spouse, parent, sibling"
