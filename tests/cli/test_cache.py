"""`readiness check` a second time says the same, and `readiness cache` tells what is kept."""

from __future__ import annotations

import json
import os
import subprocess
import time
from pathlib import Path

import pytest
from tests.cli.conftest import Run

CODE = "import torch\n\nstate = torch.load('/home/ana/model.pt', weights_only=False)\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two files that were written an hour ago, one of them broken."""
    for name, text in (("train.py", CODE), ("broken.py", "def f(:\n"), ("README.md", "# Model\n")):
        place = tmp_path / name
        place.write_text(text)
        os.utime(place, (time.time() - 3600,) * 2)
    return tmp_path


def cached(run: Run, project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(*arguments, READINESS_NO_CACHE="0", READINESS_CACHE_DIR=str(project.parent / f"{project.name}-cache"))


def without_time(text: str) -> object:
    report = json.loads(text)
    del report["seconds"]
    return report


def test_a_second_check_says_what_the_first_one_said(readiness: Run, project: Path) -> None:
    anew = readiness("check", "--format", "json")
    for _ in range(3):
        done = cached(readiness, project, "check", "--format", "json")
        assert without_time(done.stdout) == without_time(anew.stdout)
        assert (done.returncode, done.stderr) == (3, anew.stderr)


def test_a_changed_file_is_seen(readiness: Run, project: Path) -> None:
    assert "ana" in cached(readiness, project, "check", "--format", "json").stdout
    (project / "train.py").write_text(CODE.replace("ana", "bob"))
    assert "bob" in cached(readiness, project, "check", "--format", "json").stdout


def test_what_is_kept_is_told_and_cleared(readiness: Run, project: Path) -> None:
    assert cached(readiness, project, "cache").stdout.endswith("-cache: 0.0 MiB\n")
    cached(readiness, project, "check")
    assert not cached(readiness, project, "cache").stdout.endswith(": 0.0 MiB\n")
    assert cached(readiness, project, "cache", "--clear").stdout.endswith(" MiB removed\n")
    assert cached(readiness, project, "cache").stdout.endswith("-cache: 0.0 MiB\n")


def test_clearing_leaves_what_is_not_ours(readiness: Run, project: Path) -> None:
    folder = project.parent / f"{project.name}-cache"
    folder.mkdir()
    (folder / "thesis.txt").write_text("do not lose me")
    cached(readiness, project, "check")
    cached(readiness, project, "cache", "--clear")
    assert [file.name for file in folder.rglob("*") if file.is_file()] == ["thesis.txt"]


def test_without_a_cache_no_outcome_is_kept(readiness: Run, project: Path) -> None:
    cached(readiness, project, "check", "--no-cache")
    assert not list((project.parent / f"{project.name}-cache").glob("analysis*"))


def test_where_nothing_can_be_kept_the_check_says_so_and_answers(readiness: Run, project: Path) -> None:
    (project / "taken").write_text("not a folder")
    anew = readiness("check", "--format", "json")
    done = readiness(
        "check", "--format", "json", READINESS_NO_CACHE="0", READINESS_CACHE_DIR=str(project / "taken" / "cache")
    )
    assert without_time(done.stdout) == without_time(anew.stdout)
    assert done.returncode == anew.returncode
    assert "Note: nothing is kept for the next run (" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_whose_name_is_no_text_is_checked_each_time_and_is_in_no_shard(readiness: Run, project: Path) -> None:
    (project / os.fsdecode(b"caf\xe9.py")).write_text(CODE)
    first, second = (cached(readiness, project, "check", "--format", "json") for _ in range(2))
    assert "caf" in first.stdout
    assert without_time(first.stdout) == without_time(second.stdout)
    shard = cached(readiness, project, "check", "--shard", "1/1", "--output", "part.json")
    assert (shard.returncode, "JSON cannot hold the name of a file" in shard.stderr) == (2, True)
