"""The audit as it is started: every repository is in the results, whatever one of them does, and none is done twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from fakegithub import FakeGitHub

Run = Callable[..., subprocess.CompletedProcess[str]]
Create = Callable[..., Path]
List = Callable[..., Path]


def records(folder: Path) -> list[dict[str, Any]]:
    """What an audit wrote."""
    return [json.loads(line) for line in (folder / "audit.jsonl").read_text().splitlines()]


def test_each_repository_is_checked_and_scored(audit: Run, repository: Create, listed: List, tmp_path: Path) -> None:
    model = repository("model")
    repository("notes", README_md="# Notes\n")
    done = audit(listed("repositories/notes", model), "--output", "out")
    assert done.returncode == 0, done.stderr
    assert "[1/2] model: 1 files, " in done.stderr
    first, second = records(tmp_path / "out")
    assert (first["name"], first["address"], first["failure"]) == ("model", model.as_uri(), "")
    assert first["rules"]["unseeded-split"] == 1
    assert first["concepts"]["randomness"] == 1
    assert (first["trains"], first["cards"], first["analysed"]) == (True, 0, 1)
    assert set(first["score"]) == {"data", "model", "infrastructure", "monitoring"}
    assert (second["name"], second["trains"]) == ("notes", False)
    assert parquet.read_table(tmp_path / "out/audit.parquet").to_pylist()[0]["rules"] == [*first["rules"].items()]


def test_nothing_is_told_of_persons(audit: Run, repository: Create, listed: List, tmp_path: Path) -> None:
    audit(listed(repository("model")), "--output", "out")
    for file in (tmp_path / "out").rglob("*.*"):
        assert b"Ada" not in file.read_bytes()
        assert b"ada@example.org" not in file.read_bytes()


def test_one_that_fails_is_named_and_stops_no_other(
    audit: Run, repository: Create, listed: List, tmp_path: Path
) -> None:
    empty = repository("empty", a_py="")
    subprocess.run(["git", "update-ref", "-d", "HEAD"], cwd=empty, check=True)
    repository("model")
    wanted = listed("repositories/gone", "repositories/empty", "repositories/model")
    done = audit(wanted, "--output", "out")
    assert done.returncode == 3
    failures = {record["name"]: record["failure"] for record in records(tmp_path / "out")}
    assert "does not appear to be a git repository" in failures["gone"]
    assert failures["empty"]
    assert failures["model"] == ""
    page = (tmp_path / "out/index.html").read_text()
    assert "does not appear to be a git repository" in page


def test_one_that_failed_is_tried_again(audit: Run, repository: Create, listed: List, tmp_path: Path) -> None:
    wanted = listed("repositories/late", "repositories/model")
    repository("model")
    assert audit(wanted, "--output", "out").returncode == 3
    repository("late")
    done = audit(wanted, "--output", "out")
    assert done.returncode == 0
    assert "1 of 2 are done already." in done.stderr
    assert [record["failure"] for record in records(tmp_path / "out")] == ["", ""]


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_audit_goes_on_to_the_same_result(
    repository: Create, listed: List, audit: Run, tmp_path: Path, end: signal.Signals
) -> None:
    wanted = listed(*(repository(f"model-{number}") for number in range(6)))
    assert audit(wanted, "--output", "whole").returncode == 0
    command = [sys.executable, "-m", "readiness", "audit", str(wanted), "--output", "parts", "--jobs", "1"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "bot")}
    for _ in range(2):
        with subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True) as running:
            assert running.stderr is not None
            for line in running.stderr:
                if line.startswith("["):
                    running.send_signal(end)
                    break
        assert running.returncode != 0
    assert not (tmp_path / "parts/audit.jsonl").exists()
    done = audit(wanted, "--output", "parts")
    assert done.returncode == 0
    assert "of 6 are done already" in done.stderr
    for name in ("audit.jsonl", "index.html", "audit.parquet"):
        assert (tmp_path / "parts" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()
    assert {path.name for path in (tmp_path / "parts").iterdir()} == {
        path.name for path in (tmp_path / "whole").iterdir()
    }


def test_results_of_another_stage_are_made_anew(audit: Run, repository: Create, listed: List) -> None:
    wanted = listed(repository("model"))
    audit(wanted, "--output", "out")
    assert "done already" in audit(wanted, "--output", "out").stderr
    assert "done already" not in audit(wanted, "--output", "out", "--stage", "production").stderr


def test_a_hostile_repository_runs_nothing(audit: Run, repository: Create, listed: List, tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    hostile = repository("hostile", train_py="import os\n", _gitattributes="*.py filter=evil\n")
    (hostile / ".gitattributes").write_text("*.py filter=evil diff=evil\n")
    (hostile / ".gitmodules").write_text('[submodule "a"]\n\tpath = a\n\turl = ext::sh -c touch% ran\n')
    (hostile / "link.py").symlink_to("/etc/passwd")
    for hook in ("post-checkout", "post-upload-pack", "pre-upload-pack", "reference-transaction"):
        (hostile / ".git/hooks" / hook).write_text(f"#!/bin/sh\ntouch {mark}\n")
        (hostile / ".git/hooks" / hook).chmod(0o755)
    for key in ("filter.evil.smudge", "filter.evil.process", "core.fsmonitor", "uploadpack.packObjectsHook"):
        subprocess.run(["git", "config", key, f"touch {mark}"], cwd=hostile, check=True)
    subprocess.run(["git", "add", "--all"], cwd=hostile, check=False, capture_output=True)
    commit = ["git", "-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "core.hooksPath=/dev/null"]
    subprocess.run([*commit, "commit", "--quiet", "--message=More"], cwd=hostile, check=False, capture_output=True)
    mark.unlink(missing_ok=True)
    assert audit(listed(hostile), "--output", "out").returncode == 0
    assert not mark.exists()


def test_names_and_reasons_are_escaped_on_the_page(audit: Run, listed: List, tmp_path: Path) -> None:
    audit(listed("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'), "--output", "out")
    page = (tmp_path / "out/index.html").read_text()
    assert "<script>" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" not in page.partition("<main>")[0]


def test_a_trend_is_about_what_both_audits_have(audit: Run, repository: Create, listed: List, tmp_path: Path) -> None:
    model = repository("model")
    wanted = listed(model, repository("other", README_md="# Other\n"))
    audit(listed(model), "--output", "old")
    (model / "train.py").write_text((model / "train.py").read_text().replace("(rows)", "(rows, random_state=7)"))
    (model / "MODEL_CARD.md").write_text("# Model card\n\n## Intended use\n\nPlan beds.\n")
    for command in (
        ["add", "--all"],
        ["-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "--message=Seed"],
    ):
        subprocess.run(["git", *command], cwd=model, check=True, capture_output=True)
    wanted = listed(model, tmp_path / "repositories/other")
    audit(wanted, "--output", "new", "--before", "old")
    page = (tmp_path / "new/index.html").read_text()
    assert "both audits have: 1 repository." in page
    assert "1 → 0, better" in page
    assert "it was 0 of 1 before" in page


def test_an_organisation_that_is_none_is_told(audit: Run) -> None:
    with FakeGitHub() as github:
        environment = {"GITHUB_API_URL": github.api_url, "GITHUB_TOKEN": github.token()}
        done = audit("--organisation", "nobody", "--output", "out", **environment)
    assert done.returncode == 3
    assert "GitHub has no such thing" in done.stderr
    assert "names no organisation" in audit("--organisation", "../x", "--output", "out").stderr


def test_mistakes_are_told_before_anything_is_fetched(audit: Run, listed: List, tmp_path: Path) -> None:
    assert "there is no repository to audit" in audit("--output", "out").stderr
    assert "the list cannot be read" in audit("none.txt", "--output", "out").stderr
    assert "there is no audit" in audit(listed("model"), "--output", "out", "--before", "nowhere").stderr
    assert "cannot make the folder" in audit(listed("model"), "--output", "repositories.txt").stderr
    cluster = ("--executor", "dask=tcp://127.0.0.1:8786", "--jobs", "2")
    assert "the cluster decides" in audit(listed("model"), "--output", "out", *cluster).stderr
    assert not (tmp_path / "out").exists()


def test_without_its_library_there_is_no_parquet_and_that_is_said(
    audit: Run, repository: Create, listed: List, tmp_path: Path
) -> None:
    hook = tmp_path / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text("import sys\nsys.modules['pyarrow'] = None\n")
    path = os.pathsep.join(map(str, (hook, Path(__file__).parents[2] / "bot")))
    done = audit(listed(repository("model")), "--output", "out", PYTHONPATH=path)
    assert done.returncode == 0
    assert 'pip install "readiness-bot[parquet]"' in done.stderr
    assert not (tmp_path / "out/audit.parquet").exists()
