"""Standing processes work for several runs, outlive a file that kills one of them, and end with their context."""

from __future__ import annotations

import os

import pytest

from readiness.collect.source_file import SourceFile
from readiness.engine.sandbox import Limits
from readiness.engine.standing import Standing, standing_processes
from readiness.engine.workers import analyse_all
from readiness.facts.sorts import FileKind
from readiness.rulebook.book import Rulebook

RULEBOOK = Rulebook(())
HUGE = b"a = [\n" + b"    f(x, y=1) + g[0],\n" * 200_000 + b"]\n"
"""One valid statement that takes the parser seconds."""


def python(path: str, data: bytes) -> SourceFile:
    return SourceFile(path, FileKind.PYTHON, size=len(data), data=data)


SMALL = [python(f"small_{n}.py", b"import os\nprint(os.name)\n") for n in range(20)]


def process_of(workers: Standing) -> int:
    with workers.executor(1) as executor:
        return executor.submit(os.getpid).result()


def test_the_processes_of_one_run_do_the_next_one() -> None:
    with standing_processes(1) as make:
        first = make(RULEBOOK, Limits())
        assert isinstance(first, Standing)
        process = process_of(first)
        assert all(outcome.analysed for outcome in analyse_all(SMALL, first))
        assert make(RULEBOOK, Limits()) is first
        assert process_of(first) == process


def test_other_rules_have_processes_of_their_own() -> None:
    with standing_processes(1) as make:
        assert make(RULEBOOK, Limits()) is not make(Rulebook(()), Limits())


def test_a_file_that_kills_its_worker_is_named_and_the_next_run_has_new_ones() -> None:
    with standing_processes(2) as make:
        workers = make(RULEBOOK, Limits(seconds=1.5))
        outcomes = analyse_all([*SMALL[:10], python("huge.py", HUGE), *SMALL[10:]], workers)
        assert [outcome.facts.path for outcome in outcomes if not outcome.analysed] == ["huge.py"]
        assert all(outcome.analysed for outcome in analyse_all(SMALL, workers))


def test_the_processes_end_with_the_context() -> None:
    with standing_processes(1) as make:
        workers = make(RULEBOOK, Limits())
        assert isinstance(workers, Standing)
        process = process_of(workers)
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
