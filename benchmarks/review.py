"""Measure a review: 20 changed files in a repository of 1,000, with GitHub's side played on this machine."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "github"))

from fakegithub import Exchange, FakeGitHub, Repo, job  # noqa: E402 - it is part of the tests

FILES, CHANGED, FUNCTIONS = 1_000, 20, 8
LOADING = 10
"""Every so many files read data."""
PAUSE = 1.0
"""Seconds that the bot waits between two writes, because GitHub asks for it."""
FUNCTION = '''

def summarise_{n}_{i}(rows, limit={i}):
    """The number and the mean of the values above a limit."""
    kept = [row["value"] for row in rows if row["value"] > limit]
    if not kept:
        raise ValueError("no value is above the limit")
    total = sum(kept)
    return {{"count": len(kept), "mean": total / len(kept)}}
'''
LOAD = """

def load_{n}(path):
    return pd.read_csv(path).dropna(subset=["value"])
"""
SPLIT = """

def split_{n}(rows):
    return train_test_split(rows)
"""


@dataclass(frozen=True, slots=True)
class Review:
    """Seconds from start to end, those of them that were GitHub's, those of all processors, and what was asked."""

    wall: float
    waited: float
    cpu: float
    lines: int
    exchanges: Sequence[Exchange]

    @property
    def own(self) -> float:
        """Seconds without those of GitHub."""
        return self.wall - self.waited


def rows(workers: str) -> Iterator[tuple[str, str, str]]:
    """What was measured, the figure, and the goal."""
    first, later = reviews()
    size = f"{CHANGED} changed files of {FILES:,} with {first.lines:,} lines"
    yield f"review of {size}, {workers} workers, without GitHub's share", f"{later.own:.1f} s", "under 1.5 s"
    yield "… its processor time, all processes together", f"{later.cpu:.1f} s", ""
    yield "… the first review of the repository, by a bot that was never run", f"{first.own:.1f} s", "under 5 s"
    yield "… its processor time, all processes together", f"{first.cpu:.1f} s", ""
    yield "… its requests to GitHub", f"{len(first.exchanges)}: {_sorts(first.exchanges)}", ""


def reviews() -> tuple[Review, Review]:
    """Two pull requests of one repository, as jobs of GitHub Actions without a checkout: neither knows the other's change."""
    with FakeGitHub() as github, tempfile.TemporaryDirectory(prefix="readiness-bench-") as kept:
        files = {f"package_{n % 40}/module_{n}.py": _module(n) for n in range(FILES)}
        repo = github.create_repo("lab/model", files)
        later = dict(list(files.items())[CHANGED:])
        return _review(github, repo, files, files, Path(kept)), _review(github, repo, files, later, Path(kept))


def _review(github: FakeGitHub, repo: Repo, files: dict[str, str], changed: dict[str, str], kept: Path) -> Review:
    pull = github.person("ada").open_pull(repo, dict(_changed(changed)))
    run = job(github, "pull_request", pull)
    before = len(github.exchanges)
    started, own, children = time.perf_counter(), time.process_time(), _children()
    environment = {
        **run.env,
        "PYTHONPATH": str(ROOT / "bot"),
        "READINESS_CACHE_DIR": str(kept),
        "READINESS_NO_CACHE": "0",
    }
    command = [sys.executable, "-m", "readiness", "review"]
    subprocess.run(command, env=environment, cwd=run.workspace, check=False, capture_output=True)
    wall = time.perf_counter() - started
    exchanges = github.exchanges[before:]
    # This process only answers, so its time is that of the answers.
    waited = time.process_time() - own + PAUSE * (_writes(exchanges) - 1)
    lines = sum(text.count("\n") for text in files.values())
    return Review(wall, waited, _children() - children, lines, tuple(exchanges))


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _module(number: int) -> str:
    loads = number % LOADING == 0
    functions = "".join(FUNCTION.format(n=number, i=i) for i in range(FUNCTIONS))
    return ("import pandas as pd\n" + LOAD.format(n=number) if loads else '"""Summaries."""\n') + functions


def _changed(files: dict[str, str]) -> Iterator[tuple[str, str]]:
    for number, (path, text) in enumerate(list(files.items())[:CHANGED]):
        first = "from sklearn.model_selection import train_test_split\n"
        yield path, first + text + SPLIT.format(n=number)


def _writes(exchanges: Sequence[Exchange]) -> int:
    return sum(one.method != "GET" and one.operation != "graphql" for one in exchanges)


def _sorts(exchanges: Sequence[Exchange]) -> str:
    counted = Counter(one.operation or one.path for one in exchanges)
    return ", ".join(f"{count} {name}" for name, count in counted.most_common())
