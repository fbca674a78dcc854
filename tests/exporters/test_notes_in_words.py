"""Notes read as a sentence in either language."""

from planner.domain.messages import catalogue
from planner.domain.violation import Note, Reason
from planner.exporters.verdict import note_text, short_notes
from tests.twins.universe import Universe, World, case_of, entry, person, post


def office() -> World:
    case = case_of([person("A", "P")], positions=[post("P")])
    return World(Universe("words", case, (entry("verified", flags=("file_ok",)),), ()))


def test_a_note_names_the_flags_and_counts_in_words() -> None:
    flags = Note("verified", Reason("note.not_verified", {"flags": "file_ok, assets_ok"}), "A", "P")
    assert note_text(flags, office().quo, "vi").endswith(
        ": A (A), P (P): chưa thẩm định, xác minh: hồ sơ nhân sự, kê khai tài sản"
    )
    breach = Note("x", Reason("note.breach", {"amount": 2, "unit": "names"}))
    assert note_text(breach, office().quo) == "x: for information, not binding: 2 name(s)"


def test_of_many_notes_of_one_entry_the_first_five_are_shown_and_the_others_counted() -> None:
    notes = [Note("x", Reason("note.term_ends"), f"i{n}") for n in range(7)] + [Note("y", Reason("note.term_ends"))]
    lines = list(short_notes(notes, None))
    assert len(lines) == 7
    assert lines[5] == "x: 2 more (see the outlook of a plan)"


def test_every_kind_of_note_has_a_name_in_the_outlook() -> None:
    kinds = [code.removeprefix("note.") for code in catalogue("en") if code.startswith("note.")]
    assert kinds
    assert [kind for kind in kinds if f"value.kind.{kind}" not in catalogue("en")] == []
