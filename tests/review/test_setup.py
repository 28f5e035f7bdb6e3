"""`readiness init` adds what is missing and never overwrites."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from readiness.cli.init import command
from readiness.review.setup.files import PRE_COMMIT, wanted

ROOT = Path(__file__).parents[2]


def names(root):
    return [file.path.relative_to(root).as_posix() for file in wanted(root, "acme/bot@v1")]


def test_an_empty_project_gets_everything(tmp_path):
    assert names(tmp_path) == [
        ".github/workflows/readiness.yml",
        ".github/workflows/readiness-forks.yml",
        "readiness.yaml",
        PRE_COMMIT,
    ]


def test_nothing_that_is_there_is_written_again(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "readiness.yaml").write_text("stage: production\n")
    CliRunner().invoke(command, ["--yes"])
    assert (tmp_path / "readiness.yaml").read_text() == "stage: production\n"
    assert "this project is set up" in CliRunner().invoke(command, ["--yes"]).output


def test_everything_is_shown_before_the_question(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    asked = CliRunner().invoke(command, input="n\n")
    assert "pull-requests: write # to comment on it" in asked.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("indent", ["", "  ", "    "])
def test_the_pre_commit_entry_joins_the_list_as_it_is_indented(tmp_path, indent):
    (tmp_path / PRE_COMMIT).write_text(f"repos:\n{indent}- repo: local\n{indent}  hooks: []")
    (entry,) = [file for file in wanted(tmp_path, "acme/bot@v1") if file.path.name == PRE_COMMIT]
    repos = yaml.safe_load(entry.text)["repos"]
    assert len(repos) == 2
    assert repos[1]["hooks"] == [{"id": "readiness"}]


def test_the_workflows_are_valid_and_name_the_action(tmp_path):
    workflows = [
        yaml.safe_load(file.text) for file in wanted(tmp_path, "acme/bot@v1") if file.path.parent.name == "workflows"
    ]
    used = [step["uses"] for flow in workflows for job in flow["jobs"].values() for step in job["steps"]]
    assert used == ["acme/bot@v1", "acme/bot@v1"]


def test_the_hooks_for_pre_commit_run_in_a_clone(tmp_path):
    commit = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "--message=Begin"]
    (tmp_path / "origin").mkdir()
    (tmp_path / "origin" / "a.py").write_text("import math\n")
    for step in (["git", "init", "--quiet"], ["git", "add", "a.py"], commit):
        subprocess.run(step, cwd=tmp_path / "origin", check=True)
    subprocess.run(["git", "clone", "--quiet", "origin", "clone"], cwd=tmp_path, check=True)
    for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")):
        names = ["a.py"] if hook.get("pass_filenames", True) else []
        line = [sys.executable, "-m", *hook["entry"].split(), *names]
        env = {**os.environ, "PYTHONPATH": str(ROOT / "bot")}
        done = subprocess.run(line, cwd=tmp_path / "clone", env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
