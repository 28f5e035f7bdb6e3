"""The sorts of files: what one is to the reviewer, and what it is for."""

from __future__ import annotations

from enum import StrEnum


class FileKind(StrEnum):
    """What a file is to the reviewer."""

    PYTHON = "python"
    NOTEBOOK = "notebook"
    DOCUMENT = "document"
    MANIFEST = "manifest"
    TEXT = "text"  # read as text only: configuration, data descriptions
    OTHER = "other"  # never read: its path is known, nothing else


class Role(StrEnum):
    """What a file is for; rules speak about `source` unless they say otherwise."""

    SOURCE = "source"
    TEST = "test"
    EXAMPLE = "example"
    VENDORED = "vendored"
    GENERATED = "generated"
