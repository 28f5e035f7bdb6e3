"""Errors that a user can act on: each says what, where and what to do, and owns its exit code."""

from __future__ import annotations

import re
from enum import IntEnum


class ExitCode(IntEnum):
    """What the process tells its caller (design §4)."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    INCOMPLETE = 3


class ReadinessError(Exception):
    """Base of every error that is shown to the user without a traceback.

    `where` is a place such as `readiness.yaml:3:5`; `advice` is the next thing to try.
    """

    exit_code: ExitCode = ExitCode.USAGE

    def __init__(self, what: str, *, where: str = "", advice: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.advice = advice

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f"\n  {self.advice}" if self.advice else ""
        return f"{place}{self.what}{advice}"


class UsageError(ReadinessError):
    """Wrong arguments: a path that does not exist, a format that is not known."""


class ConfigError(ReadinessError):
    """A mistake in readiness.yaml or [tool.readiness]."""


class GitError(ReadinessError):
    """A revision that does not exist, or a directory that is no repository."""


class RulesNotFound(ReadinessError):
    """The built-in rules are missing: the installation is broken."""


class RuleError(ReadinessError):
    """A mistake in a rule file; several may be reported at once."""

    def __init__(self, what: str, *, where: str = "", advice: str = "", others: tuple[RuleError, ...] = ()) -> None:
        super().__init__(what, where=where, advice=advice)
        self.others = others

    def __str__(self) -> str:
        return "\n".join([ReadinessError.__str__(self), *map(str, self.others)])


class PatternError(ReadinessError):
    """A pattern that is not valid; `where` is filled by the rule loader, which knows the file."""


class UnreadableSource(ReadinessError):
    """A file that cannot be analysed; becomes a `Skipped` line and never ends the run."""

    @property
    def line(self) -> int | None:
        """The line that `where` (`path:line:column`) names, if it names one."""
        place = re.search(r":(\d+)(?::\d+)?$", self.where)
        return int(place[1]) if place else None


class KeptElsewhere(UnreadableSource):
    """A file of which the repository holds only a pointer, on purpose."""
