"""The distribution on every Python that is found: each way to install it finds the rules that belong to it, and no others."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from readiness import __version__

ROOT = Path(__file__).parents[1]
VERSIONS = ("3.11", "3.12", "3.13", "3.14")
COUNT_RULES = "from readiness.rulebook.builtin import builtin_rules as b; from readiness.rulebook.loader import load_rulebook as l; print(b(), len(l().rules))"
OWN_RULES = len([file for file in (ROOT / "rules").glob("*/*.yaml") if file.parent.name != "knowledge"])

pytestmark = pytest.mark.install


@dataclass(frozen=True)
class Environment:
    """A Python with the locked dependencies and without the project."""

    python: Path
    outside: Path
    """A folder without a checkout, to start commands in."""

    def run(self, *arguments: str | Path, path: str | Path = "", cwd: Path | None = None, code: int = 0) -> str:
        """What a command of this Python prints; `path` is searched for packages."""
        clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "COV_"))}
        done = subprocess.run(
            [self.python, *arguments],
            cwd=cwd or self.outside,
            env={**clean, "PYTHONPATH": str(path), "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout

    def rules(self, path: str | Path = "") -> tuple[str, int]:
        """Where the built-in rules are found, and how many there are."""
        place, count = self.run("-c", COUNT_RULES, path=path).rsplit(maxsplit=1)
        return place, int(count)


def interpreter(version: str) -> Path | None:
    """A Python of this version that starts: on the search path, or kept by pyenv."""
    kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    candidates = [shutil.which(f"python{version}"), *sorted(kept.glob(f"{version}.*/bin/python"))]
    for candidate in filter(None, candidates):
        done = subprocess.run(
            [candidate, "-c", "import sys; print(sys.executable)"], capture_output=True, text=True, check=False
        )
        if done.returncode == 0:
            return Path(done.stdout.strip())
    return None


def pip(python: Path, *arguments: str | Path) -> None:
    """Install, or fail with what pip said."""
    command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source distribution as an index would get it."""
    target = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", target, ROOT]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = target.glob("*.whl")
    return built


@pytest.fixture(
    scope="module", params=[pytest.param(version, marks=pytest.mark.xdist_group(version)) for version in VERSIONS]
)
def environment(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    program = interpreter(request.param)
    if program is None:
        pytest.skip(f"Python {request.param} is not on this machine")
    folder = tmp_path_factory.mktemp(f"python-{request.param}")
    subprocess.run([program, "-m", "venv", folder / "venv"], check=True)
    python = folder / "venv/bin/python"
    pip(python, "--require-hashes", "-r", ROOT / "requirements/runtime.txt")
    outside = folder / "outside"
    outside.mkdir()
    return Environment(python, outside)


def test_the_wheel_holds_code_and_rules_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names} == {"readiness", f"readiness_bot-{__version__}.dist-info"}
    assert "readiness/py.typed" in names
    assert not [name for name in names if name.startswith("readiness/rules/") and not name.endswith((".yaml", ".md"))]


def test_the_installed_command_uses_the_rules_of_the_wheel(environment: Environment, wheel: Path) -> None:
    target = environment.outside / "installed"
    pip(environment.python, "--no-deps", "--target", target, wheel)
    assert environment.rules(target) == (str(target / "readiness/rules"), OWN_RULES)
    assert environment.run(target / "bin/readiness", "--version", path=target) == f"readiness {__version__}\n"


def test_a_review_works_after_the_installation(environment: Environment, wheel: Path, tmp_path: Path) -> None:
    target = environment.outside / "reviewing"
    pip(environment.python, "--no-deps", "--target", target, wheel)
    (tmp_path / "load.py").write_text('import pandas as pd\npd.read_csv("/home/ann/data.csv")\n')
    shown = environment.run(target / "bin/readiness", "check", path=target, cwd=tmp_path, code=1)
    assert "load.py:2:13  error  hardcoded-path" in shown


def test_the_wheel_works_without_being_unpacked(environment: Environment, wheel: Path) -> None:
    place, count = environment.rules(wheel)
    assert (str(wheel) in place, count) == (True, OWN_RULES)
    assert "check" in environment.run("-m", "readiness", "--help", path=wheel)


def test_a_bare_checkout_uses_its_own_rules(environment: Environment) -> None:
    assert environment.rules(ROOT / "bot") == (str(ROOT / "rules"), OWN_RULES)


def test_an_editable_installation_uses_the_rules_of_the_checkout(environment: Environment) -> None:
    pip(environment.python, "--require-hashes", "-r", ROOT / "requirements/build.txt")
    pip(environment.python, "--no-deps", "--no-build-isolation", "--editable", ROOT)
    assert environment.rules() == (str(ROOT / "rules"), OWN_RULES)
    importable = (
        "from importlib.util import find_spec; print([n for n in ('rules', 'tests', 'examples') if find_spec(n)])"
    )
    assert environment.run("-c", importable) == "[]\n"
    environment.run("-m", "pip", "uninstall", "--yes", "--quiet", "readiness-bot")


def test_a_copy_in_a_reviewed_repository_never_loads_the_rules_of_that_repository(
    environment: Environment, wheel: Path, tmp_path: Path
) -> None:
    (tmp_path / "rules/security").mkdir(parents=True)
    (tmp_path / "rules/security/theirs.yaml").write_text("title: ours now\n")
    pip(environment.python, "--no-deps", "--target", tmp_path / "vendor", wheel)
    assert environment.rules(tmp_path / "vendor") == (str(tmp_path / "vendor/readiness/rules"), OWN_RULES)
    shutil.rmtree(tmp_path / "vendor/readiness/rules")
    with pytest.raises(AssertionError, match="RulesNotFound: the built-in rules are missing"):
        environment.rules(tmp_path / "vendor")
