"""Markdown text -> the tokens of its blocks."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin


def tokens(text: str) -> list[Token]:
    """The blocks of a document in their order, tables and front matter among them."""
    return _Markdown("commonmark").enable("table").use(front_matter_plugin).parse(text)


class _Markdown(MarkdownIt):
    """Leaves the targets of links as they are written."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the library's name
        return url
