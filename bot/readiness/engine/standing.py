"""Processes that stay from one run to the next: to fork and to warm them takes as long as twenty small files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from readiness.collect.source_file import SourceFile
from readiness.engine.outcome import FileOutcome
from readiness.engine.processes import Processes, available_cpus
from readiness.engine.sandbox import Limits
from readiness.engine.workers import MakeWorkers, WorkerDied
from readiness.rulebook.book import Rulebook

T = TypeVar("T")


@contextmanager
def standing_processes(count: int | None = None) -> Iterator[MakeWorkers]:
    """As `processes`, but runs by one rule book share the processes, until the context ends."""
    made: dict[tuple[int, Limits, bool], Standing] = {}
    with ExitStack() as stack:

        def make(rulebook: Rulebook, limits: Limits, *, profiled: bool = False) -> Standing:
            key = id(rulebook), limits, profiled
            if key not in made:
                made[key] = Standing(Processes(rulebook, limits, count or available_cpus(), profiled))
                stack.callback(made[key].close)
            return made[key]

        yield make


@dataclass(slots=True)
class Standing:
    """One pool that is lent to run after run; when it breaks, the next one gets another."""

    processes: Processes
    pool: Executor | None = None

    @property
    def count(self) -> int:
        """How many processes."""
        return self.processes.count

    @property
    def limits(self) -> Limits:
        """What the analysis of one file may take."""
        return self.processes.limits

    def executor(self, count: int) -> Executor:
        """The pool that is there, whatever its size, or a new one of full size."""
        self.pool = self.pool or self.processes.executor(self.count)
        return _Lent(self.pool)

    def submit(self, executor: Executor, files: Sequence[SourceFile]) -> Future[list[FileOutcome]]:
        """Have a batch analysed; raises `WorkerDied` if the pool is broken."""
        return self._unless_broken(lambda: self.processes.submit(executor, files))

    def result(self, future: Future[list[FileOutcome]]) -> list[FileOutcome]:
        """What a batch gave; raises `WorkerDied` if the pool broke under it."""
        return self._unless_broken(lambda: self.processes.result(future))

    def close(self) -> None:
        """End the processes."""
        if self.pool is not None:
            self.pool.shutdown()
            self.pool = None

    def _unless_broken(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except WorkerDied:
            self.close()
            raise


@dataclass(slots=True)
class _Lent(Executor):
    """A pool that the borrower does not end."""

    pool: Executor

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Pass it on."""
        return self.pool.submit(fn, *args, **kwargs)
