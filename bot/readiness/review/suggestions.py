"""Suggestions that are proven: applied, parsed and checked again in a worker before anybody sees them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from readiness.collect.source_file import SourceFile
from readiness.engine.outcome import Outcome
from readiness.errors import UnreadableSource
from readiness.facts.sorts import FileKind
from readiness.finding import Finding
from readiness.fix.proof import Before, Change, counts, proven
from readiness.fix.splice import FixRefused
from readiness.fix.workers import in_workers
from readiness.review.analysis import Suggestion
from readiness.review.replaced_lines import in_one_place, replaced_lines
from readiness.rulebook.book import Rulebook

MAX_LINES = 20
MAX_CHARACTERS = 2_000
"""A longer suggestion is no longer read before it is applied."""
MAX_PROOFS = 60


@dataclass(frozen=True, slots=True)
class Request:
    """A fix to prove, with what the rules say about the file before it."""

    file: SourceFile
    change: Change
    before: Before


@dataclass(frozen=True, slots=True)
class Proven:
    """The suggestions by fingerprint, and how many fixes failed the proof."""

    suggestions: Mapping[str, Suggestion]
    failed: int = 0


def prove_all(
    findings: Iterable[Finding], outcome: Outcome, files: Mapping[str, SourceFile], rulebook: Rulebook, *, jobs: int
) -> Proven:
    """Prove the fixes of `findings`; the outcome is what the rules say about the files as they are."""
    before = counts(outcome.findings, outcome.facts)
    skipped = frozenset(outcome.skipped)
    requests = {
        finding.fingerprint: Request(
            files[finding.mended_path],
            Change(finding.fingerprint, finding.rule, finding.fix),
            Before(before[finding.mended_path], skipped),
        )
        for finding in findings
        if finding.fix and finding.fix.edits and finding.mended_path in files
    }
    chosen = dict(list(requests.items())[:MAX_PROOFS])
    results = in_workers(prove, chosen, rulebook, jobs)
    suggestions = {name: found for name, found in results.items() if found}
    return Proven(suggestions, len(chosen) - len(suggestions))


def prove(request: Request) -> Suggestion | None:
    """Runs in a worker: the suggestion, if the file that it gives is read and judged better in this one point."""
    file = request.file
    try:
        data = file.read()
        text = data.decode("utf-8")
        after = proven(file, data, [request.change], request.before).data.decode("utf-8")
    except (UnreadableSource, UnicodeDecodeError, FixRefused):
        return None
    # The platform writes line ends of its own, and counts a byte order mark as text.
    if "\r" in text or text.startswith("\ufeff"):
        return None
    if file.kind is FileKind.NOTEBOOK and len(text.splitlines()) == 1:
        return None  # minified: nobody could read what is suggested
    if len(request.change.fix.edits) > 1 and not in_one_place(text, after):
        return None  # an import that it needs stands elsewhere
    replaced = replaced_lines(text, after)
    lines = max(len(replaced.lines), replaced.last - replaced.first + 1)
    if lines > MAX_LINES or sum(map(len, replaced.lines)) > MAX_CHARACTERS:
        return None
    return Suggestion(file.path, replaced.first, replaced.last, replaced.lines)
