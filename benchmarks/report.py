"""RESULTS.md from all records."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks import older, pictures
from benchmarks.family import SEEDS, SIZES, VARIANTS, Province
from benchmarks.figures import ALWAYS, HEADS, LISTS, POSTS, Runs, together, vector
from benchmarks.floors import floors
from benchmarks.proposals import ROWS
from benchmarks.record import ANEW, ENGINE, FROM_BEFORE, PROPOSALS, PROPOSALS_BEFORE, WITHOUT, Record, is_baseline
from benchmarks.tables import number, share, table
from planner.goals.base import EMPTY, WITHOUT_SUCCESSOR

SECONDS = (10.0, 30.0, 60.0, 120.0, 300.0, 900.0)
"""At which the gap is told."""

TIERS = ("heads", "posts", "keep, depth")

FIGURES = ("heads", "posts", "gap of both", "of the avoidable", "in seats", "in names", "keep, depth")
"""Of `_reached`."""


class Report:
    """The sections, each from the records that belong to it."""

    def __init__(self, records: Iterable[Record], folder: Path) -> None:
        """The pictures lie in a folder below this one."""
        self.records, self.folder = tuple(records), folder
        self.runs = together(self.records)

    def lines(self) -> Iterator[str]:
        yield from ("# Measured", "")
        yield "Made by `make bench` from `records/`; every bound is proved. What was tried: [NOTES.md](NOTES.md)."
        yield "The yardstick is the same work right before each run (`yardstick.py`): how fast the machine was then."
        yield ""
        for machine, number_of in Counter(record.machine for record in self.records).items():
            yield f"- {number_of} records: {machine}"
        engine = [record for record in self.records if record.shares or record.changed]
        for state, of_state in _states(engine).items():
            days = ", ".join(sorted({record.day for record in of_state}))
            yield f"- planner at {state}: {days}; {_pace(of_state)}"
        yield ""
        yield from floors(self.runs, self._longest)
        yield from self.scenarios()
        yield from self.proposals()
        yield from self.what_ifs()
        for posts, people in SIZES:
            yield from self.size(Province(posts, people))
        yield from self.growth()
        yield from self.variants()
        yield from self.ablations()
        yield from self.baselines()

    # ---- sections --------------------------------------------------------------------------------------------

    def scenarios(self) -> Iterator[str]:
        yield from ("## The shipped scenarios", "")
        for (case, who, _), runs in self.runs.items():
            if who == ENGINE and not case.startswith("province"):
                yield from of_one(runs.first)

    def proposals(self) -> Iterator[str]:
        found = {(case, who): runs.first for (case, who, _), runs in self.runs.items() if runs.first.proposals}
        cases = dict.fromkeys(case for case, _ in found)
        sides = {PROPOSALS_BEFORE: "before", PROPOSALS: "after"}
        columns = {f"{_short(c)}, {word}": found[c, w] for c in cases for w, word in sides.items() if (c, w) in found}
        if not columns:
            return
        yield from ("## Proposals, before and after", "")
        states = ", ".join(_states(record for record in columns.values()))
        limits = " or ".join(f"{seconds:g}" for seconds in sorted({record.seconds for record in columns.values()}))
        yield f"The plan of commit {older.COMMIT} and that of the planner at {states}, of the same tables, within the"
        yield f"same seconds ({limits}), each by the rulebook of its version; measured by the present rules and"
        yield "suitability (`proposals.py`). Seeds: provinces of 300 posts."
        yield ""
        yield from table(["", *columns], [[row.title, *map(row.cell, _figures(columns))] for row in ROWS])
        yield from (f"- *{row.title}*: {row.meaning}." for row in ROWS)
        yield ""

    def what_ifs(self) -> Iterator[str]:
        yield from ("## What-ifs", "")
        yield "After one edit, from the plan of before and anew: the same seconds in the same run. Names: in lists."
        yield ""
        head = ["case", "", *TIERS, "all goals, s", "none better after, s", "decisions", "names"]
        lines = []
        for (case, who, seconds), runs in self.runs.items():
            if who in (FROM_BEFORE, ANEW):
                record = runs.first
                tiers = [_both(tier.value, tier.bound) for tier in record.tiers[:3]]
                times = [number(record.took, 1), number(_last_better(record), 1)]
                changed = [number(record.changed[what]) for what in ("decisions", "names")]
                lines.append([f"{case}, {seconds:g} s", who, *tiers, *times, *changed])
        yield from table(head, lines)

    def size(self, usual: Province) -> Iterator[str]:
        chosen = [self._longest(Province(usual.posts, usual.people, seed)) for seed in SEEDS]
        found = {_seed(runs.first): runs for runs in chosen if runs is not None}
        if not found:
            return
        firsts = [runs.first for runs in found.values()]
        yield from (f"## {usual.posts:,} posts, {usual.people:,} people", "")
        yield "Value / bound, at the end. What lies between is told in seats too, each empty for half a year, and in"
        yield "names, each of a successor: at most so many of either, were they all of posts of criticality 1."
        yield ""
        head = ["seed", "runs", "seconds", *FIGURES]
        lines = [[seed, str(len(r.records)), f"{r.first.seconds:g}", *_reached(r)] for seed, r in found.items()]
        yield from table(head, lines)
        yield "The gap of heads and posts together after so many seconds, and the seconds to a plan and to a gap:"
        yield ""
        marks = [s for s in SECONDS if s <= max(first.seconds for first in firsts)]
        head = ["seed", *(f"{s:.0f} s" for s in marks), "first plan", "5 %", "1 %", "0"]
        yield from table(head, [[seed, *_way(runs, marks)] for seed, runs in found.items()])
        head = ["seed", "yardstick, s", "read, s", "built, s", "columns", "non-zeros", "MB", "with solvers, MB",
                "unavoidable heads", "posts", "appointments", "chains", "rotations"]  # fmt: skip
        yield from table(head, [[seed, *_what(runs)] for seed, runs in found.items()])
        yield "Later tiers, value / bound: " + "; ".join(_later(first) for first in firsts) + "."
        yield ""
        total = sum(firsts[0].shares.values()) or 1.0
        spent = sorted(firsts[0].shares.items(), key=lambda item: -item[1])
        told = ", ".join(f"{name} {seconds / total:.0%}" for name, seconds in spent)
        yield f"Of the seconds of all processes (seed {SEEDS[0]}): {told}."
        yield ""
        picture = f"gap-{usual.posts}.svg"
        pictures.way(self.folder / pictures.FOLDER / picture, firsts)
        yield from (f"![Heads and posts over time]({pictures.FOLDER}/{picture})", "")

    def growth(self) -> Iterator[str]:
        found = [runs for size in SIZES if (runs := self._longest(Province(*size))) is not None]
        if len(found) < 2:
            return
        yield from ("## Growth", "")
        head = ["posts", "moves", "columns", "non-zeros", "read, s", "built, s", "first plan, s", "MB"]
        lines = []
        for runs in found:
            sizes = [number(runs.first.size[name]) for name in ("posts", "moves", "columns", "nonzeros")]
            times = [runs.part("read"), runs.part("build"), runs.seconds_to_plan()]
            lines.append([*sizes, *(number(time, 1) for time in times), number(runs.memory(1))])
        yield from table(head, lines)
        pictures.growth(self.folder / pictures.FOLDER / "growth.svg", [runs.first for runs in found])
        yield from (f"![Growth]({pictures.FOLDER}/growth.svg)", "")

    def variants(self) -> Iterator[str]:
        named = {Province(*SIZES[1]): "as usual", **VARIANTS}
        found = {name: runs for case, name in named.items() if (runs := self.runs.get((case.key, ENGINE, 120.0)))}
        if len(found) < 2:
            return
        yield from ("## Other provinces of 300 posts", "", "Seed 1, 120 s.", "")
        head = ["", *FIGURES, "5 % after, s", "chains", "rotations"]
        lines = []
        for name, runs in found.items():
            made = [number(runs.planned(what)) for what in ("chains", "rotations")]
            lines.append([name, *_reached(runs), number(runs.seconds_to(0.05), 1), *made])
        yield from table(head, lines)

    def ablations(self) -> Iterator[str]:
        key = Province(*SIZES[1]).key
        found = {who: runs for (case, who, _), runs in self.runs.items() if case == key and who.startswith(WITHOUT)}
        whole = self.runs.get((key, ENGINE, 120.0))
        if not found or whole is None:
            return
        yield from ("## Without a step of the engine", "", "300 posts, seed 1, 120 s.", "")
        head = ["", *FIGURES, "heads' bound after, s", "5 % after, s"]
        lines = []
        for who, runs in {"the whole engine": whole, **found}.items():
            times = [runs.median(_heads_proved), runs.seconds_to(0.05)]
            lines.append([who, *_reached(runs), *(number(time, 1) for time in times)])
        yield from table(head, lines)

    def baselines(self) -> Iterator[str]:
        yield from ("## Against other ways", "")
        yield "The same case, machine and seconds, counted from when a model is built; plans judged by our verifier,"
        yield "each value computed by our goals. Ratios: of missing heads, and of heads and posts together, to the"
        yield "engine's. No baseline has a bound that could be compared: greedy has none, and the textbook's model is a"
        yield "restriction of the problem (nobody rotates, candidates are the names of a post's own list, those act who"
        yield "are deputies today), whose optimum is no lower bound on it."
        yield ""
        ratios: list[tuple[str, str, float]] = []
        for size in SIZES:
            key = Province(*size).key
            for seconds in sorted({s for case, _, s in self.runs if case == key}):
                own = self.runs.get((key, ENGINE, seconds))
                others = self._others(key, seconds)
                if own is None or not others:
                    continue
                yield from (f"### {size[0]:,} posts, {seconds:g} s", "")
                mine = vector(own.first)
                lines = [["engine", *map(number, mine), "1", "1", "yes", number(own.first.took)]]
                for record in others:
                    theirs = vector(record)
                    heads, both = (sum(theirs[:n]) / max(sum(mine[:n]), 1) for n in (1, 2))
                    ratios.append((f"{size[0]:,}, {seconds:g} s", record.who, heads))
                    lawful = "yes" if record.lawful else "no"
                    figures = [*map(number, theirs), number(heads, 1), number(both, 2)]
                    lines.append([record.who, *figures, lawful, number(record.took)])
                head = ["who", *TIERS, "ratio of heads", "of both", "lawful", "seconds"]
                yield from table(head, lines)
        if ratios:
            pictures.ratios(self.folder / pictures.FOLDER / "baselines.svg", ratios)
            yield from (f"![Ratios]({pictures.FOLDER}/baselines.svg)", "")

    def _others(self, key: str, seconds: float) -> list[Record]:
        """Of the baselines for the same case and seconds."""
        of_case = [runs.first for (case, _, limit), runs in self.runs.items() if (case, limit) == (key, seconds)]
        return [record for record in of_case if is_baseline(record.who)]

    def _longest(self, case: Province) -> Runs | None:
        """The runs of the engine with the most repetitions, of those the longest."""
        found = [runs for (key, who, _), runs in self.runs.items() if (key, who) == (case.key, ENGINE)]
        return max(found, key=lambda runs: (len(runs.records), runs.first.seconds), default=None)


def _both(value: float | None, bound: float | None) -> str:
    return f"{number(value)} / {number(bound)}"


def _reached(runs: Runs) -> list[str]:
    """Heads, posts, the gap of both, that of what is avoidable, in seats and in names, keep and depth."""
    heads, posts, named = (_both(runs.value(n), runs.bound(n)) for n in (HEADS, POSTS, LISTS))
    between = runs.median(lambda record: sum(tier.value - tier.bound for tier in record.tiers[: POSTS + 1]))
    counts = [None if between is None else between // units for units in (EMPTY, WITHOUT_SUCCESSOR)]
    gaps = [share(runs.gap(ALWAYS)), share(runs.gap_of_avoidable())]
    return [heads, posts, *gaps, *map(number, counts), named]


def _way(runs: Runs, marks: Sequence[float]) -> list[str]:
    """The gap of both at some seconds, and the seconds to some gaps."""
    ends = [runs.seconds_to_plan(), *(runs.seconds_to(gap) for gap in (0.05, 0.01, 0.0))]
    return [*(share(runs.gap(seconds)) for seconds in marks), *(number(end, 1) for end in ends)]


def _what(runs: Runs) -> list[str]:
    """How large the case is, what it takes, and what its plan has."""
    one = runs.first
    return [
        number(runs.median(lambda record: record.yardstick or None), 1),
        *(number(runs.part(name), 1) for name in ("read", "build")),
        *(number(one.size[name]) for name in ("columns", "nonzeros")),
        *(number(runs.memory(whose)) for whose in (0, 1)),
        *(number(one.unavoidable[goal]) for goal in ("heads", "posts")),
        *(number(runs.planned(name)) for name in ("appointments", "chains", "rotations")),
    ]


def _states(records: Iterable[Record]) -> dict[str, list[Record]]:
    """Those of each state of the planner's source."""
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        found[record.source].append(record)
    return found


def _pace(records: Sequence[Record]) -> str:
    """How fast the machine was at the time."""
    asked = [record.yardstick for record in records if record.yardstick]
    if not asked:
        return "the machine's pace was not asked"
    told = f"the yardstick took {min(asked):.1f} to {max(asked):.1f} s"
    return told + (f" in {len(asked)} of {len(records)} records" if len(asked) < len(records) else "")


def _short(case: str) -> str:
    """A province by its seed."""
    return f"seed {case.rpartition('-')[2]}" if case.startswith("province") else case


def _figures(columns: Mapping[str, Record]) -> Iterable[Mapping[str, float]]:
    return (record.proposals for record in columns.values())


def _seed(record: Record) -> str:
    return record.case.rpartition("-")[2]


def _later(record: Record) -> str:
    named = [f"{', '.join(tier.goals)} {_both(tier.value, tier.bound)}" for tier in record.tiers[3:]]
    return f"seed {_seed(record)}: " + ", ".join(named)


def _heads_proved(record: Record) -> float | None:
    """After which the bound of heads was what it ends at."""
    return next((m.seconds for m in record.marks if m.tier == HEADS and m.bound >= record.tiers[HEADS].bound), None)


def _last_better(record: Record) -> float:
    """After which no goal that was asked for got better."""
    found, last = 0.0, dict[int, int]()
    for mark in record.marks:
        if mark.value is None or mark.tier == len(record.tiers) - 1:
            continue
        if mark.value < last.get(mark.tier, mark.value):
            found = mark.seconds
        last[mark.tier] = mark.value
    return found


def of_one(record: Record) -> Iterator[str]:
    """One run in full."""
    yield from (f"### {record.case}, {record.who}", "")
    if record.size:
        size = record.size
        yield (
            f"{size['posts']} posts, {size['people']} people; {size['columns']} columns × {size['rows']} rows. Read "
            f"{record.parts['read']:.1f} s, built {record.parts['build']:.1f} s, solved {record.took:.1f} s; at most "
            f"{record.memory[0]} MB, {record.memory[1]} MB with its solvers."
        )
        yield ""
    if not record.tiers:
        yield ", ".join(f"{goal} {value}" for goal, value in record.values.items()) + f"; {record.took:.1f} s."
        yield ""
        return
    head = ["tier", "value", "bound", "gap", "bound from", "seconds"]
    yield from table(head, [[", ".join(tier.goals), number(tier.value), number(tier.bound), share(tier.gap),
                             tier.bound_from, number(tier.seconds, 1)] for tier in record.tiers])  # fmt: skip


def write(records: Iterable[Record], folder: Path) -> None:
    """RESULTS.md and its pictures, in the folder."""
    text = "\n".join(Report(records, folder).lines()).rstrip() + "\n"
    (folder / "RESULTS.md").write_text(text, encoding="utf-8")
