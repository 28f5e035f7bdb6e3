"""A worker may hang, run out of memory or die: the run names the file and analyses all the others."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.collect.source_file import SourceFile
from readiness.engine.processes import Processes
from readiness.engine.sandbox import Limits
from readiness.engine.workers import BATCH_BYTES, BATCH_FILES, analyse_all, batches
from readiness.facts.sorts import FileKind
from readiness.rulebook.book import Rulebook
from readiness.rulebook.loader import load_rulebook

HUGE = b"a = [\n" + b"    f(x, y=1) + g[0],\n" * 200_000 + b"]\n"
"""One valid statement that takes the parser seconds and hundreds of MiB."""
POOL = """
import os
from readiness.engine.processes import process_pool
from readiness.engine.sandbox import Limits
from readiness.rulebook.book import Rulebook

pool = process_pool(Rulebook(()), Limits(), 3)
pool.submit(os.getpid).result()
print("ready", flush=True)
input()
"""
"""A run that waits with its workers ready."""


def python(path: str, data: bytes) -> SourceFile:
    return SourceFile(path, FileKind.PYTHON, size=len(data), data=data)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook()


SMALL = [python(f"small_{n}.py", b"import os\nprint(os.name)\n") for n in range(20)]


def test_every_file_has_one_outcome_in_the_order_of_the_files(rulebook: Rulebook) -> None:
    limits = Limits()
    outcomes = analyse_all(SMALL, Processes(rulebook, limits, 2))
    assert [outcome.facts.path for outcome in outcomes] == [file.path for file in SMALL]
    assert all(outcome.analysed for outcome in outcomes)


def test_a_file_that_takes_too_long_is_named_and_the_others_are_analysed(rulebook: Rulebook) -> None:
    limits = Limits(seconds=2.5)
    files = [*SMALL[:10], python("huge.py", HUGE), *SMALL[10:]]
    outcomes = analyse_all(files, Processes(rulebook, limits, 2))
    lost = [outcome for outcome in outcomes if not outcome.analysed]
    assert [outcome.facts.path for outcome in lost] == ["huge.py"]
    assert lost[0].skipped[0].reason == "the analysis took longer than 2.5 s and was stopped"


def test_a_file_that_needs_too_much_memory_is_named_and_the_others_are_analysed(rulebook: Rulebook) -> None:
    limits = Limits(memory_bytes=200 * 1024**2)
    files = [*SMALL[:10], python("huge.py", HUGE), *SMALL[10:]]
    outcomes = analyse_all(files, Processes(rulebook, limits, 2))
    lost = [outcome for outcome in outcomes if not outcome.analysed]
    assert [outcome.facts.path for outcome in lost] == ["huge.py"]
    assert "memory" in lost[0].skipped[0].reason


def test_progress_counts_each_file_once_even_when_a_worker_dies(rulebook: Rulebook) -> None:
    limits = Limits(seconds=2.5)
    files = [*SMALL, python("huge.py", HUGE)]
    done: list[str] = []
    analyse_all(
        files,
        Processes(rulebook, limits, 2),
        on_outcomes=lambda outcomes: done.extend(outcome.facts.path for outcome in outcomes),
    )
    assert sorted(done) == sorted(file.path for file in files)


def test_workers_end_when_the_run_that_started_them_is_killed() -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", POOL], env=environment, stdin=pipe, stdout=pipe, text=True) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "ready\n"
        run.kill()
        run.communicate(timeout=30)  # its end of the pipe is closed when the last worker, which has it too, is gone


@given(st.lists(st.integers(min_value=0, max_value=2 * BATCH_BYTES), max_size=60), st.integers(1, 70))
def test_batches_keep_every_file_in_order_within_their_bounds(sizes: list[int], workers: int) -> None:
    files = [SourceFile(f"{n}.py", FileKind.PYTHON, size=size) for n, size in enumerate(sizes)]
    made = list(batches(files, workers))
    assert [file for batch in made for file in batch.files] == files
    assert all(len(batch.files) <= BATCH_FILES for batch in made)
    assert all(sum(f.size for f in batch.files) <= BATCH_BYTES or len(batch.files) == 1 for batch in made)
    assert len(made) >= min(workers, len(files))
