"""The words of a content set: for the columns of a case, the codes and what people write for each. `words.yaml`.

Ranks, standards, competencies and yearly classes have codes and names in files of their own; here stand the words that
people write for them besides. How words are compared is in `files.word_lists`.
"""

from collections.abc import Mapping

from pydantic import Field

from planner.domain.ids import CompetencyId
from planner.domain.record import Name, Record


class Choice(Record):
    """A code, what people call it, and what they write for it besides. A word of several codes must be made clear."""

    code: str = Field(description="as tables of a case hold it")
    name: Name | None = Field(None, description="what people call it; none: as the program or the content calls it")
    words: tuple[str, ...] = Field((), description="what people write for it, besides")


class ColumnWords(Record):
    """The codes of a column. `open`: other values may stand there as well, and are kept as they are written."""

    choices: tuple[Choice, ...] = Field(description="its codes with their words")
    open: bool = Field(False, description="whether other values may stand in the column")


class Words(Record):
    """The words of a content set, in both languages."""

    columns: Mapping[str, ColumnWords] = Field(
        default={}, description="table.column: its codes; `yes_no`: words of every column of yes or no"
    )
    levels: Mapping[CompetencyId, tuple[Choice, ...]] = Field(
        default={}, description="competency: words for its levels"
    )
    headings: Mapping[str, tuple[str, ...]] = Field(
        default={}, description="table.column: headings, besides those that are always understood"
    )

    def of(self, column: str) -> tuple[Choice, ...]:
        """The codes that are listed for `table.column`."""
        listed = self.columns.get(column)
        return listed.choices if listed else ()
