"""Suggestions that are proven: applied, parsed and checked again in a worker before anybody sees them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from concurrent.futures import CancelledError
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace

from readiness.collect.source_file import SourceFile
from readiness.engine.sandbox import Limits, run_batch
from readiness.engine.workers import process_pool
from readiness.errors import UnreadableSource
from readiness.facts.model import FileKind
from readiness.finding import Finding, Fix
from readiness.review.analysis import Suggestion
from readiness.review.candidates import Candidate, in_notebook, in_python
from readiness.rulebook.book import Rulebook

MAX_LINES = 20
"""A longer suggestion is no longer read before it is applied."""
MAX_PROOFS = 60


@dataclass(frozen=True, slots=True)
class Request:
    """A fix to prove, with what the rules say about the file before it."""

    file: SourceFile
    rule: str
    fix: Fix
    before: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Proven:
    """The suggestions by fingerprint, and how many fixes failed the proof."""

    suggestions: Mapping[str, Suggestion]
    failed: int = 0


def prove_all(
    findings: Iterable[Finding],
    everything: Iterable[Finding],
    files: Mapping[str, SourceFile],
    rulebook: Rulebook,
    *,
    jobs: int,
) -> Proven:
    """Prove the fixes of `findings`; `everything` is what the rules say about the files as they are."""
    before: dict[str, Counter[str]] = {}
    for other in everything:
        if not other.project:
            before.setdefault(other.location.path, Counter())[other.rule] += 1
    requests = {
        finding.fingerprint: Request(
            files[finding.location.path], finding.rule, finding.fix, before[finding.location.path]
        )
        for finding in findings
        if finding.fix and finding.fix.edits and not finding.project and finding.location.path in files
    }
    chosen = dict(list(requests.items())[:MAX_PROOFS])
    results = _in_workers(chosen, rulebook, jobs) if chosen else {}
    return Proven(
        {name: found for name, found in results.items() if found}, sum(not found for found in results.values())
    )


def _in_workers(requests: Mapping[str, Request], rulebook: Rulebook, jobs: int) -> dict[str, Suggestion | None]:
    """A worker that dies takes the proofs still waiting with it: a missing suggestion is no missing finding."""
    with process_pool(rulebook, Limits(seconds=20))(min(jobs, len(requests))) as executor:
        futures = {name: executor.submit(prove, request) for name, request in requests.items()}
        results: dict[str, Suggestion | None] = {}
        for name, future in futures.items():
            try:
                results[name] = future.result()
            except (BrokenProcessPool, CancelledError):
                results[name] = None
    return results


def prove(request: Request) -> Suggestion | None:
    """Runs in a worker: the suggestion, if the file that it gives is read and judged better in just this point."""
    try:
        candidate = _candidate(request)
    except (UnreadableSource, UnicodeDecodeError, RecursionError):
        return None
    if candidate is None or max(len(candidate.lines), candidate.last - candidate.first + 1) > MAX_LINES:
        return None
    if not _is_better(request, candidate):
        return None
    return Suggestion(request.file.path, candidate.first, candidate.last, candidate.lines)


def _candidate(request: Request) -> Candidate | None:
    text = request.file.read().decode("utf-8")
    if text.startswith("\ufeff"):
        return None
    if request.file.kind is FileKind.NOTEBOOK:
        candidate = in_notebook(request.file.path, text, request.fix.edits)
        return candidate if candidate and _as_valid(text, candidate.text) else None
    return in_python(text, request.fix.edits)


def _is_better(request: Request, candidate: Candidate) -> bool:
    data = candidate.text.encode()
    (outcome,) = run_batch([replace(request.file, data=data, size=len(data), location=None)])
    after = Counter(finding.rule for finding in outcome.findings)
    worse = after - Counter(request.before)
    return outcome.analysed and not outcome.skipped and not worse and after[request.rule] < request.before[request.rule]


def _as_valid(before: str, after: str) -> bool:
    """Whether the notebook satisfies its format afterwards, unless it did not before either."""
    return _is_valid(after) or not _is_valid(before)


def _is_valid(text: str) -> bool:
    import nbformat  # it takes a while to load, and few changes have notebooks

    try:
        nbformat.validate(nbformat.reads(text, as_version=nbformat.NO_CONVERT))  # type: ignore[no-untyped-call]
    except (nbformat.ValidationError, nbformat.reader.NotJSONError, ValueError, KeyError, AttributeError):
        return False
    return True
