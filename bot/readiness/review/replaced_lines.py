"""The difference between two texts as the lines that a platform may replace with one click."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class ReplacedLines:
    """Lines first to last become `lines`."""

    first: int
    last: int
    lines: tuple[str, ...]


def replaced_lines(before: str, after: str) -> ReplacedLines:
    """The smallest run of whole lines that holds all differences of two texts, which are not the same."""
    old, new = before.split("\n"), after.split("\n")
    same_above = _common(old, new)
    same_below = min(_common(old[::-1], new[::-1]), min(len(old), len(new)) - same_above)
    first, last = same_above + 1, len(old) - same_below
    replaced = new[same_above : len(new) - same_below]
    if last < first:  # lines were only added: a neighbour goes along
        beside = max(same_above, 1)
        kept = old[beside - 1]
        replaced = [kept, *replaced] if same_above else [*replaced, kept]
        first = last = beside
    return ReplacedLines(first, last, tuple(replaced))


def in_one_place(before: str, after: str) -> bool:
    """Whether all lines that differ between two texts follow each other."""
    old, new = before.split("\n"), after.split("\n")
    changed = [tag for tag, *_ in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if tag != "equal"]
    return len(changed) <= 1


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
