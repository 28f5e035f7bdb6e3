"""Run the analysis of files in worker processes that may crash, hang or run out of memory without ending the run.

Files go in batches through a `concurrent.futures.Executor`. When a worker dies, every file that was under way is tried
again alone; the one that kills its worker again is named, the others lose nothing.
"""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from readiness.collect.source_file import SourceFile
from readiness.engine.outcome import FileOutcome, not_analysed
from readiness.engine.sandbox import Limits, enter_worker, run_batch
from readiness.kinds.base import compile_all
from readiness.rulebook.book import Rulebook

MakeExecutor = Callable[[int], Executor]

BATCH_BYTES = 200_000
"""Enough text that the cost of a round trip between processes does not show, little enough that a retry is cheap."""
BATCH_FILES = 16
QUEUED_BATCHES_PER_WORKER = 2


@dataclass(frozen=True, slots=True)
class Batch:
    """Files that travel to a worker together."""

    files: tuple[SourceFile, ...]


def batches(files: Iterable[SourceFile]) -> Iterator[Batch]:
    """Group files in order, so that a batch holds about `BATCH_BYTES` of text."""
    group: list[SourceFile] = []
    size = 0
    for file in files:
        if group and (size + file.size > BATCH_BYTES or len(group) >= BATCH_FILES):
            yield Batch(tuple(group))
            group, size = [], 0
        group.append(file)
        size += file.size
    if group:
        yield Batch(tuple(group))


def process_pool(rulebook: Rulebook, limits: Limits, *, profiled: bool = False) -> MakeExecutor:
    """The default: local processes. Forking shares the loaded rules; where forking is unsafe they are sent."""
    method = "fork" if sys.platform == "linux" else "spawn"

    def make(workers: int) -> Executor:
        if method == "fork":
            compile_all(rulebook.rules)  # once here instead of once in every worker
        context = multiprocessing.get_context(method)
        return ProcessPoolExecutor(workers, context, initializer=enter_worker, initargs=(rulebook, limits, profiled))

    return make


def analyse_all(
    files: Sequence[SourceFile],
    make_executor: MakeExecutor,
    *,
    jobs: int,
    limits: Limits,
    on_outcomes: Callable[[Sequence[FileOutcome]], None] = lambda outcomes: None,
) -> list[FileOutcome]:
    """Analyse every file; the outcomes come in the order of the files, one for each, whatever happens to a worker."""
    outcomes: dict[str, FileOutcome] = {}
    waiting = deque(batches(files))
    while waiting:
        suspects = _until_broken(waiting, make_executor, jobs, outcomes, on_outcomes)
        for file in suspects:
            outcomes[file.path] = _alone(file, make_executor, limits)
            on_outcomes([outcomes[file.path]])
    return [outcomes[file.path] for file in files]


def _until_broken(
    waiting: deque[Batch],
    make_executor: MakeExecutor,
    jobs: int,
    outcomes: dict[str, FileOutcome],
    on_outcomes: Callable[[Sequence[FileOutcome]], None],
) -> list[SourceFile]:
    """Work the queue until it is empty or a worker dies; return the files that were under way at that moment."""
    under_way: dict[Future[list[FileOutcome]], Batch] = {}
    with make_executor(min(jobs, len(waiting))) as executor:
        while waiting or under_way:
            try:
                while waiting and len(under_way) < jobs * QUEUED_BATCHES_PER_WORKER:
                    under_way[executor.submit(run_batch, waiting[0].files)] = waiting[0]
                    waiting.popleft()
                for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                    found = future.result()
                    outcomes.update({outcome.facts.path: outcome for outcome in found})
                    del under_way[future]
                    on_outcomes(found)
            except BrokenProcessPool:
                return [file for batch in under_way.values() for file in batch.files]
    return []


def _alone(file: SourceFile, make_executor: MakeExecutor, limits: Limits) -> FileOutcome:
    """Try one file in a worker of its own; if that dies too, this file is the reason."""
    started = time.monotonic()
    with make_executor(1) as executor:
        try:
            outcome: FileOutcome = executor.submit(run_batch, (file,)).result()[0]
        except BrokenProcessPool:
            return not_analysed(file, _cause_of_death(time.monotonic() - started, limits))
    return outcome


def _cause_of_death(seconds: float, limits: Limits) -> str:
    if seconds >= limits.seconds:
        return f"the analysis took longer than {limits.seconds:g} s and was stopped"
    return "the worker that analysed it died (out of memory, or a crash of the parser)"
