"""Measure how time and memory grow with the size of a project, up to a million lines of the same mix of code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks import corpus
from benchmarks.commands import check
from benchmarks.measure import Run, cpu, memory, run

TIMES = 20
ROUNDS = 3
"""Of the small size, before and after the large one, which takes long enough to be measured once."""


def rows() -> Iterator[tuple[str, str, str]]:
    """What was measured, the figure, and the goal."""
    start = cpu(_checks(corpus.of_size(1).folder))
    small, large = corpus.repeated(1), corpus.repeated(TIMES)
    before, long, after = _checks(small.folder), run(check(large.folder)), _checks(small.folder)
    yield f"check of {large.lines:,} lines", f"{long.wall:.0f} s", ""
    grown = (long.cpu - start) / (cpu([*before, *after]) - start) / TIMES
    told = f"… processor time a line on top of the start of a check, against {small.lines:,} lines of the same mix"
    yield told, f"{grown:.2f} times", "linear: 0.9 to 1.1"
    yield (
        f"memory of the largest process, {small.lines:,} lines",
        f"{memory([*before, *after]):.0f} MiB",
        "under 300 MiB",
    )
    yield f"… {large.lines:,} lines", f"{long.memory:.0f} MiB", "under 300 MiB"


def _checks(folder: Path) -> list[Run]:
    return [run(check(folder)) for _ in range(ROUNDS)]
