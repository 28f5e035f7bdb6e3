"""Where the strings and objects of a JSON text stand: what a JSON library forgets while it reads."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass, field

from readiness.errors import UnreadableSource

MAX_DEPTH = 100

JsonPath = tuple[str | int, ...]
_LEXEME = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\],:]', re.DOTALL)
_NEWLINE = re.compile(r"\n")


class LineStarts:
    """Offsets to 1-based lines and columns; only a newline ends a line, as in every editor and on GitHub."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in _NEWLINE.finditer(text))]

    def line(self, offset: int) -> int:
        """The line that holds this offset."""
        return bisect_right(self._starts, offset)

    def place(self, offset: int) -> str:
        """`line:column` of this offset."""
        line = self.line(offset)
        return f"{line}:{offset - self._starts[line - 1] + 1}"


@dataclass(slots=True)
class _Frame:
    """An open object or array; `key` is the member that is being read."""

    is_object: bool
    key: str | int
    seen: set[str] = field(default_factory=set)
    expects_key: bool = True


class JsonMap:
    """The offsets of strings and objects by their path; the strings of an array are filed under the array.

    The text need not be valid: a JSON library says better what is wrong with it. Duplicate keys and deep nesting,
    which libraries let pass or die of, are refused here.
    """

    def __init__(self, path: str, text: str, *, max_depth: int = MAX_DEPTH, keep_below: int = 9) -> None:
        self.lines = LineStarts(text)
        self.offsets: dict[JsonPath, list[int]] = {}
        self._path = path
        self._text = text
        self._max_depth = max_depth
        self._keep_below = keep_below
        self._stack: list[_Frame] = []
        self._scan()

    def line_of(self, path: JsonPath) -> int | None:
        """The line of the first value that was filed under this path."""
        offsets = self.offsets.get(path)
        return self.lines.line(offsets[0]) if offsets else None

    def strings(self, path: JsonPath) -> list[tuple[str, int]]:
        """The strings that were filed under this path, each with its line, in order."""
        return [(decoded(lexeme), self.lines.line(offset)) for offset, lexeme in self.literals(path)]

    def literals(self, path: JsonPath) -> list[tuple[int, str]]:
        """The same strings as they are written, with their quotation marks, each with its offset."""
        found = ((offset, _LEXEME.match(self._text, offset)) for offset in self.offsets.get(path, ()))
        return [(offset, match.group()) for offset, match in found if match is not None and match.group()[0] == '"']

    def _scan(self) -> None:
        for match in _LEXEME.finditer(self._text):
            lexeme = match.group()
            if lexeme[0] == '"':
                self._string(lexeme, match.start())
            elif lexeme in "{[":
                self._open(lexeme == "{", match.start())
            elif lexeme in "}]":
                if self._stack:
                    self._stack.pop()
            elif lexeme == "," and self._stack:
                self._next_member(self._stack[-1])

    def _string(self, lexeme: str, offset: int) -> None:
        top = self._stack[-1] if self._stack else None
        if top is None:
            return
        if top.is_object and top.expects_key:
            self._key(top, lexeme, offset)
        else:
            self._keep(offset, self._stack if top.is_object else self._stack[:-1])

    def _key(self, top: _Frame, lexeme: str, offset: int) -> None:
        key = decoded(lexeme)
        if key in top.seen:
            raise self._refusal(f"the key {key[:40]!r} occurs twice in one object", offset)
        top.seen.add(key)
        top.key = key
        top.expects_key = False

    def _open(self, is_object: bool, offset: int) -> None:
        if len(self._stack) >= self._max_depth:
            raise self._refusal(f"the JSON is nested deeper than {self._max_depth} levels", offset)
        if is_object:
            self._keep(offset, self._stack)
        self._stack.append(_Frame(is_object, "" if is_object else 0))

    def _keep(self, offset: int, frames: list[_Frame]) -> None:
        if len(frames) < self._keep_below:
            self.offsets.setdefault(tuple(frame.key for frame in frames), []).append(offset)

    @staticmethod
    def _next_member(top: _Frame) -> None:
        top.expects_key = True
        if isinstance(top.key, int):
            top.key += 1

    def _refusal(self, what: str, offset: int) -> UnreadableSource:
        return UnreadableSource(
            what,
            where=f"{self._path}:{self.lines.place(offset)}",
            advice="Repair the file, or write it anew with its own tool.",
        )


def decoded(lexeme: str) -> str:
    """The text of a string as it is written; what is no valid string stands for itself."""
    if "\\" not in lexeme:
        return lexeme[1:-1]
    try:
        return str(json.loads(lexeme, strict=False))
    except ValueError:
        return lexeme[1:-1]
