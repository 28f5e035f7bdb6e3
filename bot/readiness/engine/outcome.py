"""What analysing brings back: of one file, and of a whole run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from readiness.collect.source_file import SourceFile
from readiness.facts.model import FileFacts
from readiness.finding import Finding, Skipped


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """All that one file gave: nothing later needs its text again."""

    facts: FileFacts
    findings: tuple[Finding, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    analysed: bool = True
    """False if nothing of the file could be read."""
    digest: bytes = b""
    """Of the bytes that were analysed, to tell later whether the file is still the same; empty if the outcome depends on
    more than them, as when the machine had too little memory."""
    spent: Mapping[str, float] = field(default_factory=dict)
    """The seconds that each rule took, if they are asked for."""


def never_read(file: SourceFile) -> FileOutcome:
    """The outcome of a file of which only the path matters, or is known."""
    facts = FileFacts(path=file.path, kind=file.kind, role=file.role, size=file.size)
    return FileOutcome(facts=facts, analysed=False)


def not_analysed(
    file: SourceFile, reason: str, line: int | None = None, *, expected: bool = False, digest: bytes = b""
) -> FileOutcome:
    """The outcome of a file of which nothing could be understood."""
    skipped = Skipped(file.path, reason, line=line, expected=expected)
    return replace(never_read(file), skipped=(skipped,), digest=digest)


@dataclass(frozen=True, slots=True)
class Outcome:
    """All findings of a run before anything is judged or hidden, with what was left out and why."""

    findings: tuple[Finding, ...]
    facts: tuple[FileFacts, ...]
    skipped: tuple[Skipped, ...]
    analysed: frozenset[str]
    """The paths of the files that were read and parsed."""
