"""Which paths are left out: those that git ignores, and folders that hold tools, caches and installed packages."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

from pathspec import GitIgnoreSpec

from readiness.collect.classify import STUB_SUFFIX

PRUNED = frozenset(
    ".bzr .cache .direnv .dvc .eggs .git .hg .hypothesis .ipynb_checkpoints .mypy_cache .nox .pytest_cache .ruff_cache "
    ".svn .tox .venv __pycache__ __pypackages__ _build build dist node_modules site-packages venv".split()
)
_VENV_MARKER = "pyvenv.cfg"


@dataclass(frozen=True, slots=True)
class Patterns:
    """One ignore file: `base` is the folder that its patterns are relative to ("" for the root)."""

    base: str
    spec: GitIgnoreSpec

    def verdict(self, path: str) -> bool | None:
        """True: ignored; False: taken back by a `!` pattern; None: not mentioned. A folder's path ends with "/"."""
        if not path.startswith(self.base):
            return None
        return self.spec.check_file(path[len(self.base) :]).include


class IgnoreRules:
    """The nested `.gitignore` files below a root, `.git/info/exclude` and the project's own `exclude` globs."""

    def __init__(self, root: Path, exclude: Iterable[str] = (), *, folder: Path | None = None) -> None:
        """`folder`, at or below the root, is where the globs of `exclude` count from."""
        self._root = root
        inside = folder.relative_to(root).as_posix() if folder else "."
        self._exclude = Patterns("" if inside == "." else f"{inside}/", GitIgnoreSpec.from_lines(exclude))
        self._everywhere = _patterns(root / ".git" / "info" / "exclude", "")
        self._in_folder = cache(self._read_folder)

    def ignores(self, path: Path, *, folder: bool) -> bool:
        """Whether an entry is left out; the folders above it are not asked again, but a pattern may name it by them."""
        name = path.relative_to(self._root).as_posix() + "/" * folder
        if self._exclude.verdict(name):
            return True
        verdicts = (patterns.verdict(name) for patterns in self._in_folder(_parent(name)))
        return next((verdict for verdict in verdicts if verdict is not None), False)

    def _read_folder(self, folder: str) -> Sequence[Patterns]:
        """The ignore files that speak about entries of a folder, the nearest first: it has the last word."""
        own = _patterns(self._root / folder / ".gitignore", folder)
        return [*own, *(self._in_folder(_parent(folder)) if folder else self._everywhere)]


def is_pruned(folder: Path) -> bool:
    """Whether a folder holds tools or installed packages, whatever git says about it."""
    return folder.name in PRUNED or folder.name.endswith(".egg-info") or os.access(folder / _VENV_MARKER, os.F_OK)


def is_reviewed(path: PurePosixPath) -> bool:
    """Whether a committed file is looked at: not in a folder of tools or installed packages, and no type stub."""
    return PRUNED.isdisjoint(path.parts[:-1]) and path.suffix != STUB_SUFFIX and ".." not in path.parts


def _parent(path: str) -> str:
    """The folder of a path as a prefix: "" or with a "/" at its end."""
    head, slash, _ = path.rstrip("/").rpartition("/")
    return head + slash


def _patterns(file: Path, base: str) -> Sequence[Patterns]:
    if not os.access(file, os.R_OK) or not file.is_file():
        return []
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    return [Patterns(base, GitIgnoreSpec.from_lines(lines))]
