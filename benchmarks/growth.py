"""Measure how time and memory grow with the size of a project, up to a million lines."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import corpus
from benchmarks.commands import check
from benchmarks.measure import cpu, memory, run

SMALL, LARGE = 50_000, 1_000_000
ROUNDS = 3
"""Of the small one; the large one takes long enough to be measured once."""


def rows() -> Iterator[tuple[str, str, str]]:
    """What was measured, the figure, and the goal."""
    code = corpus.of_size(SMALL)
    small = [run(check(code.folder)) for _ in range(ROUNDS)]
    a_line = cpu(small) / code.lines
    code = corpus.of_size(LARGE)
    large = run(check(code.folder))
    yield f"check of {code.lines:,} lines", f"{large.wall:.0f} s", ""
    grown = large.cpu / code.lines / a_line
    yield f"… processor time a line, against {SMALL:,} lines", f"{grown:.2f} times", "linear: 0.9 to 1.1"
    yield f"memory of the largest process, {SMALL:,} lines", f"{memory(small):.0f} MiB", "under 300 MiB"
    yield f"… {LARGE:,} lines", f"{large.memory:.0f} MiB", "under 300 MiB"
