"""`readiness check` from the command line to the report, on small real projects."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from readiness.errors import ExitCode

Run = Callable[..., subprocess.CompletedProcess[str]]
PATH = 'import pandas as pd\n\ndata = pd.read_csv("/home/ann/data.csv")\n'
CLEAN = "import sys\n\nprint(sys.argv)\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one error."""
    (tmp_path / "requirements.txt").write_text("pandas==2.2.3\n")
    (tmp_path / "load.py").write_text(PATH)
    (tmp_path / "show.py").write_text(CLEAN)
    return tmp_path


def found(done: subprocess.CompletedProcess[str]) -> list[tuple[str, str, int]]:
    """Rule, path and line of each finding of a run in the format `json`."""
    assert done.stdout, done.stderr
    return [(item["rule"], item["path"], item["line"]) for item in json.loads(done.stdout)["findings"]]


def git(folder: Path, *arguments: str) -> None:
    settings = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *settings, *arguments], cwd=folder, check=True, capture_output=True)


def test_a_finding_shows_place_rule_code_marker_message_and_next_step(readiness: Run, project: Path) -> None:
    done = readiness("check")
    lines = done.stdout.splitlines()
    assert done.returncode == ExitCode.FINDINGS
    assert lines[0] == "load.py:3:20  error  hardcoded-path"
    assert lines[1] == '  3 │ data = pd.read_csv("/home/ann/data.csv")'
    assert lines[2] == "    │                    ^^^^^^^^^^^^^^^^^^^^"
    assert any(line.startswith("  → ") for line in lines)
    assert any(line.startswith("Found 1 error. 3 files checked with ") for line in lines)
    assert done.stderr == ""


def test_only_findings_at_or_above_fail_on_fail(readiness: Run, project: Path) -> None:
    (project / "readiness.yaml").write_text("severity: {hardcoded-path: warning}\n")
    assert readiness("check").returncode == ExitCode.CLEAN
    assert readiness("check", "--fail-on", "warning").returncode == ExitCode.FINDINGS


def test_rules_are_selected_and_ignored(readiness: Run, project: Path) -> None:
    assert found(readiness("check", "--format", "json", "--select", "security,notebook")) == []
    assert found(readiness("check", "--format", "json", "--ignore", "hardcoded-path")) == []


def test_several_reports_are_written_at_once(readiness: Run, project: Path) -> None:
    done = readiness("check", "--output", "a.sarif", "--output", "json=a.txt", "--output", "a.md", "--quiet")
    assert (done.returncode, done.stdout) == (ExitCode.FINDINGS, "")
    assert json.loads((project / "a.sarif").read_text())["version"] == "2.1.0"
    assert [item["rule"] for item in json.loads((project / "a.txt").read_text())["findings"]] == ["hardcoded-path"]
    assert (project / "a.md").read_text().startswith("## Readiness: 1 error\n")


def test_rules_of_a_team_are_used(readiness: Run, project: Path, tmp_path: Path) -> None:
    (tmp_path / "no-print.yaml").write_text(
        "title: Print\nkind: code\nseverity: error\nconfidence: high\nstage: exploration\nlesson: logging\n"
        "match: print(...)\nmessage: This prints.\nwhy: A service has no reader.\nnext_step: Log it.\n"
        "learn: [https://docs.python.org/3/howto/logging.html]\nexamples:\n  - bad: print(1)\n  - good: x = 1\n"
    )
    done = readiness("check", "--rules", "no-print.yaml", "--select", "no-print", "--format", "json")
    assert found(done) == [("no-print", "show.py", 3)]


def test_a_comment_silences_a_finding(readiness: Run, project: Path) -> None:
    (project / "load.py").write_text(PATH.rstrip() + "  # readiness: ignore[hardcoded-path] only at home\n")
    done = readiness("check")
    assert done.returncode == ExitCode.CLEAN
    assert "1 finding silenced by comments." in done.stdout


def test_a_change_is_blamed_only_for_what_it_introduced(readiness: Run, project: Path) -> None:
    git(project, "init", "--initial-branch=main")
    git(project, "add", "--all")
    git(project, "commit", "--message=first")
    assert readiness("check", "--diff", "main").returncode == ExitCode.CLEAN
    (project / "load.py").write_text(f'"""Moved down."""\n\n{PATH}more = pd.read_csv("/home/ben/more.csv")\n')
    (project / "new.py").write_text(PATH)
    expected = [("hardcoded-path", "load.py", 6), ("hardcoded-path", "new.py", 3)]
    assert found(readiness("check", "--diff", "main", "--format", "json")) == expected


def test_a_renamed_file_brings_nothing_new(readiness: Run, project: Path) -> None:
    git(project, "init", "--initial-branch=main")
    git(project, "add", "--all")
    git(project, "commit", "--message=first")
    git(project, "mv", "load.py", "read.py")
    assert found(readiness("check", "--diff", "main", "--format", "json")) == []


def test_one_file_is_judged_with_its_project_in_view(readiness: Run, project: Path) -> None:
    (project / "readiness.yaml").write_text("select: [untested-function]\nall: true\n")
    (project / "tests").mkdir()
    (project / "tests/test_other.py").write_text("def test_nothing():\n    assert True\n")
    (project / "area.py").write_text("def area(a, b):\n    if a < 0:\n        raise ValueError(a)\n    return a * b\n")
    assert found(readiness("check", "area.py", "--format", "json")) == [("untested-function", "area.py", 1)]
    (project / "tests/test_area.py").write_text(
        "from area import area\n\ndef test_area():\n    assert area(2, 3) == 6\n"
    )
    done = readiness("check", "area.py", "--format", "json")
    assert found(done) == []
    assert json.loads(done.stdout)["files"]["analysed"] == 1


def test_the_same_files_give_the_same_report_however_many_workers_there_are(readiness: Run, project: Path) -> None:
    for number in range(40):
        (project / f"more_{number}.py").write_text(PATH)
    one, four = (readiness("check", "--format", "jsonl", "--jobs", jobs) for jobs in ("1", "4"))
    assert len(one.stdout.splitlines()) == 41
    assert one.stdout == four.stdout


def test_code_under_review_is_never_run(readiness: Run, project: Path) -> None:
    trap = "import pathlib\npathlib.Path('ran').touch()\n"
    for name in ("conftest.py", "sitecustomize.py", "yaml.py", "click.py", "setup.py", "readiness/__init__.py"):
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text(trap)
    command = [sys.executable, "-I", "-m", "readiness", "check"]
    if subprocess.run([*command, "--help"], cwd=project, capture_output=True, check=False).returncode:
        pytest.skip("readiness is not installed here; `make test` installs it")
    subprocess.run(command, cwd=project, capture_output=True, check=False)
    assert not (project / "ran").exists()


def test_a_person_at_a_terminal_sees_colours(project: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"} | {"TERM": "xterm-256color"}
    assert "\x1b[1;31merror" in at_a_terminal(project, environment)
    assert "\x1b[" not in at_a_terminal(project, {**environment, "NO_COLOR": "1"})
    assert "\x1b[" not in at_a_terminal(project, environment, "--no-color")


def at_a_terminal(folder: Path, environment: dict[str, Any], *arguments: str) -> str:
    """What the command writes to a real (pseudo) terminal."""
    main, other = pty.openpty()
    command = [sys.executable, "-m", "readiness", "check", *arguments]
    source = str(Path(__file__).parents[2] / "bot")
    with subprocess.Popen(command, cwd=folder, env={**environment, "PYTHONPATH": source}, stdout=other) as process:
        os.close(other)
        shown = b""
        while part := read(main):
            shown += part
        assert process.wait(timeout=60) == ExitCode.FINDINGS
    os.close(main)
    return shown.decode()


def read(terminal: int) -> bytes:
    """The next output; the end is an error on Linux."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""


def test_a_profile_names_the_cost_of_each_rule_and_leaves_the_report_alone(readiness: Run, project: Path) -> None:
    done = readiness("check", "--format", "json", "--profile")
    assert found(done) == found(readiness("check", "--format", "json"))
    head, reading, *rules, together = done.stderr.splitlines()
    assert head.split() == ["rule", "ms", "share", "files", "findings"]
    assert reading.startswith("(reading and parsing)")
    assert together.startswith("(all together)")
    [path] = [line.split() for line in rules if line.startswith("hardcoded-path ")]
    assert path[3:] == ["2", "1"]
    costs = [float(line.split()[1]) for line in rules]
    assert costs == sorted(costs, reverse=True)


def test_the_time_of_fixes_is_not_counted(readiness: Run, project: Path) -> None:
    done = readiness("check", "--profile", "--diff-only")
    assert done.returncode == ExitCode.USAGE
    assert "the time of fixes is not counted" in done.stderr


def test_a_check_in_shards_is_written_and_merged(readiness: Run, tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text("import torch\n\nstate = torch.load('/home/ana/model.pt', weights_only=False)\n")
    whole = readiness("check", ".", "--format", "jsonl")
    for number in (1, 2):
        done = readiness("check", ".", "--shard", f"{number}/2", "--output", tmp_path.parent / f"part{number}.json")
        assert (
            done.returncode,
            done.stdout.endswith(f"shard {number}/2 with {2 - number} file{'s' * (number - 1)}.\n"),
        ) == (0, True)
    merged = readiness("merge", *(tmp_path.parent / f"part{number}.json" for number in (1, 2)), "--format", "jsonl")
    assert whole.stdout
    assert (merged.returncode, merged.stdout) == (whole.returncode, whole.stdout)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ((), "a shard is written to one file"),
        (("--output", "part.json", "--fix"), "a shard reports nothing by itself"),
    ],
)
def test_a_shard_that_makes_no_sense_is_refused(readiness: Run, options: tuple[str, ...], told: str) -> None:
    done = readiness("check", "--shard", "1/2", *options)
    assert (done.returncode, told in done.stderr) == (2, True)
