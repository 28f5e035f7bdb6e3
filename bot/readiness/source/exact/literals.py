r"""Values of literal tokens, read from their text and never evaluated as code.

Anything that Python itself would refuse inside a string (an unknown name in `\N{...}`, a cut `\x4`) is kept as written.
"""

from __future__ import annotations

import re
import unicodedata

_STRING = re.compile(r"([A-Za-z]*)(\"\"\"|'''|\"|')(.*)\2\Z", re.DOTALL)
_TEXT_ESCAPE = re.compile(
    r"\\(?:\n|[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^}]*\}|[\\'\"abfnrtv])"
)
_BYTES_ESCAPE = re.compile(r"\\(?:\n|[0-7]{1,3}|x[0-9a-fA-F]{2}|[\\'\"abfnrtv])")
_ONE_LETTER = dict(zip("\n\\'\"abfnrtv", ["", "\\", "'", '"', "\a", "\b", "\f", "\n", "\r", "\t", "\v"], strict=True))
_HIGHEST_CODE_POINT = 0x10FFFF


def string_value(token: str) -> str | bytes:
    """The value of a string or bytes token with its prefix and quotes."""
    if "\\" not in token and "\r" not in token and token[0] in "'\"":  # nearly every string of a program
        quote = 3 if len(token) >= 6 and token[:3] in ('"""', "'''") else 1
        return token[quote:-quote]
    match = _STRING.match(token)
    if match is None:
        raise ValueError(f"not a string token: {token[:40]!r}")
    prefix, _, body = match.groups()
    return _bytes_value(body, prefix) if "b" in prefix.lower() else text_value(body, prefix)


def text_value(body: str, prefix: str = "") -> str:
    """The value of what stands between the quotes of a text string with this prefix."""
    body = body.replace("\r\n", "\n").replace("\r", "\n")
    if "\\" not in body or "r" in prefix.lower():
        return body
    return _TEXT_ESCAPE.sub(_unescape, body)


def _bytes_value(body: str, prefix: str) -> bytes:
    body = body.replace("\r\n", "\n").replace("\r", "\n")
    if "\\" in body and "r" not in prefix.lower():
        body = _BYTES_ESCAPE.sub(lambda match: _unescape(match, 0xFF), body)
    return body.encode("latin-1", "replace")


def _unescape(match: re.Match[str], mask: int = -1) -> str:
    text = match.group()
    rest = text[1:]
    if rest in _ONE_LETTER:
        return _ONE_LETTER[rest]
    if rest[0] == "N":
        return _named_character(text)
    code = int(rest[1:], 16) if rest[0] in "xuU" else int(rest, 8) & mask
    return chr(code) if code <= _HIGHEST_CODE_POINT else text


def _named_character(escape: str) -> str:
    try:
        return unicodedata.lookup(escape[3:-1])
    except KeyError:
        return escape


def number_value(token: str) -> int | float | complex:
    """The value of a number token; ValueError for a decimal number of thousands of digits, which Python refuses too."""
    lowered = token.lower()
    if lowered.endswith("j"):
        return complex(lowered)
    if lowered.startswith(("0x", "0o", "0b")):
        return int(lowered, 0)
    return float(lowered) if "." in lowered or "e" in lowered else int(lowered)
