"""The workers of a Dask cluster, asked through Dask's own `concurrent.futures` executor.

A worker that dies is Dask's affair: it gives the batch to another one, and gives up only when several died of it. The
scheduler needs nothing but Dask: what passes through it is bytes, and functions that are sent as their code.
"""

from __future__ import annotations

import logging
import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import Any

import distributed
from distributed.comm.core import CommClosedError
from distributed.scheduler import KilledWorker

from readiness.collect.source_file import SourceFile
from readiness.engine.cluster.identity import Identity, differences, identity
from readiness.engine.cluster.task import Task, with_bytes
from readiness.engine.outcome import FileOutcome
from readiness.engine.rulebooks import packed
from readiness.engine.sandbox import Limits
from readiness.engine.workers import MakeWorkers, WorkerDied
from readiness.errors import ExitCode, ReadinessError, UsageError
from readiness.rulebook.book import Rulebook

PATIENCE = 10
"""Seconds in which a scheduler must answer and have a worker."""
logging.getLogger("distributed").setLevel(logging.CRITICAL)  # it logs what our errors say
_WORKER = "dask worker ADDRESS --nthreads 1"
_ALIKE = "Give every worker the same readiness-bot, Python and libraries, for example by one container image."


class ClusterLost(ReadinessError):
    """The scheduler went away in the middle of a run."""

    exit_code = ExitCode.INCOMPLETE


@contextmanager
def cluster(address: str) -> Iterator[MakeWorkers]:
    """Connect to a scheduler, if all of its workers find what this program would find."""
    try:
        client = distributed.Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        advice = f"Start one with `dask scheduler`, and its workers with `{_WORKER}`."
        raise UsageError(f"no Dask scheduler answers: {error}", where=address, advice=advice) from error
    with client:
        _must_have_workers(client, address)
        _must_be_alike(client.run(_asks(), on_error="return"))
        yield partial(DaskWorkers, client=client, rules=cache(partial(_on_cluster, client)))


@dataclass(frozen=True)
class DaskWorkers:
    """The workers of a cluster; those that join in the middle of a run get work as well."""

    rulebook: Rulebook
    limits: Limits
    client: distributed.Client
    rules: Callable[[Rulebook], distributed.Future[bytes]]
    """Brings a rule book to the cluster, once for all runs by it."""
    profiled: bool = False

    @cached_property
    def count(self) -> int:
        """One batch for each process, however many threads it has."""
        with _connected():
            return len(self.client.nthreads())

    def executor(self, count: int) -> Executor:
        """Dask's own; it starts no worker and ends none, so the number is the cluster's."""
        executor: Executor = self.client.get_executor(pure=False)
        return executor

    def submit(self, executor: Executor, files: Sequence[SourceFile]) -> Future[list[FileOutcome]]:
        """Have a batch analysed."""
        task = Task(tuple(map(with_bytes, files)), self.limits, self.profiled)
        with _connected():
            return executor.submit(_works(), identity(), self.rules(self.rulebook), pickle.dumps(task))

    def result(self, future: Future[list[FileOutcome]]) -> list[FileOutcome]:
        """What a batch gave; raises `WorkerDied` if several workers died of it."""
        try:
            with _connected():
                found: list[FileOutcome] | str = future.result()
        except KilledWorker as error:
            raise WorkerDied from error
        if isinstance(found, str):
            raise UsageError(f"a worker has joined that cannot be used: {found}", where="--executor", advice=_ALIKE)
        return found


def _on_cluster(client: distributed.Client, rulebook: Rulebook) -> distributed.Future[bytes]:
    """The rules, kept on the cluster; as the result of a task they are made again when a worker takes them along."""
    return client.submit(bytes, packed(rulebook), pure=False)


@contextmanager
def _connected() -> Iterator[None]:
    try:
        yield
    except (CancelledError, CommClosedError) as error:
        raise ClusterLost("the scheduler is gone, and not all files were analysed", where="--executor") from error


def _asks() -> Callable[[], Identity | str]:
    """Have a worker say what it is; a function inside of another one is sent as its code."""

    def ask() -> Identity | str:
        try:
            from readiness.engine.cluster.identity import identity
        except ImportError as error:
            return f"{type(error).__name__}: {error}"
        return identity()

    return ask


def _works() -> Callable[..., Any]:
    """Have a worker analyse a batch."""

    def work(wanted: Identity, rules: bytes, task: bytes) -> list[FileOutcome] | str:
        try:
            from readiness.engine.cluster.worker import work
        except ImportError as error:
            return f"{type(error).__name__}: {error}"
        return work(wanted, rules, task)

    return work


def _must_have_workers(client: distributed.Client, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as error:
        raise UsageError("the scheduler has no worker", where=address, advice=f"Start some: `{_WORKER}`.") from error


def _must_be_alike(answers: dict[str, Any]) -> None:
    """Refuse workers without this program, and those that might find something else."""
    ours = identity()
    reasons = {
        worker: differences(ours, answer) if isinstance(answer, dict) else str(answer)
        for worker, answer in sorted(answers.items())
    }
    refused = [f"{worker}: {reason}" for worker, reason in reasons.items() if reason]
    if refused:
        what = f"{len(refused)} of {len(answers)} workers cannot be used: {'; '.join(refused)}"
        raise UsageError(what, where="--executor", advice=_ALIKE)
