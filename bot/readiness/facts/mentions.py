"""Which functions of a project its tests refer to, through imports, re-exports and classes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from readiness.facts.model import FileFacts, FunctionFact
from readiness.facts.modules import Modules
from readiness.facts.sorts import Role

_Parts: TypeAlias = tuple[str, ...]
"""A dotted name within a file: a class and its method."""

LOADERS = frozenset(
    {"importlib.util.spec_from_file_location", "importlib.import_module", "pytest.importorskip", "runpy.run_path"}
)
"""What loads a module by a path or a name, so that nobody knows which."""


class Mentions:
    """What the tests of a project name."""

    def __init__(self, files: Sequence[FileFacts], modules: Modules) -> None:
        self._modules = modules
        self._facts = {facts.path: facts for facts in files}
        self._tests = [facts for facts in files if facts.role is Role.TEST and facts.imports]
        self._named: set[tuple[str, str]] = set()
        self._whole: set[str] = set()
        self._called_on_loaded = self._calls_of_loading_tests()
        self._followed: set[tuple[str, _Parts]] = set()
        self._stars: dict[str, list[str]] = {}
        for test in self._tests:
            self._read(test)

    def of(self, path: str, function: FunctionFact) -> bool:
        """Whether a test names the function, or calls a method of that name on something from its program."""
        if (
            path in self._whole
            or (path, function.qualname) in self._named
            or f".{function.name}" in self._called_on_loaded
        ):
            return True
        return function.is_method and any(self._calls_method(test, path, function) for test in self._tests)

    def _calls_of_loading_tests(self) -> frozenset[str]:
        """What is called on anything in the tests that load modules by a path or a name: which modules, nobody knows."""
        loading = (test.references for test in self._tests if not LOADERS.isdisjoint(test.references))
        return frozenset(name for references in loading for name in references if name.startswith("."))

    def _calls_method(self, test: FileFacts, path: str, function: FunctionFact) -> bool:
        if f".{function.name}" in test.references:
            return path in self._modules.imports_of(test.path)
        # Constructing or calling an object is a mention of what that runs.
        runs = function.name in ("__init__", "__call__", "__post_init__")
        return runs and (path, function.class_name) in self._named

    def _read(self, test: FileFacts) -> None:
        for reference in test.references:
            if not reference.startswith(".") or reference.startswith("..") or "." in reference[1:]:
                self._name(reference, test.path)
        for fact in test.imports:
            if fact.name == "*":
                self._whole.update(self._modules.find(fact.module, test.path))

    def _name(self, dotted: str, importer: str) -> None:
        """Follow a name through re-exports, each once: packages that take over all of each other have countless ways."""
        reached = [
            (path, tuple(rest.split(".") if rest else [])) for path, rest in self._modules.resolve(dotted, importer)
        ]
        while reached:
            path, parts = reached.pop()
            if parts and (path, parts) not in self._followed:
                self._followed.add((path, parts))
                self._named.update((path, ".".join(parts[:end])) for end in range(1, len(parts) + 1))
                reached += self._origins(path, parts)

    def _origins(self, path: str, parts: _Parts) -> Iterator[tuple[str, _Parts]]:
        """Where a file may have a name from: the files, and what the name is there."""
        yield from ((target, parts) for target in self._taken_whole(path))
        for fact in self._facts[path].imports:
            if fact.name not in ("", "*") and (fact.alias or fact.name) == parts[0]:
                yield from ((target, (fact.name, *parts[1:])) for target in self._modules.find(fact.module, path))
                separator = "" if fact.module.endswith(".") else "."
                submodules = self._modules.find(f"{fact.module}{separator}{fact.name}", path)
                yield from ((target, parts[1:]) for target in submodules)

    def _taken_whole(self, path: str) -> list[str]:
        if path not in self._stars:
            modules = [fact.module for fact in self._facts[path].imports if fact.name == "*"]
            self._stars[path] = [target for module in modules for target in self._modules.find(module, path)]
        return self._stars[path]
