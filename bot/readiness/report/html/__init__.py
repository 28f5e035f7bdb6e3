"""The report as one page to look at: a file that needs no network, for leads and for reviews in person."""

from __future__ import annotations

from readiness.judge.report import Report

SUFFIXES = (".html", ".htm")


def render(report: Report) -> str:
    """The whole page."""
    from readiness.report.html.page import page  # other formats do not pay for templates
    from readiness.report.html.view import view_of

    return page(view_of(report))
