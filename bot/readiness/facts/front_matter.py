"""The fields of a document's front matter: one for each value, with the line of its key."""

from __future__ import annotations

import re
from collections.abc import Iterator

from readiness.facts.hit import Hit
from readiness.facts.texts import FieldFact
from readiness.finding import Location
from readiness.source.document import DocumentSource

_KEY = re.compile(r"([\w-]+)\s*:")


def front_matter_fields(source: DocumentSource) -> Iterator[FieldFact]:
    """The fields in order; a list gives one for each of its elements."""
    lines = _lines_of_keys(source.lines)
    for name, value in source.front_matter.items():
        if name in lines:
            hit = _hit(source, lines[name], name)
            yield from (_field(name, one, hit) for one in (value if isinstance(value, list) else [value]))


def _field(name: str, value: object, hit: Hit) -> FieldFact:
    nested = isinstance(value, dict | list)
    return FieldFact(name, "" if value is None or nested else str(value), nested, hit)


def _lines_of_keys(lines: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, line in enumerate(lines[1:], 2):
        if line.rstrip() == "---":
            break
        if key := _KEY.match(line):
            found.setdefault(key[1], number)
    return found


def _hit(source: DocumentSource, line: int, name: str) -> Hit:
    text = source.lines[line - 1]
    location = Location(source.path, line, 1, line, len(text) + 1, file_line=line, file_end_line=line)
    return Hit(location, anchor=" ".join(text.split()), scope_key=name, source_lines=(text,))
