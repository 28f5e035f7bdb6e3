"""The real command, started as a user starts it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "bot"
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def readiness(tmp_path: Path) -> Run:
    """Run `readiness` with arguments in the temporary folder; keywords are environment variables."""

    def run(
        *arguments: str | Path, wrapper: tuple[str, ...] = (), **environment: str
    ) -> subprocess.CompletedProcess[str]:
        command = [*wrapper, sys.executable, "-m", "readiness", *map(str, arguments)]
        clean = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR")}
        return subprocess.run(
            command,
            cwd=tmp_path,
            env={**clean, "PYTHONPATH": str(SOURCE), "PYTHONUTF8": "1", **environment},
            capture_output=True,
            text=True,
            errors="surrogateescape",
            timeout=120,
            check=False,
        )

    return run
