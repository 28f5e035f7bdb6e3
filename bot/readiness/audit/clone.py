"""Fetch the newest commit of a repository, and nothing that could run.

The clone is bare: without a work tree there are no filters, no links and no submodules. Hooks come from nowhere, one
protocol is allowed, nobody is asked for a password, and a clone that takes too long is ended with all its processes.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from readiness.audit.sources import Source
from readiness.collect.clone import Clone
from readiness.collect.git import git_environment
from readiness.errors import GitError

SECONDS = 600.0
"""What one clone may take."""
AHEAD = 2
"""So many repositories are fetched while another one is analysed."""
_SETTINGS = {
    "core.hooksPath": os.devnull,
    "core.fsmonitor": "false",
    "core.askPass": "",
    "credential.interactive": "false",
    "fetch.recurseSubmodules": "false",
    "gc.auto": "0",
    "init.templateDir": "",
    "submodule.recurse": "false",
}
_CLONE = ("clone", "--bare", "--depth=1", "--single-branch", "--no-tags", "--no-local", "--template=", "--quiet", "--")


@dataclass
class Fetching:
    """A clone that is being made, in processes of its own."""

    source: Source
    folder: Path
    _started: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        environment = git_environment(_SETTINGS)
        self._process = subprocess.Popen(
            ["git", *_CLONE, self.source.address, str(self.folder)],
            env={
                **environment,
                "GIT_ALLOW_PROTOCOL": self.source.protocol,
                "GIT_SSH_COMMAND": os.environ.get("GIT_SSH_COMMAND", "ssh -oBatchMode=yes"),
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def clone(self, seconds: float = SECONDS) -> Clone:
        """Wait until it is there."""
        try:
            _, said = self._process.communicate(timeout=max(0.0, self._started + seconds - time.monotonic()))
        except subprocess.TimeoutExpired as error:
            raise GitError(f"it was not fetched within {seconds:g} s") from error
        if self._process.returncode:
            raise GitError(f"git cannot fetch it: {_reason(said)}")
        return Clone(self.folder)

    def end(self) -> None:
        """Stop what still runs, and remove what was fetched."""
        if self._process.poll() is None:  # otherwise its number may be another's by now
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.communicate()
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def each_fetched(sources: Sequence[Source], folder: Path) -> Iterator[Iterator[Fetching]]:
    """One clone after the other, each removed when the next one is asked for; a few are fetched ahead."""
    shutil.rmtree(folder, ignore_errors=True)  # what a killed run left
    folder.mkdir(parents=True, exist_ok=True)
    own = Path(tempfile.mkdtemp(dir=folder))  # git of that run may still be writing
    under_way: list[Fetching] = []

    def clones() -> Iterator[Fetching]:
        for number in range(len(sources)):
            while len(under_way) <= AHEAD and (next_one := number + len(under_way)) < len(sources):
                under_way.append(Fetching(sources[next_one], own / str(next_one)))
            yield under_way[0]
            under_way.pop(0).end()

    try:
        yield clones()
    finally:
        for fetching in under_way:
            fetching.end()
        shutil.rmtree(folder, ignore_errors=True)


def _reason(said: bytes) -> str:
    lines = said.decode(errors="replace").strip().splitlines()
    return next(
        (line for line in lines if line.startswith(("fatal:", "error:"))), lines[-1] if lines else "no reason given"
    )
