"""Runs that are killed at random moments after their first plan: what they leave is whole, lawful and truly bounded.

A bound speaks of every plan that is as good on the earlier tiers. So the plans of all runs of the case, above all of
one that was left to its end, are witnesses for the bounds that each of them states.
"""

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from planner.cli.app import app

pytestmark = [pytest.mark.long, pytest.mark.timeout(1200)]

ROOT = Path(__file__).parents[2]
UNTIL = "2027-06-30"
"""Near, so that the reference proves every goal in seconds, and so that a kill meets any of the tiers."""

REFERENCE_SECONDS = 240.0
WORD = re.compile(r"tier (\d+) \(.*value \d+")
"""A line of the progress by which there is a plan."""

RUN = (
    "import sys; from planner.engine import model; model.MOST_MOVES = int(sys.argv.pop(1)); "
    "from planner.cli.start import main; main()"
)
ORDINARY, LARGE = 100_000, 0
"""Moves up to which each has a column of its own: with none at all the case goes the way of the large ones."""

SHORT = 1.0
"""Seconds in which no machine proves every goal; how long the reference took says nothing of it, where the machine was
busy then and is not now."""

PATIENCE = 120
"""Seconds within which a run that was told to end has ended, whatever else the machine does."""


@dataclass(frozen=True)
class Left:
    """What a run left: its exit code, the tier of each of its words and that of Ctrl-C, and its folder's manifest."""

    name: str
    code: int
    words: tuple[int, ...]
    pressed_in: int | None
    folder: Path
    manifest: dict[str, Any]

    @property
    def tiers(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.manifest["tiers"]
        return found

    @property
    def files(self) -> set[str]:
        return {str(p.relative_to(self.folder)) for p in self.folder.rglob("*")}


@dataclass(frozen=True)
class Moment:
    """When Ctrl-C is pressed: after so many words of a tier or a later one, and so many seconds more.

    By tier, since how often a tier finds a better plan is another number in each run.
    """

    tier: int
    words: int
    seconds: float

    @classmethod
    def at(cls, index: int, words: Sequence[int], seconds: float) -> "Moment":
        """The moment of one of the words of a run."""
        return cls(words[index], words[: index + 1].count(words[index]), seconds)

    def is_now(self, said: Sequence[int]) -> bool:
        """Whether this is the moment, by the tiers of all words that were said; asked at each word."""
        return sum(tier >= self.tier for tier in said) == self.words


class Province:
    """A generated case, and runs of it as processes of their own."""

    def __init__(self, folder: Path, most_moves: int) -> None:
        self.folder, self.most_moves = folder, most_moves
        made = CliRunner().invoke(
            app, ["generate", "province", str(folder / "case"), "--posts", "40", "--people", "130", "--seed", "1"]
        )
        assert made.exit_code == 0, made.output
        self.scenario = folder / "case" / "scenario.yaml"
        text, times = re.subn(r"until: [\d-]+", f"until: {UNTIL}", self.scenario.read_text(encoding="utf-8"))
        assert times == 1
        self.scenario.write_text(text, encoding="utf-8")

    def limited(self, name: str, seconds: float) -> Path:
        """The scenario with another limit of time, beside the first."""
        text, times = re.subn(r"seconds: \d+", f"seconds: {seconds:.3f}", self.scenario.read_text(encoding="utf-8"))
        assert times == 1
        path = self.scenario.with_name(f"{name}.yaml")
        path.write_text(text, encoding="utf-8")
        return path

    def run(
        self,
        name: str,
        *options: str,
        seconds: float = REFERENCE_SECONDS,
        most_moves: int | None = None,
        moment: Moment | None = None,
    ) -> Left:
        """One run to its end, or until Ctrl-C reaches it and all its children, as on a terminal."""
        out = self.folder / "plans" / name
        moves = self.most_moves if most_moves is None else most_moves
        call = [sys.executable, "-c", RUN, str(moves), "run", str(self.limited(name, seconds)), "--out", str(out)]
        process = subprocess.Popen(
            [*call, "--lang", "en", *options],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        assert process.stderr is not None
        said, words, pressed_in = [], [], None
        for line in process.stderr:
            said.append(line)
            if word := WORD.match(line):
                words.append(int(word[1]))
                if pressed_in is None and moment is not None and moment.is_now(words):
                    time.sleep(moment.seconds)
                    with suppress(ProcessLookupError):  # it was over sooner
                        os.killpg(process.pid, signal.SIGINT)
                        pressed_in = words[-1]
        code = process.wait(PATIENCE)
        process.stderr.close()
        self._nothing_else_is_left(process.pid, out, "".join(said))
        manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
        return Left(name, code, tuple(words), pressed_in, out, manifest)

    @staticmethod
    def _nothing_else_is_left(group: int, out: Path, said: str) -> None:
        """No solver goes on, and beside the plan folders lies nothing half written or refused."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                os.killpg(group, 0)
            except ProcessLookupError:
                break
            time.sleep(0.05)
        else:
            os.killpg(group, signal.SIGKILL)
            pytest.fail(f"{out.name}: a solver goes on after the end")
        assert out.is_dir(), f"{out.name}: no plan was written: {said}"
        odd = [p.name for p in out.parent.iterdir() if not (p / "manifest.json").is_file() or "." in p.name]
        assert not odd, f"{out.name}: left beside the plans: {odd}"


def judge(left: Left, reference: Left) -> None:
    """The folder is whole, the verifier accepts it, and no goal states a bound above its own value."""
    assert left.files == reference.files, f"{left.name}: {left.files ^ reference.files}"
    verified = CliRunner().invoke(app, ["verify", str(left.folder), "--lang", "en"])
    assert verified.exit_code == 0, f"{left.name}: {verified.output}"
    assert [tier["goals"] for tier in left.tiers] == [tier["goals"] for tier in reference.tiers]
    for tier in left.tiers:
        assert 0 <= tier["bound"] <= tier["value"] == sum(tier["values"].values()), f"{left.name}: {tier}"


def crossing(left: Left, witness: Left) -> str | None:
    """A bound that a plan crosses which is as good on all earlier tiers; None where there is none."""
    for mine, theirs in zip(left.tiers, witness.tiers, strict=True):
        if mine["bound"] > theirs["value"]:
            return f"{left.name} bounds {mine['goals']} by {mine['bound']}, {witness.name} reaches {theirs['value']}"
        if theirs["value"] > mine["value"]:
            return None
    return None


def judge_all(killed: Sequence[Left], reference: Left) -> None:
    for left in killed:
        judge(left, reference)
    found = [crossing(left, witness) for left, witness in product([*killed, reference], repeat=2)]
    assert not any(found), [words for words in found if words]


def reference_of(province: Province) -> Left:
    """A run of the engine for ordinary cases that nobody disturbs, with a proof for the heads of units at least."""
    reference = province.run("reference", most_moves=ORDINARY)
    assert (reference.code, reference.manifest["interrupted"], reference.tiers[0]["proved"]) == (0, False, True)
    return reference


def pressed(province: Province, moments: Sequence[Moment]) -> list[Left]:
    """Runs ended by Ctrl-C, in several tiers.

    A run may be over before the moment comes: another says fewer words, or the machine has become faster. Such a run is
    a witness too, and is pressed again at a moment that comes sooner.
    """
    found = []
    for n, moment in enumerate(moments):
        left = province.run(f"pressed-{n}", moment=moment)
        if left.code == 0:
            assert not left.manifest["interrupted"], left.name
            found.append(left)
            sooner = Moment(min(moment.tier, 2), 1, 0.0)
            left = province.run(f"pressed-{n}-sooner", moment=sooner)
        assert (left.code, left.manifest["interrupted"]) == (130, True), left.name
        found.append(left)
    assert len({left.pressed_in for left in found if left.code}) > 1, "all were pressed in one tier"
    return found


def timed(province: Province, limits: Sequence[float]) -> list[Left]:
    """Runs ended by the limit of the scenario, every other one with --strict; the first too early for a proof."""
    found = []
    for n, seconds in enumerate(limits):
        strict = ("--strict",) if n % 2 == 0 else ()
        left = province.run(f"timed-{n}", *strict, seconds=seconds)
        code = 5 if strict and not left.manifest["proved"] else 0
        assert (left.code, left.manifest["interrupted"]) == (code, False), left.name
        assert left.manifest["solve"]["seconds"] == pytest.approx(seconds, abs=1e-3)
        found.append(left)
    assert not found[0].manifest["proved"]
    return found


def test_killed_at_twelve_moments_the_plan_verifies_and_its_bounds_hold(tmp_path: Path) -> None:
    province = Province(tmp_path, ORDINARY)
    reference = reference_of(province)
    rng = random.Random(1)
    last = len(reference.words) * 3 // 4
    moments = [Moment.at(rng.randrange(last), reference.words, rng.uniform(0, 0.4)) for _ in range(6)]
    took = float(reference.manifest["seconds"])
    limits = sorted(took * rng.uniform(0.02, 0.8) for _ in range(6))
    limits[0] = min(limits[0], SHORT)
    killed = [*pressed(province, moments), *timed(province, limits)]
    assert any(tier["bound"] > 0 for left in killed for tier in left.tiers), "no run had a bound to be wrong about"
    judge_all(killed, reference)


def test_killed_at_six_moments_a_case_with_loose_moves_verifies_and_its_bounds_hold(tmp_path: Path) -> None:
    """The same on the way of the large cases, whose bounds are over more than the plans."""
    province = Province(tmp_path, LARGE)
    reference = reference_of(province)
    rng = random.Random(2)
    # Twice in the first tier, and in the second: on a slow machine the last of all are minutes away.
    moments = [Moment(tier, words, rng.uniform(0, 0.4)) for tier, words in ((1, 1), (1, 4), (2, 1))]
    took = float(reference.manifest["seconds"])
    limits = sorted(took * rng.uniform(0.05, 1.2) for _ in range(3))
    limits[0] = min(limits[0], SHORT)
    killed = [*pressed(province, moments), *timed(province, limits)]
    assert any(tier["bound"] > 0 for left in killed for tier in left.tiers), "no run had a bound to be wrong about"
    assert len({left.manifest["columns"] for left in killed}) == 1
    assert killed[0].manifest["columns"] < reference.manifest["columns"], "no move was counted by class"
    judge_all(killed, reference)
