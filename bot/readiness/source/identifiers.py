"""The words of a text, found without parsing: rules whose words are not among them cannot match."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d]\w*")


def identifiers(text: str) -> frozenset[str]:
    """Every word that could be a name, those in strings and comments included."""
    return frozenset(_WORD.findall(text))
