"""How a finding is made: from a code of the catalogue, from what pydantic refused, with a near suggestion."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from planner.domain.dates import NOT_A_DATE, NOT_A_DAY, NOT_A_YEAR
from planner.domain.errors import Finding
from planner.domain.messages import tr
from planner.domain.numbers import NOT_A_NUMBER, NOT_WHOLE, THOUSANDS

SUGGESTIONS = 40
"""After so many searches in one list we stop: a table of the wrong case would cost minutes."""


def error(
    code: str, file: str = "", row: int | None = None, column: str | None = None, value: object = None,
    suggestion: str | None = None, **values: Any,
) -> Finding:  # fmt: skip
    """A finding that stops the run; `values` fill the message of `code`."""
    shown = None if value is None else _short(str(value))
    text = tr(code, "en", value=shown, column=column, **values)
    return Finding("error", code, file, row, column, shown, text, suggestion, values)


def warning(
    code: str, file: str = "", row: int | None = None, column: str | None = None, value: object = None,
    suggestion: str | None = None, **values: Any,
) -> Finding:  # fmt: skip
    """A finding that the run lives with."""
    shown = None if value is None else _short(str(value))
    text = tr(code, "en", value=shown, column=column, **values)
    return Finding("warning", code, file, row, column, shown, text, suggestion, values)


def doubt(
    code: str, file: str = "", row: int | None = None, column: str | None = None, value: object = None,
    suggestion: str | None = None, **values: Any,
) -> Finding:  # fmt: skip
    """A reading that somebody should look at: it was taken as it stands, and may be meant otherwise."""
    shown = None if value is None else _short(str(value))
    text = tr(code, "en", value=shown, column=column, **values)
    return Finding("doubt", code, file, row, column, shown, text, suggestion, values)


SHOWN = 120
"""Characters of a value that a finding repeats: a cell may hold a whole file."""


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def is_error(finding: Finding) -> bool:
    return finding.severity == "error"


def plain(text: str) -> str:
    """Text for comparing: case, blanks and Vietnamese marks do not matter."""
    marks = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(c for c in marks if not unicodedata.combining(c)).split())


class Names:
    """Known identifiers, each with a readable label where there is one; suggests what was probably meant."""

    def __init__(self, known: Mapping[str, str] | Iterable[str]) -> None:
        labels = known if isinstance(known, Mapping) else dict.fromkeys(known, "")
        self._labels: Mapping[str, str] = labels
        self._asked: dict[str, str | None] = {}

    @cached_property
    def _by_text(self) -> dict[str, str]:
        """Made when something is not found: thousands of names need it seldom."""
        by_label = {plain(label): k for k, label in self._labels.items() if label}
        return by_label | {plain(k): k for k in self._labels}

    def __contains__(self, name: object) -> bool:
        return name in self._labels

    def __iter__(self) -> Iterator[str]:
        return iter(self._labels)

    def suggest(self, name: str) -> str | None:
        """The identifier that looks like `name`, or whose label is `name`."""
        text = plain(name)
        if text in self._by_text:
            return self._by_text[text]
        if text not in self._asked:
            if len(self._asked) >= SUGGESTIONS:
                return None
            near = difflib.get_close_matches(text, self._by_text, n=1, cutoff=0.6)
            self._asked[text] = self._by_text[near[0]] if near else None
        return self._asked[text]


_VALUE_ERRORS = {
    NOT_A_DATE: "finding.not_a_date",
    NOT_A_DAY: "finding.not_a_day",
    NOT_A_YEAR: "finding.not_a_year",
    THOUSANDS: "finding.thousands",
    NOT_WHOLE: "finding.not_whole",
    NOT_A_NUMBER: "finding.not_a_number",
    "yes or no (or empty: not known)": "finding.not_yes_or_no",
    "competency:level, e.g. theory:advanced": "finding.not_a_need",
    "in_post or in_post_or_planned, with ranks after a colon: in_post:DIV,DEP": "finding.not_admits",
    "the end of a calendar half: 30 June or 31 December": "finding.not_half_end",
    "either levels, or unit: months with counts": "finding.levels_or_months",
    "counts (which time counts)": "finding.months_without_counts",
    "full and zero are two different values": "finding.full_is_zero",
    "direction up wants full above zero, direction down full below zero": "finding.scale_direction",
    "either at_least or at_most": "finding.one_bound",
    "outstanding is of a unit: per unit or office": "finding.outstanding_of_a_unit",
}
_TYPE_ERRORS = {
    "missing": "finding.missing_value",
    "int_parsing": "finding.not_whole", "int_type": "finding.not_whole",
    "int_from_float": "finding.not_whole", "int_parsing_size": "finding.not_whole",
    "float_parsing": "finding.not_a_number", "float_type": "finding.not_a_number",
    "finite_number": "finding.not_a_number", "decimal_parsing": "finding.not_a_number",
    "decimal_type": "finding.not_a_number", "decimal_max_places": "finding.not_a_number",
    "string_type": "finding.not_text",
    "tuple_type": "finding.not_a_list", "list_type": "finding.not_a_list",
    "dict_type": "finding.not_a_mapping", "mapping_type": "finding.not_a_mapping",
    "model_type": "finding.not_a_mapping", "model_attributes_type": "finding.not_a_mapping",
    "extra_forbidden": "finding.unknown_key",
}  # fmt: skip
_LIMITS = {"greater_than_equal": ("finding.too_small", "ge"), "less_than_equal": ("finding.too_large", "le"),
           "greater_than": ("finding.not_above", "gt")}  # fmt: skip


def refused(details: ErrorDetails) -> tuple[str, dict[str, Any], str | None]:
    """What pydantic refused, as a code of the catalogue, its values, and a suggestion."""
    kind, context = details["type"], details.get("ctx", {})
    if kind == "literal_error":
        choices = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        near = Names(choices).suggest(str(details["input"]))
        return "finding.not_one_of", {"choices": ", ".join(choices)}, near
    if kind in _LIMITS:
        code, key = _LIMITS[kind]
        return code, {"limit": context.get(key)}, None
    if kind in _TYPE_ERRORS:
        return _TYPE_ERRORS[kind], {}, None
    text = str(context.get("error", details["msg"]))
    if text in _VALUE_ERRORS:
        return _VALUE_ERRORS[text], {}, None
    return "finding.refused", {"text": text}, None


def keys_of(model: type[BaseModel]) -> set[str]:
    """The keys as they are written in a file: the alias where there is one."""
    return {f.alias or name for name, f in model.model_fields.items()}


def refused_values(
    problem: ValidationError, model: type[BaseModel], file: str, row: int | None, name: str
) -> list[Finding]:
    """What pydantic refused in the flat values of an edit, as findings with the column `name.key`."""
    found: dict[str, Finding] = {}
    for details in problem.errors():
        key = str(details["loc"][0]) if details["loc"] else ""
        code, values, suggestion = refused(details)
        if details["type"] == "extra_forbidden":
            suggestion = Names(keys_of(model)).suggest(key)
        absent = details["type"] == "missing" or isinstance(details["input"], dict)
        shown = None if absent else details["input"]
        column = f"{name}.{key}" if key else name
        found.setdefault(key, error(code, file, row, column, shown, suggestion, **values))
    return list(found.values())
