"""The files of a commit as both sources give them: a local clone that has it, or else the archive that GitHub streams."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from readiness.collect.clone import Clone
from readiness.collect.tree import Tree, tree_of
from readiness.errors import GitError
from readiness.review.github.archive import read_tree
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
                return tree_of(self.clone, commit, wanted)
        except GitError:
            # A clone without all objects, as a partial one, is as good as none.
            pass
        return read_tree(self.connection, self.repository, commit, wanted)
