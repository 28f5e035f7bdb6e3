"""The functions that conditions may call: pure, small, and on values they were given."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

_MAX_TEXT = 100_000


def re_match(regex: str, value: object) -> bool:
    """The text begins with a match of the regular expression."""
    return re.match(str(regex), _text(value)) is not None


def re_search(regex: str, value: object) -> bool:
    """The text holds a match of the regular expression."""
    return re.search(str(regex), _text(value)) is not None


def count(items: Sequence[Any], *value: object) -> int:
    """How often the value is among the items; without a value, how many items are true."""
    return items.count(value[0]) if value else sum(1 for item in items if item)


def lower(value: object) -> str:
    """The text in lower case."""
    return str(value).lower()


def upper(value: object) -> str:
    """The text in upper case."""
    return str(value).upper()


def integer(value: Any) -> int:
    """A whole number, also of a text such as "0x1f"."""
    return int(value, 0) if isinstance(value, str) else int(value)


def today() -> date:
    """The day on which the check runs."""
    return datetime.now(tz=UTC).date()


def before(one: object, other: object) -> bool:
    """True if the first date (a date, or a text such as 2026-01-31) is earlier."""
    return _date(one) < _date(other)


def entropy(value: object) -> float:
    """Bits per character: about 4 and more for random text, below 3.5 for words."""
    text = _text(value)
    shares = [n / len(text) for n in Counter(text).values()]
    return -sum(share * math.log2(share) for share in shares)


def glob(path: object, pattern: str) -> bool:
    """The path matches the pattern, with the meaning of .gitignore (`**` is any number of folders)."""
    return bool(_path_pattern(pattern).match_file(str(path)))


@lru_cache(maxsize=256)
def _path_pattern(pattern: str) -> Any:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines([pattern])


def _text(value: object) -> str:
    return str(value)[:_MAX_TEXT]


def _date(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


FUNCTIONS: dict[str, Callable[..., object]] = {
    "len": len,
    "int": integer,
    "float": float,
    "str": str,
    "bool": bool,
    "abs": abs,
    "min": min,
    "max": max,
    "all": all,
    "any": any,
    "re_match": re_match,
    "re_search": re_search,
    "count": count,
    "lower": lower,
    "upper": upper,
    "today": today,
    "before": before,
    "entropy": entropy,
    "glob": glob,
    "strptime": _date,
}
METHODS: dict[str, Callable[..., object]] = {"re.match": re_match, "re.search": re_search}
"""Spellings that Semgrep's rules use."""
