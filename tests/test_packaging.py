"""The built wheel carries its content and works outside of the repository, in an environment of its own."""

import importlib.util
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.skipif(
    any(importlib.util.find_spec(need) is None for need in ("hatchling", "pip")),
    reason="hatchling or pip is not installed: no package can be built",
)


def build(target: str, folder: Path) -> Path:
    run(sys.executable, "-m", "hatchling", "build", "-t", target, "-d", folder, cwd=ROOT)
    (built,) = folder.iterdir()
    return built


def run(*command: str | Path, cwd: Path) -> str:
    """What a command that knows nothing of the repository printed; a failure shows all of it."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP_"))}
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=bare,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def content() -> set[str]:
    """The files of `models` and `scenarios` that git would keep."""
    listed = run("git", "ls-files", "-co", "--exclude-standard", "models", "scenarios", cwd=ROOT)
    return {name for name in listed.splitlines() if (ROOT / name).exists()}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a fresh environment: the wheel from the file, its dependencies from ours."""
    home = tmp_path_factory.mktemp("environment") / "venv"
    venv.create(home, with_pip=False)
    programs = home / ("Scripts" if os.name == "nt" else "bin")
    python = programs / "python"
    run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "-q",
        "--no-deps",
        "--no-index",
        wheel,
        cwd=home,
    )
    own = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home).strip()
    # A folder named in a .pth file is not searched for .pth files itself, so the editable install stays out.
    ours = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (Path(own) / "dependencies.pth").write_text("\n".join(sorted(ours)), encoding="utf-8")
    return programs


def test_the_wheel_carries_the_content_and_the_types_and_nothing_of_the_repository_besides(
    wheel: Path,
) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {f"planner/_content/{name}" for name in content()} <= names
    assert "planner/py.typed" in names
    assert {name.split("/")[0].split("-")[0] for name in names} == {"planner"}


def test_the_source_archive_carries_the_content(tmp_path: Path) -> None:
    with tarfile.open(build("sdist", tmp_path)) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert content() | {"planner/__init__.py", "pyproject.toml", "LICENSE"} <= names


def test_the_installed_wheel_solves_a_shipped_scenario_outside_of_the_repository(
    environment: Path, tmp_path: Path
) -> None:
    where = Path(run(environment / "python", "-c", "import planner; print(planner.__file__)", cwd=tmp_path).strip())
    assert where.is_relative_to(environment.parent), f"not the wheel but {where} was imported"

    run(environment / "planner", "run", "first-office", "--out", "plan", cwd=tmp_path)
    assert (tmp_path / "plan" / "plan.json").is_file()
    assert (tmp_path / "plan" / "manifest.json").is_file()
