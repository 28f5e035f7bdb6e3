"""Comments as a page that looks like a review on the platform: the Markdown rendered, suggestions as the change they make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers import get_lexer_by_name

STYLE = Path(__file__).with_name("style.css")
SHOWN_LINES = 4
"""So many lines of the change the platform shows above a comment."""
HUNK = re.compile(r"@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@")
COLORS = HtmlFormatter(style="default", nowrap=True)


class Body(RendererHTML):
    """HTML of a comment; what it suggests is shown against the lines that it would replace."""

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """A code block in colors, or a suggestion."""
        token = tokens[idx]
        if token.info == "suggestion":
            return _suggestion(env["replaced"], token.content.splitlines())
        if not token.info:
            return f"<pre><code>{escape(token.content)}</code></pre>"
        return f"<pre>{highlight(token.content, get_lexer_by_name(token.info), COLORS)}</pre>"


MARKDOWN = MarkdownIt("commonmark", {"html": True}, renderer_cls=Body).enable("table")


def page(content: str) -> str:
    """A whole document."""
    style = STYLE.read_text(encoding="utf-8") + COLORS.get_style_defs("pre")
    return f'<!doctype html><html lang="en"><meta charset="utf-8"><style>{style}</style><body>{content}</body></html>'


def comment(body: str, replaced: Iterable[str] = ()) -> str:
    """A comment with its author; its folded sections are shown open."""
    words = MARKDOWN.render(body, {"replaced": list(replaced)}).replace("<details>", "<details open>")
    author = '<span class="avatar">r</span><b>github-actions</b><span>bot</span>'
    return f'<div class="box"><div class="author">{author}</div><div class="body">{words}</div></div>'


def thread(path: str, hunk: str, line: int, body: str, replaced: Iterable[str]) -> str:
    """A comment below the lines of the change that it is about."""
    rows = [row for number, row in _rows(hunk) if number <= line][-SHOWN_LINES:]
    diff = f'<table class="diff">{"".join(rows)}</table>'
    said = f'<div class="thread">{comment(body, replaced)}</div>'
    return f'<div class="box"><div class="file">{escape(path)}</div>{diff}{said}</div>'


def _rows(hunk: str) -> Iterator[tuple[int, str]]:
    """The lines of a hunk, with their numbers in the new file."""
    header, *lines = hunk.split("\n")
    start = HUNK.match(header)
    old, new = (int(start[1]), int(start[2])) if start else (1, 1)
    for line in lines:
        sign, text = line[:1] or " ", line[1:]
        yield new, _row(sign, text, "" if sign == "+" else old, "" if sign == "-" else new)
        old += sign != "+"
        new += sign != "-"


def _suggestion(old: Iterable[str], new: Iterable[str]) -> str:
    rows = [_row("-", text) for text in old] + [_row("+", text) for text in new]
    return f'<div class="box suggestion"><div>Suggested change</div><table class="diff">{"".join(rows)}</table></div>'


def _row(sign: str, text: str, *numbers: int | str) -> str:
    kind = {"+": "add", "-": "del"}.get(sign, "")
    cells = "".join(f'<td class="number">{number}</td>' for number in numbers)
    return f'<tr class="{kind}">{cells}<td class="sign">{sign}</td><td>{escape(text)}</td></tr>'
