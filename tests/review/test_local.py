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


def test_the_description_that_the_pull_request_is_to_have_is_read_with_it(clone):
    (clone / "readiness.yaml").write_text("select: [goal-not-specific]\n")
    (clone / "train.py").write_text("import joblib\nimport pandas as pd\nx = pd.read_csv(p)\njoblib.dump(model, p)\n")
    words = "It is known from now on how long somebody remains on a ward, which should be of use to all who have to plan its beds."
    (clone / "pull.md").write_text(f"## Why\n{words}\n")
    assert "`Why (description)`" in review(clone, "--base", "main", "--description", "pull.md").stdout
    (clone / "pull.md").write_text(f"## Why\n{words} Cut the waits by 3 days.\n")
    assert review(clone, "--base", "main", "--description", "pull.md").stdout == "Nothing would be written.\n"


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
