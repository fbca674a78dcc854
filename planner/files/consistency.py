"""What a case says against itself, and what it does not know: dates, posts, vacancies, empty cells."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping

from planner.domain.authority import is_of_unknown_level
from planner.domain.case import Case, Course, Enrolment, Person, Service, Session
from planner.domain.dates import whole_months
from planner.domain.errors import Finding
from planner.domain.findings import error, warning
from planner.domain.ids import CourseId, PersonId, PositionId
from planner.files.case import CaseSource, Place, rows_of
from planner.files.content import ContentSource

SPANS = {
    "service": (("since", "until"), ("since", "planned_until")),
    "people": (("barred_from", "barred_until"), ("birth_date", "retires_on"), ("birth_date", "party_since")),
    "positions": (("opened_on", "closed_on"),),
    "units": (("created_on", "closed_on"),),
    "discipline": (("decided", "expires"),),
    "rounds": (("term_start", "term_end"),),
    "enrolments": (("since", "until"),),
    "sessions": (("start", "end"),),
    "exemptions": (("decided", "until"),),
    "decisions": (("from_", "until"),),
}
"""Pairs of columns of which the first is never after the second."""
PARTLY_KNOWN: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "finding.first_day_taken": {
        "positions": ("needed_by",),
        "people": ("service_since", "party_since", "party_full_since", "retires_on", "barred_from"),
        "service": ("since", "until", "planned_until"),
        "qualifications": ("since",),
        "pools": ("since",),
        "rounds": ("approved_on", "term_end", "age_reference_date"),
        "enrolments": ("since",),
        "vacancies": ("on",),
        "exemptions": ("until",),
        "decisions": ("from_", "until"),
    },
    "finding.last_day_taken": {
        "people": ("barred_until",),
        "discipline": ("expires",),
        "enrolments": ("until",),
        "sessions": ("end",),
    },
    "finding.first_and_last_day_taken": {"discipline": ("decided",), "sessions": ("start",)},
}
"""How a date of which only the month or the year is known is read, by table and column.

A course or a sanction is over when it surely is, and begins as early as it may; what counts from its beginning (the
wait after a sanction, the months of a course) counts from the last day. Of the day of birth content sets decide.
"""
COUNT_TIME = frozenset(
    {("service", "since"), ("service", "until"), ("people", "service_since"), ("discipline", "decided")}
)
"""Dates from which months are counted. Others make no difference once they are past, whichever day it was."""
UNKNOWN_DISCIPLINE = {
    "side": "finding.side_unknown",
    "form": "finding.form_unknown",
    "expires": "finding.expires_unknown",
}
YOUNGEST, OLDEST = 16, 100


def check_consistency(source: CaseSource, content: ContentSource | None, as_of: dt.date | None) -> Iterator[Finding]:
    """Errors and warnings about what several cells say together; without `as_of` only what needs no day."""
    yield from _spans(source)
    yield from _posts(source)
    yield from _held_at_once(source, as_of)
    yield from _rotations(source, as_of)
    yield from _unknown(source)
    yield from _relations(source)
    yield from _ballots(source)
    yield from _exemptions(source)
    yield from _training(source)
    if as_of is not None:
        yield from _ages(source, as_of)
        yield from _service_dates(source, as_of)
        yield from _vacancies(source, content, as_of)
        yield from _still_there(source, content, as_of)
        yield from _not_reckoned(source, as_of)
        yield from _needed_already(source, as_of)
        yield from _partly_known(source, as_of)


def _spans(source: CaseSource) -> Iterator[Finding]:
    for table, spans in SPANS.items():
        for place, row in rows_of(source, table):
            for first, last in spans:
                since, until = getattr(row, first), getattr(row, last)
                if not since or not until or since <= until:
                    continue
                # A year alone is its first day, but "2024-05 to 2024" is in order.
                if not since.written().startswith(until.written()):
                    yield error(
                        "finding.ends_before_start",
                        place.file,
                        place.line,
                        last,
                        until.written(),
                        start=since.written(),
                    )


def _posts(source: CaseSource) -> Iterator[Finding]:
    posts = source.case.position
    for place, row in rows_of(source, "positions"):
        if row.nature == "full_time" and row.held_with:
            yield error("finding.held_with_full_time", place.file, place.line, "held_with", row.held_with)
        elif row.nature == "concurrent" and not row.held_with:
            yield error("finding.held_with_missing", place.file, place.line, "held_with")
        elif row.held_with in posts and posts[row.held_with].nature != "full_time":
            yield error("finding.held_with_no_post", place.file, place.line, "held_with", row.held_with)


def _is_present(row: Service, as_of: dt.date | None) -> bool:
    """The row says who has a seat now; acting looks after one and is not holding it."""
    if row.position_id is None or row.kind == "acting":
        return False
    if as_of is None:
        return row.until is None
    return (row.since is None or row.since <= as_of) and (row.until is None or row.until >= as_of)


def _held_at_once(source: CaseSource, as_of: dt.date | None) -> Iterator[Finding]:
    held: defaultdict[PersonId, dict[PositionId, Place]] = defaultdict(dict)
    for place, row in rows_of(source, "service"):
        post = source.case.position.get(row.position_id)
        if post and post.nature == "full_time" and _is_present(row, as_of):
            held[row.person_id].setdefault(row.position_id, place)
    for person, posts in held.items():
        if len(posts) > 1:
            place = list(posts.values())[1]
            yield error("finding.two_posts", place.file, place.line, "position_id", ", ".join(posts), person=person)


def _rotations(source: CaseSource, as_of: dt.date | None) -> Iterator[Finding]:
    for place, row in rows_of(source, "service"):
        if row.kind != "rotation" or row.until is not None:
            continue
        if row.planned_until is None:
            yield warning("finding.rotation_without_end", place.file, place.line, "planned_until")
        elif as_of and row.planned_until < as_of:
            yield warning(
                "finding.rotation_overdue",
                place.file,
                place.line,
                "planned_until",
                row.planned_until.written(),
            )


def _unknown(source: CaseSource) -> Iterator[Finding]:
    """Empty cells that change what is counted: lawful, but people should know."""
    for place, row in rows_of(source, "positions"):
        if row.seats is None and not row.held_with:
            yield warning("finding.seats_unknown", place.file, place.line, "seats")
    for place, row in rows_of(source, "service"):
        if row.since is None:
            yield warning("finding.since_unknown", place.file, place.line, "since")
    for place, row in rows_of(source, "discipline"):
        for column, code in UNKNOWN_DISCIPLINE.items():
            if getattr(row, column) is None:
                yield warning(code, place.file, place.line, column)


def _partly_known(source: CaseSource, as_of: dt.date) -> Iterator[Finding]:
    """Dates whose day is taken and may matter; once for each column, at the first: old files have thousands."""
    for code, columns_of in PARTLY_KNOWN.items():
        for table, columns in columns_of.items():
            for column in columns:
                dates = ((place, getattr(row, column)) for place, row in rows_of(source, table))
                partly = [
                    (place, day)
                    for place, day in dates
                    if day is not None
                    and day.precision != "day"
                    and (day.latest >= as_of or (table, column) in COUNT_TIME)
                ]
                if partly:
                    place, day = partly[0]
                    name = column.removesuffix("_")
                    yield warning(code, place.file, place.line, name, day.written(), count=len(partly))


def _relations(source: CaseSource) -> Iterator[Finding]:
    for place, row in rows_of(source, "relations"):
        if row.person_a == row.person_b:
            yield error("finding.own_relative", place.file, place.line, "person_b", row.person_b)


def _exemptions(source: CaseSource) -> Iterator[Finding]:
    """Who granted it may be anybody, where the case keeps no table of authorities: that is said."""
    for place, row in rows_of(source, "exemptions"):
        if is_of_unknown_level(source.case, row.authority):
            yield warning("finding.authority_level_unknown", place.file, place.line, "authority", row.authority)


def _ballots(source: CaseSource) -> Iterator[Finding]:
    """Votes are recorded, never computed; what was recorded must be able to be."""
    for place, row in rows_of(source, "nominations"):
        if row.votes_for is not None and row.votes_of is not None and row.votes_for > row.votes_of:
            yield error(
                "finding.more_votes_than_voters", place.file, place.line, "votes_for", row.votes_for, of=row.votes_of
            )


def _training(source: CaseSource) -> Iterator[Finding]:
    sessions, courses = source.case.session, source.case.course
    for place, row in rows_of(source, "sessions"):
        if row.end is None and not _months(courses, row):
            yield warning("finding.session_without_end", place.file, place.line, "end")
    for place, row in rows_of(source, "enrolments"):
        session = sessions.get(row.session_id)
        if session and session.course_id != row.course_id:
            yield error(
                "finding.other_course",
                place.file,
                place.line,
                "session_id",
                row.session_id,
                course=session.course_id,
            )
        if row.until is None and (session is None or session.end is None) and not _months(courses, row):
            yield warning("finding.enrolment_without_end", place.file, place.line, "until")


def _months(courses: Mapping[CourseId, Course], row: Session | Enrolment) -> float | None:
    """The length of the course; a session or enrolment without an end is over by it."""
    course = courses.get(row.course_id)
    return course.months if course is not None else None


def _not_reckoned(source: CaseSource, as_of: dt.date) -> Iterator[Finding]:
    """Days on which a post or unit begins or ends: they are kept, and the plan takes it as being there all along."""
    for table, begins, ends in (("units", "created_on", "closed_on"), ("positions", "opened_on", "closed_on")):
        for place, row in rows_of(source, table):
            since, until = getattr(row, begins), getattr(row, ends)
            if since is not None and since > as_of:
                yield warning("finding.begins_later", place.file, place.line, begins, since.written())
            if until is not None:
                yield warning("finding.closing_not_reckoned", place.file, place.line, ends, until.written())


def _needed_already(source: CaseSource, as_of: dt.date) -> Iterator[Finding]:
    for place, row in rows_of(source, "positions"):
        if row.needed_by is not None and row.needed_by < as_of:
            yield warning(
                "finding.needed_already", place.file, place.line, "needed_by", row.needed_by.written(), as_of=as_of
            )


def _ages(source: CaseSource, as_of: dt.date) -> Iterator[Finding]:
    for place, row in rows_of(source, "people"):
        born = row.birth_date
        if born > as_of:
            yield error("finding.born_later", place.file, place.line, "birth_date", born.written(), as_of=as_of)
        elif not YOUNGEST <= (age := whole_months(born, as_of) // 12) <= OLDEST:
            yield error("finding.impossible_age", place.file, place.line, "birth_date", born.written(), age=age)


def _service_dates(source: CaseSource, as_of: dt.date) -> Iterator[Finding]:
    for place, row in rows_of(source, "service"):
        if row.since and row.since > as_of:
            yield warning("finding.service_later", place.file, place.line, "since", row.since.written(), as_of=as_of)
        if row.until and row.until > as_of:
            yield warning("finding.service_ends_later", place.file, place.line, "until", row.until.written())


def _leaving(case: Case, content: ContentSource | None) -> dict[PersonId, dt.date]:
    """The first day out of service of everyone of whom it is known."""
    days: dict[PersonId, dt.date] = {}
    for person in case.people:
        day = _retires_on(person, content)
        if day is not None:
            days[person.person_id] = day
    for row in case.decisions:
        if row.kind == "leaves" and row.status == "decided" and row.from_:
            days[row.person_id] = min(row.from_, days.get(row.person_id, row.from_))
    return days


def _retires_on(person: Person, content: ContentSource | None) -> dt.date | None:
    if content is None or "retirement" in content.broken:
        return person.retires_on
    try:
        return content.content.retires_on(person)
    except ValueError:  # born before the first step
        return None


def _vacancies(source: CaseSource, content: ContentSource | None, as_of: dt.date) -> Iterator[Finding]:
    """With several holders a future vacancy does not say who goes, and we do not guess.

    It is in order where one of them is known to leave on that very day: then it says nothing new.
    """
    leaving = _leaving(source.case, content)
    holders: defaultdict[PositionId, list[PersonId]] = defaultdict(list)
    for row in source.case.service:
        if row.position_id and _is_present(row, as_of) and row.person_id not in holders[row.position_id]:
            holders[row.position_id].append(row.person_id)
    for place, vacancy in rows_of(source, "vacancies"):
        there = holders.get(vacancy.position_id, [])
        if vacancy.on > as_of and len(there) > 1 and not any(leaving.get(p) == vacancy.on for p in there):
            yield error(
                "finding.who_leaves", place.file, place.line, "position_id", vacancy.position_id,
                people=", ".join(there), on=vacancy.on.written(),
            )  # fmt: skip


def _still_there(source: CaseSource, content: ContentSource | None, as_of: dt.date) -> Iterator[Finding]:
    """Holders whose last day is past: they hold nothing in the plan."""
    leaving = _leaving(source.case, content)
    for place, row in rows_of(source, "service"):
        on = leaving.get(row.person_id)
        if on is not None and on < as_of and _is_present(row, as_of):
            yield warning("finding.left_already", place.file, place.line, "person_id", row.person_id, on=on)
