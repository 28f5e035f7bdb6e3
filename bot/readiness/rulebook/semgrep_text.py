"""Patterns in Semgrep's language `generic`, for the text of a string: as regular expressions."""

from __future__ import annotations

import re

_PART = re.compile(
    r"(?P<many>\$\.\.\.[A-Z_][A-Z0-9_]*|\.\.\.)|(?P<one>\$[A-Z_][A-Z0-9_]*)|(?P<space>\s+)|(?P<other>\w+|.)"
)


def generic_regex(pattern: str) -> str:
    """`<$TAG ...` finds a word behind `<`; `...` at an end of the pattern may be anything, even nothing."""
    parts = list(_PART.finditer(pattern.strip()))
    while parts and (parts[-1]["many"] or parts[-1]["space"]):
        parts.pop()
    while parts and (parts[0]["many"] or parts[0]["space"]):
        parts.pop(0)
    return "".join(map(_regex, parts))


def _regex(part: re.Match[str]) -> str:
    if part["many"]:
        return r"[\s\S]*?"
    if part["one"]:
        return r"\w+"
    return r"\s*" if part["space"] else re.escape(part["other"])
