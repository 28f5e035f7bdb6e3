"""One voice instead of many: equal findings once, and silence where another rule says more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from readiness.finding import Finding
from readiness.rulebook.book import Rulebook


def unique(findings: Iterable[Finding]) -> list[Finding]:
    """Findings that say the same at the same place, once."""
    return list({(finding.rule, finding.location, finding.message): finding for finding in findings}.values())


def without_superseded(findings: Iterable[Finding], rulebook: Rulebook) -> list[Finding]:
    """The findings of a rule that another one supersedes are dropped where that one speaks about the same lines."""
    findings = list(findings)
    stronger: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        rule = rulebook.by_id.get(finding.rule)
        for weaker in rule.supersedes if rule else ():
            stronger[weaker, finding.location.path].append(finding)
    return [f for f in findings if not any(_overlap(f, other) for other in stronger.get((f.rule, f.location.path), ()))]


def _overlap(one: Finding, other: Finding) -> bool:
    a, b = one.location, other.location
    return a.cell == b.cell and a.line <= b.end_line and b.line <= a.end_line
