"""The files of one commit, wherever its objects come from: nothing is checked out, links are not followed, sizes are capped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from readiness.collect.classify import kind_of, stored_file
from readiness.collect.clone import Clone, Entry
from readiness.collect.files import MAX_BYTES
from readiness.collect.ignore import is_reviewed
from readiness.collect.source_file import SourceFile
from readiness.errors import GitError
from readiness.facts.sorts import FileKind
from readiness.finding import Skipped

MAX_UNPACKED = 2 * 1024 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Tree:
    """The files of a commit that can be analysed, and those that cannot."""

    files: dict[str, SourceFile]
    skipped: tuple[Skipped, ...] = ()
    others: frozenset[str] = frozenset()
    """Links, submodules and folders: no text of the project."""


def tree_of(clone: Clone, commit: str, wanted: Callable[[str], bool] = lambda path: True) -> Tree:
    """The files of a commit that are `wanted` by their path, from git's own store."""
    entries = list(clone.entries(commit))
    files = [one for one in entries if one.regular and is_reviewed(PurePosixPath(one.path)) and wanted(one.path)]
    large = [one for one in files if _is_readable(one) and one.size > MAX_BYTES]
    files = [one for one in files if one not in large]
    readable = [one for one in files if _is_readable(one)]
    if sum(one.size for one in readable) > MAX_UNPACKED:
        raise GitError("the commit is too large to be read at once")
    contents = dict(zip((one.path for one in readable), clone.contents([one.blob for one in readable]), strict=True))
    return Tree(
        files={one.path: stored_file(one.path, contents.get(one.path, b""), one.size) for one in files},
        skipped=tuple(too_large(one.path) for one in large),
        others=frozenset(one.path for one in entries if not one.regular),
    )


def too_large(path: str) -> Skipped:
    """A file that is not read because of its size."""
    return Skipped(path, f"larger than {MAX_BYTES // 1024**2} MiB")


def _is_readable(entry: Entry) -> bool:
    return kind_of(entry.path, entry.size) is not FileKind.OTHER
