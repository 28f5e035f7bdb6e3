"""The code around each finding, with what is meant marked; what a rule keeps secret stays hidden around every other finding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from readiness.collect.source_file import SourceFile
from readiness.errors import UnreadableSource
from readiness.facts.sorts import FileKind
from readiness.finding import Finding, Location
from readiness.judge.report import Report
from readiness.kinds.base import MASK
from readiness.report._text import visible
from readiness.source.text import decode_data

AROUND = 3
"""Lines shown above and below what is meant."""
MAX_MARKED = 12
_Text = tuple[str, int | None]
"""A file, or a cell of a notebook."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of code, cut where the mark begins and ends."""

    number: int
    before: str
    marked: str = ""
    after: str = ""


class Excerpts:
    """The excerpts of one report; without its files, or where they changed since, findings show their own lines only."""

    def __init__(self, report: Report) -> None:
        self._read = cache(_Files(report.files).lines)
        self._hidden: dict[_Text, dict[int, str]] = defaultdict(dict)
        for finding in report.findings:
            if finding.source_lines and not self._as_read(finding):
                self._hidden[_text_of(finding.location)] |= _hidden_lines(finding)

    def of(self, finding: Finding) -> list[Line]:
        """The lines to show for a finding; none if it is about a whole file."""
        place, own = finding.location, finding.source_lines
        if not self._as_read(finding):
            return [_line(number, text, place) for number, text in enumerate(own, place.line)]
        lines, hidden = self._read(_text_of(place)), self._hidden.get(_text_of(place), {})
        last = min(place.end_line, place.line + MAX_MARKED - 1)
        shown = range(max(1, place.line - AROUND), min(len(lines), last + AROUND) + 1)
        return [_line(number, hidden.get(number, lines[number - 1]), place) for number in shown]

    def _as_read(self, finding: Finding) -> bool:
        """Whether its lines stand in the file as it shows them."""
        own, first = finding.source_lines, finding.location.line - 1
        return bool(own) and tuple(self._read(_text_of(finding.location))[first : first + len(own)]) == own


class _Files:
    """The files of a report as lines."""

    def __init__(self, files: Mapping[str, SourceFile]) -> None:
        self._files = files
        self._notebook = cache(self._cells)

    def lines(self, text: _Text) -> list[str]:
        """The lines of a file or cell; none if it cannot be read any more."""
        path, cell = text
        try:
            if cell is None:
                return _lines(self._decoded(path))
            cells = self._notebook(path)
        except UnreadableSource:
            return []
        return _lines(cells[cell]) if cell < len(cells) else []

    def _decoded(self, path: str) -> str:
        file = self._files.get(path)
        return decode_data(path, file.read()) if file and file.kind is not FileKind.OTHER else ""

    def _cells(self, path: str) -> list[str]:
        from readiness.source.stored_notebook import cell_texts

        text = self._decoded(path)
        return cell_texts(path, text) if text else []


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _text_of(place: Location) -> _Text:
    return place.path, place.cell


def _hidden_lines(finding: Finding) -> dict[int, str]:
    """The lines as the finding shows them; those that it does not show are hidden whole."""
    place, own = finding.location, finding.source_lines
    shown = dict(enumerate(own, place.line))
    return {number: shown.get(number, MASK) for number in range(place.line, place.line + max(len(own), _height(place)))}


def _height(place: Location) -> int:
    return place.end_line - place.line + 1


def _line(number: int, text: str, place: Location) -> Line:
    """A line with the part of it that the place covers."""
    if not place.line <= number <= place.end_line:
        return Line(number, visible(text))
    indent = len(text) - len(text.lstrip())
    start = place.column - 1 if number == place.line else indent
    end = place.end_column - 1 if number == place.end_line else len(text)
    if end <= start:  # a place without width stands for its line
        start, end = indent, len(text)
    return Line(number, visible(text[:start]), visible(text[start:end]), visible(text[end:]))
