"""What the analysis of a file gave, kept by all that decides it: its bytes, its place and role, the rules, this program.

So an unchanged file is analysed once, whichever run, branch or commit it comes up in. Files on disk are recognised by
what the file system says of them, and read only when that is new.
"""

from __future__ import annotations

import hashlib
import time
import zlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

import msgspec

from readiness.cache.folder import OUTCOMES, cache_folder
from readiness.cache.store import Store
from readiness.collect.source_file import SourceFile
from readiness.engine.outcome import FileOutcome, digest_of
from readiness.errors import UnreadableSource
from readiness.rulebook.book import Rulebook

_TOGETHER = 200
"""So many outcomes are written at once: what an interrupted run loses at most."""
_SETTLED_NS = 2 * 10**9
"""A file that changed so short a time ago may change again without a sign: some file systems count in seconds."""
_FAST = 1
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(FileOutcome)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A file as it was looked for."""

    key: bytes
    digest: bytes


def outcome_store(*, wanted: bool) -> Store:
    """The store of this user; one that keeps nothing if that is wanted."""
    return Store(cache_folder() / OUTCOMES if wanted else None)


class OutcomeCache:
    """The outcomes of one set of rules in a store."""

    def __init__(self, store: Store, rulebook: Rulebook) -> None:
        self._store = store if rulebook.key else Store(None)
        self._rules = _hash(rulebook.key, *(rule.id for rule in rulebook.rules))
        self._seen: dict[str, _Seen] = {}
        self._unwritten: dict[bytes, bytes] = {}

    def known(self, files: Sequence[SourceFile]) -> dict[str, FileOutcome]:
        """By path: what an earlier run found in exactly these files."""
        if self._store.place is None:
            return {}
        self._seen = self._look(files)
        kept = self._store.read([seen.key for seen in self._seen.values()])
        outcomes = {path: _unpacked(kept.get(seen.key)) for path, seen in self._seen.items()}
        return {path: outcome for path, outcome in outcomes.items() if outcome is not None}

    def keep(self, outcomes: Iterable[FileOutcome]) -> None:
        """Remember what was found now, of the files that were looked for; one that could not be read to its end is no such."""
        for outcome in outcomes:
            seen = self._seen.get(outcome.facts.path)
            if seen is not None and seen.digest == outcome.digest:
                with suppress(UnicodeEncodeError):  # a file name that is no text has no form to keep it in
                    self._unwritten[seen.key] = zlib.compress(_encoder.encode(outcome), _FAST)
        if len(self._unwritten) >= _TOGETHER:
            self.flush()

    def flush(self) -> None:
        """Write what was remembered."""
        self._store.write(self._unwritten)
        self._unwritten = {}

    def _look(self, files: Sequence[SourceFile]) -> dict[str, _Seen]:
        states = {file.path: _state(file) for file in files}
        digests = self._store.read([state for state in states.values() if state])
        seen: dict[str, _Seen] = {}
        for file in files:
            state = states[file.path]
            digest = digests.get(state) or _digest(file)
            if state and state not in digests:
                self._unwritten[state] = digest
            if digest:
                seen[file.path] = _Seen(self._key(file, digest), digest)
        return seen

    def _key(self, file: SourceFile, digest: bytes) -> bytes:
        return _hash(self._rules, file.path, file.kind, file.role, file.facts_only, digest)


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
    return _hash(str(file.location.absolute()), now.st_size, now.st_mtime_ns, now.st_ctime_ns, now.st_ino)


def _hash(*parts: object) -> bytes:
    return hashlib.blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=20).digest()


def _unpacked(value: bytes | None) -> FileOutcome | None:
    """The outcome, or none if what was kept is damaged."""
    try:
        return None if value is None else _decoder.decode(zlib.decompress(value))
    except (zlib.error, msgspec.DecodeError):
        return None
