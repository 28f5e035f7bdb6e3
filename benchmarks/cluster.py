"""Measure the analysis of a project on a Dask cluster of this machine: two workers against one, in turn."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import distributed

from benchmarks import corpus
from readiness.cache.store import Store
from readiness.collect.files import collect
from readiness.collect.source_file import SourceFile
from readiness.engine.cluster.client import cluster
from readiness.engine.rulebooks import rulebook_of
from readiness.engine.run import analysed
from readiness.engine.workers import MakeWorkers
from readiness.rulebook.book import Rulebook
from readiness.settings import Settings

LINES = 50_000
ROUNDS = 3
SOURCE = Path(__file__).parents[1] / "bot"


def rows() -> Iterator[tuple[str, str, str]]:
    """What was measured, the figure, and the goal."""
    folder = corpus.of_size(LINES).folder.resolve()
    files, rulebook = collect(Settings(folder, (folder,))).files, rulebook_of()
    with ExitStack() as stack:
        clusters = [stack.enter_context(_cluster(count)) for count in (1, 2)]
        for workers in clusters:
            _seconds(files, rulebook, workers)  # which brings the rules to them
        rounds = [[_seconds(files, rulebook, workers) for workers in clusters] for _ in range(ROUNDS)]
    faster = statistics.median(one / two for one, two in rounds)
    yield "two workers of a Dask cluster, against one", f"{faster:.2f} times as fast", "at least 1.6"


def _seconds(files: Sequence[SourceFile], rulebook: Rulebook, workers: MakeWorkers) -> float:
    started = time.perf_counter()
    analysed(files, rulebook, store=Store(None), workers=workers)
    return time.perf_counter() - started


@contextmanager
def _cluster(count: int) -> Iterator[MakeWorkers]:
    """A scheduler and so many workers, each a process of its own."""
    with ExitStack() as stack:
        file = Path(stack.enter_context(tempfile.TemporaryDirectory()), "scheduler.json")
        for role in ("scheduler", *["worker"] * count):
            options = ["--port", "0", "--host", "127.0.0.1"] if role == "scheduler" else ["--nthreads", "1"]
            command = [sys.executable, "-m", f"distributed.cli.dask_{role}", "--no-dashboard", *options]
            process = subprocess.Popen(
                [*command, "--scheduler-file", str(file)],
                env={**os.environ, "PYTHONPATH": str(SOURCE)},
                stderr=subprocess.DEVNULL,
            )
            stack.callback(process.wait)
            stack.callback(process.terminate)
        with distributed.Client(scheduler_file=str(file), set_as_default=False) as client:
            client.wait_for_workers(count)
        yield stack.enter_context(cluster(json.loads(file.read_text())["address"]))
