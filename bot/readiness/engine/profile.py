"""Where the processor time of a run goes: by rule, added up over all files and workers."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

READING = "(reading and parsing)"
P = ParamSpec("P")
T = TypeVar("T")


class Clock:
    """The seconds that each part of a piece of work took."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def run(self, part: str, work: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
        """Do some work and count its time, whether it succeeds or not."""
        started = time.thread_time()
        try:
            return work(*arguments, **options)
        finally:
            self.seconds[part] = self.seconds.get(part, 0.0) + time.thread_time() - started


def timed(clock: Clock | None, part: str, work: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
    """Do some work, and count its time if there is a clock."""
    return work(*arguments, **options) if clock is None else clock.run(part, work, *arguments, **options)


@dataclass(slots=True)
class Profile:
    """The seconds of each rule, and in how many files it had something to do."""

    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    files: Counter[str] = field(default_factory=Counter)

    def add_files(self, spent: Iterable[Mapping[str, float]]) -> None:
        """Add what the parts took in each of some files."""
        for parts in spent:
            self.add_conclusion(parts)
            self.files.update(parts.keys())

    def add_conclusion(self, spent: Mapping[str, float]) -> None:
        """Add what the rules took over all files together."""
        for part, seconds in spent.items():
            self.seconds[part] += seconds
