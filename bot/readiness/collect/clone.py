"""The files of any commit that a local clone has, read from git's own store: nothing is checked out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

from readiness.collect.git import Repository

REGULAR = ("100644", "100755", "100664")


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a commit; a link or submodule is not `regular`."""

    path: str
    blob: str
    size: int
    regular: bool


@dataclass(frozen=True)
class Clone(Repository):
    """A clone that is asked for commits by their id."""

    def has(self, commit: str) -> bool:
        """Whether the commit is there; nothing is fetched."""
        return bool(self._run("rev-parse", "--verify", "--quiet", f"{commit}^{{commit}}", no=(1, 128)))

    def commit(self, revision: str) -> str:
        """The id of the commit that a revision names."""
        return self._one_line("rev-parse", "--verify", f"{revision}^{{commit}}")

    def entries(self, commit: str) -> Iterator[Entry]:
        """All files of a commit."""
        listed = self._run("ls-tree", "-r", "-l", "-z", "--full-tree", commit)
        for line in listed.split(b"\0")[:-1]:
            about, _, path = line.partition(b"\t")
            mode, _, blob, size = about.decode().split()
            yield Entry(os.fsdecode(path), blob, int(size) if size.isdigit() else 0, mode in REGULAR)

    def contents(self, blobs: list[str]) -> list[bytes]:
        """What these objects hold, in order."""
        return self._blobs(blobs)
