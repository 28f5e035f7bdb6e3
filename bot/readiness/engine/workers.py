"""Have files analysed by workers that may crash, hang or run out of memory without ending the run.

Files go in batches through a `concurrent.futures.Executor`. When a worker dies, every file that was under way is tried
again alone; the one that kills its worker again is named, the others lose nothing.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass
from typing import Protocol

from readiness.collect.source_file import SourceFile
from readiness.engine.outcome import FileOutcome, not_analysed
from readiness.engine.sandbox import Limits
from readiness.rulebook.book import Rulebook

BATCH_BYTES = 200_000
"""Enough text that the cost of a round trip between processes does not show, little enough that a retry is cheap."""
BATCH_FILES = 16
QUEUED_BATCHES_PER_WORKER = 2


class WorkerDied(Exception):
    """A worker died while it had a batch."""


class Workers(Protocol):
    """Where files are analysed by the rules of a run."""

    @property
    def count(self) -> int:
        """How many batches can be worked on at the same time."""

    @property
    def limits(self) -> Limits:
        """What the analysis of one file may take."""

    def executor(self, count: int) -> Executor:
        """Get so many of them ready, until the executor is closed."""

    def submit(self, executor: Executor, files: Sequence[SourceFile]) -> Future[list[FileOutcome]]:
        """Have a batch analysed; raises `WorkerDied` if the executor has lost what it had."""

    def result(self, future: Future[list[FileOutcome]]) -> list[FileOutcome]:
        """What a batch gave; raises `WorkerDied` if it was lost."""


class MakeWorkers(Protocol):
    """Where files can be analysed by any rules."""

    def __call__(self, rulebook: Rulebook, limits: Limits, *, profiled: bool = False) -> Workers:
        """The workers for a rule book."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Files that travel to a worker together."""

    files: tuple[SourceFile, ...]


def batches(files: Sequence[SourceFile], workers: int = 1) -> Iterator[Batch]:
    """Group files in order, so that a batch holds about `BATCH_BYTES` of text and no worker is left without one."""
    most = min(BATCH_FILES, max(1, len(files) // workers))
    group: list[SourceFile] = []
    size = 0
    for file in files:
        if group and (size + file.size > BATCH_BYTES or len(group) >= most):
            yield Batch(tuple(group))
            group, size = [], 0
        group.append(file)
        size += file.size
    if group:
        yield Batch(tuple(group))


def analyse_all(
    files: Sequence[SourceFile],
    workers: Workers,
    on_outcomes: Callable[[Sequence[FileOutcome]], None] = lambda outcomes: None,
) -> list[FileOutcome]:
    """Analyse every file; the outcomes come in the order of the files, one for each, whatever happens to a worker."""
    outcomes: dict[str, FileOutcome] = {}

    def keep(found: Sequence[FileOutcome]) -> None:
        outcomes.update({outcome.facts.path: outcome for outcome in found})
        on_outcomes(found)

    waiting = deque(batches(files, workers.count))
    while waiting:
        for file in _until_a_death(waiting, workers, keep):
            keep([_alone(file, workers)])
    return [outcomes[file.path] for file in files]


def _until_a_death(
    waiting: deque[Batch], workers: Workers, keep: Callable[[Sequence[FileOutcome]], None]
) -> list[SourceFile]:
    """Work the queue until it is empty or a worker dies; return the files that were lost then."""
    under_way: dict[Future[list[FileOutcome]], Batch] = {}
    lost: list[SourceFile] = []
    with workers.executor(min(workers.count, len(waiting))) as executor:
        while under_way or (waiting and not lost):
            try:
                while waiting and not lost and len(under_way) < workers.count * QUEUED_BATCHES_PER_WORKER:
                    under_way[workers.submit(executor, waiting[0].files)] = waiting[0]
                    waiting.popleft()
            except WorkerDied:
                if not under_way:
                    break
            for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                batch = under_way.pop(future)
                try:
                    keep(workers.result(future))
                except WorkerDied:
                    lost.extend(batch.files)
    return lost


def _alone(file: SourceFile, workers: Workers) -> FileOutcome:
    """Try one file in a worker of its own; if that dies too, this file is the reason."""
    started = time.monotonic()
    with workers.executor(1) as executor:
        try:
            return workers.result(workers.submit(executor, [file]))[0]
        except WorkerDied:
            return not_analysed(file, _cause_of_death(time.monotonic() - started, workers.limits))


def _cause_of_death(seconds: float, limits: Limits) -> str:
    if seconds >= limits.seconds:
        return f"the analysis took longer than {limits.seconds:g} s and was stopped"
    return "the worker that analysed it died (out of memory, or a crash of the parser)"
