"""The review of a local branch, as a pull request of it would get it, with no platform asked."""

from __future__ import annotations

from pathlib import Path

from readiness.collect.files import collect
from readiness.collect.git import ChangedFile, Repository
from readiness.collect.source_file import SourceFile
from readiness.review.examine import Change
from readiness.review.hunks import around
from readiness.review.model import Pull, PullFile
from readiness.settings import Settings


def local_change(settings: Settings, base: str) -> Change:
    """What the work tree changes since it left `base`."""
    repository = Repository(settings.root)
    changes = repository.changes(base)
    found = collect(settings)
    old_files = tuple(repository.at_base(changes, found.files))
    return Change(settings, found.files, old_files, changes, found.skipped)


def local_pull(root: Path, change: Change) -> Pull:
    """The pull request that the branch would make; nobody has said anything on it yet."""
    sources = {file.path: file for file in change.files}
    files = {path: _file(changed, sources.get(path)) for path, changed in change.changes.files.items()}
    return Pull(
        repository=root.name,
        number=0,
        head="",
        base=change.changes.base,
        merge_base=change.changes.base,
        files=files,
    )


def _file(changed: ChangedFile, source: SourceFile | None) -> PullFile:
    length = source.read().count(b"\n") + 1 if source else 0
    lines = changed.lines if changed.old_path else (range(1, length + 1),)
    renamed = changed.old_path and changed.old_path != changed.path
    status = "renamed" if renamed else "modified" if changed.old_path else "added"
    return PullFile(changed.path, status, changed.old_path if renamed else "", around(lines, length))
