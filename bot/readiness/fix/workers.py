"""Work on fixes in worker processes: a file that kills its worker costs no other file anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from readiness.engine.processes import process_pool
from readiness.engine.sandbox import Limits
from readiness.rulebook.book import Rulebook

SECONDS = 20.0
"""For one analysis."""
Task = TypeVar("Task")
Result = TypeVar("Result")


def in_workers(
    work: Callable[[Task], Result], tasks: Mapping[str, Task], rulebook: Rulebook, jobs: int
) -> dict[str, Result]:
    """The results by the names of the tasks; a task that has none died twice, the second time on its own."""
    results = _together(work, tasks, rulebook, jobs)
    for name in tasks.keys() - results.keys():
        results |= _together(work, {name: tasks[name]}, rulebook, 1)
    return results


def _together(
    work: Callable[[Task], Result], tasks: Mapping[str, Task], rulebook: Rulebook, jobs: int
) -> dict[str, Result]:
    results: dict[str, Result] = {}
    if not tasks:
        return results
    with process_pool(rulebook, Limits(seconds=SECONDS), min(jobs, len(tasks))) as executor:
        futures = {name: executor.submit(work, task) for name, task in tasks.items()}
        for name, future in futures.items():
            try:
                results[name] = future.result()
            except (BrokenProcessPool, CancelledError):
                continue
    return results
