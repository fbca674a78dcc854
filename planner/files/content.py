"""Content sets: where they are, and how their YAML becomes `Content`, every problem with file and line."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from planner.domain.catalogue import CatalogueCourse
from planner.domain.content import Competency, Content, Entry, Rank, RetirementStep, Standard
from planner.domain.errors import Finding, InputError
from planner.domain.findings import Names, error
from planner.domain.indicator_sets import IndicatorSet, IndicatorSetFile, RatingFile
from planner.domain.office_words import OfficeWords
from planner.domain.record import Record
from planner.domain.suitability import PLAIN, Component, Gate, SuitabilitySpec
from planner.domain.titles import Titles
from planner.domain.words import Words
from planner.domain.work_fields import WorkField
from planner.files.catalogue import check_courses, check_feeders, check_fields
from planner.files.indicators import check_indicators, recorded_names
from planner.files.vocabulary import Vocabulary, office_with_words, together
from planner.files.word_checks import check_words
from planner.files.yaml_source import KeyPath, YamlSource, read_yaml

_NAME = re.compile(r"^[\w][\w.-]*$")
RATINGS = "ratings.yaml"
WORDS = "words.yaml"
_PACKAGE = Path(__file__).resolve().parent.parent


def shipped(kind: str) -> Path:
    """The folder of all `models` or all `scenarios`: in the installed package, else at the repository's top."""
    inside = _PACKAGE / "_content" / kind
    return inside if inside.is_dir() else _PACKAGE.parent / kind


def _shipped_names(kind: str) -> list[str]:
    folder = shipped(kind)
    return sorted(p.name for p in folder.iterdir() if p.is_dir()) if folder.is_dir() else []


def find_content(name_or_path: str, base: Path) -> Path:
    """The folder of a content set: a value with a slash is relative to `base`, any other names a set of ours."""
    if "/" in name_or_path:
        folder = base / name_or_path
        if Path(name_or_path).is_absolute() or not folder.is_dir():
            raise InputError([error("finding.no_content_folder", column="content", value=name_or_path)])
        return folder
    folder = shipped("models") / name_or_path
    if not _NAME.match(name_or_path) or not folder.is_dir():
        names = _shipped_names("models")
        near = Names(names).suggest(name_or_path)
        raise InputError(
            [
                error(
                    "finding.no_content_set",
                    "",
                    None,
                    "content",
                    name_or_path,
                    near,
                    choices=", ".join(names),
                )
            ]
        )
    return folder


def find_scenario(name_or_path: str | Path) -> Path:
    """A scenario file: a path to it or its folder, or the name of one of ours (`department`, `department/x`)."""
    path = Path(name_or_path)
    for candidate in (path, path / "scenario.yaml"):
        if candidate.is_file():
            return candidate
    name = str(name_or_path)
    if all(_NAME.match(part) for part in name.split("/")):
        for candidate in (
            shipped("scenarios") / name / "scenario.yaml",
            shipped("scenarios") / f"{name}.yaml",
        ):
            if candidate.is_file():
                return candidate
    names = _shipped_names("scenarios")
    raise InputError(
        [error("finding.no_scenario", name, suggestion=Names(names).suggest(name), choices=", ".join(names))]
    )


class CompetencyFile(Record):
    competencies: tuple[Competency, ...]


class RankFile(Record):
    ranks: tuple[Rank, ...]
    field_families: Mapping[str, tuple[str, ...]] = {}
    fields: tuple[WorkField, ...] = ()


class StandardFile(Record):
    standards: tuple[Standard, ...]


class RetirementFile(Record):
    by_birth_month: tuple[RetirementStep, ...]


class CourseFile(Record):
    courses: tuple[CatalogueCourse, ...]


class RulebookFile(Record):
    entries: tuple[Entry, ...]


File = TypeVar("File", bound=BaseModel)


@dataclass(frozen=True)
class ContentSource:
    """Content as it was read. Parts in `broken` are not whole: nothing is checked against them."""

    content: Content
    folder: Path
    findings: tuple[Finding, ...] = ()
    broken: frozenset[str] = frozenset()

    def known(self) -> dict[str, dict[str, str]]:
        """Identifiers with labels, of the parts that could be read."""
        content = self.content
        parts: dict[str, dict[str, str]] = {
            "competencies": {c.id: c.name.text("vi") for c in content.competencies},
            "ranks": {r.code: r.name.text("vi") for r in content.ranks},
            "standards": {s.id: s.name.text("vi") if s.name else "" for s in content.standards},
            "rules": {e.id: "" for e in content.rulebook},
        }
        # A set that has no indicator sets, or no classes, says nothing of what a case may record.
        if content.ratings:
            parts["ratings"] = {r.code: r.short.text("vi") for r in content.ratings}
        if content.indicator_sets:
            parts["indicator_sets"] = recorded_names(content)
        return {part: names for part, names in parts.items() if part not in self.broken}


def read_content(folder: Path, rulebook: str) -> ContentSource:
    """The content set of a folder with one of its rulebooks."""
    reader = _Reader(folder)
    competencies = reader.part("competencies", folder / "competencies.yaml", CompetencyFile)
    ranks = reader.part("ranks", folder / "ranks.yaml", RankFile)
    retirement = reader.part("retirement", folder / "retirement.yaml", RetirementFile)
    standards = reader.standards()
    courses = reader.optional("courses", folder / "courses.yaml", CourseFile)
    titles = reader.optional("titles", folder / "titles.yaml", Titles)
    ratings = reader.optional("ratings", folder / "indicators" / RATINGS, RatingFile)
    indicator_sets = reader.indicator_sets()
    words = reader.optional("words", folder / WORDS, Words)
    office = reader.optional("office", folder / "import.yaml", OfficeWords)
    suitability = reader.optional("suitability", folder / "suitability.yaml", SuitabilitySpec)
    entries = reader.rulebook(rulebook)
    content = Content(
        name=folder.resolve().name,
        competencies=competencies.competencies if competencies else (),
        ranks=ranks.ranks if ranks else (),
        standards=standards,
        retirement=retirement.by_birth_month if retirement else (),
        rulebook=entries,
        rulebook_name=rulebook,
        field_families=ranks.field_families if ranks else {},
        fields=ranks.fields if ranks else (),
        courses=courses.courses if courses else (),
        titles=titles or Titles(),
        office=office_with_words(office, words or Words(), ratings.ratings if ratings else ()) if office else None,
        words=words or Words(),
        ratings=ratings.ratings if ratings else (),
        indicator_sets=indicator_sets,
        suitability=suitability or PLAIN,
    )
    reader.check(content)
    return ContentSource(content, folder, tuple(reader.findings), frozenset(reader.broken))


def vocabulary_of(source: ContentSource) -> Vocabulary:
    """What the cells of a case may say under a content set."""
    return Vocabulary(source.content, source.broken)


def shipped_vocabulary() -> Vocabulary:
    """What cells may say where no content set is named: the words of all of ours, none of which refuses another."""
    folder = shipped("models")
    read = [_Reader(folder / name).optional("words", folder / name / WORDS, Words) for name in _shipped_names("models")]
    return Vocabulary(words=together([words for words in read if words is not None]))


class _Reader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.findings: list[Finding] = []
        self.broken: set[str] = set()
        self.read: dict[str, list[YamlSource]] = {}
        """The files of each part, in the order in which they were read."""

    def name(self, path: Path) -> str:
        return f"{self.folder.resolve().name}/{path.relative_to(self.folder).as_posix()}"

    def part(self, part: str, path: Path, model: type[File]) -> File | None:
        """A file of the part, checked against its schema; None where it could not be read whole."""
        if not path.is_file():
            self.findings.append(error("finding.missing_content", self.name(path)))
            self.broken.add(part)
            return None
        if not path.resolve().is_relative_to(self.folder.resolve()):
            self.findings.append(error("finding.link_out", self.name(path)))
            self.broken.add(part)
            return None
        source = read_yaml(path, self.name(path))
        self.read.setdefault(part, []).append(source)
        record = None
        if not source.findings:
            try:
                record = model.model_validate(source.data)
            except ValidationError as problem:
                source.refuse(problem.errors(), model)
        if source.findings:
            self.findings += source.findings
            source.findings = []
            self.broken.add(part)
        return record

    def optional(self, part: str, path: Path, model: type[File]) -> File | None:
        """A file that a content set may do without."""
        return self.part(part, path, model) if path.is_file() else None

    def standards(self) -> tuple[Standard, ...]:
        files = sorted((self.folder / "standards").glob("*.yaml"))
        if not files:
            self.findings.append(error("finding.missing_content", self.name(self.folder / "standards")))
            self.broken.add("standards")
        read = [self.part("standards", path, StandardFile) for path in files]
        return tuple(s for file in read if file for s in file.standards)

    def indicator_sets(self) -> tuple[IndicatorSet, ...]:
        files = sorted(p for p in (self.folder / "indicators").glob("*.yaml") if p.name != RATINGS)
        read = [self.part("indicator_sets", path, IndicatorSetFile) for path in files]
        return tuple(s for file in read if file for s in file.sets)

    def rulebook(self, name: str) -> tuple[Entry, ...]:
        books = sorted(p.stem for p in (self.folder / "rulebooks").glob("*.yaml"))
        if name not in books:
            near = Names(books).suggest(name)
            self.findings.append(
                error("finding.no_rulebook", "", None, "rulebook", name, near, choices=", ".join(books))
            )
            self.broken.add("rules")
            return ()
        path = self.folder / "rulebooks" / f"{name}.yaml"
        book = self.part("rules", path, RulebookFile)
        if book is None:
            return ()
        source = self.read["rules"][0]
        lines = [source.line(("entries", i)) for i in range(len(book.entries))]
        return tuple(
            e.model_copy(update={"file": source.file, "line": line})
            for e, line in zip(book.entries, lines, strict=True)
        )

    def check(self, content: Content) -> None:
        """What one file alone cannot show."""
        self._twins("competencies", "competencies", "id")
        self._twins("ranks", "ranks", "code")
        self._twins("ranks", "fields", "id")
        self._twins("standards", "standards", "id")
        self._twins("courses", "courses", "id")
        self._twins("rules", "entries", "id")
        self._counted_ranks(content)
        self._cells(content)
        self._retirement(content)
        self._spans(content)
        self._suitability(content)
        if "ranks" not in self.broken:
            check_feeders(content, self._items("ranks", "ranks"))
            check_fields(content, self._items("ranks", "fields"))
        if "courses" not in self.broken:
            check_courses(content, self._items("courses", "courses"), frozenset(self.broken))
        if "words" in self.read and "words" not in self.broken:
            check_words(content, self.read["words"][0], frozenset(self.broken))
        items = self._items
        check_indicators(content, items("ratings", "ratings"), items("indicator_sets", "sets"), frozenset(self.broken))
        for sources in self.read.values():
            for source in sources:
                self.findings += source.findings

    def _items(self, part: str, key: str) -> Iterator[tuple[YamlSource, KeyPath, dict[str, Any]]]:
        for source in self.read.get(part, ()):
            items = source.data.get(key) if isinstance(source.data, dict) else None
            for i, item in enumerate(items if isinstance(items, list) else ()):
                if isinstance(item, dict):
                    yield source, (key, i), item

    def _twins(self, part: str, key: str, name: str) -> None:
        first: dict[Any, tuple[YamlSource, KeyPath]] = {}
        for source, path, item in self._items(part, key):
            value = item.get(name)
            if not isinstance(value, str):
                continue
            if value in first:
                other, where = first[value]
                place = f"{other.file}:{other.line(where)}"
                source.error("finding.twin_id", (*path, name), value, other=place)
            else:
                first[value] = source, path

    def _counted_ranks(self, content: Content) -> None:
        if self.broken & {"competencies", "ranks"}:
            return
        names = Names({r.code: r.name.en for r in content.ranks})
        for (source, path, _), competency in zip(
            self._items("competencies", "competencies"), content.competencies, strict=True
        ):
            for rank in competency.counts.rank if competency.counts else ():
                if rank not in names:
                    source.error(
                        "finding.dangling",
                        (*path, "counts", "rank"),
                        rank,
                        names.suggest(rank),
                        target="ranks",
                    )

    def _cells(self, content: Content) -> None:
        if self.broken & {"competencies", "standards"}:
            return
        names = Names({c.id: c.name.en for c in content.competencies})
        for (source, path, _), standard in zip(self._items("standards", "standards"), content.standards, strict=True):
            seen: set[tuple[str, str]] = set()
            for i, cell in enumerate(standard.cells):
                at = (*path, "cells", i)
                competency = content.competency.get(cell.competency)
                if competency is None:
                    near = names.suggest(cell.competency)
                    source.error("finding.dangling", (*at, "competency"), cell.competency, near, target="competencies")
                elif competency.unit and not cell.level.isdecimal():
                    source.error("finding.not_months", (*at, "level"), cell.level, competency=competency.id)
                elif not competency.unit and cell.level not in competency.levels:
                    near, choices = Names(competency.levels).suggest(cell.level), ", ".join(competency.levels)
                    source.error(
                        "finding.not_a_level", (*at, "level"), cell.level, near, competency=competency.id,
                        choices=choices,
                    )  # fmt: skip
                if (cell.competency, cell.required_at) in seen:
                    source.error("finding.twin_cell", (*at, "competency"), cell.competency, when=cell.required_at)
                seen.add((cell.competency, cell.required_at))

    def _retirement(self, content: Content) -> None:
        if "retirement" in self.broken:
            return
        source = self.read["retirement"][0]
        for sex in ("M", "F"):
            if not any(step.sex == sex for step in content.retirement):
                source.error("finding.no_retirement", ("by_birth_month",), sex=sex)
                self.broken.add("retirement")

    def _suitability(self, content: Content) -> None:
        """Classes, competencies and levels that the components and gates name are the content's."""
        if "suitability" in self.broken or "suitability" not in self.read:
            return
        source, spec = self.read["suitability"][0], content.suitability
        classes = Names({r.code: r.name.en for r in content.ratings})
        competencies = Names({c.id: c.name.en for c in content.competencies})
        parts: tuple[tuple[str, Sequence[Component | Gate]], ...] = (
            ("components", spec.components),
            ("gates", spec.gates),
        )
        for key, items in parts:
            for i, item in enumerate(items):
                at: KeyPath = (key, i, "values")
                if item.source == "ratings" and "ratings" not in self.broken:
                    for value in item.values:
                        if value not in classes:
                            source.error("finding.dangling", at, value, classes.suggest(value), target="ratings")
                if item.competency is None or "competencies" in self.broken:
                    continue
                competency = content.competency.get(item.competency)
                if competency is None:
                    near = competencies.suggest(item.competency)
                    source.error(
                        "finding.dangling", (key, i, "competency"), item.competency, near, target="competencies"
                    )
                    continue
                for value in item.values:
                    if value not in competency.levels:
                        near, choices = Names(competency.levels).suggest(value), ", ".join(competency.levels)
                        source.error("finding.not_a_level", at, value, near, competency=competency.id, choices=choices)

    def _spans(self, content: Content) -> None:
        if "rules" in self.broken:
            return
        source = self.read["rules"][0]
        for i, entry in enumerate(content.rulebook):
            if entry.from_ and entry.until and entry.until < entry.from_:
                source.error("finding.ends_before_start", ("entries", i, "until"), entry.until, start=entry.from_)
            for key in ("line", "file"):
                if ("entries", i, key) in source.lines:  # ours to fill in
                    source.error("finding.unknown_key", ("entries", i, key))
