"""Text of the reviewed project in a report: it may be hostile, so whatever could act or deceive is made visible."""

from __future__ import annotations

import posixpath
import unicodedata

from readiness.finding import Finding, Skipped
from readiness.judge.report import Report

_HIDDEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""Unicode categories of controls, formats such as bidirectional overrides, what has no known shape, line separators."""
TAB = " " * 4


def visible(text: str) -> str:
    """One line of text as it is safe to print: invisible characters are written as escapes, tabs as spaces."""
    return text if text.isascii() and text.isprintable() else "".join(map(_visible, text))


def _visible(character: str) -> str:
    if character == "\t":
        return TAB
    if unicodedata.category(character) not in _HIDDEN:
        return character
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a file name that is not UTF-8
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def counted(count: int, noun: str, plural: str = "") -> str:
    """`1 file`, `2 files`."""
    return f"{count} {noun if count == 1 else plural or noun + 's'}"


def totals(report: Report) -> str:
    """`2 errors, 1 warning`, or nothing."""
    return ", ".join(counted(count, severity.label) for severity, count in report.counts.items() if count)


def place_of(finding: Finding, shown_from: str = "") -> str:
    """Where a person looks: `path:line:column`, or the cell of a notebook as it is counted from 1."""
    place = finding.location
    path = visible(seen_from(place.path, shown_from))
    if place.cell is not None:
        return f"{path} cell {place.cell + 1}, line {place.line}, column {place.column}"
    return f"{path}:{place.line}:{place.column}" if finding.source_lines else path


def place_of_skipped(skipped: Skipped, shown_from: str = "") -> str:
    """The file, and the cell or line if only a part was left out."""
    path = visible(seen_from(skipped.path, shown_from))
    if skipped.cell is not None:
        return f"{path} cell {skipped.cell + 1}" + ("" if skipped.line is None else f", line {skipped.line}")
    return path if skipped.line is None else f"{path}:{skipped.line}"


def seen_from(path: str, shown_from: str) -> str:
    """A path as it is written in a folder, so that it can be copied or clicked there."""
    return posixpath.relpath(path, shown_from) if shown_from else path
