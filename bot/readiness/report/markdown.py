"""The report as Markdown that a person would paste into an issue or a message."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from readiness.finding import Finding, Severity, Step
from readiness.judge.report import Report
from readiness.report._text import counted, place_of, place_of_skipped, totals, visible

SUFFIXES = (".md", ".markdown")
_HEADINGS = {Severity.ERROR: "Errors", Severity.WARNING: "Warnings", Severity.NOTE: "Notes"}
_SHOWN_LINES = 6
_SPECIAL = re.compile(r"[\\`*_{}\[\]()<>#+!|~&-]")
_REFERENCE = re.compile(r"@(?=\w)|#(?=\d)|(?<=:)//|(?<=\bwww)\.|(?<=\bGH)-", re.IGNORECASE)
_ZERO_WIDTH_SPACE = "&#8203;"


def render(report: Report) -> str:
    """A heading, the findings from the most severe on, and what was not analysed."""
    return "\n".join([*_head(report), *_findings(report), *_skipped(report)]) + "\n"


def text(words: str) -> str:
    """Prose that may quote hostile text: code between backticks stays code, all other Markdown is made harmless."""
    parts = visible(words).split("`")
    if len(parts) % 2 == 0:  # a backtick without its partner is no code
        parts[-2:] = ["`".join(parts[-2:])]
    return "".join(code(part) if odd % 2 else _prose(part) for odd, part in enumerate(parts))


def code(words: str) -> str:
    """A code span, whatever backticks the words hold."""
    fence = "`" * (_longest_run(words) + 1)
    padding = " " if words.startswith("`") or words.endswith("`") else ""
    return f"{fence}{padding}{words}{padding}{fence}" if words else ""


def _prose(words: str) -> str:
    """No formatting, and no mention, issue reference or link that the page would make of plain words."""
    unlinked = _REFERENCE.sub(lambda match: f"{match[0]}\0", words)
    return _SPECIAL.sub(r"\\\g<0>", unlinked).replace("\0", _ZERO_WIDTH_SPACE)


def _longest_run(words: str) -> int:
    return max(map(len, re.findall("`+", words)), default=0)


def _head(report: Report) -> Iterator[str]:
    found = totals(report) or "nothing found"
    yield f"## Readiness: {found}"
    yield ""
    yield f"{counted(report.analysed, 'file')} analysed with {counted(len(report.rules), 'rule')}."


def _findings(report: Report) -> Iterator[str]:
    for severity in sorted(Severity, reverse=True):
        findings = [finding for finding in report.findings if finding.severity is severity]
        if findings:
            yield from ("", f"### {_HEADINGS[severity]}")
        for finding in findings:
            yield from ("", *_finding(finding))


def _finding(finding: Finding) -> Iterator[str]:
    yield f"- **{code(finding.rule)}** in {code(place_of(finding))}: {text(finding.message)}"
    if finding.source_lines:
        yield from _block(finding.source_lines[:_SHOWN_LINES])
    if finding.steps:
        yield from ("", *(f"  {line}" for line in numbered(finding.steps)))
    if finding.next_step:
        yield from ("", f"  **Next step:** {text(finding.next_step)}")
    if finding.sketch:
        yield from _block(finding.sketch.splitlines())


def _block(code: Sequence[str]) -> Iterator[str]:
    """Lines of code in an item of a list, in a block that they cannot end."""
    lines = [visible(line) for line in code]
    fence = "`" * max(3, _longest_run("\n".join(lines)) + 1)
    yield from ("", f"  {fence}python", *(f"  {line}" for line in lines), f"  {fence}")


def numbered(steps: Sequence[Step]) -> Iterator[str]:
    """The way of a flow as a numbered list."""
    for number, step in enumerate(steps, 1):
        shown = f": {code(visible(step.text))}" if step.text else ""
        yield f"{number}. {step}{shown}"


def _skipped(report: Report) -> Iterator[str]:
    if report.skipped:
        yield from ("", "### Not analysed", "")
    for skipped in report.skipped:
        yield f"- {code(place_of_skipped(skipped))}: {text(skipped.reason)}"
