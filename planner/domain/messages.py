"""Every text that people read, in Vietnamese and English.

The catalogues are the files of `locale/<language>/LC_MESSAGES`, one for each part of the program: `planner.po` for
what all parts say, `rules.po`, `importers.po` … for what one says. The msgid is a *code*
(`finding.unknown_column`), never a sentence; both languages give the sentence, with `{names}` that the
values fill.

To add a message: write its code where it is used, as a literal (`"finding.unknown_column"`,
`Reason("reason.months_left")`), and add the code to the `.po` file of its part in both languages. A code starts
with one of `PREFIXES`. `tests/domain/test_messages.py` reads all codes from the source and fails when one is
missing in a catalogue, when a catalogue holds one that nothing uses, or when the two languages want different
values. Codes that are put together at run time start with a prefix of `OPEN` and are not looked for in the source.
"""

import datetime as dt
import string
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from planner.domain.dates import Day, written_day
from planner.domain.errors import Finding
from planner.domain.record import Name

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
PREFIXES = (
    "finding", "where", "reason", "cause", "table", "goal", "text", "value", "rule", "structure", "count", "step",
    "note", "assess", "sheet", "choice", "column", "guide",
    "doubt", "todo",
)  # fmt: skip
OPEN = (
    "table", "goal", "cause", "value", "rule", "structure", "count", "step", "sheet", "choice", "column", "guide",
    "doubt", "todo",
)  # fmt: skip
"""Prefixes whose codes are put together at run time: `tr(f"table.{name}")`."""

_LOCALE = Path(__file__).parent / "locale"


@cache
def catalogue(language: Language) -> Mapping[str, str]:
    """All messages of a language by code, read once."""
    messages: dict[str, str] = {}
    for path in catalogue_files(language):
        with path.open("rb") as file:
            messages |= {str(m.id): str(m.string) for m in read_po(file, locale=language) if m.id and m.string}
    return messages


def catalogue_files(language: Language) -> list[Path]:
    """The catalogue of each part of the program."""
    return sorted((_LOCALE / language / "LC_MESSAGES").glob("*.po"))


class _Values(string.Formatter):
    """Fills what it is given and leaves other names standing: no message is lost to a missing value."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def format_field(self, value: Any, format_spec: str) -> str:
        """A day as people write it, a name in the language; give days as dates, not as text."""
        if isinstance(value, Name):
            return value.text(self.language)
        if isinstance(value, dt.date) and not format_spec:
            return day_text(value, self.language)
        return str(super().format_field(value, format_spec))

    def get_value(self, key: int | str, args: Any, kwargs: Any) -> Any:
        return kwargs.get(str(key), "{" + str(key) + "}")


_FORMATTERS: Mapping[Language, _Values] = {language: _Values(language) for language in LANGUAGES}


def day_text(day: dt.date, language: Language = "en") -> str:
    """A day as far as it is known: 12/08/1968 in Vietnamese; 1968-08-12 in English, that nobody reads month first."""
    if language == "vi":
        return written_day(day)
    return day.written() if isinstance(day, Day) else day.isoformat()


def number_text(value: float, language: Language = "en") -> str:
    """1,234.5 in English, 1.234,5 in Vietnamese; two decimals at most."""
    return format_decimal(value, format="#,##0.##", locale=language)


def percent_text(share: float, language: Language = "en") -> str:
    """12.5% in English, 12,5% in Vietnamese."""
    return format_percent(share, format="#,##0.0%", locale=language)


def tr(code: str, language: Language = "en", **values: Any) -> str:
    """The text of a code; the code itself where a catalogue lacks it."""
    text = catalogue(language).get(code)
    return code if text is None else _FORMATTERS[language].vformat(text, (), values)


def label(kind: str, value: str, language: Language = "en") -> str:
    """What people call a value of a kind (`degree`, `status`); the value itself where the catalogue has no word."""
    return catalogue(language).get(f"value.{kind}.{value}", value)


def level_text(competency: str, level: str, language: Language = "en") -> str:
    """What people call a level of a competency: the word of that competency, else the common one, else its id."""
    known = catalogue(language)
    return known.get(f"value.{competency}.{level}") or known.get(f"value.level.{level}") or level


def finding_text(finding: Finding, language: Language = "en") -> str:
    """One line: where it is, what is wrong and expected, what was probably meant."""
    parts = [finding.file]
    if finding.row is not None:
        parts.append(tr("where.row", language, row=finding.row))
    if finding.column:
        argument = not finding.file and finding.row is None and (finding.column.isupper() or finding.column[0] == "-")
        parts.append(finding.column if argument else tr("where.column", language, column=finding.column))
    where = ", ".join(p for p in parts if p)
    values = {"value": finding.value, "column": finding.column, "expected": finding.expected} | dict(finding.values)
    if isinstance(values.get("text"), str):
        values["text"] = label("system", values["text"], language)
    if language != "en" and isinstance(table := values.get("target"), str):  # in English a table is its identifier
        values["target"] = catalogue(language).get(f"sheet.{table}", table)
    text = tr(finding.code, language, **values)
    if text == finding.code and finding.expected:
        text = finding.expected
    hint = tr("where.suggestion", language, suggestion=finding.suggestion) if finding.suggestion else ""
    return (f"{where}: " if where else "") + text + (f" {hint}" if hint else "")
