"""Columns that point elsewhere: to another table of the case, or to a list of the content."""

POINTERS: dict[str, dict[str, str]] = {
    "units": {"parent_id": "units"},
    "authorities": {"unit_id": "units", "delegated_from": "authorities"},
    "positions": {
        "unit_id": "units", "held_with": "positions", "managed_by": "authorities", "rank": "ranks",
        "standard": "standards",
    },
    "people": {"unit_id": "units"},
    "service": {
        "person_id": "people", "position_id": "positions", "unit_id": "units", "return_to": "positions",
        "rank": "ranks",
    },
    "qualifications": {"person_id": "people", "competency": "competencies"},
    "indicators": {"person_id": "people", "indicator": "indicator_sets"},
    "ratings": {"person_id": "people", "rating": "ratings"},
    "discipline": {"person_id": "people"},
    "relations": {"person_a": "people", "person_b": "people"},
    "pools": {"position_id": "positions", "person_id": "people", "round_id": "rounds"},
    "nominations": {"position_id": "positions", "person_id": "people", "round_id": "rounds"},
    "enrolments": {"person_id": "people", "course_id": "courses", "session_id": "sessions"},
    "sessions": {"course_id": "courses"},
    "vacancies": {"position_id": "positions"},
    "exemptions": {"rule": "rules"},
    "decisions": {"person_id": "people", "position_id": "positions", "session_id": "sessions"},
}  # fmt: skip
"""Column → the table, or the list of the content, in which its value must stand."""

IN_CONTENT = frozenset({"ranks", "standards", "competencies", "rules", "ratings", "indicator_sets"})
"""The targets that are lists of the content."""
