"""Which versions a requirement permits, as far as a comparison with one version needs it: pip, Poetry and conda alike."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Self

from packaging.version import InvalidVersion, Version

_CLAUSE = re.compile(r"(?P<sign>===?|=|>=|<=|!=|~=|~|\^|>|<)?\s*v?(?P<version>\d[\w.+!]*?)(?P<any>\.\*)?")
_OTHER_SIGNS = {"": "==", "=": "==", "===": "=="}


@dataclass(frozen=True, slots=True)
class Range:
    """The lowest permitted version, and the version that no permitted one reaches; None where there is no limit."""

    low: Version | None = None
    end: Version | None = None

    @classmethod
    def parse(cls, specifier: str | None) -> Self | None:
        """The range of a requirement; None if it is none that can be compared, such as an address or alternatives."""
        low: list[Version] = []
        end: list[Version] = []
        if specifier is None:
            return None
        for clause in filter(None, (part.strip() for part in specifier.split(","))):
            match = _CLAUSE.fullmatch(clause)
            if match is None:
                return None
            try:
                _limit(match, low, end)
            except InvalidVersion:
                return None
        return cls(max(low, default=None), min(end, default=None))

    def below(self, end: str) -> Range:
        """What of it is below a version; all of it if nothing is, for then it knows better."""
        last = Version(end)
        if self.low is not None and self.low >= last:
            return self
        return replace(self, end=min(last, self.end or last))

    def is_at_least(self, version: str) -> bool:
        """Whether every permitted version is this one or a later one."""
        return self.low is not None and self.low >= Version(version)

    def may_be_at_least(self, version: str) -> bool:
        """Whether some permitted version is this one or a later one."""
        return self.end is None or self.end > Version(version)


def _limit(match: re.Match[str], low: list[Version], end: list[Version]) -> None:
    sign = _OTHER_SIGNS.get(match["sign"] or "", match["sign"])
    version = Version(match["version"])
    if sign in (">=", ">", "~=", "~", "^", "=="):
        low.append(version)
    if sign in ("<", "<="):
        # What ends with a version that is permitted itself ends right after it.
        end.append(version if sign == "<" else _next(version, len(version.release)))
    elif sign == "==":
        end.append(_next(version, len(version.release)))
    elif sign == "~=":
        end.append(_next(version, max(len(version.release) - 1, 1)))
    elif sign == "~":
        end.append(_next(version, min(len(version.release), 2)))
    elif sign == "^":
        zeros = next((n for n, part in enumerate(version.release) if part), len(version.release) - 1)
        end.append(_next(version, zeros + 1))


def _next(version: Version, parts: int) -> Version:
    """The version that follows if only this many parts count: 1.2.3 with two parts gives 1.3."""
    *kept, last = version.release[:parts]
    return Version(".".join(map(str, (*kept, last + 1))))
