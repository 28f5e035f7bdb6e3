"""A check that first asks whether an earlier one was about exactly the same: then its report is told again.

Most checks are of that sort, so nothing is loaded here that only an analysis needs.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from readiness.cache.packed import packed, unpacked
from readiness.cache.program import program_state
from readiness.cache.store import Store, key_of
from readiness.collect.digests import digests_of
from readiness.collect.files import Collection, collect
from readiness.facts.sorts import FileKind
from readiness.judge.report import Report
from readiness.settings import Settings
from readiness.store_of_run import store_of
from readiness.watcher import Watcher


def check(settings: Settings, watcher: Watcher | None = None) -> Report:
    """Review what the settings say."""
    started = time.monotonic()
    watcher = watcher or Watcher()
    with store_of(settings, watcher) as store:
        found = collect(settings)
        kept = KeptReport(settings, found, store)
        report = kept.read()
        if report is None:
            from readiness.check import analyse_found

            analysed = analyse_found(settings, found, store, watcher)
            report = analysed.report()
            kept.keep(report, {path: outcome.digest for path, outcome in analysed.outcomes.items()})
    files = {file.path: file for file in found.files}
    return replace(report, seconds=time.monotonic() - started, files=files)


class KeptReport:
    """The report on the files that were found, in a store by all that it depends on."""

    def __init__(self, settings: Settings, found: Collection, store: Store) -> None:
        self._settings = settings
        self._found = found
        # A comparison depends on what git knows as well, and a profile is a measurement.
        self._store = Store(None) if settings.base is not None or settings.profile else store
        self._read = [file for file in found.files if file.kind is not FileKind.OTHER]
        self._digests = digests_of(self._read, store) if self._store.place is not None else {}
        self._key = self._key_now()

    def read(self) -> Report | None:
        """The report of an earlier run; none if there was no such run, or if what was kept is damaged."""
        return unpacked(self._store.read([self._key]).get(self._key), Report)

    def keep(self, report: Report, analysed: Mapping[str, bytes]) -> None:
        """Keep a report, if what was analysed, by the digests of it, is what the report would be found by."""
        unchanged = all(analysed[file.path] == self._digests.get(file.path) for file in self._read)
        if unchanged and self._key == self._key_now():
            value = packed(replace(report, files={}))
            self._store.write({} if value is None else {self._key: value})

    def _key_now(self) -> bytes:
        """All that decides a report, as it is at this moment; who analyses and the format do not."""
        settings = replace(self._settings, workers=None, config=replace(self._settings.config, jobs=None, format=""))
        today = time.strftime("%F", time.gmtime())
        rules = _texts(settings.rule_paths)
        coverage = _texts([settings.coverage] if settings.coverage else [])
        found = self._found.files, self._found.skipped, sorted(self._found.context)
        return key_of("report", program_state(), settings, today, rules, coverage, found, self._digests)


def _texts(paths: Iterable[Path]) -> list[tuple[Path, bytes]]:
    """The contents of files and of all files below folders."""
    files = [file for path in paths for file in (sorted(path.rglob("*")) if path.is_dir() else [path])]
    return [(file.resolve(), file.read_bytes()) for file in files if file.is_file()]
