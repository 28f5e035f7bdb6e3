"""Which file an import means, and which files import each other: the local modules of a project."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import PurePosixPath

from readiness.facts.model import FileFacts
from readiness.facts.sorts import FileKind, Role
from readiness.source.canonical import public_module

_CODE = (FileKind.PYTHON, FileKind.NOTEBOOK)
# Folders that projects put on the path, beside the one a script lies in.
_SOURCE_FOLDERS = frozenset({"src", "lib", "python"})


_Place = tuple[str, PurePosixPath]
"""A path, and the folder that must be on the import path for a name of it to work."""


class Modules:
    """The modules of a project by every dotted name under which they can be imported."""

    def __init__(self, files: Sequence[FileFacts]) -> None:
        self._files = {facts.path: facts for facts in files if facts.kind in _CODE}
        self._places: dict[str, list[_Place]] = defaultdict(list)
        for facts in files:
            if facts.kind is FileKind.PYTHON:
                for name, folder in _names(facts.path).items():
                    self._places[name].append((facts.path, folder))

    def find(self, module: str, importer: str) -> list[str]:
        """The files that a dotted module name can mean to an importer: the nearest ones; relative names have dots."""
        if module.startswith("."):
            return self._relative(module, importer)
        found = self._places.get(module, [])
        if "." not in module:
            found = [(path, folder) for path, folder in found if _is_on_path(folder, importer, module)]
            return _nearest([path for path, _ in found], importer)
        # `tests/beds/ward.py` is no `beds.ward` where there is another one.
        tested = [path for path, _ in found if self._files[path].role is not Role.TEST]
        return _nearest(tested or [path for path, _ in found], importer)

    def resolve(self, dotted: str, importer: str) -> list[tuple[str, str]]:
        """The files that may hold a dotted name, each with the part of the name that is left for the file's own names.

        `package.name` may be the module `name` or what the package's `__init__` calls so: both are given.
        """
        parts = dotted.split(".")
        leading = len(dotted) - len(dotted.lstrip("."))
        found = [
            (path, ".".join(parts[end:]))
            for end in range(len(parts), leading, -1)
            for path in self.find(".".join(parts[:end]), importer)
        ]
        if leading:
            found += [(path, dotted[leading:]) for path in self.find("." * leading, importer)]
        return found

    def program_of(self, path: str) -> frozenset[str]:
        """The file, what it imports and what imports it, each transitively."""
        return frozenset(_closure(path, self.imported) | _closure(path, self._importers))

    def imports_of(self, path: str) -> frozenset[str]:
        """The file and what it imports, transitively."""
        return frozenset(_closure(path, self.imported))

    @cached_property
    def imported(self) -> dict[str, set[str]]:
        """Path -> the paths that it imports."""
        return {path: set(self._edges(facts)) - {path} for path, facts in self._files.items()}

    @cached_property
    def _importers(self) -> dict[str, set[str]]:
        importers: dict[str, set[str]] = defaultdict(set)
        for path, targets in self.imported.items():
            for target in targets:
                importers[target].add(path)
        return importers

    def _edges(self, facts: FileFacts) -> Iterator[str]:
        for fact in facts.imports:
            separator = "" if fact.module.endswith(".") else "."
            submodule = self.find(f"{fact.module}{separator}{fact.name}", facts.path) if fact.name else []
            yield from submodule or self.find(fact.module, facts.path)

    def _relative(self, module: str, importer: str) -> list[str]:
        rest = module.lstrip(".")
        above = importer.split("/")[: len(rest) - len(module)]
        target = "/".join([*above, *rest.split(".")] if rest else above)
        candidates = [f"{target}/__init__.py".removeprefix("/"), *([f"{target}.py"] if rest else [])]
        return [path for path in candidates if path in self._files][:1]


def _names(path: str) -> dict[str, PurePosixPath]:
    """`src.pkg.mod`, `pkg.mod` and `mod` for `src/pkg/mod.py`, each also as it is re-exported, with their folders."""
    whole = PurePosixPath(path).with_suffix("")
    module = whole.parent if whole.name == "__init__" else whole
    names: dict[str, PurePosixPath] = {}
    for start in range(len(module.parts)):
        name, folder = ".".join(module.parts[start:]), PurePosixPath(*module.parts[:start])
        names.setdefault(name, folder)
        names.setdefault(public_module(name), folder)
    return names


def _is_on_path(folder: PurePosixPath, importer: str, module: str) -> bool:
    """Whether a single name is looked for in this folder: where scripts are started or libraries are put."""
    above = _folders_above(importer)
    if module in sys.stdlib_module_names:
        return folder == above[0]
    if folder.name in _SOURCE_FOLDERS:
        folder = folder.parent
    # Tests reach into folders beside their own by changing the path.
    return folder in above or folder.parent in above


@lru_cache(maxsize=256)  # of one importer after the other many names are asked for
def _folders_above(path: str) -> tuple[PurePosixPath, ...]:
    return tuple(PurePosixPath(path).parents)


def _nearest(paths: list[str], importer: str) -> list[str]:
    if len(paths) < 2:
        return paths
    near = PurePosixPath(importer).parts
    ranked = [(_common(PurePosixPath(path).parts, near), path) for path in paths]
    best = max(rank for rank, _ in ranked)
    return [path for rank, path in ranked if rank == best]


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _closure(start: str, edges: dict[str, set[str]]) -> set[str]:
    reached, todo = {start}, [start]
    while todo:
        fresh = edges.get(todo.pop(), set()) - reached
        reached |= fresh
        todo += fresh
    return reached
