"""The steps of `action.yml`, run by bash as the runner does, on a machine whose folders are named as Windows names them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from fakegithub import READ_ONLY, Job, job

ROOT = Path(__file__).parents[3]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
EXPRESSION = re.compile(r"\$\{\{ *([\w.-]+) *\}\}")


class Runner:
    """Runs steps of the action in one job; backslashes and spaces stand in every path that it hands over."""

    def __init__(self, folder: Path, started: Job, **inputs: str) -> None:
        self.job = started
        self.temp = folder / r"a\_temp folder"
        self.temp.mkdir()
        python = folder / r"hosted tools\Python" / "python.exe"
        python.parent.mkdir()
        python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
        python.chmod(0o755)
        defaults = {f"inputs.{name}": it["default"] for name, it in ACTION["inputs"].items()}
        self.values = defaults | {
            "inputs.token": started.env.pop("GITHUB_TOKEN"),
            "github.action_path": str(ROOT),
            "runner.temp": str(self.temp),
            "steps.python.outputs.python-path": str(python),
            "steps.install.outputs.python": str(python),
            **{f"inputs.{name}": value for name, value in inputs.items()},
        }

    def step(self, wanted: str) -> subprocess.CompletedProcess[str]:
        """Run the script of a step."""
        (step,) = (one for one in ACTION["runs"]["steps"] if one.get("id") == wanted)
        env = {name: self.filled(value) for name, value in step["env"].items()}
        script = self.temp / "script.sh"
        script.write_text(step["run"], encoding="utf-8")
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script],
            cwd=self.filled(step["working-directory"]),
            env={**self.job.env, **env, "RUNNER_TEMP": str(self.temp)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def filled(self, text: str) -> str:
        """A value with its expressions replaced, as the runner hands it over."""
        return EXPRESSION.sub(lambda found: self.values[found[1]], text)


@pytest.fixture
def runner(lab, tmp_path):
    """Make the runner of a job about a pull request."""

    def make(pull, token=None, **inputs):
        return Runner(tmp_path, job(lab.github, "pull_request", pull, token=token), **inputs)

    return make


def test_a_finding_that_blocks_fails_the_job_and_the_files_are_named(lab, runner):
    here = runner(lab.open())
    assert here.step("review").returncode == 1
    assert here.job.outputs["verdict"] == "blocked"
    assert Path(here.job.outputs["report"]) == here.temp / "readiness.json"
    assert Path(here.job.outputs["sarif"]).exists()


def test_without_the_gate_a_finding_fails_nothing_and_an_incomplete_run_does(lab, runner, text):
    pull = lab.open()
    here = runner(pull, gate="false")
    assert here.step("review").returncode == 0
    lab.ada.push(pull, {"train.py": "def broken(:\n"})
    assert here.step("review").returncode == 3


def test_a_run_that_may_not_comment_hands_its_findings_over(lab, runner):
    here = runner(lab.open(fork=True), token=lab.github.token(permissions=READ_ONLY))
    assert here.step("review").returncode == 1
    assert (here.temp / "readiness-handover.json").exists()


def test_sarif_is_uploaded_if_that_is_wanted(lab, runner):
    allowed = {"contents": "read", "pull_requests": "write", "security_events": "write"}
    here = runner(lab.open(), token=lab.github.token(permissions=allowed), **{"upload-sarif": "true"})
    here.step("review")
    assert len(lab.repo.sarifs) == 1


def test_what_a_workflow_has_checked_out_is_not_imported(lab, runner):
    here = runner(lab.open())
    for folder in (here.job.workspace, here.temp):
        (folder / "readiness").mkdir()
        (folder / "readiness" / "__init__.py").write_text("raise SystemExit('imported')\n", encoding="utf-8")
    here.job.env["PYTHONPATH"] = str(here.job.workspace)
    assert here.step("review").returncode == 1
    assert len(lab.repo.pulls[1].threads) == 2


def test_the_cache_is_named_after_the_lock_file(lab, runner):
    here = runner(lab.open())
    assert here.step("key").returncode == 0
    assert re.fullmatch(r"readiness-\w+-\w+-3\.\d+-[0-9a-f]{16}", here.job.outputs["key"])


@pytest.mark.install
def test_the_bot_is_installed_from_the_lock_file_and_runs(lab, runner):
    here = runner(lab.open())
    here.job.env.update({name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_"))})
    done = here.step("install")
    assert done.returncode == 0, done.stderr
    here.values["steps.install.outputs.python"] = here.job.outputs["python"]
    assert here.step("review").returncode == 1
