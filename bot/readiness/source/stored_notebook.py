"""The stored file of a notebook -> its cells, with the line of the file that each of their lines stands on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import nbformat
from nbformat import converter, reader

from readiness.errors import UnreadableSource
from readiness.source.cells import Cell, cell_text, read_cell
from readiness.source.json_text import JsonMap, JsonPath

MAX_CHARACTERS = 50_000_000
_UNFIT = (nbformat.ValidationError, nbformat.reader.NotJSONError, AttributeError, KeyError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class StoredNotebook:
    """What a notebook file holds; `major` is the version of nbformat that it was stored in."""

    cells: list[Cell]
    language: str
    major: int
    widget_state: int
    """How many characters the stored state of its widgets has."""


def read_stored(path: str, text: str) -> StoredNotebook:
    """Read a notebook of nbformat 3 or 4; raises `UnreadableSource` with the place of what is wrong."""
    if len(text) > MAX_CHARACTERS:
        raise UnreadableSource(
            f"the notebook is larger than {MAX_CHARACTERS // 1_000_000} MB",
            where=path,
            advice="Clear its outputs, or keep the data in files.",
        )
    places = JsonMap(path, text)
    raw, major = _read(path, text)
    paths = _cell_paths(places, len(raw.cells))
    try:
        cells = [read_cell(n, cell, places, at) for n, (cell, at) in enumerate(zip(raw.cells, paths, strict=True))]
    except (AttributeError, TypeError, ValueError) as error:
        raise _invalid(path, str(error)) from error
    return StoredNotebook(cells, _language(raw), major, _widget_state(raw))


def cell_texts(path: str, text: str) -> list[str]:
    """The text of each cell, without its place in the file."""
    raw, _ = _read(path, text)
    return [cell_text(cell.get("source")) for cell in raw.cells]


def _read(path: str, text: str) -> tuple[Any, int]:
    """The notebook as nbformat 4, and the version that it was stored in."""
    try:
        raw = reader.reads(text)  # type: ignore[no-untyped-call]
        major = int(raw.nbformat)
        notebook = raw if major == 4 else converter.convert(raw, 4)  # type: ignore[no-untyped-call]
    except _UNFIT as error:
        raise _invalid(path, *_explained(error)) from error
    if not isinstance(notebook.get("cells"), list) or not all(isinstance(cell, dict) for cell in notebook.cells):
        raise _invalid(path, "it has no list of cells")
    return notebook, major


def _explained(error: Exception) -> tuple[str, str]:
    cause = error.__cause__ or error
    if isinstance(cause, json.JSONDecodeError):
        return f"no valid JSON: {cause.msg}", f":{cause.lineno}:{cause.colno}"
    return str(error).splitlines()[0][:200] if str(error) else type(error).__name__, ""


def _invalid(path: str, what: str, place: str = "") -> UnreadableSource:
    return UnreadableSource(
        f"not a readable notebook: {what}", where=path + place, advice="Open it in Jupyter and save it again."
    )


def _cell_paths(places: JsonMap, count: int) -> list[JsonPath]:
    """Where each cell stands in the stored file: nbformat 3 has its cells in worksheets."""
    found = [path for path in places.offsets if _is_cell(path)]
    return found if len(found) == count else [("cells", index) for index in range(count)]


def _is_cell(path: JsonPath) -> bool:
    in_worksheet = len(path) == 4 and path[0] == "worksheets" and path[2] == "cells"
    return in_worksheet or (len(path) == 2 and path[0] == "cells")


def _widget_state(raw: Any) -> int:
    stored = (raw.get("metadata") or {}).get("widgets")
    return len(json.dumps(stored)) if stored else 0


def _language(raw: Any) -> str:
    metadata = raw.get("metadata") or {}
    kernel = metadata.get("kernelspec") or {}
    info = metadata.get("language_info") or {}
    named = kernel.get("language") or info.get("name") or "python"
    return str(named)
