"""Literals, string patterns and f-strings in patterns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.pattern.bindings import Bindings, Matches, same_value
from readiness.pattern.nodes import ANY_STRING, CONCATENATION, DOTS, MANY, METAVARIABLE
from readiness.pattern.sequences import in_order
from readiness.pattern.strings import STRING_PATTERNS, string_matches, text_of
from readiness.source.tree import Node

if TYPE_CHECKING:
    from readiness.pattern.match import Matcher


def literal(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """A literal, or code whose value is known to be the same."""
    known = m.constant(target)
    if known is not None and same_value(pattern.fields[0], known.value):
        yield bindings


def string(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """A string literal with holes."""
    known = m.constant(target)
    if known is None:
        if pattern.kind == ANY_STRING and m.is_string(target):
            yield bindings
        return
    text = text_of(known.value)
    captured = None if text is None else string_matches(pattern, text)
    if captured is not None:
        yield from _bind_all(m, list(captured.items()), target, bindings)


def concatenation(m: Matcher, _pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """Strings that Python joins because nothing stands between them."""
    from libcst import ConcatenatedString  # which such a pattern needs as the only one

    if isinstance(m.source.written(target), ConcatenatedString):
        yield bindings


def _bind_all(m: Matcher, captured: list[tuple[str, str]], target: Node, bindings: Bindings) -> Matches:
    if not captured:
        yield bindings
        return
    (name, text), *rest = captured
    for bound in m.bind(name, (target,), bindings, content=text):
        yield from _bind_all(m, rest, target, bound)


def f_string(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """An f-string part by part; `...` in its text is any number of parts."""
    if target.kind == "JoinedStr":
        parts = [Node(DOTS, ()) if part.kind == ANY_STRING else part for part in pattern.fields[0]]
        yield from in_order(m, parts, target.fields[0], bindings, compare=lambda p, t, b: _part(m, p, t, b))


def _part(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    if pattern.kind == "FormattedValue" and target.kind == "FormattedValue":
        yield from m.value(pattern.fields[0], target.fields[0], bindings)
    elif target.kind == "Constant" and (pattern.kind == "Constant" or pattern.kind in STRING_PATTERNS):
        yield from m.root(pattern, target, bindings)
    elif pattern.kind in (METAVARIABLE, MANY):
        yield from m.node(pattern, target, bindings)


HANDLERS = {
    CONCATENATION: concatenation,
    "Constant": literal,
    "JoinedStr": f_string,
    **dict.fromkeys(STRING_PATTERNS, string),
}
