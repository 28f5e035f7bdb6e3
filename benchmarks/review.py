"""Measure a review: 20 changed files in a repository of 1,000, with GitHub's side played on this machine.

Run `python -m benchmarks.review`. The bot's own time is that of its processes; the time of the fake is not counted.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "github"))

from fakegithub import Exchange, FakeGitHub, job  # noqa: E402 - it is part of the tests

FILES, CHANGED, LINES = 1_000, 20, 120
CODE = "import pandas as pd\n\n\ndef load_{n}(path):\n    frame = pd.read_csv(path)\n    return frame\n\n\n"
SPLIT = "from sklearn.model_selection import train_test_split\n\n\ndef split_{n}(rows):\n    return train_test_split(rows)\n"


def main() -> None:
    """Print the time, and the requests by sort."""
    with FakeGitHub() as github:
        files = {f"package_{n % 40}/module_{n}.py": _module(n) for n in range(FILES)}
        repo = github.create_repo("lab/model", files)
        changes = {path: text + SPLIT.format(n=n) for n, (path, text) in enumerate(list(files.items())[:CHANGED])}
        pull = github.person("ada").open_pull(repo, changes)
        run = job(github, "pull_request", pull)
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        command = [sys.executable, "-m", "readiness", "review"]
        subprocess.run(command, env={**run.env, "PYTHONPATH": str(ROOT / "bot")}, cwd=run.workspace, check=False)
        wall, after = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
        own = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print(f"{CHANGED} changed files of {FILES}: {own:.1f} s of processor time on {os.cpu_count()} processors")
        print(f"{wall:.1f} s from start to end, the fake's answers and one second between writes included")
        print(f"{len(github.exchanges)} requests: {_sorts(github.exchanges)}; {len(pull.threads)} comments")


def _module(number: int) -> str:
    block = CODE.format(n=number)
    return block * (LINES // block.count("\n"))


def _sorts(exchanges: list[Exchange]) -> str:
    counted = Counter(one.operation or one.path for one in exchanges)
    return ", ".join(f"{count} {name}" for name, count in counted.most_common())


if __name__ == "__main__":
    main()
