"""Strings in patterns: `"..."`, `"$X"`, `"=~/re/"`, `"/home/$USER/..."`, and f-strings part by part."""

from __future__ import annotations

import re

from readiness.errors import PatternError
from readiness.pattern.nodes import ANY_STRING, CONCATENATION, MANY, STRING_HOLE, STRING_REGEX, STRING_TEMPLATE
from readiness.source.tree import Node

_METAVARIABLE = re.compile(r"\$[A-Z_][A-Z0-9_]*")
_MANY = re.compile(r"\$\.\.\.[A-Z_][A-Z0-9_]*")
_REGEX = re.compile(r"=~/(.*)/([imsx]*)", re.DOTALL)
_INNER_HOLE = re.compile(r"\$\{?(?P<name>[A-Z_][A-Z0-9_]*)\}?|(?P<dots>\.\.\.)")
STRING_PATTERNS = frozenset({ANY_STRING, STRING_HOLE, STRING_REGEX, STRING_TEMPLATE})


def compile_string(constant: Node) -> Node:
    """The pattern that a literal in a pattern stands for: itself, unless it is a string with holes."""
    value = constant.fields[0]
    if not isinstance(value, str):
        return constant
    if not value.strip("."):
        from libcst import ConcatenatedString  # only where patterns are compiled, which most runs need not do

        if isinstance(constant.origin, ConcatenatedString):
            return Node(CONCATENATION, (), constant.origin)
    if regex := _REGEX.fullmatch(getattr(constant.origin, "raw_value", value)):
        return Node(STRING_REGEX, (_regex(regex[1], regex[2]),), constant.origin)
    return _hole(value, constant) or constant


def _hole(text: str, constant: Node) -> Node | None:
    if text == "...":
        return Node(ANY_STRING, (), constant.origin)
    if _METAVARIABLE.fullmatch(text):
        return Node(STRING_HOLE, (text,), constant.origin)
    if _MANY.fullmatch(text):
        return Node(MANY, (text,), constant.origin)
    if _INNER_HOLE.search(text):
        return Node(STRING_TEMPLATE, _template(text), constant.origin)
    return None


def _regex(source: str, flags: str) -> re.Pattern[str]:
    try:
        return re.compile(f"(?{flags}){source}" if flags else source)
    except re.error as error:
        raise PatternError(
            f"the regular expression in this string pattern is not valid: {error}: {source}",
            advice='The form is "=~/regular expression/", as Python\'s `re` understands it.',
        ) from error


def _template(text: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """A regular expression for a string with holes inside; a metavariable that stands twice must be the same twice."""
    parts, names, end = [], list[str](), 0
    for hole in _INNER_HOLE.finditer(text):
        parts.append(re.escape(text[end : hole.start()]))
        parts.append(_group(hole["name"], names))
        end = hole.end()
    parts.append(re.escape(text[end:]))
    return re.compile("".join(parts), re.DOTALL), tuple("$" + name for name in names)


def _group(name: str | None, names: list[str]) -> str:
    if name is None:
        return ".*?"
    if name in names:
        return f"(?P={name})"
    names.append(name)
    return f"(?P<{name}>.*?)"


def text_of(value: object) -> str | None:
    """The text that a string pattern is compared with; of bytes, the characters with these numbers."""
    if isinstance(value, bytes):
        return value.decode("latin-1")
    return value if isinstance(value, str) else None


def string_matches(pattern: Node, text: str) -> dict[str, str] | None:
    """What the metavariables of a string pattern stand for in this text; None if the text does not match."""
    if pattern.kind == ANY_STRING:
        return {}
    if pattern.kind == STRING_HOLE:
        return {pattern.fields[0]: text}
    if pattern.kind == STRING_REGEX:
        return {} if pattern.fields[0].search(text) else None
    found = pattern.fields[0].fullmatch(text)
    return None if found is None else {"$" + name: value for name, value in found.groupdict().items()}
