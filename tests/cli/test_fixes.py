"""`readiness check --fix`, `--unsafe-fixes` and `--diff-only`, as a user starts them."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from readiness.errors import ExitCode

Run = Callable[..., subprocess.CompletedProcess[str]]
READ = """import glob

import pandas as pd

stays = pd.concat([pd.read_csv(path) for path in glob.glob("*.csv")])
"""
RULE = """
title: Thing
kind: code
severity: error
confidence: high
stage: exploration
lesson: naming
match: {name}($X)
message: Rename this.
why: Names matter.
fix: {replace: "renamed($X)", safety: {safety}}
next_step: Rename it.
learn: [https://learn.example/naming]
examples:
  - bad: {name}(1)
  - good: renamed(1)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two rules, one with a safe fix and one with another, and a file with a finding of each."""
    rules = tmp_path / "rules"
    rules.mkdir()
    for name, safety in (("tidy", "safe"), ("risky", "unsafe")):
        (rules / f"{name}-name.yaml").write_text(RULE.replace("{name}", name).replace("{safety}", safety))
    (tmp_path / "code").mkdir()
    (tmp_path / "code/a.py").write_text("tidy(1)\nrisky(2)\n")
    return tmp_path


@pytest.fixture
def check(readiness: Run, project: Path) -> Run:
    return lambda *options, **more: readiness(
        "check", "code", "--rules", "rules", "--select", "custom", *options, **more
    )


def test_safe_fixes_are_made_and_the_rest_is_reported(check: Run, project: Path) -> None:
    done = check("--fix", "--format", "jsonl")
    assert (project / "code/a.py").read_text() == "renamed(1)\nrisky(2)\n"
    assert done.stderr == "Fixed 1 finding in 1 file; 1 more with --unsafe-fixes.\n"
    assert '"rule": "risky-name"' in done.stdout or '"rule":"risky-name"' in done.stdout
    assert "tidy-name" not in done.stdout
    assert done.returncode == ExitCode.FINDINGS


def test_unsafe_fixes_are_made_too_if_asked_for(check: Run, project: Path) -> None:
    done = check("--fix", "--unsafe-fixes")
    assert (project / "code/a.py").read_text() == "renamed(1)\nrenamed(2)\n"
    assert done.stderr == "Fixed 2 findings in 1 file.\n"
    assert "Nothing found." in done.stdout
    assert done.returncode == ExitCode.CLEAN


def test_a_second_run_finds_nothing_to_fix(check: Run) -> None:
    check("--fix")
    assert check("--fix").stderr == "Nothing to fix; 1 more with --unsafe-fixes.\n"


def test_a_diff_is_printed_and_nothing_is_written(check: Run, project: Path) -> None:
    done = check("--diff-only")
    lines = ["--- a/code/a.py", "+++ b/code/a.py", "@@ -1,2 +1,2 @@", "-tidy(1)", "+renamed(1)", " risky(2)", ""]
    assert done.stdout == "\n".join(lines)
    assert done.stderr == "Would fix 1 finding in 1 file; 1 more with --unsafe-fixes.\n"
    assert done.returncode == ExitCode.FINDINGS
    assert (project / "code/a.py").read_text() == "tidy(1)\nrisky(2)\n"


def test_without_anything_to_fix_the_diff_is_empty(check: Run) -> None:
    check("--fix", "--unsafe-fixes")
    done = check("--diff-only", "--unsafe-fixes")
    assert (done.returncode, done.stdout, done.stderr) == (ExitCode.CLEAN, "", "Nothing to fix.\n")


def test_the_diff_is_just_what_fixing_does(check: Run, project: Path) -> None:
    (project / "code/a.py").write_bytes(b"# coding: latin-1\ntidy('\xe9')\n")
    diff = check("--diff-only").stdout.encode("utf-8", "surrogateescape")
    before = (project / "code/a.py").read_bytes()
    check("--fix")
    fixed = (project / "code/a.py").read_bytes()
    (project / "code/a.py").write_bytes(before)
    subprocess.run(["git", "apply", "-"], cwd=project, input=diff, check=True)
    assert (project / "code/a.py").read_bytes() == fixed == before.replace(b"tidy", b"renamed")


def test_a_diff_on_a_terminal_shows_no_control_characters(check: Run, project: Path) -> None:
    (project / "code/a.py").write_text("tidy('\x1b[31m\u202e')\n")
    done = check("--diff-only", FORCE_COLOR="1")
    assert "\x1b[32m+renamed('\\x1b[31m\\u202e')" in done.stdout


def test_a_file_that_cannot_be_read_makes_the_run_incomplete(check: Run, project: Path) -> None:
    (project / "code/b.py").write_text("x = (\n")
    assert check("--diff-only").returncode == ExitCode.INCOMPLETE
    done = check("--fix")
    assert done.returncode == ExitCode.INCOMPLETE
    assert "renamed(1)" in (project / "code/a.py").read_text()


def test_a_link_is_mended_where_the_file_is(check: Run, project: Path) -> None:
    (project / "code/a.py").rename(project / "code/real.py")
    (project / "code/link.py").symlink_to("real.py")
    check("--fix")
    assert (project / "code/link.py").is_symlink()
    assert (project / "code/real.py").read_text() == "renamed(1)\nrisky(2)\n"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--unsafe-fixes",), "nothing is fixed by --unsafe-fixes alone"),
        (("--diff-only", "--format", "json"), "a diff is all that is printed, no report"),
        (("--diff-only", "--output", "a.json"), "a diff is all that is printed, no report"),
    ],
)
def test_options_that_make_no_sense_are_refused(check: Run, options: tuple[str, ...], message: str) -> None:
    done = check(*options)
    assert (done.returncode, done.stdout) == (ExitCode.USAGE, "")
    assert message in done.stderr


def test_a_rule_of_ours_mends_a_real_script(readiness: Run, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(READ)
    done = readiness("check", "--select", "unsorted-file-listing", "--fix", "--unsafe-fixes")
    assert (tmp_path / "a.py").read_text() == READ.replace('glob.glob("*.csv")', 'sorted(glob.glob("*.csv"))')
    assert done.stderr == "Fixed 1 finding in 1 file.\n"
