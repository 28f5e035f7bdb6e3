"""One file, read and parsed once, as every rule sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.facts.model import FileFacts
from readiness.facts.sorts import FileKind, Role

if TYPE_CHECKING:
    from readiness.source.document import DocumentSource
    from readiness.source.notebook import NotebookSource
    from readiness.source.python import PythonSource


@dataclass(frozen=True, slots=True)
class Unit:
    """The parts that a file has: a notebook has a `notebook` and, for a Python kernel, its joined cells as `python`."""

    path: str
    kind: FileKind
    role: Role
    text: str
    facts: FileFacts
    python: PythonSource | None = None
    notebook: NotebookSource | None = None
    document: DocumentSource | None = None
