"""A batch of files as it travels to a worker that does not see the disk they are on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from readiness.collect.source_file import SourceFile
from readiness.engine.analyse import unreadable
from readiness.engine.outcome import FileOutcome
from readiness.engine.sandbox import Limits
from readiness.errors import UnreadableSource


@dataclass(frozen=True, slots=True)
class Task:
    """Files with their bytes, or what came of one that cannot be read."""

    files: tuple[SourceFile | FileOutcome, ...]
    limits: Limits
    profiled: bool


def with_bytes(file: SourceFile) -> SourceFile | FileOutcome:
    """A file that brings its content."""
    try:
        return replace(file, data=file.read(), location=None)
    except UnreadableSource as error:
        return unreadable(file, error)
