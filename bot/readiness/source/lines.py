"""Offsets, lines and columns of a text.

Offsets count code points, as Python's strings do; columns and lines start at 1.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

Span = tuple[int, int]
"""Where something starts and where it ends, as offsets."""
_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n)")


class LineTable:
    r"""Offset <-> (line, column) of one text whose lines end with \n, \r\n or \r, and with nothing else."""

    def __init__(self, text: str) -> None:
        self.text = text
        lengths = map(len, _LINE.findall(text)) if "\r" in text else (len(line) + 1 for line in text.split("\n")[:-1])
        self.starts = list(accumulate(lengths, initial=0))

    def __len__(self) -> int:
        return len(self.starts)

    def position(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def offset(self, line: int, column: int = 1) -> int:
        """The offset of a line and a column."""
        return self.starts[line - 1] + column - 1

    def line_text(self, line: int) -> str:
        """The text of a line without its end."""
        end = self.starts[line] if line < len(self.starts) else len(self.text)
        return self.text[self.starts[line - 1] : end].rstrip("\r\n")
