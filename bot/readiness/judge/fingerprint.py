"""An identity for each finding that survives edits elsewhere in the file: no line number is part of it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from readiness.finding import Finding

LENGTH = 16


def fingerprinted(findings: Iterable[Finding]) -> list[Finding]:
    """The findings in the order of their places; equal ones are told apart by their ordinal."""
    seen: Counter[tuple[str, ...]] = Counter()
    result = []
    for finding in in_order(findings):
        key = (finding.rule, finding.location.path, finding.scope_key, " ".join(finding.anchor.split()))
        result.append(replace(finding, fingerprint=_digest(*key, str(seen[key]))))
        seen[key] += 1
    return result


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The findings sorted by file, cell, line and column."""
    return sorted(findings, key=_place)


def _digest(*parts: str) -> str:
    text = json.dumps(parts, ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:LENGTH]


def _place(finding: Finding) -> tuple[str, int, int, int, str, str]:
    place = finding.location
    cell = -1 if place.cell is None else place.cell
    return place.path, cell, place.line, place.column, finding.rule, finding.message
