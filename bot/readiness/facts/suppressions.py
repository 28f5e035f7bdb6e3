"""Comments that silence rules: `# readiness: ignore[rule-a, rule-b] reason`, and `<!-- … -->` in Markdown."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass

from readiness.facts.hit import Hit
from readiness.facts.model import SuppressionFact
from readiness.finding import Location
from readiness.source.document import DocumentSource
from readiness.source.python import PythonSource

MARK = "readiness:"
_COMMENT = re.compile(
    r"#*\s*readiness:\s*ignore(?P<file>-file)?\s*\[(?P<rules>[^\]]*)\]\s*(?P<reason>.*?)\s*", re.DOTALL
)
_LAYOUT = frozenset({tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING})


@dataclass(frozen=True, slots=True)
class _Placed:
    """A comment, and the lines of the statement it stands in, or of the next one if it stands alone."""

    text: str
    line: int
    column: int
    first: int
    last: int


def suppressions_in_code(source: PythonSource) -> Iterator[SuppressionFact]:
    """The suppressions of Python code; a comment inside a statement of several lines speaks for all of it."""
    if MARK not in source.text:
        return
    for comment in _placed(source.text):
        match = _COMMENT.fullmatch(comment.text)
        if match is None:
            continue
        start = source.lines.offset(comment.line, comment.column)
        location = source.locate(start, start + len(comment.text))
        first = source.locate(*[source.lines.offset(comment.first)] * 2)
        last = source.locate(*[source.lines.offset(comment.last)] * 2)
        alone = first.cell != location.cell  # the last line of a cell speaks for no other cell
        yield _fact(
            match,
            Hit(location, anchor=" ".join(comment.text.split()), source_lines=(source.lines.line_text(comment.line),)),
            location.line if alone else first.line,
            location.line if alone else last.line,
        )


def suppressions_in_document(source: DocumentSource) -> Iterator[SuppressionFact]:
    """The suppressions of a Markdown document; a comment alone on its lines speaks for the next line of text."""
    for comment in source.comments:
        match = _COMMENT.fullmatch(comment.text.strip())
        if match is None:
            continue
        text = source.lines[comment.line - 1]
        location = Location(
            source.path,
            comment.line,
            comment.column,
            comment.end_line,
            len(source.lines[comment.end_line - 1]) + 1,
            file_line=comment.line,
            file_end_line=comment.end_line,
        )
        last = comment.end_line
        if not text[: comment.column - 1].strip():
            following = range(comment.end_line + 1, len(source.lines) + 1)
            last = next((line for line in following if source.lines[line - 1].strip()), last)
        hit = Hit(location, anchor=" ".join(text.split()), source_lines=(text,))
        yield _fact(match, hit, comment.line, last)


def _fact(match: re.Match[str], hit: Hit, first: int, last: int) -> SuppressionFact:
    rules = tuple(rule.strip() for rule in match["rules"].split(",") if rule.strip())
    return SuppressionFact(
        rules=rules,
        reason=match["reason"].lstrip("-:– ").strip(),
        hit=hit,
        first_line=first,
        last_line=last,
        cell=hit.location.cell,
        whole_file=bool(match["file"]),
    )


def _placed(text: str) -> Iterator[_Placed]:
    """The comments of a program, by its own tokens: `#` inside a string is none."""
    waiting: list[tokenize.TokenInfo] = []
    first: int | None = None
    inside: list[tokenize.TokenInfo] = []
    for token in _tokens(text):
        if token.type == tokenize.COMMENT:
            (waiting if first is None else inside).append(token)
        elif token.type == tokenize.NEWLINE and first is not None:
            for comment in (*waiting, *inside):
                begins = comment.start[0] if comment in waiting else first
                yield _Placed(comment.string, comment.start[0], comment.start[1] + 1, begins, token.start[0])
            waiting, inside, first = [], [], None
        elif first is None and token.type not in _LAYOUT and token.type != tokenize.NEWLINE:
            first = token.start[0]
    for comment in (*waiting, *inside):
        line = comment.start[0]
        yield _Placed(comment.string, line, comment.start[1] + 1, line, line)


def _tokens(text: str) -> Iterator[tokenize.TokenInfo]:
    try:
        yield from tokenize.generate_tokens(io.StringIO(text, newline=None).readline)
    except (tokenize.TokenError, SyntaxError):
        return  # syntax newer than the interpreter's: what came before counts
