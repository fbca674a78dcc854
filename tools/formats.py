"""Write docs/formats.md: what goes in and what comes out, from the schemas that read and write it.

Columns come from the records of the case, their meanings and Vietnamese headings from the catalogues that `planner new`
uses too; keys of YAML files from the models that check them. A test compares the page with the committed one.
"""

import datetime as dt
import inspect
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from planner.domain.case import REQUIRED_TABLES, TABLES, Admits, Need
from planner.domain.dates import Day
from planner.domain.indicator_sets import IndicatorSetFile, RatingFile
from planner.domain.messages import tr
from planner.domain.office_words import OfficeWords
from planner.domain.plan import Plan
from planner.domain.scenario import Scenario
from planner.domain.titles import Titles
from planner.domain.words import Words
from planner.edits.registry import EDITS
from planner.exporters import TABLES as PLAN_TABLES
from planner.files.content import CompetencyFile, CourseFile, RankFile, RetirementFile, RulebookFile, StandardFile
from planner.files.formats import BY_TITLE, Column, columns_of_table
from planner.files.scenario import SetRule
from planner.files.words import choice_label, table_name

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "formats.md"
KINDS = {
    "text": "text", "code": "code", "date": "date", "yes_no": "yes or no", "whole": "whole number", "number": "number",
    "choice": "one of", "need": "competency:level", "admits": "whom",
}  # fmt: skip
CONTENT: dict[str, type[BaseModel]] = {
    "competencies.yaml": CompetencyFile, "ranks.yaml": RankFile, "standards/*.yaml": StandardFile,
    "retirement.yaml": RetirementFile, "rulebooks/NAME.yaml": RulebookFile, "courses.yaml (optional)": CourseFile,
    "titles.yaml (optional)": Titles, "words.yaml (optional)": Words,
    "indicators/ratings.yaml (optional)": RatingFile,
    "indicators/*.yaml (optional)": IndicatorSetFile, "import.yaml (optional, for `planner import`)": OfficeWords,
}  # fmt: skip
OURS = {"line", "file", "path"}
"""Fields that the program fills in."""

HEAD = """# Formats
<!-- written by `python -m tools.formats` from the schemas; do not edit -->

[The case](#the-case) · [A scenario](#a-scenario) · [Content](#content) · [The plan](#the-plan)

## The case
A folder with a CSV file for each table, or one workbook (`.xlsx`) with a sheet for each. `planner new DIR` writes an
empty one with lists to choose from, notes on every heading and an example. `planner check` names every problem with
file or sheet, row and column.

- **Names** of files, sheets and headings are English identifiers or the Vietnamese words below, and headings of the
  content's `words.yaml`; capitals, blanks, underlines, missing marks and a `★` do not matter. Files, sheets and columns
  of your own start with `x_` and are carried through; sheets named *Hướng dẫn*, *Guide* or *Notes* are passed over. Any
  other unknown name is an error with a suggestion.
- **Text**: CSV in UTF-8, with or without its mark, with commas. Text is brought to NFC on reading. Codes are text:
  `012` stays `012`; in a workbook format such cells as text.
- **Dates**: `2026-08-31`, `31/08/2026`, `08/2026` or `2026`, as far as they are known, or a date of Excel (one that is
  shown without its day is a month). `04-05-1975`, which may be two days, is an error; years run from 1900 to 2200.
- **Numbers** have no mark between thousands: `1500000`; a fraction is `8.5` or `8,5`. `1.500` and
  `1.500.000` are errors.
- **Yes or no**: `yes`, `no`, `có`, `không`, or a cell of Excel that is true or false; empty = not known.
- **Choices** are the identifiers below or their words in either language. The content set lists more words for them in
  `words.yaml`, and gives codes and words to columns of text, as `relation`, `form` and `kind`. Ranks, standards,
  competencies, levels and yearly classes are written as codes or as names; a rank also as a title, which the title map
  reads with the unit (`Phó trưởng phòng`). What is read becomes the code. Capitals, blanks and hyphens do not matter,
  nor do missing marks where no other word is meant; `con dâu/rể` and `anh, chị ruột` are several words of one meaning.
  A word that may mean several codes is an error with all of them, one that is not listed an error with a suggestion.
  Columns that are `open` in `words.yaml` keep other words as they are written.
- A **formula** is read as its last value, as a doubt; without one it is an error. Merged cells are errors. A sheet may
  be hidden, which is a doubt.
- ★ = required. The tables {needed} are needed for a first plan; any other may be absent.
"""


def page() -> str:
    """The whole page."""
    needed = ", ".join(f"`{table}`" for table in REQUIRED_TABLES)
    parts = [HEAD.format(needed=needed), *map(_table, TABLES), "\n".join(_scenario()), "\n".join(_content())]
    return "\n".join([*parts, "\n".join(_plan())]).rstrip() + "\n"


def _table(table: str) -> str:
    star = "★ " if table in REQUIRED_TABLES else ""
    lines = [f"### {star}`{table}` · {table_name(table, 'vi')}", tr(f"guide.about.{table}"), ""]
    lines += ["| column | | what | default | meaning | Vietnamese headings |", "|---|---|---|---|---|---|"]
    lines += [_column(column) for column in columns_of_table(table)]
    return "\n".join([*lines, ""])


def _column(column: Column) -> str:
    what = KINDS[column.kind]
    if column.choices:
        words = [f"`{c}` ({choice_label(column.table, column.name, c, 'vi')})" for c in column.choices]
        what = ", ".join(words)
    elif column.points_to is not None:
        what = f"code of `{column.points_to}`"
    star = "★" if column.required else "(★)" if column.table == "positions" and column.name in BY_TITLE else ""
    default = f"`{column.default}`" if column.default is not None else ""
    headings = ", ".join(column.headings[1:])
    return f"| `{column.name}` | {star} | {what} | {default} | {_cell(column.meaning())} | {headings} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _scenario() -> Iterator[str]:
    yield "## A scenario"
    yield "A YAML file, usually `scenario.yaml` beside the case. Keys that are not listed are errors."
    yield ""
    yield from _models([Scenario])
    yield "### A what-if"
    yield "A file that `extends:` another, beside it or below the same scenario folder, and may hold a `title`, `rules`"
    yield "and `edits`. What it extends is merged before anything is checked. `edits` is a list, one key each:"
    yield ""
    for name, edit in {**EDITS, "set_rule": SetRule}.items():
        keys = [key for key, field in _fields(edit)]
        yield f"- `{name}: {{{', '.join(keys)}}}`: {_says(edit)}"
    yield ""


def _content() -> Iterator[str]:
    yield "## Content"
    yield "A folder of YAML files: parameters only. Tags, aliases and unknown keys are errors. A folder `example` may"
    yield "hold CSV tables, which `planner new` shows as example rows."
    yield ""
    for file, model in CONTENT.items():
        yield f"### `{file.split(' ')[0]}`{file.partition(' ')[2] and ' ' + file.partition(' ')[2]}"
        yield from _models([model])


def _plan() -> Iterator[str]:
    yield "## The plan"
    yield "A folder, written whole or not at all: `plan.json` (the plan), the tables below as CSV (written from it),"
    yield "`manifest.json` (hashes of the input, versions, seed, per goal value, bound and gap),"
    yield "`proof.npz` (what a what-if needs of the proof; nothing is claimed by it), `log.txt` (what was left of all"
    yield "that could be decided, and each step of the search with its second), and"
    yield "`input/` with the scenario after its edits, the case and the content: a plan can be judged on its own."
    yield ""
    yield "### `plan.json`"
    yield from _models([Plan])
    yield "### Tables"
    yield "| table | columns |"
    yield "|---|---|"
    for name, table in PLAN_TABLES.items():
        yield f"| `{name}` | {', '.join(f'`{column}`' for column in table.columns)} |"
    yield ""


def _models(todo: list[type[BaseModel]]) -> Iterator[str]:
    """The keys of the models and of those within them, each once, in the order in which they are met."""
    seen: list[type[BaseModel]] = []
    while todo:
        model = todo.pop(0)
        if model in seen:
            continue
        seen.append(model)
        if len(seen) > 1:
            yield f"**{model.__name__}**: {_says(model)}" if _says(model) else f"**{model.__name__}**"
        elif _says(model):
            yield _says(model)
        fields = list(_fields(model))
        yield ""
        yield "| key | | what | default | meaning |"
        yield "|---|---|---|---|---|"
        for key, field in fields:
            star = "★" if field.is_required() else ""
            meaning = _cell(field.description or "")
            yield f"| `{key}` | {star} | {_cell(_type(field.annotation))} | {_default(field)} | {meaning} |"
        yield ""
        inner = [m for _, field in fields for m in _inner(field.annotation)]
        todo = [*(m for m in inner if m not in seen), *todo]


def _fields(model: type[BaseModel]) -> Iterator[tuple[str, Any]]:
    return ((field.alias or name, field) for name, field in model.model_fields.items() if name not in OURS)


def _says(model: type[BaseModel]) -> str:
    """The first paragraphs of a docstring, as one line each."""
    text = inspect.cleandoc(model.__doc__) if model.__doc__ else ""
    return _cell(" ".join(text.split()))


def _type(annotation: Any) -> str:
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _type(inner[0])
    if origin in (Union, UnionType):
        return " or ".join(dict.fromkeys(_type(a) for a in inner if a is not type(None)))
    if origin is Literal:
        return ", ".join(f"`{choice}`" for choice in inner)
    if origin is tuple:
        items = [a for a in inner if a is not Ellipsis]
        return f"list of {_type(items[0])}" if inner[-1] is Ellipsis else " and ".join(map(_type, items))
    if origin in (list, frozenset, set):
        return f"list of {_type(inner[0])}"
    if isinstance(origin, type):
        return f"mapping to {_type(inner[-1])}"
    names = {
        Day: "date", dt.date: "date", bool: "true or false", int: "whole number", float: "number", Decimal: "number",
        Need: "competency:level", Admits: "whom (as in `courses`)", Any: "anything", str: "text",
    }  # fmt: skip
    if annotation in names:
        return names[annotation]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"**{annotation.__name__}**"
    return "code" if hasattr(annotation, "__supertype__") else str(getattr(annotation, "__name__", annotation))


def _inner(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [m for a in get_args(annotation) for m in _inner(a)]


def _default(field: Any) -> str:
    value = field.get_default(call_default_factory=True) if not field.is_required() else None
    if value is PydanticUndefined or value is None or value in ((), {}, ""):
        return ""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, BaseModel):
        return "its own"
    if isinstance(value, tuple):
        return f"`{_tiers(value)}`"
    return f"`{value}`"


def _tiers(value: tuple[Any, ...]) -> str:
    return f"[{', '.join(_tiers(v) if isinstance(v, tuple) and len(v) > 1 else _one(v) for v in value)}]"


def _one(value: Any) -> str:
    return str(value[0]) if isinstance(value, tuple) else str(value)


def main() -> None:
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
