"""The page of an organisation: one HTML file that loads nothing and runs nothing."""

from __future__ import annotations

from markupsafe import Markup

from readiness import __version__
from readiness.audit.summary import Summary
from readiness.report.html.sealed import policy, template, text_of
from readiness.score.sheet import PER_SECTION, read_sheet
from readiness.score.words import number


def page(summary: Summary) -> str:
    """The page as text."""
    style = text_of(__package__, "page.css")
    return template(__package__, "page.html", number=number).render(
        summary=summary,
        sections={section.id: section.title for section in read_sheet().sections},
        per_section=PER_SECTION,
        style=Markup(style),  # noqa: S704 - our own file
        policy=policy(style),
        version=__version__,
    )
