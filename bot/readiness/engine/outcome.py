"""What analysing brings back: of one file, and of a whole run."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Outcome:
    """All findings of a run before anything is judged or hidden, with what was left out and why."""

    findings: tuple[Finding, ...]
    facts: tuple[FileFacts, ...]
    skipped: tuple[Skipped, ...]
    analysed: int
