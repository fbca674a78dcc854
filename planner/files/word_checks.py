"""What `words.yaml` must not say: columns and codes that are not there, a code twice."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from planner.domain.case import TABLES
from planner.domain.content import Content
from planner.domain.findings import Names, plain
from planner.domain.words import Choice, Words
from planner.files.headings import headings_of
from planner.files.vocabulary import SAME, YES_NO, Vocabulary
from planner.files.yaml_source import KeyPath, YamlSource


def check_words(content: Content, source: YamlSource, broken: frozenset[str]) -> None:
    """Adds its findings to the source. `broken` parts of the content are not looked at."""
    columns = [f"{table}.{column}" for table in TABLES for column in headings_of(table)]
    listable = [YES_NO, *(c for c in columns if c not in SAME and not c.endswith("_id"))]
    bare = Vocabulary(content, broken, Words())
    for name, listed in content.words.columns.items():
        at = ("columns", name)
        if name not in listable:
            source.error("finding.dangling", at, name, Names(listable).suggest(name), target="columns")
            continue
        known = bare.of(*name.split(".")) if name != YES_NO else None
        codes = ("yes", "no") if name == YES_NO else tuple(known.choices) if known else None
        _choices(source, (*at, "choices"), listed.choices, codes)
    for competency, choices in content.words.levels.items():
        if "competencies" in broken:
            continue
        if competency not in content.competency:
            near = Names(list(content.competency)).suggest(competency)
            source.error("finding.dangling", ("levels", competency), competency, near, target="competencies")
        else:
            _choices(source, ("levels", competency), choices, content.competency[competency].levels)
    seen: dict[tuple[str, str], str] = {}
    for name, headings in content.words.headings.items():
        if name not in columns:
            source.error("finding.dangling", ("headings", name), name, Names(columns).suggest(name), target="columns")
        for heading in headings:
            other = seen.setdefault((name.partition(".")[0], plain(heading)), name)
            if other != name:
                source.error("finding.twin_id", ("headings", name), heading, other=other)


def _choices(source: YamlSource, at: KeyPath, choices: Sequence[Choice], codes: Collection[str] | None) -> None:
    """`codes`: those that may stand there; None: the list itself says which there are."""
    seen: set[str] = set()
    for n, choice in enumerate(choices):
        if codes is not None and choice.code not in codes:
            near = Names(codes).suggest(choice.code)
            source.error("finding.not_one_of", (*at, n, "code"), choice.code, near, choices=", ".join(codes))
        if choice.code in seen:
            source.error("finding.twin_id", (*at, n, "code"), choice.code, other=source.file)
        seen.add(choice.code)
