"""The proof of a fix: the file that it gives is read and judged again, and must be better in this one point.

What this module does it does inside a worker process, under the limits of every analysis.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from readiness.collect.source_file import SourceFile
from readiness.engine.outcome import FileOutcome
from readiness.engine.sandbox import run_batch
from readiness.errors import UnreadableSource
from readiness.facts.model import FileFacts
from readiness.facts.sorts import FileKind
from readiness.finding import Finding, Fix, Skipped
from readiness.fix.splice import FixRefused, spliced


@dataclass(frozen=True, slots=True)
class Before:
    """A file as it is: how often each rule speaks about it, and what of it is not analysed."""

    counts: Mapping[str, int]
    skipped: frozenset[Skipped] = frozenset()


@dataclass(frozen=True, slots=True)
class Change:
    """The fix of one finding; `key` is the finding's fingerprint."""

    key: str
    rule: str
    fix: Fix


@dataclass(frozen=True, slots=True)
class Proven:
    """The file after some changes, and what the rules say about it then."""

    data: bytes
    outcome: FileOutcome


def counts(findings: Iterable[Finding], facts: Iterable[FileFacts]) -> dict[str, Counter[str]]:
    """What the rules say about each file by itself, with the places that only a look at all files judges."""
    said: dict[str, Counter[str]] = {}
    for finding in findings:
        if not finding.project:
            said.setdefault(finding.location.path, Counter())[finding.rule] += 1
    for file in facts:
        of_file = said.setdefault(file.path, Counter())
        for rule, hits in file.hits.items():
            of_file[rule] += sum(hit.fix is not None for of_key in hits.values() for hit in of_key)
    return said


def proven(file: SourceFile, data: bytes, changes: Sequence[Change], before: Before) -> Proven:
    """The file after the changes; raises `FixRefused` with the reason if it is not better by all of them."""
    edits = {edit for change in changes for edit in change.fix.edits}
    try:
        after = spliced(file.path, file.kind, data, edits)
    except (UnreadableSource, RecursionError) as error:
        raise FixRefused(f"the file cannot be read: {error}") from error
    if file.kind is FileKind.NOTEBOOK and not _as_valid(data, after):
        raise FixRefused("the notebook would no longer satisfy its format")
    (outcome,) = run_batch([replace(file, data=after, size=len(after), location=None)])
    _must_be_better(file, outcome, changes, before)
    return Proven(after, outcome)


def _must_be_better(file: SourceFile, outcome: FileOutcome, changes: Sequence[Change], before: Before) -> None:
    lost = [skipped.reason for skipped in outcome.skipped if skipped not in before.skipped]
    if not outcome.analysed or lost:
        raise FixRefused(f"the file could not be read afterwards: {lost[0] if lost else 'it is not analysed'}")
    after = counts(outcome.findings, [outcome.facts])[file.path]
    # What is wrong between two files does not show in one of them: nothing else may become worse there.
    wanted = Counter(change.rule for change in changes if change.rule in before.counts)
    for rule, fixed in wanted.items():
        if after[rule] > before.counts.get(rule, 0) - fixed:
            raise FixRefused(f"{rule} would still speak")
    worse = after - Counter(before.counts)
    if worse:
        raise FixRefused(f"{', '.join(sorted(worse))} would speak instead")


def _as_valid(before: bytes, after: bytes) -> bool:
    """Whether the notebook satisfies its format afterwards, unless it did not before either."""
    return _is_valid(after) or not _is_valid(before)


def _is_valid(data: bytes) -> bool:
    import nbformat  # it takes a while to load, and few changes have notebooks

    try:
        nbformat.validate(nbformat.reads(data.decode("utf-8-sig"), as_version=nbformat.NO_CONVERT))  # type: ignore[no-untyped-call]
    except (nbformat.ValidationError, nbformat.reader.NotJSONError, ValueError, KeyError, AttributeError):
        return False
    return True
