"""The result of a run as every format reads it: nothing is decided after this."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from readiness.collect.source_file import SourceFile
from readiness.errors import ExitCode
from readiness.finding import Finding, Severity, Skipped


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """What a report tells about a rule that ran."""

    id: str
    title: str
    pillar: str
    severity: Severity
    why: str = ""
    next_step: str = ""
    learn: tuple[str, ...] = ()
    lesson: str = ""
    """The concept that it teaches."""
    compares_card: bool = False
    """Whether it holds what a model card states against the rest of the project."""


@dataclass(frozen=True, slots=True)
class Report:
    """Findings in the order of their places, what was not analysed, and the figures of the run."""

    findings: tuple[Finding, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    analysed: int = 0
    rules: tuple[RuleInfo, ...] = ()
    silenced: int = 0
    """Findings that an inline comment silences."""
    seconds: float = 0.0
    fail_on: Severity = Severity.ERROR
    shown_from: str = ""
    """The folder that a person at a terminal is in, seen from the root that all paths count from."""
    files: Mapping[str, SourceFile] = field(default_factory=dict)
    """What was read, by path, for a format that shows the code around a finding."""

    @property
    def counts(self) -> dict[Severity, int]:
        """How many findings there are of each severity, the highest first."""
        counted = Counter(finding.severity for finding in self.findings)
        return {severity: counted[severity] for severity in sorted(Severity, reverse=True)}

    @property
    def most_important_first(self) -> list[Finding]:
        """The findings by severity, then by how sure they are; among equals by their places."""
        return sorted(self.findings, key=lambda finding: (-finding.severity, -finding.confidence))

    @property
    def incomplete(self) -> bool:
        """Whether something was left out that the user did not ask to leave out."""
        return any(not skipped.expected for skipped in self.skipped)

    @property
    def exit_code(self) -> ExitCode:
        """An incomplete run never looks clean, nor does it look like one with findings only."""
        if self.incomplete:
            return ExitCode.INCOMPLETE
        failing = any(finding.severity >= self.fail_on for finding in self.findings)
        return ExitCode.FINDINGS if failing else ExitCode.CLEAN
