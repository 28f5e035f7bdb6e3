"""Markdown as a page for the terminal."""

from __future__ import annotations

from typing import ClassVar

from rich.console import Console
from rich.markdown import Heading, Markdown

WIDTH = 96


class _Heading(Heading):
    """Every heading begins where the text begins."""

    LEVEL_ALIGN: ClassVar = {}


class _Page(Markdown):
    elements: ClassVar = {**Markdown.elements, "heading_open": _Heading}


def rendered(markdown: str, *, colour: bool) -> str:
    """The page, wrapped to the terminal; links are written out, since not every terminal can follow them."""
    console = Console(highlight=False, force_terminal=colour, color_system="auto" if colour else None)
    console.width = min(console.width, WIDTH)
    with console.capture() as page:
        console.print(_Page(markdown, code_theme="ansi_dark", hyperlinks=False))
    return "\n".join(line.rstrip() for line in page.get().splitlines())
