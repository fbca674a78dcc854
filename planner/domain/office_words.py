"""The words that offices write in their lists: what headings, levels, ratings, notes and units are called.

Phrases only; how they are looked for is the business of `importers`. One file per content set: `import.yaml`.
"""

from collections.abc import Mapping

from pydantic import Field

from planner.domain.record import Record

Phrases = tuple[str, ...]


class UnitWord(Record):
    """First words of a unit's name, and what kind of unit it then is."""

    words: Phrases = Field(min_length=1)
    kind: str
    root: bool = Field(False, description="a unit with units below it: a department, a commune")
    organ: bool = Field(False, description="an organ of a locality: its party committee, its council")
    parent: str | None = Field(None, description="kind of the organ to which it belongs in a locality")
    capital: bool = Field(False, description="only with a capital behind it: Tổ Hành chính, not Tổ chức")


class Grade(Record):
    """A level of a competency and the words for it; the longest word that fits wins."""

    level: str
    words: Phrases = Field(min_length=1)


class CourseWords(Record):
    """A course that notes speak of, and what it grants."""

    course_id: str
    name: str
    grants: str
    words: Phrases = Field(min_length=1)


class OrganName(Record):
    """How an organ of a locality is called, and the words that say so in a heading."""

    kind: str
    name: str


class OfficeWords(Record):
    """Everything that the reader of office workbooks knows of words."""

    columns: Mapping[str, Phrases] = Field(default={}, description="meaning of a column: its headings")
    within: Mapping[str, Mapping[str, str]] = Field(
        default={}, description="meaning of the group: meaning of the column: what it then means"
    )
    heading_words: Mapping[str, str] = Field(default={}, description="short forms within headings, in capitals")
    skipped: Phrases = Field((), description="meanings that are known and left out")
    vacant: Phrases = ()
    totals: Phrases = ()
    footers: Phrases = ()
    people_counted: Phrases = Field((), description="after the number of a total: people")
    women_counted: Phrases = Field((), description="before the number of women")
    blocks: Phrases = Field((), description="first words of a section that is no unit and no post")
    seats: Phrases = Field((), description="after the number of seats in a heading")
    honorifics: Phrases = ()
    women: Phrases = Field((), description="words in a name or before it: a woman")
    men: Phrases = Field((), description="words in a name or before it: a man")
    men_often: Phrases = Field((), description="words in a name: most likely a man")
    male: Phrases = ()
    female: Phrases = ()
    units: tuple[UnitWord, ...] = ()
    organs: tuple[OrganName, ...] = ()
    abbreviations: Mapping[str, str] = Field(default={}, description="short forms in names of units")
    mottos: Phrases = ()
    issuers: Phrases = Field((), description="first words of the line above the unit that sends the list")
    old: Phrases = Field((), description="mark of a place that is no more")
    province: Phrases = Field((), description="first words of names of provinces")
    places: Phrases = Field((), description="words before names of communes and districts")
    since: Phrases = Field((), description="before the date since which a post is held")
    acting: Phrases = ()
    joined: Phrases = Field((), description="words between two posts in one cell")
    none: Phrases = Field((), description="cells that say: nothing")
    language: Phrases = Field((), description="words of a language certificate in a cell of several facts")
    it: Phrases = Field((), description="words of an IT certificate in a cell of several facts")
    studying: Phrases = Field((), description="a level that is being studied")
    planning: Phrases = Field((), description="a level that is only intended")
    courses: tuple[CourseWords, ...] = ()
    rating_unclear: Phrases = ()
    rating_none: Phrases = ()
    additions: Phrases = Field((), description="words in the title of a form that adds names")
    forms: Phrases = Field((), description="words in the title of a form of planned names")
    appointed: Phrases = Field((), description="left a list because appointed")
    retirement: Phrases = ()
    discipline: Phrases = ()
    party_side: Phrases = ()
    administrative_side: Phrases = ()
    relation_is: Phrases = Field((), description="after the relation: the named one is that to the person of the row")
    as_of: Phrases = Field((), description="before the date of the list")
    left: Phrases = Field((), description="notes that say the person has gone")


class ListWords(OfficeWords):
    """The same with what a case understands as well: words of `words.yaml`, and of the yearly classes."""

    degrees: tuple[Grade, ...] = ()
    theory: tuple[Grade, ...] = ()
    state_mgmt: tuple[Grade, ...] = ()
    ratings: tuple[Grade, ...] = ()
    statuses: tuple[Grade, ...] = ()
    discipline_forms: tuple[Grade, ...] = ()
    relations: tuple[Grade, ...] = ()
