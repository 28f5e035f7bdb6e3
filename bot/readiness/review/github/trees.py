"""The files of a commit as both sources give them: a local clone that has it, or else the archive that GitHub streams."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from readiness.collect.classify import kind_of, stored_file
from readiness.collect.clone import Clone, Entry
from readiness.collect.files import MAX_BYTES
from readiness.collect.ignore import is_reviewed
from readiness.errors import GitError
from readiness.facts.sorts import FileKind
from readiness.review.github.archive import MAX_UNPACKED, Tree, read_tree, too_large
from readiness.review.github.connection import Connection


@dataclass(frozen=True, slots=True)
class Trees:
    """Reads commits of one repository."""

    connection: Connection
    repository: str
    clone: Clone | None = None

    def read(self, commit: str, wanted: Callable[[str], bool]) -> Tree:
        """The files of a commit that are `wanted` by their path."""
        try:
            if self.clone and self.clone.has(commit):
                return _from_clone(self.clone, commit, wanted)
        except GitError:
            # A clone without all objects, as a partial one, is as good as none.
            pass
        return read_tree(self.connection, self.repository, commit, wanted)


def _from_clone(clone: Clone, commit: str, wanted: Callable[[str], bool]) -> Tree:
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


def _is_readable(entry: Entry) -> bool:
    return kind_of(entry.path, entry.size) is not FileKind.OTHER
