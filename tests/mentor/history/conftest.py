"""A history that is written commit by commit, a day apart."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

START = datetime(2026, 1, 1, tzinfo=UTC)
Write = Callable[..., str]


@pytest.fixture
def commit(tmp_path: Path) -> Write:
    """Write files (None removes one), commit them, and give the commit's name."""
    days = iter(range(10_000))

    def git(*arguments: str) -> str:
        when = (START + timedelta(days=next(days) if arguments[0] == "commit" else 0)).isoformat()
        identity = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in
                    (("NAME", "Ada Lovelace"), ("EMAIL", "ada@example.org"), ("DATE", when))}  # fmt: skip
        command = ["git", "-c", "init.defaultBranch=main", *arguments]
        done = subprocess.run(command, cwd=tmp_path, env={**os.environ, **identity}, capture_output=True, check=True)
        return done.stdout.decode().strip()

    git("init")

    def write(**files: str | None) -> str:
        for name, text in files.items():
            path = tmp_path / name.replace("__", ".")
            if text is None:
                path.unlink()
            else:
                path.write_text(text)
        git("add", "--all")
        git("commit", "--allow-empty", "-m", "x")
        return git("rev-parse", "HEAD")

    return write
