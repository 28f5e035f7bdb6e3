"""docs/exit-codes.md names every exit code, every format and every key of a finding."""

from __future__ import annotations

import re
from pathlib import Path

from readiness.errors import ExitCode
from readiness.finding import Confidence, Finding, Location, Severity, Stage
from readiness.report._formats import names
from readiness.report._record import finding_record

PAGE = (Path(__file__).parents[2] / "docs/exit-codes.md").read_text(encoding="utf-8")


def first_words(heading: str) -> list[str]:
    """What stands in backticks, or as a number, in the first column of the table under a heading."""
    section = re.split(rf"(?m)^## {heading}$", PAGE)[1].split("\n## ")[0]
    cells = re.findall(r"(?m)^\| ([^|]+?) \|", section)
    return [word for cell in cells for word in re.findall(r"`(\w+)`|^(\d)$", cell) for word in word if word]


def test_every_exit_code_is_listed() -> None:
    assert first_words("Exit codes") == [str(int(code)) for code in ExitCode]


def test_every_format_is_listed() -> None:
    assert set(first_words("Formats")) == set(names())


def test_every_key_of_a_finding_is_listed() -> None:
    finding = Finding("rule", "testing", Severity.NOTE, Confidence.HIGH, Stage.CANDIDATE, Location("a.py"), "Message.")
    listed = first_words("A finding")
    assert set(listed) == set(finding_record(finding))
