"""The report as workflow commands: GitHub Actions shows them as annotations on the changed files."""

from __future__ import annotations

from readiness.finding import Finding, Severity, Skipped
from readiness.judge.report import Report
from readiness.report._text import visible

SUFFIXES = ()
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(report: Report) -> str:
    """One command a line; the most important first, because GitHub shows only the first ten of each sort."""
    findings = [_finding(finding) for finding in report.most_important_first]
    skipped = [_skipped(skipped) for skipped in report.skipped if not skipped.expected]
    return "".join(f"{line}\n" for line in [*findings, *skipped])


def _finding(finding: Finding) -> str:
    place = finding.location
    properties: dict[str, object] = {"file": place.path, "line": place.file_line, "endLine": place.file_end_line}
    if place.cell is None and place.line == place.end_line:
        properties |= {"col": place.column, "endColumn": place.end_column}
    properties["title"] = finding.rule
    message = "\n".join(visible(words) for words in (finding.message, finding.next_step) if words)
    return _command(_COMMANDS[finding.severity], properties, message)


def _skipped(skipped: Skipped) -> str:
    properties: dict[str, object] = {"file": skipped.path, "line": skipped.line or 1, "title": "not analysed"}
    return _command("warning", properties, visible(skipped.reason))


def _command(name: str, properties: dict[str, object], message: str) -> str:
    written = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{name} {written}::{_data(message)}"


def _data(text: str) -> str:
    """Text after the second `::`, as the runner reads it back."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
