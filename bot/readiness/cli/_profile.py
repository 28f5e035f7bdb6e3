"""The table of `readiness check --profile`: what each rule cost, the most expensive first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import click

from readiness.engine.profile import READING, Profile
from readiness.judge.report import Report

_HEAD = f"{'rule':40} {'ms':>9} {'share':>6} {'files':>6} {'findings':>9}"

_LEAST = 0.1
"""Milliseconds under which a rule that had no file to look at is not listed."""


def show_profile(profile: Profile, report: Report) -> None:
    """Print the table on standard error, where it is in the way of no format."""
    click.echo(click.style(_HEAD, bold=True), err=True)
    for line in _lines(profile, Counter(finding.rule for finding in report.findings)):
        click.echo(line, err=True)


def _lines(profile: Profile, findings: Counter[str]) -> Iterator[str]:
    seconds = profile.seconds
    whole = sum(seconds.values()) or 1.0
    shown = [part for part in seconds if profile.files[part] or seconds[part] * 1000 >= _LEAST]
    for part in sorted(shown, key=lambda part: (part != READING, -seconds[part], part)):
        share, files = f"{seconds[part] / whole:.1%}", profile.files[part] or ""
        yield f"{part:40} {seconds[part] * 1000:9.1f} {share:>6} {files:>6} {findings[part] or '':>9}"
    yield f"{'(all together)':40} {sum(seconds.values()) * 1000:9.1f}"
