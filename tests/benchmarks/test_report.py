"""What the records of runs say together, on records written by hand."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.family import Province
from benchmarks.figures import Both, Runs, both_at, seconds_to, seconds_to_plan
from benchmarks.record import ANEW, ENGINE, FROM_BEFORE, Mark, Record, Tier, thinned
from benchmarks.report import Report, write

MARKS = (
    Mark(1.0, 0, "relax", 90, 10),
    Mark(2.0, 0, "search", 30, 10),
    Mark(5.0, 0, "relax", 20, 20),
    Mark(6.0, 1, "relax", 100, 50),
    Mark(9.0, 1, "search", 80, 70),
    Mark(12.0, 1, "polish", 80, 80),
    Mark(13.0, 2, "done", 4, 0),
)
ENGINE_RUN = Record(
    case=Province(300, 1250).key,
    who=ENGINE,
    seconds=120.0,
    run=1,
    machine="a machine",
    source="12345678",
    day="2026-01-01",
    took=14.0,
    values={"heads": 20, "posts": 80, "keep": 1, "depth": 3},
    memory=(100, 200),
    size={"posts": 300, "people": 1250, "moves": 9, "columns": 8, "rows": 7, "nonzeros": 6},
    parts={"read": 1.0, "build": 2.0},
    marks=MARKS,
    tiers=(Tier(("heads",), 20, 20, 5.0), Tier(("posts",), 80, 80, 7.0), Tier(("keep", "depth"), 4, 0, 1.0)),
    unavoidable={"heads": 15, "posts": 5},
    plan={"appointments": 3, "chains": 2, "rotations": 1},
    shares={"search": 6.0, "relax": 2.0},
)
GREEDY_RUN = replace(
    ENGINE_RUN,
    who="greedy-fit",
    values={"heads": 60, "posts": 40, "keep": 9, "depth": 0},
    marks=(),
    tiers=(),
    shares={},
)


def test_a_record_is_read_as_it_was_written() -> None:
    assert Record.read(ENGINE_RUN.text()) == ENGINE_RUN
    assert Record.read(GREEDY_RUN.text()) == GREEDY_RUN


def test_both_goals_together_are_told_from_the_first_bound_of_the_second_on() -> None:
    assert both_at(ENGINE_RUN, 5.9) is None
    assert both_at(ENGINE_RUN, 6.0) == Both(120, 70, 20)
    found = both_at(ENGINE_RUN, 11.0)
    assert found == Both(100, 90, 20)
    ahead = replace(ENGINE_RUN, marks=(*MARKS[:2], Mark(3.0, 1, "search", 100, 50), *MARKS[2:]))
    assert both_at(ahead, 4.0) == Both(130, 60, 20)
    assert found.gap == pytest.approx(0.1)
    assert found.gap_of_avoidable == pytest.approx(10 / 80)


def test_seconds_are_told_to_what_was_reached() -> None:
    assert seconds_to(ENGINE_RUN, 0.10) == 9.0
    assert seconds_to(ENGINE_RUN, 0.0) == 12.0
    assert seconds_to(replace(ENGINE_RUN, marks=MARKS[:5]), 0.05) is None
    assert seconds_to_plan(ENGINE_RUN) == 2.0
    assert seconds_to_plan(ENGINE_RUN, better_than=25) == 5.0
    assert seconds_to_plan(ENGINE_RUN, better_than=20) is None


@pytest.mark.parametrize(
    ("found", "median"), [((3.0, 1.0, 9.0), 3.0), ((1.0, None, 2.0), 2.0), ((1.0, None, None), None)]
)
def test_what_half_of_the_runs_did_not_reach_has_no_median(
    found: tuple[float | None, ...], median: float | None
) -> None:
    runs = Runs(tuple(replace(ENGINE_RUN, run=n) for n in range(len(found))))
    assert runs.median(lambda record: found[record.run]) == median


def test_only_marks_that_say_something_new_are_kept() -> None:
    assert list(thinned([MARKS[0], replace(MARKS[0], seconds=1.5, step="search"), MARKS[1]])) == [MARKS[0], MARKS[1]]


def test_the_report_compares_what_had_the_same_seconds(tmp_path: Path) -> None:
    what_if = replace(ENGINE_RUN, who=FROM_BEFORE, changed={"decisions": 2, "names": 1})
    write([ENGINE_RUN, GREEDY_RUN, what_if], tmp_path)
    text = (tmp_path / "RESULTS.md").read_text(encoding="utf-8")
    assert "| greedy-fit | 60 | 40 | 9 | 3.0 | 1.00 | yes | 14 |" in text
    assert "| 1 | 1 | 120 | 20 / 20 | 80 / 80 | 0.0% | 0.0% | 0 | 0 | 4 / 0 |" in text
    assert "search 75%, relax 25%" in text
    for picture in ("gap-300.svg", "baselines.svg"):
        assert f"pictures/{picture}" in text
        assert (tmp_path / "pictures" / picture).read_text(encoding="utf-8").startswith("<svg")
    other_seconds = Report([ENGINE_RUN, replace(GREEDY_RUN, seconds=60.0)], tmp_path)
    assert "greedy-fit" not in "\n".join(other_seconds.lines())


def test_a_what_if_is_told_beside_the_seconds_that_it_takes_anew(tmp_path: Path) -> None:
    before = ((20, 20), (80, 70), (4, 0))
    near = replace(ENGINE_RUN, who=FROM_BEFORE, before=before, changed={"decisions": 2, "names": 1})
    slower = tuple(replace(mark, seconds=4 * mark.seconds) for mark in MARKS)
    told = {}
    for name, marks in (("reached", slower), ("never", slower[:4])):
        anew = replace(near, who=ANEW, marks=marks, took=100.0)
        told[name] = "\n".join(Report([ENGINE_RUN, near, anew], tmp_path).lines())
        assert (
            f"| {near.case}: seconds to the gap of before | 30.0 | 9.0 (all goals 14.0, anew 100.0) after 3.0 to read "
            "and build | yes | 1 of 3 |" in told[name]
        )
    ratio = f"| {near.case}: of the seconds that it takes anew to come as near | 33.3% |"
    assert f"{ratio} 25.0% | yes | 1 of 3 |" in told["reached"]
    assert f"{ratio} 9.0% | yes | 1 of 3 |" in told["never"]


def test_a_what_if_is_compared_with_what_was_made_anew_in_the_same_run(tmp_path: Path) -> None:
    before = ((20, 20), (80, 70), (4, 0))
    records = [ENGINE_RUN]
    for run, (pace, took) in enumerate(((1.0, 4.0), (2.0, 4.0), (3.0, 12.0)), start=1):
        for who, factor in ((FROM_BEFORE, pace), (ANEW, took)):
            marks = tuple(replace(mark, seconds=factor * mark.seconds) for mark in MARKS)
            records.append(
                replace(ENGINE_RUN, who=who, run=run, marks=marks, before=before, changed={"decisions": 2, "names": 1})
            )
    assert floor(records, "seconds to the gap of before", tmp_path)[1:] == [
        "18.0 (all goals 14.0, anew 14.0) after 3.0 to read and build", "yes", "3",
    ]  # fmt: skip
    # A quarter, a half, a quarter: not the middle of the one (2) by the middle of the other (4).
    assert floor(records, "of the seconds that it takes anew", tmp_path)[1:] == ["25.0%", "yes", "3"]


def test_the_pace_of_the_machine_is_told_with_what_was_measured_then(tmp_path: Path) -> None:
    quick, slow, before = (
        replace(ENGINE_RUN, run=run, yardstick=took) for run, took in ((1, 1.24), (2, 2.6), (3, 0.0))
    )

    def told(*records: Record) -> str:
        return "\n".join(Report(records, tmp_path).lines())

    assert "- planner at 12345678: 2026-01-01; the yardstick took 1.2 to 2.6 s\n" in told(quick, slow)
    assert "the yardstick took 1.2 to 2.6 s in 2 of 3 records\n" in told(quick, slow, before)
    assert "- planner at 12345678: 2026-01-01; the machine's pace was not asked\n" in told(before)
    assert "| 1 | 1.9 | 1.0 | 2.0 | 8 |" in told(quick, slow)
    assert "| 1 | - | 1.0 | 2.0 | 8 |" in told(before)


def large(seed: int, run: int, **other: object) -> Record:
    """A run of 1,200 posts."""
    plan = {"appointments": 90, "chains": 26, "rotations": 55}
    found = replace(ENGINE_RUN, case=Province(1200, 5000, seed).key, seconds=300.0, run=run, plan=plan)
    return replace(found, size=ENGINE_RUN.size | {"posts": 1200}, **other)  # type: ignore[arg-type]


def floor(records: list[Record], words: str, folder: Path) -> list[str]:
    """The columns of a floor after its name."""
    text = "\n".join(Report(records, folder).lines())
    line = next(line for line in text.splitlines() if line.startswith("| ") and words in line)
    return [cell.strip() for cell in line.split("|")[2:-1]]


def test_a_floor_tells_of_how_many_runs_it_is_and_what_is_missing_of_those_asked_for(tmp_path: Path) -> None:
    every = [large(seed, run) for seed in (1, 2, 3) for run in (1, 2, 3)]
    words = "1,200 posts: gap of heads and posts after 60 s"
    assert floor(every, words, tmp_path) == ["10.0%", "0.0%, 0.0%, 0.0%", "yes", "3, 3, 3"]
    assert floor(every[:-1], words, tmp_path)[-1] == "3, 3, 2 of 3 × 3"
    assert floor(every[:4], words, tmp_path)[-1] == "3, 1 of 3 × 3"


def test_a_plan_must_have_so_many_rotations_at_least(tmp_path: Path) -> None:
    few = large(2, 1, plan={"appointments": 90, "chains": 26, "rotations": 49})
    told = floor([large(1, 1), few], "1,200 posts: rotations", tmp_path)
    assert told[:2] == ["at least 50", "55, 49"]
    assert told[2].startswith("[no]")


def test_a_run_is_held_against_the_lists_made_by_hand_of_its_own_case(tmp_path: Path) -> None:
    greedy = [replace(GREEDY_RUN, case=large(seed, 1).case, values=GREEDY_RUN.values | {"heads": heads})
              for seed, heads in ((1, 60), (2, 25))]  # fmt: skip
    told = floor([large(1, 1), large(2, 1), large(3, 1), *greedy], "a plan better than greedy's", tmp_path)
    assert told[1] == "2.0, 5.0"  # of 30 heads after 2 s, of 20 after 5; of the third seed there is none to compare


@pytest.mark.parametrize(
    ("seconds", "heads", "posts", "better"),
    [
        (120.0, 20, 80, False),
        (120.0, 20, 79, True),
        (60.0, 21, 0, False),
        (60.0, 20, 0, True),  # of that second only heads are known: it may be better
        (3.0, 29, 0, True),
        (3.0, 31, 0, False),
    ],
)
def test_a_baseline_is_compared_with_the_plan_of_the_same_second(
    tmp_path: Path, seconds: float, heads: int, posts: int, better: bool
) -> None:
    other = replace(GREEDY_RUN, seconds=seconds, values={"heads": heads, "posts": posts, "keep": 1, "depth": 3})
    told = floor([ENGINE_RUN, other], "others with a better plan", tmp_path)
    assert told[1] == (f"greedy-fit, {other.case}, {seconds:g} s" if better else "none of 1")
    assert (told[2] == "yes") is not better


def test_the_case_of_a_record_is_told_by_what_is_not_as_usual() -> None:
    keys = {Province(300, 1250, seed=2).key, Province(300, 1250, 2, places=1.5, older=-5, rules="few").key}
    assert keys == {"province-300-1250-seed-2", "province-300-1250-places-1.5-older--5-rules-few-seed-2"}
