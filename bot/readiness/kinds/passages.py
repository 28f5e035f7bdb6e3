"""Text that is not code (outputs and prose of a notebook, documents, configuration), for formulas that are a `regex`."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

from readiness.config import TOML_NAME, TOML_TABLE, YAML_NAME
from readiness.engine.unit import Unit
from readiness.facts.hit import Hit
from readiness.facts.sorts import FileKind
from readiness.finding import Location
from readiness.kinds.base import TextSearch, globs
from readiness.pattern import formula as f
from readiness.source.cells import Cell
from readiness.source.notebook import NotebookSource

MAX_LINE = 4_000
"""Longer lines are data: an embedded picture or a minified script."""

_OWN_TABLES = re.compile(rf"(?ms)^[ \t]*\[{re.escape(TOML_TABLE)}\b.*?(?=^[ \t]*\[(?!{re.escape(TOML_TABLE)}\b)|\Z)")

_HOLDERS = {
    "config": (FileKind.TEXT, FileKind.MANIFEST),
    "markdown": (FileKind.DOCUMENT, FileKind.NOTEBOOK),
    "outputs": (FileKind.NOTEBOOK,),
}
"""The kinds of file that have such text."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text and where its lines are: `place` takes line, first and last column, all 1-based."""

    text: str
    place: Callable[[int, int, int], Location]
    scope_key: str = ""


def may_have_passages(kind: FileKind, wanted: Collection[str]) -> bool:
    """Whether files of a kind can have any of these texts."""
    return any(kind in _HOLDERS.get(text, ()) for text in wanted)


def passages(unit: Unit, wanted: Collection[str]) -> Iterator[Passage]:
    """The texts of a file that are no code of the program."""
    if unit.notebook is not None:
        yield from _cells(unit.notebook, wanted)
    elif may_have_passages(unit.kind, wanted):
        yield _file(unit)


@cache
def searches_in(formula: f.Formula, others: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """The regular expressions of a formula, and others, ready to search."""
    return tuple(re.compile(regex) for regex in (*_regexes(formula), *others))


def text_hits(searches: Sequence[re.Pattern[str]], passage: Passage) -> Iterator[Hit]:
    """Where one of the regular expressions is found in a passage."""
    for number, line in enumerate(passage.text.split("\n"), 1):
        if len(line) <= MAX_LINE:
            yield from _line_hits(searches, line, number, passage)


def holds_text(unit: Unit, search: TextSearch) -> bool:
    """Whether a file has such a text; how a project configures this tool says nothing of the project."""
    if search.paths and not globs(search.paths).match_file(unit.path):
        return False
    regex = re.compile(search.regex)
    name = PurePosixPath(unit.path).name
    texts = (passage.text for passage in passages(unit, search.texts)) if name != YAML_NAME else ()
    return any(regex.search(_OWN_TABLES.sub("", text) if name == TOML_NAME else text) for text in texts)


def _line_hits(searches: Sequence[re.Pattern[str]], line: str, number: int, passage: Passage) -> Iterator[Hit]:
    taken: set[range] = set()
    for search in searches:
        for match in search.finditer(line):
            span = range(*match.span())
            if any(span.start < other.stop and other.start < span.stop for other in taken):
                continue
            taken.add(span)
            yield Hit(
                location=passage.place(number, span.start + 1, span.stop + 1),
                anchor=" ".join(line.split()),
                scope_key=passage.scope_key,
                source_lines=(line,),
                bindings={f"${index}": value or "" for index, value in enumerate(match.groups(), 1)} | {"$0": match[0]},
            )


def _regexes(formula: f.Formula) -> tuple[str, ...]:
    match formula:
        case f.Regex(regex=regex):
            return (regex,)
        case f.Any(items=items):
            return tuple(regex for item in items for regex in _regexes(item))
        case f.All(items=(f.Regex(regex=regex),)):
            return (regex,)
        case _:
            return ()


def _cells(notebook: NotebookSource, wanted: Collection[str]) -> Iterator[Passage]:
    for cell in notebook.cells:
        if "markdown" in wanted and cell.type == "markdown":
            yield _prose(notebook, cell)
        if "outputs" in wanted:
            yield from (_output(notebook, cell, number) for number in range(len(cell.outputs)))


def _prose(notebook: NotebookSource, cell: Cell) -> Passage:
    def place(line: int, start: int, end: int) -> Location:
        return notebook.locate_in_cell(cell.index, line, start, line, end)

    return Passage(cell.source, place, cell.key)


def _output(notebook: NotebookSource, cell: Cell, number: int) -> Passage:
    def place(line: int, _start: int, _end: int) -> Location:
        return notebook.locate_output(cell.index, number, line)

    return Passage(cell.outputs[number].text, place, cell.key)


def _file(unit: Unit) -> Passage:
    def place(line: int, start: int, end: int) -> Location:
        return Location(unit.path, line, start, line, end, file_line=line, file_end_line=line)

    return Passage(unit.text, place)
