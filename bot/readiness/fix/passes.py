"""Fix a whole check: pass after pass until nothing changes, all in memory; writing is left to the caller."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from readiness.check import Analysed
from readiness.collect.source_file import digest_of
from readiness.engine.outcome import FileOutcome
from readiness.engine.processes import available_cpus
from readiness.errors import UnreadableSource
from readiness.finding import Finding
from readiness.fix.mend import Mended, Task, mend
from readiness.fix.proof import Before, Change, counts
from readiness.fix.workers import in_workers
from readiness.judge.report import Report

MAX_PASSES = 20
"""Each pass makes all fixes that do not touch each other: more are nested deeper than anyone reads."""


@dataclass(frozen=True, slots=True)
class FileFix:
    """A file before and after its fixes, and how many findings they mend."""

    place: Path
    before: bytes
    after: bytes
    fixed: int
    outcome: FileOutcome
    """What the rules said of it before."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A fix that was not made, and why."""

    finding: Finding
    reason: str


@dataclass(slots=True)
class Fixes:
    """What came of fixing: the files, what was left out, and the report of what remains."""

    report: Report
    files: dict[str, FileFix] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def fixed(self) -> int:
        """How many findings were mended."""
        return sum(file.fixed for file in self.files.values())

    @property
    def more(self) -> int:
        """How many findings that remain have a fix that a person should look at first."""
        refused = {left.finding.fingerprint for left in self.left_out}
        remaining = (finding for finding in self.report.findings if finding.fingerprint not in refused)
        return sum(finding.fix is not None and not finding.fix.safe for finding in remaining)


def fix_all(analysed: Analysed, *, unsafe: bool) -> Fixes:
    """Make the fixes of all findings that are reported; the outcomes of the check become those of the mended files."""
    work = _Work(analysed)
    for _ in range(MAX_PASSES):
        report = analysed.report()
        wanted = [finding for finding in report.findings if _is_fixable(finding, unsafe=unsafe)]
        if not work.one_pass(wanted):
            break
    report, refused = analysed.report(), work.refused
    left = [LeftOut(one, refused[one.fingerprint]) for one in report.findings if one.fingerprint in refused]
    return Fixes(report, work.files, left)


def _is_fixable(finding: Finding, *, unsafe: bool) -> bool:
    return finding.fix is not None and bool(finding.fix.edits) and (unsafe or finding.fix.safe)


class _Work:
    """The files as they are mended so far."""

    def __init__(self, analysed: Analysed) -> None:
        self._analysed = analysed
        self._sources = {file.path: file for file in analysed.found.files}
        self.files: dict[str, FileFix] = {}
        self.refused: dict[str, str] = {}
        """The reasons by the fingerprints of the findings."""

    def one_pass(self, wanted: Iterable[Finding]) -> bool:
        """Make all fixes that do not touch each other; say whether there was any."""
        by_path: dict[str, list[Finding]] = {}
        for finding in wanted:
            if finding.fingerprint not in self.refused:
                by_path.setdefault(finding.mended_path, []).append(finding)
        tasks = dict(self._tasks(by_path))
        jobs = self._analysed.settings.config.jobs or available_cpus()
        results = in_workers(mend, tasks, self._analysed.chosen, jobs)
        for path, task in tasks.items():
            if path in results:
                self._keep(task, results[path])
            else:
                self._refuse(by_path[path], "the analysis of the file died while the fix was tried")
        return any(result.made for result in results.values())

    def _tasks(self, by_path: Mapping[str, list[Finding]]) -> Iterator[tuple[str, Task]]:
        for path, findings in by_path.items():
            data = self._content(path)
            if data is None:
                self._refuse(findings, "the file changed while it was checked")
                continue
            outcome = self._analysed.outcomes[path]
            before = Before(counts(outcome.findings, [outcome.facts])[path], frozenset(outcome.skipped))
            changes = tuple(Change(one.fingerprint, one.rule, one.fix) for one in findings if one.fix)
            yield path, Task(self._sources[path], data, changes, before)

    def _content(self, path: str) -> bytes | None:
        """The bytes that the findings of a file speak about; None if it has others by now."""
        if path in self.files:
            return self.files[path].after
        try:
            data = self._sources[path].read()
        except UnreadableSource:
            return None
        return data if digest_of(data) == self._analysed.outcomes[path].digest else None

    def _keep(self, task: Task, mended: Mended) -> None:
        self.refused |= mended.refused
        if mended.result is None:
            return
        path, place = task.file.path, task.file.location or Path(task.file.path)
        outcomes = self._analysed.outcomes
        known = self.files.get(path) or FileFix(place, task.data, task.data, 0, outcomes[path])
        fixed = known.fixed + len(mended.made)
        self.files[path] = replace(known, after=mended.result.data, fixed=fixed)
        outcomes[path] = mended.result.outcome

    def _refuse(self, findings: Iterable[Finding], reason: str) -> None:
        self.refused |= {finding.fingerprint: reason for finding in findings}
