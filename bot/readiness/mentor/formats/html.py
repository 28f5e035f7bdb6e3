"""The mentoring report as a page: the page of a check, led by what a mentor would say."""

from __future__ import annotations

from markupsafe import Markup

from readiness.mentor.formats import words
from readiness.mentor.report import Mentoring
from readiness.report.html.excerpts import Excerpts
from readiness.report.html.page import page
from readiness.report.html.sealed import template
from readiness.report.html.view import view_of
from readiness.score.sheet import PER_SECTION
from readiness.score.words import no_training, number


def render(told: Mentoring) -> str:
    """The whole page."""
    lead = template(__package__, "mentor.html").render(
        told=told,
        words=words,
        number=number,
        no_training=no_training(),
        full=PER_SECTION,
        lines=Excerpts(told.report).of(told.concept.finding) if told.concept else [],
    )
    return page(view_of(told.report), Markup(lead))  # noqa: S704 - the template has escaped what is not ours
