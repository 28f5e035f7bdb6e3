"""Which file an import means, and which files import each other: the local modules of a project."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import PurePosixPath

from readiness.facts.model import FileFacts, FileKind
from readiness.source.canonical import public_module

_CODE = (FileKind.PYTHON, FileKind.NOTEBOOK)
# Folders that projects put on the path, beside the one a script lies in.
_SOURCE_FOLDERS = frozenset({"src", "lib", "python"})


class Modules:
    """The modules of a project by every dotted name under which they can be imported."""

    def __init__(self, files: Sequence[FileFacts]) -> None:
        self._files = {facts.path: facts for facts in files if facts.kind in _CODE}
        self._paths: dict[str, list[str]] = defaultdict(list)
        for facts in files:
            if facts.kind is FileKind.PYTHON:
                for name in _names(facts.path):
                    self._paths[name].append(facts.path)

    def find(self, module: str, importer: str) -> list[str]:
        """The files that a dotted module name can mean to an importer: the nearest ones; relative names have dots."""
        if module.startswith("."):
            return self._relative(module, importer)
        found = self._paths.get(module, [])
        if "." not in module:
            found = [path for path in found if _is_on_path(path, importer, module)]
        return _nearest(found, importer)

    def resolve(self, dotted: str, importer: str) -> list[tuple[str, str]]:
        """The files that hold a dotted name, each with the part of the name that is left for the file's own names."""
        parts = dotted.split(".")
        leading = len(dotted) - len(dotted.lstrip("."))
        for end in range(len(parts), leading, -1):
            paths = self.find(".".join(parts[:end]), importer)
            if paths:
                return [(path, ".".join(parts[end:])) for path in paths]
        if leading:
            return [(path, dotted[leading:]) for path in self.find("." * leading, importer)]
        return []

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
        folder = PurePosixPath(importer).parent
        for _ in range(len(module) - len(rest) - 1):
            folder = folder.parent
        target = folder / rest.replace(".", "/")
        candidates = [f"{target / '__init__.py'}", *([f"{target}.py"] if rest else [])]
        return [path for path in candidates if path in self._files][:1]


def _names(path: str) -> Iterator[str]:
    """`pkg.mod`, `mod` and every longer name of `src/pkg/mod.py`, each also as it is re-exported."""
    parts = list(PurePosixPath(path).with_suffix("").parts)
    if parts[-1] == "__init__":
        parts.pop()
    names = {".".join(parts[start:]) for start in range(len(parts))}
    yield from sorted(names | {public_module(name) for name in names} - {""})


def _is_on_path(path: str, importer: str, module: str) -> bool:
    """Whether a single name can mean this file: it lies where scripts are started or libraries are put."""
    folder = PurePosixPath(path).parent
    if PurePosixPath(path).name == "__init__.py":
        folder = folder.parent
    if module in sys.stdlib_module_names:
        return folder == PurePosixPath(importer).parent
    if folder.name in _SOURCE_FOLDERS:
        folder = folder.parent
    # Tests reach into folders beside their own by changing the path.
    return folder in PurePosixPath(importer).parents or folder.parent in PurePosixPath(importer).parents


def _nearest(paths: Iterable[str], importer: str) -> list[str]:
    near = PurePosixPath(importer).parts
    ranked = [(_common(PurePosixPath(path).parts, near), path) for path in paths]
    best = max((rank for rank, _ in ranked), default=0)
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
