"""A cluster finds what one machine finds, whatever becomes of its workers; workers that might find something else are refused."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from readiness.cache.store import Store
from readiness.collect.source_file import SourceFile
from readiness.engine.cluster.client import ClusterLost, cluster
from readiness.engine.outcome import FileOutcome
from readiness.engine.run import analysed
from readiness.engine.sandbox import Limits
from readiness.engine.workers import analyse_all
from readiness.errors import UsageError
from readiness.facts.sorts import FileKind
from readiness.rulebook.book import Rulebook
from readiness.rulebook.loader import load_rulebook

pytestmark = pytest.mark.xdist_group("cluster")
SOURCE = Path(__file__).parents[3] / "bot"
AUTHOR = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgSign=false")
EXAMPLE = SOURCE.parent / "examples/readmission"
FINDING = b"from sklearn.model_selection import train_test_split\na, b = train_test_split(rows)\n"
HUGE = b"a = [\n" + b"    f(x, y=1) + g[0],\n" * 200_000 + b"]\n"
"""One valid statement that takes the parser seconds."""


def python(path: str, data: bytes) -> SourceFile:
    return SourceFile(path, FileKind.PYTHON, size=len(data), data=data)


FILES = [python(f"study_{number}.py", FINDING * (number % 7 + 1)) for number in range(400)]


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook()


@pytest.fixture(scope="module")
def local(rulebook: Rulebook) -> list[FileOutcome]:
    return analysed(FILES, rulebook, store=Store(None))


def test_a_cluster_finds_what_one_machine_finds(pair: Any, rulebook: Rulebook, local: list[FileOutcome]) -> None:
    with cluster(pair.address) as workers:
        assert analysed(FILES, rulebook, store=Store(None), workers=workers) == local
    assert sum(len(outcome.findings) for outcome in local) >= len(FILES)


@pytest.mark.parametrize("form", ["terminal", "jsonl", "sarif"])
def test_the_command_says_the_same_byte_for_byte(pair: Any, form: str) -> None:
    command = [sys.executable, "-m", "readiness", "check", EXAMPLE, "--format", form]
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    here = subprocess.run(command, env=environment, capture_output=True, check=False)
    there = subprocess.run(
        [*command, "--executor", f"dask={pair.address}"], env=environment, capture_output=True, check=False
    )
    assert here.returncode == 1
    assert here.stdout
    assert without_seconds(there.stdout) == without_seconds(here.stdout)
    assert (there.returncode, there.stderr) == (here.returncode, here.stderr)


def without_seconds(report: bytes) -> bytes:
    """A report without the time that it took."""
    return re.sub(rb"\d+\.\d+ s\b", b"", report)


def test_a_worker_killed_in_the_middle_loses_no_file_and_counts_none_twice(
    pair: Any, rulebook: Rulebook, local: list[FileOutcome]
) -> None:
    done: list[int] = []

    def kill_once(count: int) -> None:
        if count and not any(done):
            os.kill(pair.pids()[0], signal.SIGKILL)
        done.append(count)

    with cluster(pair.address) as workers:
        found = analysed(FILES, rulebook, store=Store(None), workers=workers, on_done=kill_once)
    assert found == local
    assert sum(done) == len(FILES)
    assert max(done) < len(FILES) / 2, "it was killed when all was done"


def test_an_audit_on_a_cluster_that_loses_a_worker_writes_the_same_files(pair: Any, tmp_path: Path) -> None:
    names = [f"study-{number}" for number in range(4)]
    for name in names:
        folder = tmp_path / name
        folder.mkdir()
        (folder / "train.py").write_bytes(FINDING)
        for command in (["init", "--quiet"], ["add", "--all"], [*AUTHOR, "commit", "--quiet", "--message=Begin"]):
            subprocess.run(["git", *command], cwd=folder, check=True)
    (tmp_path / "list.txt").write_text("\n".join(names))
    here = [sys.executable, "-m", "readiness", "audit", "list.txt", "--output"]
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    subprocess.run([*here, "here", "--quiet"], cwd=tmp_path, env=environment, check=True)
    there = [*here, "there", "--executor", f"dask={pair.address}"]
    with subprocess.Popen(there, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        assert running.stderr.readline().startswith("[1/4] study-0: 1 files")
        os.kill(pair.pids()[0], signal.SIGKILL)
        running.communicate()
    assert running.returncode == 0
    for name in ("audit.jsonl", "audit.parquet", "index.html"):
        assert (tmp_path / "there" / name).read_bytes() == (tmp_path / "here" / name).read_bytes()


def test_a_file_that_kills_every_worker_is_named_and_the_others_are_analysed(pair: Any, rulebook: Rulebook) -> None:
    files = [*FILES[:10], python("huge.py", HUGE), *FILES[10:20]]
    with cluster(pair.address) as workers:
        outcomes = analyse_all(files, workers(rulebook, Limits(seconds=1)))
    lost = [outcome for outcome in outcomes if not outcome.analysed]
    assert [outcome.facts.path for outcome in lost] == ["huge.py"]
    assert lost[0].skipped[0].reason == "the analysis took longer than 1 s and was stopped"


def test_a_file_that_cannot_be_read_is_told_as_on_one_machine(pair: Any, rulebook: Rulebook, tmp_path: Path) -> None:
    files = [SourceFile("gone.py", FileKind.PYTHON, location=tmp_path / "gone.py"), FILES[0]]
    with cluster(pair.address) as workers:
        found = analysed(files, rulebook, store=Store(None), workers=workers)
    assert found == analysed(files, rulebook, store=Store(None))
    assert "No such file" in found[0].skipped[0].reason


def refused(address: str) -> str:
    with pytest.raises(UsageError) as error, cluster(address):
        pass
    return str(error.value)


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("bot/readiness/__init__.py", "__version__ = ", "__version__ = '0.0.1' or ", "readiness-bot 0.0.1 instead of"),
        ("rules/reproducibility/unseeded-split.yaml", "severity: ", "severity:  ", "program and rules"),
    ],
)
def test_workers_with_another_version_or_other_rules_are_refused_by_name(
    bare: Any, altered: Callable[[str, str, str], Path], file: str, old: str, new: str, reason: str
) -> None:
    bare.add_worker()
    bare.add_worker(altered(file, old, new))
    said = refused(bare.address)
    assert "1 of 2 workers cannot be used: tcp://127.0.0.1:" in said
    assert reason in said
    assert "Give every worker the same readiness-bot" in said


def test_workers_without_the_program_are_refused(bare: Any, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['readiness'] = None\n")
    bare.add_worker(tmp_path)
    assert "1 of 1 workers cannot be used" in (said := refused(bare.address))
    assert "No module named 'readiness" in said


def test_a_worker_with_another_version_that_joins_later_gets_no_file(
    bare: Any, rulebook: Rulebook, altered: Callable[[str, str, str], Path]
) -> None:
    other = altered("bot/readiness/__init__.py", "__version__ = ", "__version__ = '0.0.1' or ")
    bare.add_worker()

    def join_once(count: int, joined: list[bool] = []) -> None:  # noqa: B006 - remembers that it was done
        if count and not joined:
            joined.append(True)
            bare.add_worker(other)
            os.kill(bare.pids()[0], signal.SIGKILL)

    with cluster(bare.address) as workers, pytest.raises(UsageError, match="readiness-bot 0\\.0\\.1 instead of"):
        analysed(FILES, rulebook, store=Store(None), workers=workers, on_done=join_once)


def test_a_scheduler_that_goes_away_ends_the_run_as_incomplete(bare: Any, rulebook: Rulebook) -> None:
    bare.add_worker()

    def kill(count: int) -> None:
        if count:
            bare.scheduler.kill()

    with pytest.raises(ClusterLost, match="the scheduler is gone"), cluster(bare.address) as workers:
        analysed(FILES, rulebook, store=Store(None), workers=workers, on_done=kill)


def test_a_scheduler_without_workers_is_told(bare: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readiness.engine.cluster.client.PATIENCE", 1)
    assert "the scheduler has no worker" in refused(bare.address)


def test_a_scheduler_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readiness.engine.cluster.client.PATIENCE", 1)
    assert "no Dask scheduler answers" in refused("tcp://127.0.0.1:1")
