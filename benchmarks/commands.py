"""The commands that are measured."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

WORKERS = str(min(os.cpu_count() or 1, 2))
READINESS = str(Path(sys.executable).with_name("readiness"))


def check(folder: Path) -> list[str]:
    """The command that users run, with every rule."""
    return [READINESS, "check", str(folder), "--jobs", WORKERS, "--quiet", "--no-cache"]


def check_again(folder: Path) -> list[str]:
    """The command as users run it day by day: it remembers what the run before it found."""
    kept = Path(tempfile.gettempdir()) / "readiness-bench-cache"
    command = [READINESS, "check", str(folder), "--jobs", WORKERS, "--quiet"]
    return ["env", "READINESS_NO_CACHE=0", f"READINESS_CACHE_DIR={kept}", *command]


def ruff(folder: Path) -> list[str]:
    """The linter that nobody waits for."""
    return [str(Path(sys.executable).with_name("ruff")), "check", "--no-cache", str(folder)]


def bare_parse(folder: Path) -> list[str]:
    """What parses the same files and does nothing else."""
    return [sys.executable, "-m", "benchmarks.bare_parse", str(folder), WORKERS]
