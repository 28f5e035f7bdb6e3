"""The real command as a subprocess, with the environment of an Actions runner, against the fake GitHub."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from fakegithub import FakeGitHub, Job, Person, PullRequest, Repo, job
from readiness.__main__ import run
from readiness.cache.folder import cache_folder

BOT_SOURCE = str(Path(__file__).parents[3] / "bot")
POLICY = "select: [unseeded-split, hardcoded-path, unseeded-numpy]\nseverity: {hardcoded-path: error, unseeded-numpy: note}\n"
HEAD = "from sklearn.model_selection import train_test_split\nimport pandas\nimport numpy\n\n"
SPLIT = "train, test = train_test_split(rows)\n"
PATH = 'rows = pandas.read_csv("/home/ada/rows.csv")\n'
DRAW = "noise = numpy.random.normal(size=3)\n"
CLEAN = HEAD + 'rows = pandas.read_csv("rows.csv")\ntrain, test = train_test_split(rows, random_state=1)\n'
MODEL = "".join(f"line_{number} = {number}\n" for number in range(1, 41))
KEPT_RULES = {"READINESS_CACHE_DIR": str(cache_folder()), "READINESS_NO_CACHE": "1"}
"""A runner begins with nothing; here the compiled rules are those of this machine, as compiling takes most of a run."""
RESOLVER = {"contents": "write", "pull_requests": "write"}


@dataclass
class Result:
    """How a run ended, and the job that it ran in."""

    code: int
    out: str
    err: str
    job: Job


class Lab:
    """A repository with a policy, the people around it, and the bot."""

    def __init__(self, github: FakeGitHub, policy: str = POLICY) -> None:
        self.github = github
        self.repo: Repo = github.create_repo("lab/model", {"readiness.yaml": policy, "model.py": MODEL})
        self.ada: Person = github.person("ada")
        self.grace: Person = github.person("grace")
        self.repo.roles["grace"] = "write"

    def open(self, text: str = HEAD + PATH + SPLIT, *, path: str = "train.py", **options: Any) -> PullRequest:
        """Ada opens a pull request that adds a file."""
        return self.ada.open_pull(self.repo, {path: text}, **options)

    def run(self, pull: PullRequest, *options: str, event: str = "pull_request", token: str | None = None) -> Result:
        """The job of an event; options go to the command."""
        started = job(self.github, event, pull, token=token)
        return self.start(started, *options)

    def start(self, started: Job, *options: str) -> Result:
        """Run the command in a job."""
        env = {**started.env, **KEPT_RULES, "PYTHONPATH": BOT_SOURCE}
        command = [sys.executable, "-m", "readiness", "review", *options]
        done = subprocess.run(
            command, env=env, cwd=started.workspace, capture_output=True, text=True, timeout=120, check=False
        )
        return Result(done.returncode, done.stdout, done.stderr, started)

    def begin(self, started: Job) -> subprocess.Popen[str]:
        """Start the command and let it run."""
        env = {**started.env, **KEPT_RULES, "PYTHONPATH": BOT_SOURCE}
        command = [sys.executable, "-m", "readiness", "review"]
        return subprocess.Popen(command, env=env, cwd=started.workspace, stderr=subprocess.PIPE, text=True)

    def resolver(self) -> str:
        """A token that may resolve threads."""
        return self.github.token(permissions=RESOLVER)

    def writes(self) -> list[str]:
        """What was written, in order: method and path, or the mutation."""
        return [f"{one.method} {one.path}" for one in self.github.writes()]


class OwnProcess(Lab):
    """The same with the command called here, since a history has many runs."""

    def start(self, started: Job, *options: str) -> Result:
        """Call the command's main function with the environment of a job and nothing else."""
        out, err = io.StringIO(), io.StringIO()
        with (
            mock.patch.dict(os.environ, {**started.env, **KEPT_RULES}, clear=True),
            contextlib.chdir(started.workspace),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            code = run(["review", *options])
        return Result(code, out.getvalue(), err.getvalue(), started)


def bodies(pull: PullRequest) -> list[str]:
    """What our threads say."""
    return [thread.comments[0].body for thread in pull.threads]


@pytest.fixture
def lab() -> Iterator[Lab]:
    with FakeGitHub() as github:
        yield Lab(github)


@pytest.fixture(scope="session")
def new_lab() -> Callable[..., Lab]:
    """Make labs, with a policy, whose bot runs in this process; who makes one opens and closes its GitHub."""
    return lambda policy=POLICY: OwnProcess(FakeGitHub(), policy)


@pytest.fixture
def enterprise() -> Iterator[Lab]:
    """The same on GitHub Enterprise Server, where the addresses are others."""
    with FakeGitHub(enterprise=True) as github:
        yield Lab(github)


@pytest.fixture(scope="session")
def said():
    """The first comments of all threads."""
    return bodies


@pytest.fixture(scope="session")
def text():
    """Named pieces of code."""
    return {"head": HEAD, "split": SPLIT, "path": PATH, "draw": DRAW, "clean": CLEAN, "model": MODEL}


@pytest.fixture(scope="session")
def notebook():
    """A notebook with these lines in its only code cell."""

    def make(*lines: str, indent: int | None = 1) -> str:
        cells = [
            {"cell_type": "markdown", "id": "m", "metadata": {}, "source": ["# Title"]},
            {
                "cell_type": "code",
                "execution_count": 12,
                "id": "c",
                "metadata": {},
                "outputs": [],
                "source": list(lines),
            },
        ]
        whole = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        return json.dumps(whole, indent=indent) + "\n"

    return make
