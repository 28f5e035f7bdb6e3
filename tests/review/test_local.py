"""`readiness review --base` shows what a pull request of the branch would be told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "bot"
OLD = "from sklearn.model_selection import train_test_split\n\na, b = train_test_split(rows)\n"
NEW = OLD + "c, d = train_test_split(others)\n"


@pytest.fixture
def clone(tmp_path):
    def git(*arguments):
        identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "init.defaultBranch=main"]
        subprocess.run(["git", *identity, *arguments], cwd=tmp_path, check=True, capture_output=True)

    git("init")
    (tmp_path / "old.py").write_text(OLD)
    (tmp_path / "readiness.yaml").write_text("select: [unseeded-split]\nfail_on: warning\n")
    git("add", ".")
    git("commit", "-m", "base")
    git("checkout", "-b", "topic")
    return tmp_path


def review(folder, *arguments):
    command = [sys.executable, "-m", "readiness", "review", *arguments]
    environment = {"PYTHONPATH": str(SOURCE), "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_only_what_the_branch_introduces_is_shown(clone):
    (clone / "old.py").write_text(NEW)
    done = review(clone, "--base", "main", "--dry-run")
    assert done.returncode == 1
    assert done.stdout.count("Comment on old.py") == 1
    assert "```suggestion\nc, d = train_test_split(others, random_state=42)\n```" in done.stdout
    assert "Reviewed the work tree against" in done.stdout


def test_what_the_branch_does_well_is_named_in_the_summary(clone):
    (clone / "old.py").write_text(f"{NEW}e, f = train_test_split(rows, stratify=y, random_state=7)\n")
    done = review(clone, "--base", "main", "--dry-run")
    summary = done.stdout.partition("**What works**")[2]
    assert summary.strip().startswith("- `old.py` line 5: The split is seeded and stratified by `y`")


def test_a_branch_that_introduces_nothing_is_told_nothing(clone):
    done = review(clone, "--base", "main", "--dry-run")
    assert (done.returncode, done.stdout) == (0, "Nothing would be written.\n")


def test_an_unknown_revision_is_explained(clone):
    done = review(clone, "--base", "nowhere", "--dry-run")
    assert done.returncode == 2
    assert "there is no revision `nowhere`" in done.stderr


def test_outside_a_repository_it_says_so(tmp_path):
    done = review(tmp_path, "--base", "main", "--dry-run")
    assert done.returncode == 2
    assert "no git work tree" in done.stderr


def test_without_an_event_or_a_name_it_says_what_to_name(clone):
    done = review(clone)
    assert done.returncode == 2
    assert "OWNER/REPO#NUMBER" in done.stderr
