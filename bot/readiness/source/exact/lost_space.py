"""Space that libcst reads but does not write out again: form feeds before code, the space in `except A :`.

Offsets that were counted in what it writes must be moved by what was lost before them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

_STRIDE = 4096


class LostSpace:
    """The places in a written program where the original text has more space."""

    def __init__(self, text: str, written: str) -> None:
        self._places: list[int] = []
        at = _common_length(text, 0, written, 0)
        while at < len(written):
            missing = text[at + len(self._places) : at + len(self._places) + 1]
            if not missing.isspace():
                break
            self._places.append(at)
            at += _common_length(text, at + len(self._places), written, at)

    def original(self, span: tuple[int, int]) -> tuple[int, int]:
        """The range of the text that was written to a range."""
        start, end = span
        return start + bisect_right(self._places, start), end + bisect_left(self._places, end)


def _common_length(one: str, one_start: int, other: str, other_start: int) -> int:
    """How many characters are the same from two places on."""
    limit = min(len(one) - one_start, len(other) - other_start)
    length, stride = 0, _STRIDE
    while stride:
        here, there = one_start + length, other_start + length
        if length + stride <= limit and one[here : here + stride] == other[there : there + stride]:
            length += stride
        else:
            stride //= 2
    return length
