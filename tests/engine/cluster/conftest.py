"""A Dask cluster of processes of their own, as `dask scheduler` and `dask worker` start them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import distributed
import pytest

SOURCE = Path(__file__).parents[3] / "bot"
QUICKLY = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
"""How many workers may die of one batch before Dask gives it up: fewer than by default, so that a test takes less time."""


class DaskCluster:
    """A scheduler and its workers; `file` is where the scheduler writes its address."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._file, self._folder, self._stack = folder / "scheduler.json", folder, stack
        self.scheduler = self._start("scheduler", "--port", "0", "--host", "127.0.0.1")
        self._client = stack.enter_context(
            distributed.Client(scheduler_file=str(self._file), set_as_default=False, timeout=30)
        )

    @property
    def address(self) -> str:
        """As the command line names it."""
        return str(json.loads(self._file.read_text())["address"])

    def add_worker(self, source: Path | None = SOURCE) -> None:
        """Start a worker that runs this program, and wait until the scheduler has it."""
        count = len(self._client.nthreads()) + 1
        self._start("worker", "--nthreads", "1", PYTHONPATH=str(source))
        self._client.wait_for_workers(count, timeout=60)

    def pids(self) -> list[int]:
        """The processes that analyse."""
        return list(self._client.run(os.getpid).values())

    def _start(self, role: str, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{role}", *arguments]
        command += ["--no-dashboard", "--scheduler-file", str(self._file)]
        log = self._stack.enter_context((self._folder / f"{role}.log").open("ab"))
        process = subprocess.Popen(command, env={**os.environ, **QUICKLY, **environment}, stdout=log, stderr=log)
        self._stack.callback(process.wait)
        self._stack.callback(process.terminate)
        return process


@contextmanager
def started(folder: Path) -> Iterator[DaskCluster]:
    """A scheduler without workers."""
    with ExitStack() as stack:
        yield DaskCluster(folder, stack)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    """Two workers, which the tests leave alive."""
    with started(tmp_path_factory.mktemp("pair")) as cluster:
        cluster.add_worker()
        cluster.add_worker()
        yield cluster


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[DaskCluster]:
    """A scheduler without workers."""
    with started(tmp_path) as cluster:
        yield cluster


@pytest.fixture
def altered(tmp_path: Path) -> Callable[[str, str, str], Path]:
    """A copy of the program in which one file says something else."""
    import shutil

    def copy(file: str, old: str, new: str) -> Path:
        root = SOURCE.parent
        for name in ("bot", "rules"):
            shutil.copytree(root / name, tmp_path / "other" / name)
        place = tmp_path / "other" / file
        text = place.read_text(encoding="utf-8")
        assert old in text
        place.write_text(text.replace(old, new), encoding="utf-8")
        return tmp_path / "other" / "bot"

    return copy
