"""A report as the page shows it: findings grouped by rule, what they can be filtered by, and the bars of the pillars."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from readiness.finding import Finding, Severity, Skipped
from readiness.judge.report import Report, RuleInfo
from readiness.report._text import place_of_skipped
from readiness.report._verdict import Verdict, verdict
from readiness.report.html.excerpts import Excerpts, Line


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding with its code."""

    finding: Finding
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Group:
    """What one rule found: why it matters is told once, then the places."""

    rule: RuleInfo
    severity: Severity
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Bar:
    """How many findings of each severity a pillar has, the highest first."""

    name: str
    counts: dict[Severity, int]

    @property
    def total(self) -> int:
        """All its findings."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Choice:
    """What the findings can be filtered by."""

    label: str
    attribute: str
    """The name of the `data-` attribute that holds it, on a finding or its group."""
    values: Sequence[str]


@dataclass(frozen=True, slots=True)
class View:
    """All that the template asks for."""

    report: Report
    verdict: Verdict
    groups: Sequence[Group]
    bars: Sequence[Bar]
    choices: Sequence[Choice]
    skipped: Sequence[tuple[str, Skipped]]


def view_of(report: Report) -> View:
    """The view of a report."""
    groups = _groups(report)
    return View(
        report=report,
        verdict=verdict(report),
        groups=groups,
        bars=_bars(report.findings),
        choices=_choices(report, groups),
        skipped=[(place_of_skipped(item), item) for item in sorted(report.skipped, key=lambda item: item.expected)],
    )


def _groups(report: Report) -> list[Group]:
    """The most important first; a finding of no rule that ran is told by its id."""
    rules = {rule.id: rule for rule in report.rules}
    excerpts, found = Excerpts(report), defaultdict[str, list[Finding]](list)
    for finding in report.most_important_first:
        found[finding.rule].append(finding)
    return [
        Group(
            rules.get(name) or RuleInfo(name, name, findings[0].pillar, findings[0].severity),
            findings[0].severity,
            [Entry(finding, excerpts.of(finding)) for finding in findings],
        )
        for name, findings in found.items()
    ]


def _bars(findings: Iterable[Finding]) -> list[Bar]:
    counts: dict[str, dict[Severity, int]] = defaultdict(lambda: dict.fromkeys(sorted(Severity, reverse=True), 0))
    for finding in findings:
        counts[finding.pillar][finding.severity] += 1
    return sorted((Bar(pillar, counted) for pillar, counted in counts.items()), key=lambda bar: (-bar.total, bar.name))


def _choices(report: Report, groups: Iterable[Group]) -> list[Choice]:
    choices = (
        Choice("Severity", "severity", [str(severity) for severity, count in report.counts.items() if count]),
        Choice("Pillar", "pillar", sorted({group.rule.pillar for group in groups})),
        Choice("Concept", "concept", sorted({group.rule.lesson for group in groups if group.rule.lesson})),
        Choice("File", "file", sorted({finding.location.path for finding in report.findings})),
    )
    return [choice for choice in choices if len(choice.values) > 1]
