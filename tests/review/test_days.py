"""Days derived by hand: δ, the k-th seat, first days, rotations in progress, acting, absences, rounds, dated rules."""

import datetime as dt

import pytest

from tests.review.agree import lawful, plan_of, taking_over
from tests.twins.universe import (
    Universe,
    World,
    a,
    case_of,
    course,
    entry,
    g,
    k,
    one_of,
    person,
    post,
    round_,
    session,
    subsets,
    u,
    v,
    x,
)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def appointed(universe: Universe) -> set[tuple[str, int]]:
    """(person, period) of the plans that appoint one person and do nothing else."""
    return {(key[1], key[3]) for keys in lawful(universe) if len(keys) == 1 for key in keys if key[0] == "a"}


def test_two_seats_of_which_one_falls_vacant_by_itself_and_one_by_a_move_of_the_plan():
    # P has two seats: X leaves on 10 March, Y goes up to Q, which Z leaves on 1 May. No seat of P is empty today, so
    # δ of P is 10 March for both who come in; the first takes over on that day, the second when Y goes, on 1 May.
    # Only the second seat hangs on Y's move: X's vacancy is the head of a chain of its own.
    universe = Universe(
        "two seats",
        case_of(
            [
                person("X", holds="P", rank="DEP", leaves="2026-03-10"),
                person("Y", holds="P", rank="DEP"),
                person("Z", holds="Q", rank="HEAD", leaves="2026-05-01"),
                person("A", rank="DIV"),
                person("B", rank="DIV"),
            ],
            positions=[post("P", rank="DEP", seats=2), post("Q")],
        ),
        (),
        (one_of(a("Y", "Q", 0, 1)), one_of(a("A", "P", 0, 1)), one_of(a("B", "P", 0, 1))),
    )
    found = lawful(universe)
    assert frozenset(a("A", "P", 0) + a("B", "P", 0)) not in found  # Y still sits there
    standing = plan_of(universe, *a("Y", "Q", 0), *a("A", "P", 0), *a("B", "P", 0))
    took = taking_over(standing)
    assert {i: (t.judged_on, t.on) for i, t in took.items()} == {
        "Y": (day("2026-05-01"), day("2026-05-01")),
        "A": (day("2026-03-10"), day("2026-03-10")),
        "B": (day("2026-03-10"), day("2026-05-01")),
    }
    assert (took["Y"].chain, took["Y"].link) == (took["B"].chain, 1)
    assert took["B"].link == 2
    assert (took["A"].chain != took["Y"].chain, took["A"].link) == (True, 1)
    # In the second half the status quo has an empty seat (X's), so δ is its first day.
    late = taking_over(plan_of(universe, *a("Y", "Q", 0), *a("A", "P", 0), *a("B", "P", 1)))
    assert (late["B"].judged_on, late["B"].on) == (day("2026-07-01"), day("2026-07-01"))


@pytest.mark.parametrize(("ends", "first"), [("2026-06-30", 1), ("2026-07-01", 1), ("2026-07-02", 2)])
def test_a_seat_that_is_left_on_the_first_day_of_a_period_is_taken_on_that_day(ends, first):
    # X's first day out is 1 July: at the end of June X still sits, so nobody comes in in the first half, and δ of the
    # second half is 1 July. A level from 1 July itself is in time, one from 2 July waits for January.
    universe = Universe(
        "first day",
        case_of(
            [person("X", holds="P", rank="HEAD", leaves="2026-07-01"), person("A", rank="DEP")],
            positions=[post("P", standard="theory")],
            courses=[course()],
            sessions=[session("S", "2026-02-01", ends)],
        ),
        (),
        (subsets(u("A", "S")), one_of(a("A", "P", 0, 1, 2))),
    )
    assert {t for keys in lawful(universe) for *_, t in keys if ("u", "A", "S") in keys and isinstance(t, int)} == set(
        range(first, 3)
    )
    standing = plan_of(universe, *u("A", "S"), *a("A", "P", first))
    assert standing.line.empty("P", 0) == 0
    assert [standing.line.empty("P", t) for t in range(3)] == [0, *([0] if first == 1 else [1]), 0]


@pytest.mark.parametrize(
    ("vacant", "periods"),
    [(None, {2}), ("2026-09-14", {2}), ("2026-09-15", {1, 2}), ("2026-10-01", {1, 2})],
)
def test_who_is_on_rotation_is_free_from_the_day_on_which_it_ends(vacant, periods):
    # A's rotation in progress is over on 15 September. Where P is empty today δ of that half is 1 July: too early.
    # Where P falls vacant on 15 September or later in the half, δ is that day, and A is free.
    holder = [] if vacant is None else [person("X", holds="P", rank="HEAD", leaves=vacant)]
    universe = Universe(
        "rotation in progress",
        case_of(
            [*holder, person("A", holds="R", rank="DEP", kind="rotation", planned_until="2026-09-15")],
            positions=[post("P"), post("R", rank="DEP")],
        ),
        (),
        (one_of(a("A", "P", 0, 1, 2)),),
    )
    assert {t for _, t in appointed(universe)} == periods


@pytest.mark.parametrize(
    ("leaves", "covered"),
    [("2026-05-10", [(0,), (0, 1), (1,), (2,)]), ("2026-04-20", [(0,), (1,), (2,)])],
)
def test_eight_months_of_acting_reach_as_far_as_their_days(leaves, covered):
    # From 10 May eight months are over on 10 January 2027: June and December. From 20 April on 20 December: June only.
    # From 1 July on 1 March: December only; from 1 January 2027 on 1 September: June.
    universe = Universe(
        "acting",
        case_of(
            [person("X", holds="P", rank="HEAD", leaves=leaves), person("D", holds="D1", rank="DEP")],
            positions=[post("P", acting_months=8), post("D1", rank="DEP")],
        ),
        (entry("acting_by"),),
        (subsets(k("D", "P", 0, 1, 2)),),
    )
    runs = {tuple(sorted(key[3] for key in keys)) for keys in lawful(universe)}
    # (0, 2) is two runs of one instant each.
    assert runs == {(), (0, 2), *covered}


@pytest.mark.parametrize(("ends", "periods"), [("2026-05-01", {0, 1}), ("2026-05-02", {1}), ("2026-08-31", set())])
def test_nobody_takes_over_during_a_full_time_course(ends, periods):
    # δ is 1 May in the first half (P's own vacancy) and 1 July in the second. On its last day a course is over.
    # The course that ends in August runs past both.
    universe = Universe(
        "course over δ",
        case_of(
            [person("X", holds="P", rank="HEAD", leaves="2026-05-01"), person("A", rank="DEP")],
            positions=[post("P")],
            courses=[course(mode="full")],
            sessions=[session("S", "2026-03-01", ends)],
        ),
        (),
        (subsets(u("A", "S")), one_of(a("A", "P", 0, 1))),
        until="2026-12-31",
    )
    assert {key[3] for keys in lawful(universe) if ("u", "A", "S") in keys for key in keys if key[0] == "a"} == periods


def test_a_round_between_the_day_of_judgement_and_the_day_of_taking_over():
    # P falls empty by the plan itself: Y goes up to Q on 1 May. P has no vacancy of its own, so A is judged on
    # 1 January and takes over on 1 May. The round of 31 March lies between: on it A counts as appointed already.
    # So the old name A, and not B, who would be new, may be appointed in that half; and A may not be in the list of P
    # after the round (nor need be: no name is dropped). In the list of the higher Q A may stay.
    universe = Universe(
        "round between",
        case_of(
            [
                person("Y", holds="P", rank="DEP"),
                person("Z", holds="Q", rank="HEAD", leaves="2026-05-01"),
                person("A", rank="DIV"),
                person("B", rank="DIV"),
            ],
            positions=[post("P", rank="DEP"), post("Q")],
            rounds=[round_()],
            pools=[
                {"position_id": "P", "person_id": "A"},
                {"position_id": "Q", "person_id": "A"},
                {"position_id": "Q", "person_id": "Y"},
            ],
        ),
        (entry("appointment_from_pool"), entry("pool_keep")),
        (
            subsets(x("A", "P", "Q"), x("B", "P"), x("Y", "Q")),
            one_of(a("Y", "Q", 0)),
            one_of(a("A", "P", 0), a("B", "P", 0)),
        ),
        until="2026-06-30",
    )
    moved = {keys for keys in lawful(universe) if any(key[0] == "a" and key[2] == "P" for key in keys)}
    # Y rises to Q on δ = 1 May, after the round: Y stays in the list of Q until then, and `pool_keep` wants it there.
    both = a("Y", "Q", 0) + a("A", "P", 0)
    assert moved == {
        frozenset(both + x("A", "Q") + x("Y", "Q")),
        frozenset(both + x("A", "Q") + x("Y", "Q") + x("B", "P")),
    }
    standing = plan_of(universe, *both, *x("A", "Q"), *x("Y", "Q"))
    assert taking_over(standing)["A"].judged_on == day("2026-01-01")
    assert taking_over(standing)["A"].on == day("2026-05-01")
    causes = {(e.person, e.position): (e.status, e.cause) for e in standing.line.plan.pools}
    assert causes == {("A", "P"): ("remove", "appointed"), ("A", "Q"): ("keep", None), ("Y", "Q"): ("keep", None)}


@pytest.mark.parametrize(("until", "periods"), [("2026-04-30", set()), ("2026-05-01", {0}), ("2026-07-01", {0, 1})])
def test_a_waiver_that_ends_between_the_round_and_the_appointment(until, periods):
    # A retires in 14 months where 60 are wanted; the waiver lets A into the list on 31 March. The appointment is
    # judged on 1 May (X leaves) or on 1 July: each by the waiver of its own day.
    universe = Universe(
        "waiver",
        case_of(
            [
                person("X", holds="P", rank="HEAD", leaves="2026-05-01"),
                person("A", rank="DEP", leaves="2027-06-01"),
            ],
            positions=[post("P")],
            rounds=[round_()],
            exemptions=[
                {
                    "rule": "months_left",
                    "subject": "A",
                    "authority": "province",
                    "reason": "test",
                    "decided": "2025-12-01",
                    "until": until,
                }
            ],
        ),
        (entry("months_left", min=60, waived_by="province"),),
        (subsets(x("A", "P")), one_of(a("A", "P", 0, 1))),
        until="2026-12-31",
    )
    assert frozenset(x("A", "P")) in lawful(universe)
    assert {t for _, t in appointed(universe)} == periods


def test_a_rule_that_begins_between_the_days_of_two_seats():
    # X leaves on 10 March, Y on 1 June; the rule holds from 1 April. Who comes in in the first half is judged on
    # 10 March, also B, who takes over on 1 June. From July on the rule is in force.
    universe = Universe(
        "rule between",
        case_of(
            [
                person("X", holds="P", rank="HEAD", leaves="2026-03-10"),
                person("Y", holds="P", rank="HEAD", leaves="2026-06-01"),
                person("A", rank="DEP", leaves="2028-01-01"),
                person("B", rank="DEP", leaves="2028-01-01"),
            ],
            positions=[post("P", seats=2)],
        ),
        (entry("months_left", min=60, **{"from": "2026-04-01"}),),
        (one_of(a("A", "P", 0, 1)), one_of(a("B", "P", 0, 1))),
        until="2026-12-31",
    )
    first = {frozenset(), *(frozenset(some) for some in (a("A", "P", 0), a("B", "P", 0)))}
    assert lawful(universe) == first | {frozenset(a("A", "P", 0) + a("B", "P", 0))}
    took = taking_over(plan_of(universe, *a("A", "P", 0), *a("B", "P", 0)))
    assert [(took[i].judged_on, took[i].on) for i in "AB"] == [
        (day("2026-03-10"), day("2026-03-10")),
        (day("2026-03-10"), day("2026-06-01")),
    ]


PINS = {
    "pool": ({"position_id": "P"}, x("A", "P")),
    "train": ({"session_id": "S"}, u("A", "S")),
    "rotate": ({"position_id": "R"}, v("A", "R", 0)),
    "appoint": ({"position_id": "P", "from": "2026-08-15"}, a("A", "P", 1)),
}


@pytest.mark.parametrize("kind", PINS)
def test_a_decision_binds_and_its_opposite_forbids(kind):
    # Six-month rotations; A may be listed, trained, rotated to R and appointed to P in either half. A decision with
    # 15 August binds the second half; without a day any. Only lawful plans with it are left, or only those without.
    columns, wanted = PINS[kind]

    def universe(*decisions: dict) -> Universe:
        return Universe(
            "pins",
            case_of(
                [person("A", holds="H", rank="DEP")],
                positions=[post("P"), post("R", rank="DEP"), post("H", rank="DEP")],
                rounds=[round_()],
                courses=[course()],
                sessions=[session("S", "2026-02-01", "2026-03-01")],
                decisions=decisions,
            ),
            (entry("rotation_length", months=6),),
            (subsets(x("A", "P")), subsets(u("A", "S")), one_of(v("A", "R", 0, 1)), one_of(a("A", "P", 0, 1))),
            until="2026-12-31",
        )

    free = lawful(universe())
    done = {keys for keys in free if set(wanted) & keys} if kind != "rotate" else {
        keys for keys in free if any(key[0] == "v" for key in keys)
    }  # fmt: skip
    assert done
    assert free - done
    row = {"kind": kind, "person_id": "A", "status": "decided", **columns}
    assert lawful(universe(row)) == done
    assert lawful(universe(row | {"kind": f"not_{kind}"})) == free - done
    assert lawful(universe(row | {"status": "proposed"})) == free


def test_a_decided_cover_binds_its_instants_and_no_other():
    # P is empty; D covers from 1 March to 31 December by decision: the instants of June and December.
    universe = Universe(
        "cover",
        case_of(
            [person("D", holds="D1", rank="DEP"), person("E", holds="E1", rank="DEP")],
            positions=[post("P", acting_months=18), post("D1", rank="DEP"), post("E1", rank="DEP")],
            decisions=[
                {
                    "kind": "cover",
                    "person_id": "D",
                    "position_id": "P",
                    "from": "2026-03-01",
                    "until": "2026-12-31",
                    "status": "decided",
                }
            ],
        ),
        (entry("acting_by"),),
        (*(one_of(k("D", "P", t), k("E", "P", t)) for t in range(3)),),
    )
    bound = k("D", "P", 0, 1)
    assert lawful(universe) == {
        frozenset(bound),
        frozenset(bound + k("D", "P", 2)),
        frozenset(bound + k("E", "P", 2)),
    }


def test_a_successor_is_wanted_before_the_day_and_ready_on_it():
    # X leaves on 1 May: d₁ is that day. A's course is over on it, so A is ready; B is on a course past it; C was
    # appointed to Q, which is equal in rank, on 1 January.
    universe = Universe(
        "d₁",
        case_of(
            [
                person("X", holds="P", rank="HEAD", leaves="2026-05-01"),
                *(person(i, rank="DEP") for i in "ABC"),
            ],
            positions=[post("P", successors=1), post("Q")],
            courses=[course(mode="full")],
            sessions=[session("S", "2026-03-01", "2026-05-01"), session("L", "2026-03-01", "2026-05-02")],
        ),
        (),
        (
            subsets(u("A", "S")),
            subsets(u("B", "L")),
            one_of(a("C", "Q", 0)),
            one_of(*(g(i, "P") for i in "ABC")),
        ),
        until="2026-06-30",
    )
    assert World(universe).quo.expected.wanted_by["P"] == day("2026-05-01")
    named = {(key[1], frozenset(keys - {key})) for keys in lawful(universe) for key in keys if key[0] == "g"}
    with_place = {others for i, others in named if i == "A" and others & set(u("A", "S"))}
    assert with_place
    assert not any(set(u("B", "L")) & others for i, others in named if i == "B")
    assert not any(set(a("C", "Q", 0)) & others for i, others in named if i == "C")


@pytest.mark.parametrize(
    ("begins", "ends", "periods"),
    [
        ("2026-05-01", "2026-08-31", set()),  # past 1 May, and past δ of the second half
        ("2026-06-30", "2026-07-01", {1}),  # begins on the last day of the first half, which may be the day
        ("2026-02-01", "2026-04-30", {1}),  # is over by 1 May, and that could not be known on the first of January
        ("2026-07-01", "2026-12-31", {0}),
        ("2026-08-01", "2026-12-31", {0}),
    ],
)
def test_nobody_takes_over_a_seat_that_the_plan_opens_during_a_full_time_course(begins, ends, periods):
    # P has no vacancy of its own: Y goes up to Q when Z leaves, on 1 May or, later, on 1 July. δ of P is the first day
    # of each half, and A takes over when Y goes: on any day of the half, so that no course of A may run in it.
    universe = Universe(
        "course while the seat is opened",
        case_of(
            [
                person("Y", holds="P", rank="DEP"),
                person("Z", holds="Q", rank="HEAD", leaves="2026-05-01"),
                person("A", rank="DIV"),
            ],
            positions=[post("P", rank="DEP"), post("Q")],
            courses=[course(mode="full")],
            sessions=[session("S", begins, ends)],
        ),
        (),
        (subsets(u("A", "S")), one_of(a("A", "P", 0, 1)), one_of(a("Y", "Q", 0, 1))),
        until="2026-12-31",
    )
    found = lawful(universe)
    assert {key[3] for keys in found if ("u", "A", "S") in keys for key in keys if key[:2] == ("a", "A")} == periods
    assert {key[3] for keys in found if ("u", "A", "S") not in keys for key in keys if key[:2] == ("a", "A")} == {0, 1}
