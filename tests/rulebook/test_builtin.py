"""The built-in rules are never those of the repository under review."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BUILTIN = Path(__file__).parents[2] / "bot/readiness/rulebook/builtin.py"
ERRORS = Path(__file__).parents[2] / "bot/readiness/errors.py"
PROGRAM = "from readiness.rulebook.builtin import builtin_rules; print(builtin_rules())"


def copied(root: Path) -> Path:
    """A copy of what finds the rules, below a source root."""
    package = root / "readiness"
    (package / "rulebook").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "rulebook/__init__.py").touch()
    (package / "errors.py").write_text(ERRORS.read_text())
    (package / "rulebook/builtin.py").write_text(BUILTIN.read_text())
    return package


def found(source_root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={"PYTHONPATH": str(source_root)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_packaged_rules_come_first(tmp_path: Path) -> None:
    package = copied(tmp_path / "bot")
    (package / "rules").mkdir()
    (tmp_path / "rules").mkdir()
    assert found(tmp_path / "bot").stdout.strip() == str(package / "rules")


def test_a_checkout_uses_the_rules_beside_its_source_root(tmp_path: Path) -> None:
    copied(tmp_path / "bot")
    (tmp_path / "rules").mkdir()
    assert found(tmp_path / "bot").stdout.strip() == str(tmp_path / "rules")


def test_a_vendored_copy_never_takes_the_rules_of_its_repository(tmp_path: Path) -> None:
    copied(tmp_path / "vendor")
    (tmp_path / "rules").mkdir()
    run = found(tmp_path / "vendor")
    assert run.returncode != 0
    assert "the built-in rules are missing" in run.stderr
