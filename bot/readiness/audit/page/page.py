"""The page of an organisation: one HTML file that loads nothing and runs nothing."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from readiness import __version__
from readiness.audit.summary import Summary
from readiness.report._text import visible
from readiness.score.sheet import PER_SECTION, read_sheet
from readiness.score.words import number

_FOLDER = files(__package__)


def page(summary: Summary) -> str:
    """The page as text; what repositories say in it is escaped by the template."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"visible": visible, "number": number}
    style = _FOLDER.joinpath("page.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return environment.from_string(_FOLDER.joinpath("page.html").read_text(encoding="utf-8")).render(
        summary=summary,
        sections={section.id: section.title for section in read_sheet().sections},
        per_section=PER_SECTION,
        style=Markup(style),  # noqa: S704 - our own file
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        version=__version__,
    )
