"""The reusable workflow that checks in shards, run here step by step: its commands as written, its artifacts as folders."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from readiness import __version__

ROOT = Path(__file__).parents[1]
WORKFLOW = yaml.safe_load((ROOT / ".github/workflows/shards.yml").read_text(encoding="utf-8"))
CALLED = WORKFLOW[True]["workflow_call"]  # YAML 1.1 reads the key `on` as true
SHARDS = "3"
EXPRESSION = re.compile(r"\$\{\{ ([\w.-]+) \}\}")


class Runner:
    """What GitHub gives a job: a checkout, a temporary folder, files for outputs and the summary, and artifacts."""

    def __init__(self, folder: Path, artifacts: Path, values: dict[str, str]) -> None:
        self.workspace, self.temp, self._artifacts = folder / "work", folder / "temp", artifacts
        self.output, self.summary = folder / "output", folder / "summary"
        commands = folder / "bin"
        for place in (self.temp, commands):
            place.mkdir(parents=True)
        shutil.copytree(ROOT / "examples/readmission", self.workspace)
        (commands / "readiness").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m readiness "$@"\n')
        (commands / "readiness").chmod(0o755)
        self._values = {**values, "runner.temp": str(self.temp)}
        self._environment = {
            **os.environ,
            "PATH": os.pathsep.join([str(commands), os.environ["PATH"]]),
            "PYTHONPATH": str(ROOT / "bot"),
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_OUTPUT": str(self.output),
            "GITHUB_STEP_SUMMARY": str(self.summary),
        }

    def run(self, job: str) -> list[subprocess.CompletedProcess[str]]:
        """Take the steps of a job up to one that fails; what checks out and installs is done already."""
        done = []
        for step in WORKFLOW["jobs"][job]["steps"]:
            action = step.get("uses", "").partition("@")[0]
            if action == "actions/upload-artifact":
                self._upload(step["with"])
            elif action == "actions/download-artifact":
                self._download(step["with"])
            elif "run" in step and step["name"] != "Install":
                done.append(self._step(step))
        return done

    def _step(self, step: dict[str, Any]) -> subprocess.CompletedProcess[str]:
        given = {name: self._filled(value) for name, value in {**WORKFLOW["env"], **step.get("env", {})}.items()}
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.workspace,
            env={**self._environment, **given},
            capture_output=True,
            text=True,
            check=False,
        )

    def _filled(self, text: str) -> str:
        return EXPRESSION.sub(lambda expression: self._values[expression[1]], text)

    def _upload(self, options: dict[str, Any]) -> None:
        source, target = Path(self._filled(options["path"])), self._artifacts / self._filled(options["name"])
        if target.exists():  # GitHub keeps the artifacts of the attempts before
            assert options.get("overwrite"), f"409: an artifact called {target.name} exists"
            shutil.rmtree(target)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            target.mkdir()
            shutil.copy(source, target)

    def _download(self, options: dict[str, Any]) -> None:
        for artifact in self._artifacts.glob(options["pattern"]):
            shutil.copytree(artifact, self._filled(options["path"]), dirs_exist_ok=True)


def run(folder: Path, job: str, **more: str) -> tuple[Runner, list[subprocess.CompletedProcess[str]]]:
    artifacts = folder / "artifacts"
    artifacts.mkdir(exist_ok=True)
    values = {"inputs.shards": SHARDS, "inputs.requirement": "", "env.PARTS": WORKFLOW["env"]["PARTS"]}
    runner = Runner(Path(tempfile.mkdtemp(prefix=job, dir=folder)), artifacts, {**values, **more})
    return runner, runner.run(job)


@pytest.fixture
def whole(tmp_path: Path) -> str:
    """What one check of the same files reports."""
    project = tmp_path / "whole"
    shutil.copytree(ROOT / "examples/readmission", project)
    command = [sys.executable, "-m", "readiness", "check", "--format", "github"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "bot")}
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False).stdout


def test_the_commands_of_the_workflow_report_what_one_check_does(tmp_path: Path, whole: str) -> None:
    plan, _ = run(tmp_path, "plan")
    shards = json.loads(plan.output.read_text().removeprefix("shards="))
    assert shards == [1, 2, 3]
    for shard in shards:
        _, [checked] = run(tmp_path, "check", **{"matrix.shard": str(shard)})
        assert checked.returncode == 0, checked.stderr
        assert f"shard {shard}/3 with" in checked.stdout
    merge, [merged] = run(tmp_path, "merge")
    assert merged.stdout == whole
    assert "::error" in whole
    assert merged.returncode == 1
    assert merge.summary.read_text().startswith("## Readiness: ")
    assert json.loads((tmp_path / "artifacts/readiness/readiness.sarif").read_text())["runs"][0]["results"]


def test_jobs_that_are_run_again_keep_what_they_find_then(tmp_path: Path) -> None:
    for _ in range(2):
        for shard in ("1", "2", "3"):
            run(tmp_path, "check", **{"matrix.shard": shard})
        _, [merged] = run(tmp_path, "merge")
        assert merged.returncode == 1
    assert len([*(tmp_path / "artifacts").iterdir()]) == 4


def test_the_workflow_installs_this_version() -> None:
    assert CALLED["inputs"]["requirement"]["default"] == f"readiness-bot=={__version__}"
