"""Measure how time and memory grow with the size of a project, up to a million lines."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import corpus
from benchmarks.commands import check
from benchmarks.measure import Run, cpu, memory, run

SMALL, LARGE = 50_000, 1_000_000
ROUNDS = 3
"""Of the small ones; the large one takes long enough to be measured once."""


def rows() -> Iterator[tuple[str, str, str]]:
    """What was measured, the figure, and the goal."""
    start = cpu(_checks(corpus.of_size(1)))
    code = corpus.of_size(SMALL)
    small = _checks(code)
    a_line = (cpu(small) - start) / code.lines
    code = corpus.of_size(LARGE)
    large = run(check(code.folder))
    yield f"check of {code.lines:,} lines", f"{large.wall:.0f} s", ""
    grown = (large.cpu - start) / code.lines / a_line
    told = f"… processor time a line on top of the start of a check, against {SMALL:,} lines"
    yield told, f"{grown:.2f} times", "linear: 0.9 to 1.1"
    yield f"memory of the largest process, {SMALL:,} lines", f"{memory(small):.0f} MiB", "under 300 MiB"
    yield f"… {LARGE:,} lines", f"{large.memory:.0f} MiB", "under 300 MiB"


def _checks(code: corpus.Corpus) -> list[Run]:
    return [run(check(code.folder)) for _ in range(ROUNDS)]
