"""All changes of one file that can go together, proven together; one that fails its proof is left out alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from readiness.collect.source_file import SourceFile
from readiness.fix.edits import collide
from readiness.fix.proof import Before, Change, Proven, proven
from readiness.fix.splice import FixRefused


@dataclass(frozen=True, slots=True)
class Task:
    """A file as it was read, the changes that are wanted in it, and what the rules say of it now."""

    file: SourceFile
    data: bytes
    changes: tuple[Change, ...]
    before: Before


@dataclass(slots=True)
class Mended:
    """What came of the changes; those that are in neither list collide with one that was made."""

    made: list[Change] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    """The reasons by the keys of the changes."""
    result: Proven | None = None
    """None if no change was made."""


def mend(task: Task) -> Mended:
    """Runs in a worker: make the changes that go together."""
    mended = Mended()
    _make(task, apart(task.changes), mended)
    return mended


def apart(changes: Sequence[Change]) -> list[Change]:
    """The changes in the order of their places, without those that touch one before them."""
    chosen: list[Change] = []
    for change in sorted(changes, key=lambda change: min(edit.start for edit in change.fix.edits)):
        if not any(collide(change.fix.edits, other.fix.edits) for other in chosen):
            chosen.append(change)
    return chosen


def _make(task: Task, changes: Sequence[Change], mended: Mended) -> None:
    """Add the changes to those that were made; if they fail together, each half by itself."""
    if not changes:
        return
    try:
        mended.result = proven(task.file, task.data, [*mended.made, *changes], task.before)
    except FixRefused as refusal:
        if len(changes) == 1:
            mended.refused[changes[0].key] = str(refusal)
            return
        half = len(changes) // 2
        _make(task, changes[:half], mended)
        _make(task, changes[half:], mended)
    else:
        mended.made.extend(changes)
