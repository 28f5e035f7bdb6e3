"""A file to analyse: where it is, what it is, and how to get its bytes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from readiness.errors import UnreadableSource
from readiness.facts.sorts import FileKind, Role


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file; `path` is POSIX and relative to the project's root, whatever the place it is read from.

    A file on disk has a `location`; a version from history or from a pull request brings its `data`.
    """

    path: str
    kind: FileKind
    role: Role = Role.SOURCE
    size: int = 0
    location: Path | None = None
    data: bytes | None = None
    facts_only: bool = False
    """What this file by itself does wrong does not matter: it is read for rules over all files."""

    def read(self) -> bytes:
        """The bytes of the file; raises `UnreadableSource` if it vanished or may not be read."""
        if self.data is not None:
            return self.data
        if self.location is None:
            return b""
        try:
            return self.location.read_bytes()
        except OSError as error:
            raise UnreadableSource(f"cannot be read: {error.strerror or error}") from error


def digest_of(data: bytes) -> bytes:
    """What tells the bytes of a file from any others."""
    return hashlib.blake2b(data, digest_size=16).digest()
