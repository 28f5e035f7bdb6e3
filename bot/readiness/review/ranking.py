"""Which findings come first when only a few can have a comment of their own."""

from __future__ import annotations

from readiness.finding import Finding

PILLARS = ("validation", "correctness", "security", "reproducibility", "ethics", "operations", "testing", "framing")
"""What makes a result wrong comes before what makes it hard to repeat, and that before form."""


def by_importance(finding: Finding) -> tuple[int, int, int, str, int, int, str]:
    """Sort key: severity, then confidence, then how much the pillar matters to the result, then the place."""
    at = finding.location
    pillar = PILLARS.index(finding.pillar) if finding.pillar in PILLARS else len(PILLARS)
    return -finding.severity, -finding.confidence, pillar, at.path, at.cell or 0, at.line, finding.rule
