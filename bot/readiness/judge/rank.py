"""One voice instead of many: equal findings once, and silence where another rule says more."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from readiness.finding import Finding
from readiness.rulebook.book import Rulebook


def unique(findings: Iterable[Finding]) -> list[Finding]:
    """Findings that say the same at the same place, once."""
    return list({(finding.rule, finding.location, finding.message): finding for finding in findings}.values())


def without_superseded(
    findings: Iterable[Finding], speaking: Iterable[Finding], rulebook: Rulebook
) -> Iterator[Finding]:
    """The findings without those of rules that a rule among the `speaking` ones supersedes there.

    A finding that a comment silences still speaks in this sense: the comment judges the cause, so no weaker rule
    brings it up again.
    """
    stronger: dict[tuple[str, str], list[tuple[Finding, bool]]] = defaultdict(list)
    for finding in speaking:
        rule = rulebook.by_id.get(finding.rule)
        for weaker in rule.supersedes if rule else ():
            if named := rulebook.by_id.get(weaker.rule):  # a team's rules may run without the built-in ones they name
                stronger[named.id, finding.location.path].append((finding, weaker.where == "file"))
    for finding in findings:
        others = stronger.get((finding.rule, finding.location.path), ())
        if not any(whole_file or same_lines(finding, other) for other, whole_file in others):
            yield finding


FIRST_OF_SEVERAL = " The first of {count} {cause} in this file."


def one_for_all(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, and of those in a file that have the same cause the first, which says how many there are."""
    findings = list(findings)
    causes = Counter(map(_cause, findings))
    first = {_cause(finding): finding for finding in reversed(findings)}
    kept = (finding for finding in findings if not finding.cause or first[_cause(finding)] is finding)
    return [_counted(finding, causes[_cause(finding)]) for finding in kept]


def _cause(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.location.path, finding.cause


def _counted(finding: Finding, count: int) -> Finding:
    if not finding.cause or count == 1:
        return finding
    several = FIRST_OF_SEVERAL.format(count=count, cause=finding.cause)
    return replace(finding, message=finding.message + several)


def same_lines(one: Finding, other: Finding) -> bool:
    """Whether two findings stand on a line that both have."""
    a, b = one.location, other.location
    return (a.path, a.cell) == (b.path, b.cell) and a.line <= b.end_line and b.line <= a.end_line
