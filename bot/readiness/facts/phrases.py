"""How the phrases and regular expressions of knowledge files are compared with a text: without case, accents and hyphens."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable


def simplified(text: str) -> str:
    """Text in lower case and without accents, each run of spaces and hyphens one space."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[\s‐-―-]+", " ", bare.replace("’", "'")).split())


def phrases_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Finds one of the phrases at the borders of words; `*` stands for the rest of a word."""
    words = (re.escape(simplified(phrase)).replace(r"\*", r"\w*") for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)")


def any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """Finds what one of the regular expressions finds; nothing if there is none."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or r"(?!)", re.IGNORECASE)
