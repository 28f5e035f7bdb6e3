"""On a worker of a Dask cluster: analyse a batch of files as a process of one machine would."""

from __future__ import annotations

import os
import pickle
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from readiness.engine.cluster.identity import Identity, differences, identity
from readiness.engine.cluster.task import Task
from readiness.engine.outcome import FileOutcome
from readiness.engine.rulebooks import unpacked
from readiness.engine.sandbox import RECURSION_LIMIT, Sandbox
from readiness.rulebook.book import Rulebook

_RULEBOOKS = 4
_one_at_a_time = threading.Lock()
"""The watchdog watches a whole process, and threads would make nothing faster."""


def work(wanted: Identity, rules: bytes, task: bytes) -> list[FileOutcome] | str:
    """Analyse a batch by these rules; if this worker might find something else than was asked for, say why."""
    unlike = differences(wanted, identity())
    if unlike:
        return unlike
    # readiness: ignore[unsafe-model-load] a cluster runs what its clients send, whatever the format
    batch: Task = pickle.loads(task)  # noqa: S301
    with _one_at_a_time, _deep_recursion(), Path(os.devnull).open("w", encoding="utf-8") as silence:
        sandbox = Sandbox(_rulebook(rules), batch.limits, silence, batch.profiled)
        return [one if isinstance(one, FileOutcome) else sandbox.run(one) for one in batch.files]


@lru_cache(maxsize=_RULEBOOKS)
def _rulebook(rules: bytes) -> Rulebook:
    return unpacked(rules)


@contextmanager
def _deep_recursion() -> Iterator[None]:
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(RECURSION_LIMIT)
    try:
        yield
    finally:
        sys.setrecursionlimit(usual)
