"""The paths and free places of the department's plan: complete, and each place said to be free or taken is so."""

from __future__ import annotations

from collections import Counter

import pytest

from planner.domain.plan import Place
from planner.exporters.paths import waiting_for
from planner.standing.paths import Paths
from planner.verify.judge import Judgement
from planner.verify.nominated import Nominations
from tests.faults.solved import Department

pytestmark = pytest.mark.timeout(900)  # whichever test comes first waits for the department to be solved


@pytest.fixture(scope="module")
def paths(department: Department) -> Paths:
    return Paths(department.standing)


def test_every_listed_person_has_a_line_for_every_list(department: Department, paths: Paths) -> None:
    listed = {(i, p) for i, posts in department.standing.planned_for.items() for p in posts}
    assert {(step.person, step.position) for step in paths.steps} == listed
    assert len(listed) > 50
    assert all(step.why for step in paths.steps if step.state == "open")


def taken(department: Department) -> Counter[str]:
    """Places of each class that the plan and the case have given: counted here anew."""
    rows = [p.session for p in department.plan.training]
    rows += [e.session_id for e in department.before.ground.case.enrolments if e.session_id]
    return Counter(map(str, rows))


def test_where_no_place_is_said_to_be_free_every_class_is_full_or_not_for_the_person(
    department: Department, paths: Paths
) -> None:
    count, sessions = taken(department), department.before.ground.case.session
    lines = [s for s in (*paths.steps, *_debts(paths)) if s.why == "no_free_place"]
    assert lines
    for line in lines:
        for offer in line.offers:
            seats = sessions[offer.session].seats
            assert offer.against is not None
            if offer.against == "full":
                assert seats is not None
                assert count[offer.session] >= seats
            else:
                assert _judged(department, line.person, offer.session).new


def test_every_place_said_to_be_free_may_be_given_and_no_other(department: Department, paths: Paths) -> None:
    seen, free = set(), 0
    for line in (*paths.steps, *_debts(paths)):
        for offer in line.offers:
            if offer.first is None and (line.person, offer.session) not in seen:
                seen.add((line.person, offer.session))
                found = _judged(department, line.person, offer.session)
                assert (not found.new) == offer.is_free, (line.person, offer, found.new)
                free += offer.is_free
    assert len(seen) > 30
    assert free


def test_the_classes_with_free_places_are_those_that_are_not_full(department: Department, paths: Paths) -> None:
    count = taken(department)
    rows = department.before.ground.case.sessions
    assert {str(s) for s in waiting_for(paths)} == {
        row.session_id for row in rows if row.seats is not None and count[row.session_id] < row.seats
    }


def test_every_nomination_is_honoured_or_its_reason_named(department: Department) -> None:
    found = list(Nominations(department.standing).all())
    assert len(found) == len({(n.person_id, n.position_id) for n in department.before.ground.case.nominations})
    listed = {(e.person, e.position) for e in department.plan.pools if e.status != "remove"}
    for one in found:
        assert (one.outcome in ("kept", "added")) == ((one.person, one.position) in listed)
        assert (one.why is None) == (one.outcome != "left_out")
        assert one.why != "unknown"
    # Hồ Thị Kim Oanh has no major that the emulation board asks for; Tạ Quốc Việt finds three better suited names.
    why = {(one.person, one.position): one.why for one in found if one.outcome == "left_out"}
    assert why.get(("NV017", "TB-TDKT")) == "standard"  # type: ignore[call-overload]
    assert why.get(("NV140", "PGD-TC"), "full") == "full"  # type: ignore[call-overload]


def _debts(paths: Paths):  # type: ignore[no-untyped-def]
    return (step for person in paths.ground.case.person for step in paths.debts(person))


def _judged(department: Department, person: str, session: str) -> Judgement:
    place = Place(person=person, session=session)  # type: ignore[arg-type]
    plan = department.plan.model_copy(update={"training": (*department.plan.training, place)})
    return department.judged(plan)
