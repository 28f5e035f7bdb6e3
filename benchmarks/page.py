"""Measure the page of a report: how long it takes to write one with many findings, and how long a browser takes to open it."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from readiness.collect.source_file import SourceFile
from readiness.facts.sorts import FileKind
from readiness.finding import Confidence, Finding, Location, Severity, Stage
from readiness.judge.fingerprint import fingerprinted
from readiness.judge.report import Report, RuleInfo
from readiness.report import html

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "github"))

from chromium import visit

FINDINGS, RULES, FILES = 5_000, 40, 250
LINES = FINDINGS // FILES
"""Every line of every file has a finding."""
ROUNDS = 5


def rows() -> Iterator[tuple[str, str, str]]:
    """What was measured, the figure, and the goal."""
    started = time.perf_counter()
    text = html.render(report())
    written = time.perf_counter() - started
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page.html")
        page.write_text(text, encoding="utf-8")
        opened = max(visit(page).seconds for _ in range(ROUNDS))
    yield (
        f"page with {FINDINGS:,} findings, opened in Chromium, the slowest of {ROUNDS}",
        f"{opened:.1f} s",
        "under 2 s",
    )
    yield "… writing it", f"{written:.1f} s, {len(text) / 1e6:.1f} MB", ""


def report() -> Report:
    """A report that is as long as it is dull."""
    rules = tuple(
        RuleInfo(
            f"rule-{n}", f"Rule {n}", f"pillar-{n % 10}", Severity.WARNING, "It matters.", lesson=f"concept-{n % 20}"
        )
        for n in range(RULES)
    )
    lines = "".join(f"frame_{n} = summarise(rows, limit={n}, columns=COLUMNS)\n" for n in range(LINES))
    files = {path: SourceFile(path, FileKind.PYTHON, data=lines.encode()) for path in map(_path, range(FILES))}
    findings = tuple(fingerprinted(_finding(n, rules[n % RULES], lines.split("\n")) for n in range(FINDINGS)))
    return Report(findings=findings, analysed=FILES, rules=rules, files=files)


def _finding(number: int, rule: RuleInfo, lines: list[str]) -> Finding:
    line = number // FILES + 1
    return Finding(
        rule=rule.id,
        pillar=rule.pillar,
        severity=list(Severity)[number % 3],
        confidence=Confidence.HIGH,
        stage=Stage.CANDIDATE,
        location=Location(_path(number % FILES), line, 1, line, 8, file_line=line, file_end_line=line),
        message=f"`frame_{line}` is summarised with a limit that no setting names; the next reader has to guess why.",
        next_step="Give the limit a name beside the other settings, and say where it comes from.",
        source_lines=(lines[line - 1],),
    )


def _path(number: int) -> str:
    return f"package_{number % 25}/module_{number}.py"
