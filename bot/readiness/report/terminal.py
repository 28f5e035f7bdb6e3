"""The report for a person at a terminal: each finding with its code, what it means and the next step; then the figures.

Who has read the same advice three times knows it: further findings of a rule are told in a line, unless they have a way to show.
The text is always coloured; who prints it elsewhere takes the colours out.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Sequence
from functools import partial
from itertools import groupby

from rich.console import Console
from rich.text import Text

from readiness.finding import Finding, Severity, Skipped, Step
from readiness.judge.report import Report
from readiness.report._snippet import snippet
from readiness.report._text import counted, place_of, place_of_skipped, totals, visible

SUFFIXES = (".txt",)
WIDTH = 100
COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_CODE = re.compile(r"(`[^`]+`)")
_SHOWN_SKIPPED = 20
_WHOLE = 3


def render(report: Report) -> str:
    """Findings in the order of their places, what was not analysed and why, counts and time."""
    stream = io.StringIO()
    console = Console(
        file=stream,
        force_terminal=True,
        color_system="standard",
        width=WIDTH,
        highlight=False,
        markup=False,
        emoji=False,
    )
    told = _findings(console, report)
    _not_analysed(console, report.skipped, report.shown_from)
    _summary(console, report)
    if max(told.values(), default=0) > _WHOLE:
        _print(
            console, Text("Advice that was given three times is left out; `--output report.html` has all of it.", "dim")
        )
    return stream.getvalue()


def _findings(console: Console, report: Report) -> Counter[str]:
    """Print them; how many each rule has that show no way."""
    told = Counter[str]()
    for is_short, findings in groupby(report.findings, partial(_is_short, told)):
        for finding in findings:
            _heading(console, finding, report.shown_from)
            if is_short:
                _wrapped(console, "  ", finding.message)
            else:
                _whole(console, finding)
        if is_short:
            console.print()
    return told


def _is_short(told: Counter[str], finding: Finding) -> bool:
    told[finding.rule] += not finding.steps
    return told[finding.rule] > _WHOLE and not finding.steps


def _heading(console: Console, finding: Finding, shown_from: str) -> None:
    colour = COLOURS[finding.severity]
    severity = (finding.severity.label, f"bold {colour}")
    _print(
        console, Text.assemble((place_of(finding, shown_from), "bold"), "  ", severity, "  ", (finding.rule, colour))
    )


def _whole(console: Console, finding: Finding) -> None:
    for line in snippet(finding, COLOURS[finding.severity], WIDTH):
        _print(console, line)
    _wrapped(console, "  ", finding.message)
    _steps(console, finding.steps)
    if finding.next_step:
        _wrapped(console, "  → ", finding.next_step)
    for sketched in finding.sketch.splitlines():
        _print(console, Text(f"      {visible(sketched)}"))
    console.print()


def _steps(console: Console, steps: Sequence[Step]) -> None:
    """The way of a flow, one place a line."""
    places = [str(step) for step in steps]
    widest = max(map(len, places), default=0)
    for number, (step, place) in enumerate(zip(steps, places, strict=True), 1):
        line = Text.assemble((f"  {number:>3}. ", "blue"), f"{place:<{widest}}  ", (visible(step.text), "dim"))
        line.truncate(WIDTH, overflow="ellipsis")
        _print(console, line)


def _not_analysed(console: Console, skipped: Sequence[Skipped], shown_from: str) -> None:
    if not skipped:
        return
    _print(console, Text(f"Not analysed: {counted(len(skipped), 'file or cell', 'files or cells')}", "bold"))
    unexpected_first = sorted(skipped, key=lambda item: item.expected)
    for item in unexpected_first[:_SHOWN_SKIPPED]:
        style = "dim" if item.expected else ""
        _wrapped(console, "  ", f"{place_of_skipped(item, shown_from)}: {item.reason}", style)
    if len(skipped) > _SHOWN_SKIPPED:
        _print(console, Text(f"  … and {len(skipped) - _SHOWN_SKIPPED} more; `--format json` lists all.", "dim"))
    console.print()


def _summary(console: Console, report: Report) -> None:
    found = totals(report)
    _print(console, Text(f"Found {found}." if found else "Nothing found.", "bold" if found else "bold green"), end=" ")
    silenced = f" {counted(report.silenced, 'finding')} silenced by comments." if report.silenced else ""
    checked = f"{counted(report.analysed, 'file')} checked with {counted(len(report.rules), 'rule')} in {report.seconds:.1f} s."
    _print(console, Text(checked + silenced))
    if report.findings:
        hint = f"Why, and how to mend it: readiness explain {report.most_important_first[0].rule}"
        _print(console, Text(hint, "dim"))
    if report.incomplete:
        advice = "The run is incomplete: mend what was not analysed, or name it under `exclude` in readiness.yaml."
        _print(console, Text(advice, "yellow"))


def _wrapped(console: Console, prefix: str, words: str, style: str = "") -> None:
    """A paragraph whose lines all begin below the first letter."""
    text = Text(style=style)
    for index, part in enumerate(_CODE.split(visible(words))):
        text.append(part, "bold" if index % 2 else "")
    for number, line in enumerate(text.wrap(console, WIDTH - len(prefix))):
        _print(console, Text.assemble((prefix if number == 0 else " " * len(prefix), "green"), line))


def _print(console: Console, text: Text, end: str = "\n") -> None:
    """A line as it is: the terminal may wrap it, so that it can be copied whole."""
    text.rstrip()
    console.print(text, soft_wrap=True, end=end)
