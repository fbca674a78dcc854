"""What an import writes: the case, a first scenario, the map that was used, and the doubts; whole or not at all."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from planner.domain.case import Case, Round
from planner.domain.content import Content
from planner.domain.dates import ONE_DAY, Day, add_months
from planner.domain.errors import InputError
from planner.domain.findings import error, is_error
from planner.domain.ids import RoundId
from planner.domain.messages import Language
from planner.files.case import case_tables, read_case
from planner.files.changes import Change, changes
from planner.files.vocabulary import Vocabulary
from planner.files.whole import write_whole
from planner.files.yaml_text import yaml_text
from planner.importers.doubts import Doubt
from planner.importers.doubts_book import doubts_book
from planner.importers.imported import Imported
from planner.importers.map_file import map_text
from planner.importers.merge import merge

CASE, SCENARIO, MAP, DOUBTS = "case", "scenario.yaml", "map.yaml", "doubts.xlsx"
GOALS = ["heads", "posts", ["keep", "nominations", "depth"], "choice", ["preferences", "pipeline"], "effort"]
HORIZON_MONTHS = 60
POSTS_A_MINUTE = 30
MOST_MINUTES = 15
MOST_KEPT = 50_000_000
MOST_NAMED = 3
"""Of more offices none is named in the title of a scenario."""


@dataclass(frozen=True)
class Outcome:
    """What was written: where, which case, what changed against the case into which it was imported.

    `as_of` is the day for which the list holds, `plan_from` the day from which to plan. `scenario_kept`: a scenario was
    there and stays as it was, with its own day.
    """

    folder: Path
    case: Case
    as_of: dt.date
    plan_from: dt.date
    doubts: tuple[Doubt, ...]
    changes: tuple[Change, ...] = ()
    assumed: Round | None = None
    scenario_kept: bool = False


def check_target(folder: Path, replace_it: bool, into: bool) -> None:
    """Raises InputError where the folder may not be written."""
    if not folder.exists() and not folder.is_symlink():
        return
    if folder.is_dir() and not any(folder.iterdir()):
        return
    if not (folder.is_dir() and (folder / CASE).is_dir() and (folder / MAP).is_file()) and not into:
        raise InputError([error("finding.office_not_ours", str(folder))])
    if not replace_it and not into:
        raise InputError([error("finding.office_target", str(folder))])


def home_of(into: Path) -> tuple[Path, Path]:
    """The folder of a case to import into, and its case folder: either may be named."""
    if (into / CASE).is_dir():
        return into, into / CASE
    if (into / "people.csv").is_file():
        return into.parent, into
    raise InputError([error("finding.office_no_case", str(into), value=str(into))])


def write_outcome(
    imported: Imported, content: Content, folder: Path, language: Language, today: dt.date, into: Path | None = None
) -> Outcome:
    """Write the case of an import into `folder`; with `into`, merged into the case that is there.

    A scenario that is there stays as it is.
    """
    as_of = imported.as_of or today
    case, doubts = imported.case, list(imported.doubts)
    changed: tuple[Change, ...] = ()
    kept: dict[str, bytes] = {}
    if into is not None:
        home, case_folder = home_of(into)
        old = _old_case(case_folder, content)
        merged = merge(old, case, as_of)
        case = merged.case
        changed = tuple(changes(old, case))
        doubts += [
            Doubt("gone_from_list", "", "", case.person[p].name, None, (), True, {"name": case.person[p].name})
            for p in merged.gone
        ]
        doubts += [
            Doubt("unit_renamed", "", "", before, case.unit[unit].name, (), True, {"before": before})
            for unit, before in merged.renamed.items()
        ]
        doubts += [
            Doubt("birth_corrected", "", "", case.person[p].name, case.person[p].birth_date.written(),
                  (before.written(),), True, {"name": case.person[p].name, "before": before})
            for p, before in merged.reborn.items()
        ]  # fmt: skip
        if folder.resolve() == home.resolve():
            kept = _files(home, case_folder.name)
    doubts += _undated(case)
    doubts.sort(key=lambda doubt: not doubt.asks)
    start = plan_from(as_of)
    assumed = None
    if case.pools and not any(r.approved_on >= start for r in case.rounds):
        assumed = next_review(start)
        case = replace(case, rounds=(*case.rounds, assumed), given=case.given | {"rounds"})
    files: dict[str, str | bytes] = {**kept}
    files |= {f"{CASE}/{name}": text for name, text in case_tables(case).items()}
    files.setdefault(SCENARIO, scenario_text(titled(imported.title, case), content, start, seconds_for(case)))
    files[MAP] = map_text(imported.map)
    files[DOUBTS] = doubts_book(doubts, language)
    write_whole(folder, files)
    return Outcome(folder, case, as_of, start, tuple(doubts), changed, assumed, SCENARIO in kept)


def _old_case(folder: Path, content: Content) -> Case:
    source = read_case(folder, Vocabulary(content))
    if any(is_error(f) for f in source.findings):
        raise InputError(source.findings)
    return source.case


def _files(home: Path, case_name: str) -> dict[str, bytes]:
    """What else stands in the folder: scenarios, notes; the tables of the case are written anew."""
    found: dict[str, bytes] = {}
    size = 0
    for path in sorted(home.rglob("*")):
        name = path.relative_to(home).as_posix()
        table = path.parent.name == case_name and path.suffix.casefold() == ".csv" and not path.name.startswith("x_")
        if path.is_file() and not path.is_symlink() and not table:
            size += path.stat().st_size
            if size > MOST_KEPT:
                raise InputError([error("finding.office_not_ours", str(home))])
            found[name] = path.read_bytes()
    return found


def _undated(case: Case) -> list[Doubt]:
    """One question on all who hold a post since nobody knows when: that time counts for nothing."""
    people = {s.person_id for s in case.service if s.since is None and s.until is None}
    if not people:
        return []
    return [Doubt("since_unknown", "", "", "", "", (), True, {"count": len(people), "all": len(case.people)})]


def plan_from(as_of: dt.date) -> dt.date:
    """The day from which to plan: that of the list, save the last of a calendar half.

    A list that holds at the end of 31 December shows with whom the new year begins; a plan from that very day would
    have a first period of one day, and date on it whatever can be done at once.
    """
    return as_of + ONE_DAY if (as_of.month, as_of.day) in ((6, 30), (12, 31)) else as_of


def titled(title: str, case: Case) -> str:
    """The title of the list, with the offices that it does not name: forms are all called alike."""
    tops = [u.name for u in case.units if u.parent_id is None]
    unnamed = [name for name in tops if name.casefold() not in title.casefold()]
    return f"{title} – {', '.join(unnamed)}" if unnamed and len(tops) <= MOST_NAMED else title


def next_review(as_of: dt.date) -> Round:
    """The next yearly review, at the middle of the year: an assumption, for the lists to be decided on a day."""
    year = as_of.year if as_of < dt.date(as_of.year, 6, 30) else as_of.year + 1
    return Round(round_id=RoundId(f"RS-{year}"), approved_on=Day(year, 6, 30))


def horizon_end(as_of: dt.date) -> dt.date:
    """The end of a calendar half, about five years on."""
    later = add_months(as_of, HORIZON_MONTHS)
    halves = [dt.date(year, m, d) for year in (later.year - 1, later.year) for m, d in ((6, 30), (12, 31))]
    return max(h for h in halves if h <= later)


def seconds_for(case: Case) -> int:
    """Time for a first search: a department's plan is found in a minute, that of seven communes in about five."""
    return 60 * min(MOST_MINUTES, max(1, -(-len(case.positions) // POSTS_A_MINUTE)))


def scenario_text(title: str, content: Content, as_of: dt.date, seconds: int) -> str:
    """A first scenario, so that a plan can be run at once."""
    data: Mapping[str, object] = {
        "title": title,
        "case": CASE,
        "content": content.name,
        "rulebook": content.rulebook_name,
        "as_of": dt.date(as_of.year, as_of.month, as_of.day),  # a plain date, written without quotes
        "horizon": {"until": horizon_end(as_of).isoformat(), "period": "half-year"},
        "names_from": "both",
        "goals": GOALS,
        "solve": {"seconds": seconds, "gap": {"heads": 0, "posts": 0, "other": 0.01}, "seed": 1, "workers": "auto"},
    }
    return yaml_text(data, short_in_line=True)
