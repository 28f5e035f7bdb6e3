"""The page of a report, as one file whose policy allows its own style and script, and nothing else."""

from __future__ import annotations

from markupsafe import Markup

from readiness import __version__
from readiness.report.html.sealed import policy, template, text_of
from readiness.report.html.view import View

_NOTHING = Markup("")


def page(view: View, lead: Markup = _NOTHING) -> str:
    """The page as text; `lead` is what a template has made of more than a report, and comes before the findings."""
    style, script = text_of(__package__, "page.css"), text_of(__package__, "page.js")
    return template(__package__, "page.html").render(
        view=view,
        lead=lead,
        version=__version__,
        style=Markup(style),  # noqa: S704 - our own files
        script=Markup(script),  # noqa: S704
        policy=policy(style, script),
    )
