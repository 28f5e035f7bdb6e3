"""What every page of ours has in common: text that is escaped, and a policy that allows its own style and script alone."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup, escape

from readiness.report._text import counted, place_of, visible


def text_of(package: str, name: str) -> str:
    """A file that lies beside the modules of a package."""
    return files(package).joinpath(name).read_text(encoding="utf-8")


def template(package: str, name: str, **filters: Callable[..., object]) -> Template:
    """A template that lies there; whatever the reviewed project says in it is escaped."""
    made = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"prose": prose, "visible": visible, "place": place_of, "counted": counted, **filters}
    return made.from_string(text_of(package, name))


def policy(style: str, script: str = "") -> str:
    """The content security policy of a page with this style and script."""
    parts = ["default-src 'none'", f"style-src '{_hash(style)}'", "base-uri 'none'", "form-action 'none'"]
    return "; ".join(parts + ([f"script-src '{_hash(script)}'"] if script else []))


def prose(words: str) -> Markup:
    """Text that may quote hostile code: what stands between backticks is code, and nothing else means anything."""
    parts = visible(words).split("`")
    if len(parts) % 2 == 0:  # a backtick without its partner is no code
        parts[-2:] = ["`".join(parts[-2:])]
    shown = (Markup("<code>{}</code>").format(part) if odd % 2 else escape(part) for odd, part in enumerate(parts))
    return Markup("").join(shown)


def _hash(text: str) -> str:
    """What a browser compares the text of an element with."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
