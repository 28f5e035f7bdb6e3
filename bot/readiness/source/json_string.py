"""Text that a JSON file holds in one string or in a list of them: where each character is stored, and how to change a part."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from readiness.finding import Edit
from readiness.source.json_text import decoded

_UNIT = re.compile(r"\\u[dD][89abAB]\w\w\\u[dD][c-fC-F]\w\w|\\u\w{4}|\\.|.", re.DOTALL)
_SURROGATES = range(0xD800, 0xE000)


class StoredText:
    r"""The joined text of string literals with \n as its only line end, and the way back to where they stand.

    Characters that cannot be encoded are replaced, one for one, as the readers of notebooks here do it.
    """

    def __init__(self, stored: str, literals: Sequence[tuple[int, str]]) -> None:
        self._stored = stored
        self._literals = literals
        self._beginnings: list[int] = []
        """Where in the text each literal begins."""
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._line_end = "\n"
        characters: list[str] = []
        for offset, lexeme in literals:
            self._beginnings.append(len(characters))
            for start, unit in _units(lexeme[1:-1]):
                self._take(decoded(f'"{unit}"'), offset + 1 + start, len(unit), characters)
        self.text = "".join(characters).replace("\r", "\n")

    def edit(self, start: int, end: int, replacement: str) -> Edit | None:
        """The change of the stored text that replaces a range of this one; None if there is nothing to stand beside."""
        if not self._starts or not 0 <= start <= end <= len(self.text):
            return None
        first, last = self._literal_at(start), self._literal_at(max(start, end - 1))
        begin = self._starts[start] if start < len(self._starts) else self._inside(last)[1]
        until = self._ends[end - 1] if end > start else begin
        written = self._escaped(replacement.replace("\n", self._line_end))
        content = (
            f"{self._stored[self._inside(first)[0] : begin]}{written}{self._stored[until : self._inside(last)[1]]}"
        )
        if not self._holds_lines(first, last):
            return Edit(begin, until, written)
        if last + 1 < len(self._literals) and not decoded(f'"{content}"').endswith("\n"):  # the next line joins it
            last += 1
            content += self._content(last)
        return self._as_lines(first, last, list(_lines(content))).within(self._stored, begin, until)

    def _as_lines(self, first: int, last: int, lines: list[str]) -> Edit:
        """The literals from one to another become these lines; a string that would be empty goes."""
        begin, until = self._inside(first, last)
        if not lines and first:
            return Edit(self._inside(first - 1)[1], until, "")
        return Edit(begin, until, self._separator.join(lines))

    def _take(self, character: str, start: int, length: int, characters: list[str]) -> None:
        if character == "\n" and characters and characters[-1] == "\r":
            characters[-1] = "\n"
            self._ends[-1] = start + length
            self._line_end = "\r\n"
            return
        characters.append("\N{REPLACEMENT CHARACTER}" if ord(character) in _SURROGATES else character)
        self._starts.append(start)
        self._ends.append(start + length)

    def _literal_at(self, place: int) -> int:
        return bisect_right(self._beginnings, min(place, len(self.text) - 1)) - 1

    def _inside(self, first: int, last: int | None = None) -> tuple[int, int]:
        """What stands between the first quotation mark of a literal and the last one of it or another."""
        offset, lexeme = self._literals[first if last is None else last]
        return self._literals[first][0] + 1, offset + len(lexeme) - 1

    def _content(self, literal: int) -> str:
        return self._literals[literal][1][1:-1]

    def _escaped(self, text: str) -> str:
        only_ascii = "\\u" in self._stored and self._stored.isascii()
        return json.dumps(text, ensure_ascii=only_ascii)[1:-1]

    def _holds_lines(self, first: int, last: int) -> bool:
        """Whether these literals belong to a list that has one for each line."""
        contents = map(self._content, range(first, last + 1))
        return bool(self._separator) and all(len(list(_lines(content))) <= 1 for content in contents)

    @property
    def _separator(self) -> str:
        """What stands between two strings of a list, with their quotation marks; nothing if the text is one string."""
        if len(self._literals) > 1:
            return self._stored[self._inside(0)[1] : self._inside(1)[0]]
        before = self._literals[0][0]
        inside = len(self._stored[:before].rstrip())
        return f'",{self._stored[inside:before]}"' if self._stored[inside - 1] == "[" else ""


def _units(content: str) -> Iterator[tuple[int, str]]:
    """The characters inside of a string literal as they are written, each with its offset."""
    return ((unit.start(), unit.group()) for unit in _UNIT.finditer(content))


def _lines(content: str) -> Iterator[str]:
    """What stands inside of a string literal, cut behind each line end."""
    begin = 0
    for start, unit in _units(content):
        if unit == "\\n":
            yield content[begin : start + 2]
            begin = start + 2
    if begin < len(content):
        yield content[begin:]
