"""The digests of files: those on disk are recognised by what the file system says of them, and read only when that is new."""

from __future__ import annotations

import time
from collections.abc import Sequence

from readiness.cache.store import Store, key_of
from readiness.collect.source_file import SourceFile, digest_of
from readiness.errors import UnreadableSource

_SETTLED_NS = 2 * 10**9
"""A file that changed so short a time ago may change again without a sign: some file systems count in seconds."""


def digests_of(files: Sequence[SourceFile], store: Store) -> dict[str, bytes]:
    """By path: what tells the bytes of a file from any others; files that cannot be read are left out."""
    states = {file.path: _state(file) for file in files}
    kept = store.read([state for state in states.values() if state])
    found = {file.path: kept.get(states[file.path]) or _digest(file) for file in files}
    store.write({state: found[path] for path, state in states.items() if state and state not in kept and found[path]})
    return {path: digest for path, digest in found.items() if digest}


def _digest(file: SourceFile) -> bytes:
    try:
        return digest_of(file.read())
    except UnreadableSource:  # the analysis says so in its own words
        return b""


def _state(file: SourceFile) -> bytes:
    """A key of what the file system says of a file; empty if that may stay the same while the file changes."""
    if file.data is not None or file.location is None:
        return b""
    try:
        now = file.location.stat()
    except OSError:
        return b""
    changed = max(now.st_mtime_ns, now.st_ctime_ns)
    if time.time_ns() - changed < _SETTLED_NS:
        return b""
    return key_of(str(file.location.absolute()), now.st_size, now.st_mtime_ns, now.st_ctime_ns, now.st_ino)
