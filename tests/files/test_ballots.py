"""A ballot that is recorded must be one that can have been."""

from __future__ import annotations

HEADING = "position_id,person_id,round_id,step,votes_for,votes_of\n"
ROUNDS = "round_id,approved_on\nR1,2026-03-01\n"


def test_more_votes_for_than_were_cast_is_an_error_and_as_many_are_none(said):
    tables = {"rounds": ROUNDS, "nominations": HEADING + "H1,B,R1,3,12,12\nH1,B,R1,4,13,12\nH1,B,R1,5,13,\n"}
    assert [f for f in said(**tables) if f[1].startswith("nominations")] == [
        ("more_votes_than_voters", "nominations.csv", 3, "votes_for", "13", None)
    ]
