"""Bytes of a file to text: code is UTF-8 or what its coding cookie says, or refused with advice; data is taken as it is."""

from __future__ import annotations

import codecs
import io
import re
import tokenize

from readiness.errors import UnreadableSource

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UTF_8 = "utf-8-sig"
_COOKIE = re.compile(rb"^(?:\xef\xbb\xbf)?[ \t\f]*#.*?coding[:=]")
# These decode in quadratic time or turn escapes into code points, so that no position would be right.
_REFUSED_CODECS = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape"})


def decode(path: str, data: bytes) -> str:
    """The text of a file without its byte order mark; `path` decides whether a coding cookie counts."""
    if data.startswith(_UTF16_MARKS):
        raise UnreadableSource("the file is UTF-16", where=path, advice="Save it as UTF-8.")
    nul = data.find(b"\0")
    if nul >= 0:
        raise UnreadableSource(
            "the file holds NUL bytes",
            where=_place(path, data, nul),
            advice="It is binary, or damaged: save it as UTF-8 text.",
        )
    encoding = _declared_encoding(path, data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableSource(
            f"byte 0x{data[error.start]:02x} is not valid {encoding.removesuffix('-sig').upper()}",
            where=_place(path, data, error.start),
            advice="Save the file as UTF-8, or declare its encoding (PEP 263).",
        ) from error


def decode_data(path: str, data: bytes) -> str:
    """The text of a file that is no code, in whatever encoding its tool wrote it; only binary data is refused."""
    if data.startswith(_UTF16_MARKS):
        return data.decode("utf-16", errors="replace")
    try:
        return decode(path, data)
    except UnreadableSource:
        if b"\0" in data:
            raise
        return data.decode("cp1252", errors="replace")


def exact_encoding(path: str, data: bytes) -> str:
    """The codec that turns the text of a readable file back into its bytes, with the byte order mark if it has one."""
    encoding = _declared_encoding(path, data)
    return encoding if encoding != _UTF_8 or data.startswith(codecs.BOM_UTF8) else "utf-8"


def _declared_encoding(path: str, data: bytes) -> str:
    if not path.endswith((".py", ".pyi", ".pyw")) or not any(map(_COOKIE.match, data.splitlines()[:2])):
        return _UTF_8
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        # Only decoding refuses codecs that do not give text.
        b"#".decode(encoding)
    except (SyntaxError, LookupError) as error:
        raise _unknown_encoding(path, str(error)) from error
    if encoding.replace("_", "-") in _REFUSED_CODECS:
        raise _unknown_encoding(path, f"{encoding} is not an encoding of source text")
    return encoding


def _unknown_encoding(path: str, what: str) -> UnreadableSource:
    return UnreadableSource(what, where=f"{path}:1", advice="Save the file as UTF-8 and drop the coding comment.")


def _place(path: str, data: bytes, offset: int) -> str:
    line_start = data.rfind(b"\n", 0, offset) + 1
    return f"{path}:{data.count(bytes([10]), 0, offset) + 1}:{offset - line_start + 1}"
