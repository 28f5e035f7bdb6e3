"""Regular expressions of rules, compiled in a run when they are first needed: those of most rules never are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from readiness.errors import PatternError

_INLINE_FLAGS = re.compile(r"\(\?[aimsux]+\)")


@dataclass(frozen=True, slots=True)
class Regex:
    """A regular expression that is known to be valid, as a rule writes it."""

    text: str
    flags: int = 0

    @property
    def compiled(self) -> re.Pattern[str]:
        """It, ready to search."""
        return compile_regex(self.text, self.flags)


def checked_regex(text: str, flags: int = 0) -> Regex:
    """A regular expression of a rule; `PatternError` if it is none."""
    compile_regex(text, flags)
    return Regex(text, flags)


@cache
def compile_regex(text: str, flags: int = 0) -> re.Pattern[str]:
    """A regular expression; flags such as `(?i)` may stand anywhere in it, as PCRE allows."""
    inline = "".join(dict.fromkeys(_INLINE_FLAGS.findall(text)))
    try:
        return re.compile(inline + _INLINE_FLAGS.sub("", text), flags)
    except re.error as error:
        raise PatternError(f"this is not a valid regular expression: {error}: {text}") from error
