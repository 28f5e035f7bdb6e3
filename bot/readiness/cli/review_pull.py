"""`readiness review OWNER/REPO#N`, and in GitHub Actions without a name: review a pull request on its platform."""

from __future__ import annotations

from readiness.errors import ExitCode, UsageError


def review_pull(name: str | None, *, dry_run: bool) -> ExitCode:
    """Review it and write what there is to write."""
    raise UsageError(f"not yet {name} {dry_run}")
