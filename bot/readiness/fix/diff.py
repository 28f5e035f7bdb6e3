"""What would be changed, as a unified diff that `git apply` and `patch` take."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

CONTEXT = 3
_NO_NEWLINE = b"\n\\ No newline at end of file\n"


def unified_diff(path: str, before: bytes, after: bytes) -> bytes:
    """The diff of one file, byte for byte as the file is stored."""
    old, new = _name(f"a/{path}"), _name(f"b/{path}")
    lines = difflib.diff_bytes(
        difflib.unified_diff, list(_lines(before)), list(_lines(after)), old, new, n=CONTEXT, lineterm=b"\n"
    )
    return b"".join(line if line.endswith(b"\n") else line + _NO_NEWLINE for line in lines)


def _name(path: str) -> bytes:
    """A path as git writes it: in quotation marks if it could be taken for something else."""
    plain = path.encode("utf-8", "surrogateescape")
    if not any(byte < 0x20 or byte in b'"\\\x7f' for byte in plain):
        return plain + b"\t" if b" " in plain else plain
    return (
        b'"'
        + b"".join(b"\\%03o" % byte if byte < 0x20 or byte in b'"\\\x7f' else b"%c" % byte for byte in plain)
        + b'"'
    )


def _lines(data: bytes) -> Iterator[bytes]:
    """The lines with their ends; unlike `splitlines` only a newline ends one."""
    at = 0
    while at < len(data):
        end = data.find(b"\n", at) + 1 or len(data)
        yield data[at:end]
        at = end
