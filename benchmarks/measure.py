"""Run commands in turn as whole processes and keep what the operating system says of each."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds of wall clock and processor, and the memory of the largest single process in MiB."""

    wall: float
    cpu: float
    memory: float


def run(command: Sequence[str]) -> Run:
    """Run a command once with its output thrown away."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def in_turn(*commands: Sequence[str], rounds: int = 3) -> list[list[Run]]:
    """The runs of each command after one warm-up; A B A B …, so that a slow minute of the machine hits all alike."""
    for command in commands:
        run(command)
    rows = [[run(command) for command in commands] for _ in range(rounds)]
    return [list(column) for column in zip(*rows, strict=True)]


def wall(runs: Sequence[Run]) -> float:
    """The median of the wall time in seconds."""
    return statistics.median(run.wall for run in runs)


def cpu(runs: Sequence[Run]) -> float:
    """The median of the processor time in seconds."""
    return statistics.median(run.cpu for run in runs)


def ratio(first: Sequence[Run], second: Sequence[Run], of: Callable[[Sequence[Run]], float] = wall) -> float:
    """The median of the ratios of wall time, or of what else of a run is given, pair by pair."""
    return statistics.median(of([a]) / of([b]) for a, b in zip(first, second, strict=True))


def memory(runs: Sequence[Run]) -> float:
    """The largest process of all runs in MiB."""
    return max(run.memory for run in runs)
