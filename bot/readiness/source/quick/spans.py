"""Offsets of nodes from the places that `ast` gives: a line, and a column counted in bytes of UTF-8.

They are those of libcst wherever both have them; where `ast` has none, or another, the answer is None.
"""

from __future__ import annotations

import ast
import re
from typing import Any

from readiness.source.lines import LineTable, Span
from readiness.source.tree import Node

_COMPOUND = frozenset("FunctionDef ClassDef For While If With Match Try".split())
_CLAUSES = frozenset({"ExceptHandler", "MatchCase"})
_HEADER_END = re.compile(r"(?:[\s)\\,/]|#[^\r\n]*+)*:")
_SHORT_HEADER = re.compile(
    r"(?:try|(?:async[ \t]+)?def[ \t]+\w+[ \t]*\([ \t]*\)|class[ \t]+\w+[ \t]*(?:\([ \t]*\))?)[ \t]*:"
)


def quick_span(node: Node, lines: LineTable) -> Span | None:
    """Start and end of a node without parentheses around it; a definition starts at its first decorator."""
    place = node.origin
    if place.__class__ is str:
        return _span_of_name(node, lines)
    if not hasattr(place, "lineno") or not _is_exact(node):
        return None
    if _is_in_string(node) and not _is_there(place, lines):
        return None
    start = _start(place, lines)
    if node.kind in ("FunctionDef", "ClassDef") and node.fields[0]:
        start = lines.text.rindex("@", 0, _start(node.fields[0][0].origin, lines))
    return start, _end(place, lines)


def quick_header_span(node: Node, lines: LineTable) -> Span | None:
    """A compound statement from its keyword to its colon, or the whole of another statement."""
    if node.kind not in _COMPOUND:
        return None if node.kind in _CLAUSES else quick_span(node, lines)
    if not isinstance(node.origin, ast.AST):
        return None
    start, last = _start(node.origin, lines), _last_of_header(node)
    found = _SHORT_HEADER.match(lines.text, start) if last is None else _HEADER_END.match(lines.text, _end(last, lines))
    return None if found is None else (start, found.end())


def _is_exact(node: Node) -> bool:
    """Whether `ast` means the same stretch of text by a node.

    It counts the parentheses of a call to a generator expression in its argument, has one node for all of
    `a or b or c`, and leaves out parentheses around patterns.
    """
    if node.kind == "GeneratorExp" or isinstance(node.origin, ast.pattern):
        return False
    return node.parent is None or node.origin is not node.parent.origin


def _is_in_string(node: Node) -> bool:
    """Whether a node stands in an f-string, where `ast` was often wrong before Python 3.12."""
    outer = node.parent
    while outer is not None and outer.kind not in ("JoinedStr", "Expr", "Module"):
        outer = outer.parent
    return outer is not None and outer.kind == "JoinedStr"


def _is_there(place: Any, lines: LineTable) -> bool:
    """Whether an expression can be read again where it is said to be."""
    text = lines.text[_start(place, lines) : _end(place, lines)]
    try:
        return ast.dump(ast.parse(f"({text})", mode="eval").body) == ast.dump(place)
    except (SyntaxError, ValueError):
        return False


def _span_of_name(node: Node, lines: LineTable) -> Span | None:
    """The name of an attribute, of a keyword argument or of a parameter."""
    name, owner = node.fields[0], node.parent
    if owner is None or not _is_exact(node):
        return None
    if isinstance(owner.origin, ast.Attribute):
        start = _end(owner.origin, lines) - len(name)
    elif isinstance(owner.origin, ast.keyword):
        start = _start(owner.origin, lines)
    elif owner.kind == "Param":
        start = _start(owner.origin.arg, lines)
    else:
        return None
    end = start + len(name)
    return (start, end) if lines.text[start:end] == name else None


def _last_of_header(node: Node) -> Any:
    """The last expression in the header of a compound statement, as `ast` has it; None if there is none."""
    match node.kind:
        case "If" | "While" | "Match":
            return node.fields[0].origin
        case "For":
            return node.fields[1].origin
        case "With":
            context, target = node.fields[0][-1].fields
            return (target or context).origin
        case "ClassDef" if node.fields[3]:
            return node.fields[3][-1].origin
        case "FunctionDef" if node.fields[4] is not None:
            return node.fields[4].origin
        case "FunctionDef" if named := [param.origin for param in node.fields[3] if param.fields[0] is not None]:
            return named[-1].default or named[-1].arg
    return None


def _start(place: Any, lines: LineTable) -> int:
    return _offset(place.lineno, place.col_offset, lines)


def _end(place: Any, lines: LineTable) -> int:
    return _offset(place.end_lineno, place.end_col_offset, lines)


def _offset(line: int, column: int, lines: LineTable) -> int:
    if lines.text.isascii():  # which Python knows without looking
        return lines.offset(line) + column
    text = lines.line_text(line)
    return lines.offset(line) + (column if text.isascii() else len(text.encode()[:column].decode(errors="ignore")))
