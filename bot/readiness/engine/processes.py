"""The workers of a run on one machine: processes of their own."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial

from readiness.collect.source_file import SourceFile
from readiness.engine.analyse import prepare
from readiness.engine.outcome import FileOutcome
from readiness.engine.sandbox import Limits, enter_worker, run_batch
from readiness.engine.workers import MakeWorkers, WorkerDied
from readiness.rulebook.book import Rulebook


@dataclass(frozen=True, slots=True)
class Processes:
    """A pool that breaks as a whole when one of its processes dies, and is made anew."""

    rulebook: Rulebook
    limits: Limits
    count: int
    profiled: bool = False

    def executor(self, count: int) -> Executor:
        """A new pool."""
        return process_pool(self.rulebook, self.limits, count, profiled=self.profiled)

    def submit(self, executor: Executor, files: Sequence[SourceFile]) -> Future[list[FileOutcome]]:
        """Have a batch analysed; raises `WorkerDied` if the pool is broken."""
        try:
            return executor.submit(run_batch, files)
        except BrokenProcessPool as error:
            raise WorkerDied from error

    def result(self, future: Future[list[FileOutcome]]) -> list[FileOutcome]:
        """What a batch gave; raises `WorkerDied` if the pool broke under it."""
        try:
            return future.result()
        except BrokenProcessPool as error:
            raise WorkerDied from error


def processes(count: int | None = None) -> MakeWorkers:
    """So many processes on this machine, or one for each processor that may be used."""
    return partial(Processes, count=count or available_cpus())


def process_pool(rulebook: Rulebook, limits: Limits, count: int, *, profiled: bool = False) -> ProcessPoolExecutor:
    """Processes in which files are analysed. Forking shares the loaded rules; where it is unsafe they are sent."""
    method = "fork" if sys.platform == "linux" else "spawn"
    if method == "fork":
        prepare(rulebook)  # once here instead of once in every worker
    context = multiprocessing.get_context(method)
    return ProcessPoolExecutor(count, context, initializer=enter_worker, initargs=(rulebook, limits, profiled))


def available_cpus() -> int:
    """The processors that this process may use, which in a container are fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
