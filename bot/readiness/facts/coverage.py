"""Which lines a test run executed, from `coverage.xml` (Cobertura), `coverage.json` or `lcov.info`; believed when given."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree import ElementTree

from readiness.errors import UsageError

_ADVICE = "Write it with `coverage xml`, `coverage json` or `coverage lcov`."


@dataclass(frozen=True, slots=True)
class Coverage:
    """Executed lines by file; the paths are those of the report."""

    lines: dict[str, frozenset[int]]
    _meant: dict[str, str | None] = field(default_factory=dict, repr=False, compare=False)

    def executed(self, path: str, first: int, last: int) -> bool | None:
        """Whether a line of the range below its header ran; None if the report does not know the file."""
        if path not in self._meant:
            self._meant[path] = self._reported(path)
        reported = self._meant[path]
        return None if reported is None else any(line in self.lines[reported] for line in range(first + 1, last + 1))

    def _reported(self, path: str) -> str | None:
        """The name of a file in the report, whatever folder that counts from: the one with the longest common end."""
        nearest = max(self.lines, key=lambda other: _common_end(path, other), default=None)
        return nearest if nearest is not None and _common_end(path, nearest) else None


def _common_end(path: str, other: str) -> int:
    """How many parts the shorter of two paths has, if the longer one ends with them."""
    parts, others = PurePosixPath(path).parts, PurePosixPath(other).parts
    shorter = min(len(parts), len(others))
    return shorter if parts[-shorter:] == others[-shorter:] else 0


def read_coverage(path: Path) -> Coverage:
    """Read a coverage report; raises `UsageError` if it is none."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read the coverage report: {error}", where=str(path), advice=_ADVICE) from error
    try:
        return Coverage(dict(_reader(text)(text)))
    except (ValueError, KeyError, TypeError, AttributeError, ElementTree.ParseError) as error:
        raise UsageError(f"not a coverage report: {error}", where=str(path), advice=_ADVICE) from error


def _reader(text: str) -> Callable[[str], Iterator[tuple[str, frozenset[int]]]]:
    start = text.lstrip()[:3]
    if start in ("TN:", "SF:"):
        return _from_lcov
    return _from_json if start[:1] == "{" else _from_xml


def _from_lcov(text: str) -> Iterator[tuple[str, frozenset[int]]]:
    """The records of one file may be many, one for each test."""
    executed: dict[str, set[int]] = {}
    lines: set[int] = set()
    for record in text.splitlines():
        kind, _, value = record.partition(":")
        if kind == "SF":
            lines = executed.setdefault(value.strip().replace("\\", "/"), set())
        elif kind == "DA":
            number, hits = map(int, value.split(",")[:2])
            lines.update([number] if hits > 0 else [])
    for name, numbers in executed.items():
        yield name, frozenset(numbers)


def _from_json(text: str) -> Iterator[tuple[str, frozenset[int]]]:
    files: dict[str, Any] = json.loads(text)["files"]
    for name, file in files.items():
        yield name.replace("\\", "/"), frozenset(map(int, file["executed_lines"]))


def _from_xml(text: str) -> Iterator[tuple[str, frozenset[int]]]:
    if "<!ENTITY" in text:
        raise ValueError("it declares entities")
    root = ElementTree.fromstring(text)  # noqa: S314 - no entities, see above
    if root.tag != "coverage":
        raise ValueError(f"its root is <{root.tag}>")
    folders = [folder.text or "" for folder in root.iter("source")] or [""]
    executed: dict[str, set[int]] = {}
    for file in root.iter("class"):
        lines = {int(line.get("number", 0)) for line in file.iter("line") if int(line.get("hits", 0)) > 0}
        for folder in folders:  # of which folder a name counts from is not said
            name = f"{folder}/{file.get('filename') or ''}" if folder else file.get("filename") or ""
            executed.setdefault(name.replace("\\", "/"), set()).update(lines)
    for name, numbers in executed.items():
        yield name, frozenset(numbers)
