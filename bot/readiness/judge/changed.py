"""What a change introduced: the findings that the base did not have already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from readiness.collect.git import Changes
from readiness.finding import Finding


def introduced(findings: Iterable[Finding], before: Iterable[Finding], changes: Changes) -> Iterator[Finding]:
    """Findings of changed files that have no equal at the base, and project findings that start in a changed line.

    What is true of the whole project cannot be compared file by file: it counts if the change touches its trigger. What
    is about the change itself always counts.
    """
    known = {finding.fingerprint for finding in before}
    for finding in findings:
        if finding.change:
            yield finding
            continue
        file = changes.files.get(finding.location.path)
        if file is None:
            continue
        place = finding.location
        if file.touches(place.file_line, place.file_end_line) if finding.project else finding.fingerprint not in known:
            yield finding
