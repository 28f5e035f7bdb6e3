"""What the analysis of a file gave, kept by all that decides it: its bytes, its place and role, the rules, this program.

So an unchanged file is analysed once, whichever run, branch or commit it comes up in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from readiness.cache.packed import packed, unpacked
from readiness.cache.store import Store, key_of
from readiness.collect.digests import digests_of
from readiness.collect.source_file import SourceFile
from readiness.engine.outcome import FileOutcome
from readiness.rulebook.book import Rulebook

_TOGETHER = 200
"""So many outcomes are written at once: what an interrupted run loses at most."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A file as it was looked for."""

    key: bytes
    digest: bytes
    whole: bytes
    """The key of what is found where more than its facts is asked for."""


class OutcomeCache:
    """The outcomes of one set of rules in a store."""

    def __init__(self, store: Store, rulebook: Rulebook) -> None:
        self._store = store if rulebook.key else Store(None)
        self._everywhere = rulebook.everywhere
        self._rules = key_of(rulebook.key, *(rule.id for rule in rulebook.rules), *sorted(self._everywhere))
        self._seen: dict[str, _Seen] = {}
        self._unwritten: dict[bytes, bytes] = {}

    def known(self, files: Sequence[SourceFile]) -> dict[str, FileOutcome]:
        """By path: what an earlier run found in exactly these files."""
        if self._store.place is None:
            return {}
        digests = digests_of(files, self._store)
        self._seen = {file.path: self._as_seen(file, digests[file.path]) for file in files if file.path in digests}
        kept = self._store.read([key for seen in self._seen.values() for key in {seen.key, seen.whole}])
        outcomes = {path: self._known(seen, kept) for path, seen in self._seen.items()}
        return {path: outcome for path, outcome in outcomes.items() if outcome is not None}

    def keep(self, outcomes: Iterable[FileOutcome]) -> None:
        """Remember what was found now, of the files that were looked for; one that could not be read to its end is no such."""
        for outcome in outcomes:
            seen = self._seen.get(outcome.facts.path)
            if seen is not None and seen.digest == outcome.digest and (value := packed(outcome)) is not None:
                self._unwritten[seen.key] = value
        if len(self._unwritten) >= _TOGETHER:
            self.flush()

    def flush(self) -> None:
        """Write what was remembered."""
        self._store.write(self._unwritten)
        self._unwritten = {}

    def _as_seen(self, file: SourceFile, digest: bytes) -> _Seen:
        own, whole = (
            key_of(self._rules, file.path, file.kind, file.role, facts_only, digest)
            for facts_only in (file.facts_only, False)
        )
        return _Seen(own, digest, whole)

    def _known(self, seen: _Seen, kept: Mapping[bytes, bytes]) -> FileOutcome | None:
        """What was kept of a file; who asks for its facts alone can have them from the whole too."""
        outcome = unpacked(kept.get(seen.key), FileOutcome)
        if outcome is not None or seen.whole == seen.key:
            return outcome
        whole = unpacked(kept.get(seen.whole), FileOutcome)
        if whole is None:
            return None
        return replace(whole, findings=tuple(one for one in whole.findings if one.rule in self._everywhere))
