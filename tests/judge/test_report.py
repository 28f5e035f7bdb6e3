"""The exit code of a report."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from readiness.errors import ExitCode
from readiness.finding import Confidence, Finding, Severity, Skipped
from readiness.judge.report import Report

Make = Callable[..., Finding]


@pytest.mark.parametrize(
    ("severity", "fail_on", "code"),
    [
        (Severity.ERROR, Severity.ERROR, ExitCode.FINDINGS),
        (Severity.WARNING, Severity.ERROR, ExitCode.CLEAN),
        (Severity.WARNING, Severity.WARNING, ExitCode.FINDINGS),
        (Severity.NOTE, Severity.NOTE, ExitCode.FINDINGS),
    ],
)
def test_findings_from_fail_on_upwards_fail(found: Make, severity: Severity, fail_on: Severity, code: ExitCode) -> None:
    assert Report(findings=(found(severity=severity),), fail_on=fail_on).exit_code is code


def test_an_incomplete_run_never_looks_clean(found: Make) -> None:
    skipped = (Skipped("a.py", "Python 2"),)
    assert Report(skipped=skipped).exit_code is ExitCode.INCOMPLETE
    assert Report(skipped=skipped, findings=(found(severity=Severity.ERROR),)).exit_code is ExitCode.INCOMPLETE
    assert Report(skipped=(Skipped("a.pyi", "stub", expected=True),)).exit_code is ExitCode.CLEAN


def test_counts_name_every_severity_from_the_highest(found: Make) -> None:
    counts = Report(findings=(found(), found(severity=Severity.NOTE), found())).counts
    assert list(counts.items()) == [(Severity.ERROR, 0), (Severity.WARNING, 2), (Severity.NOTE, 1)]


def test_the_most_important_finding_is_severe_and_sure(found: Make) -> None:
    unsure, severe, sure = found(confidence=Confidence.MEDIUM), found(severity=Severity.ERROR), found()
    assert Report(findings=(unsure, severe, sure)).most_important_first == [severe, sure, unsure]
