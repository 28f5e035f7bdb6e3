"""Repositories of this machine, and the audit as a person starts it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "bot"
TRAINING = """from sklearn.linear_model import Ridge
from sklearn.model_selection import train_test_split

train, test = train_test_split(rows)
model = Ridge().fit(train[FEATURES], train["days"])
"""
AUTHOR = ("-c", "user.name=Ada Grace", "-c", "user.email=ada@example.org", "-c", "commit.gpgSign=false")
Run = Callable[..., subprocess.CompletedProcess[str]]
Create = Callable[..., Path]


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *AUTHOR, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Create:
    """Make a repository with files, by default one that trains a model; keys have `_` where names have `.`."""

    def create(name: str, **files: str) -> Path:
        folder = tmp_path / "repositories" / name
        folder.mkdir(parents=True)
        for key, text in (files or {"train_py": TRAINING}).items():
            (folder / key.replace("_", ".")).write_text(text)
        git(folder, "init", "--quiet", "--initial-branch=main")
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--message=Begin")
        return folder

    return create


@pytest.fixture
def listed(tmp_path: Path) -> Callable[..., Path]:
    """A list of repositories."""

    def write(*lines: object) -> Path:
        file = tmp_path / "repositories.txt"
        file.write_text("".join(f"{line}\n" for line in lines))
        return file

    return write


@pytest.fixture
def audit(tmp_path: Path) -> Run:
    """Run `readiness audit` in the temporary folder; keywords are environment variables."""

    def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "readiness", "audit", *map(str, arguments)]
        environment = {**os.environ, "PYTHONPATH": str(SOURCE), **environment}
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    return run
