"""The template filled in: one file whose policy allows its own style and script, and nothing else."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup, escape

from readiness import __version__
from readiness.report._text import counted, place_of, visible
from readiness.report.html.view import View

_FOLDER = files(__package__)
_NOTHING = Markup("")


def page(view: View, lead: Markup = _NOTHING) -> str:
    """The page as text; `lead` is what a template has made of more than a report, and comes before the findings."""
    style, script = _text("page.css"), _text("page.js")
    return (
        environment()
        .get_template("page.html")
        .render(
            view=view,
            lead=lead,
            version=__version__,
            style=Markup(style),  # noqa: S704 - our own files
            script=Markup(script),  # noqa: S704
            policy="; ".join(_policy(style, script)),
        )
    )


def environment() -> Environment:
    """What fills templates: whatever the reviewed project says in one is escaped."""
    made = Environment(
        loader=FunctionLoader(_text),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"prose": prose, "visible": visible, "place": place_of, "counted": counted}
    return made


def prose(words: str) -> Markup:
    """Text that may quote hostile code: what stands between backticks is code, and nothing else means anything."""
    parts = visible(words).split("`")
    if len(parts) % 2 == 0:  # a backtick without its partner is no code
        parts[-2:] = ["`".join(parts[-2:])]
    shown = (Markup("<code>{}</code>").format(part) if odd % 2 else escape(part) for odd, part in enumerate(parts))
    return Markup("").join(shown)


def _policy(style: str, script: str) -> Iterator[str]:
    yield "default-src 'none'"
    yield f"style-src '{_hash(style)}'"
    yield f"script-src '{_hash(script)}'"
    yield "base-uri 'none'"
    yield "form-action 'none'"


def _hash(text: str) -> str:
    """What a browser compares the text of an element with."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _text(name: str) -> str:
    return _FOLDER.joinpath(name).read_text(encoding="utf-8")
