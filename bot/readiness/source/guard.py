"""Refuse text that would kill or stall the parser, before it is parsed.

libcst crashes the whole process on some thousand nested brackets and takes minutes for very long operator chains.
Neither occurs in code that a person wrote. The scan looks at the text with strings and comments blanked out, counts
depth only, and judges nothing else: whether the text is Python is for the parser to say.
"""

from __future__ import annotations

import re

from readiness.errors import UnreadableSource

MAX_BRACKETS = 150
MAX_CHAIN = 2000
MAX_INDENTATION = 100

_STRING_OR_COMMENT = re.compile(
    r'"""[^"\\]*+(?:(?:\\.|"(?!""))[^"\\]*+)*+"""'
    r"|'''[^'\\]*+(?:(?:\\.|'(?!''))[^'\\]*+)*+'''"
    r'|"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"'
    r"|'[^'\\\n]*+(?:\\.[^'\\\n]*+)*+'"
    r"|\#[^\n]*|\\\r?\n",
    re.DOTALL,
)
_FORMATTED = ("f", "F", "t", "T", "fr", "fR", "Fr", "FR", "tr", "tR", "Tr", "TR")
_BRACKET_OR_LINE_END = re.compile(r"[()\[\]{}\n]")
_LINK = re.compile(
    r"[(\[{)\]},;\"]|\.(?=\s*[^\W\d])|[-+~]|[*/%@&|^<>=]+|\b(?:not|and|or|if|in|is|lambda|await|for|yield)\b"
)
_BRANCH = re.compile(r"^([ \t]*)(if|elif)\b", re.MULTILINE)
_DEEP_LINE = re.compile(rf"^[ \t]{{{MAX_INDENTATION},}}\S", re.MULTILINE)
_INDENTATION = re.compile(r"^([ \t]*)\S", re.MULTILINE)
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
_HIDDEN_LINE_END = "\x0b"  # keeps lines countable where a string or a continuation spans several
_ADVICE = (
    "No person wrote this; if it is generated data, store it as data, or leave the file out with an ignore pattern."
)


def refuse(path: str, text: str) -> None:
    """Raise UnreadableSource if the text nests or chains deeper than a person would write."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    problem = _problem(text)
    if problem is not None:
        what, line = problem
        raise UnreadableSource(what, where=f"{path}:{line}", advice=_ADVICE)


def _problem(text: str) -> tuple[str, int] | None:
    """What is wrong with the text and on which line."""
    formatted: list[re.Match[str]] = []
    code = _STRING_OR_COMMENT.sub(lambda match: _blank(match, formatted), text)
    found = _deep_brackets_or_chain(code) or _long_branching(code) or _deep_indentation(code)
    if found is not None:
        what, offset = found
        return what, 1 + code.count("\n", 0, offset) + code.count(_HIDDEN_LINE_END, 0, offset)
    for match in formatted:
        inside = _problem(match.group()[1:-1].replace("{{", "").replace("}}", ""))
        if inside is not None:
            return inside[0], inside[1] + text.count("\n", 0, match.start())
    return None


def _blank(match: re.Match[str], formatted: list[re.Match[str]]) -> str:
    """A mark in place of a string; f-strings long enough to nest too deeply are collected, as they hold code."""
    token, start = match.group(), match.start()
    if token[0] == "#":
        return ""
    if token[0] == "\\":
        return _HIDDEN_LINE_END
    if len(token) > MAX_BRACKETS and match.string.endswith(_FORMATTED, max(0, start - 2), start):
        formatted.append(match)
    return '"' + _HIDDEN_LINE_END * token.count("\n")


def _deep_brackets_or_chain(code: str) -> tuple[str, int] | None:
    depth = line_start = 0
    for match in _BRACKET_OR_LINE_END.finditer(code):
        mark = match.group()
        if mark in _OPENING:
            depth += 1
            if depth > MAX_BRACKETS:
                return f"more than {MAX_BRACKETS} brackets nested in each other", match.start()
        elif mark in _CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0:
            if match.start() - line_start > MAX_CHAIN and _is_long_chain(code[line_start : match.start()]):
                return _chain_message(), line_start
            line_start = match.end()
    if len(code) - line_start > MAX_CHAIN and _is_long_chain(code[line_start:]):
        return _chain_message(), line_start
    return None


def _chain_message() -> str:
    return f"one expression chains more than {MAX_CHAIN} operators, calls or attributes"


def _is_long_chain(line: str) -> bool:
    """True if some expression of a logical line is a chain too long; items between commas are separate."""
    links = [0]
    total = 0
    for match in _LINK.finditer(line):
        mark = match.group()
        if mark in _CLOSING:
            total -= links.pop() if len(links) > 1 else 0
        elif mark in ",;":
            total -= links[-1]
            links[-1] = 0
        else:
            links[-1] += 1
            total += 1
            if mark in _OPENING:
                links.append(0)
            if total > MAX_CHAIN:
                return True
    return False


def _long_branching(code: str) -> tuple[str, int] | None:
    if code.count("elif") <= MAX_CHAIN:
        return None
    branches: dict[str, int] = {}
    for match in _BRANCH.finditer(code):
        indentation, word = match.groups()
        branches[indentation] = branches.get(indentation, 0) + 1 if word == "elif" else 0
        if branches[indentation] > MAX_CHAIN:
            return f"more than {MAX_CHAIN} elif branches in one statement", match.start()
    return None


def _deep_indentation(code: str) -> tuple[str, int] | None:
    if _DEEP_LINE.search(code) is None:
        return None
    levels: list[int] = []
    for match in _INDENTATION.finditer(code):
        width = len(match.group(1))
        while levels and levels[-1] >= width:
            levels.pop()
        levels.append(width)
        if len(levels) > MAX_INDENTATION:
            return f"more than {MAX_INDENTATION} levels of indentation", match.start()
    return None
