"""Which functions of a project its tests refer to, through imports, re-exports and classes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from readiness.facts.model import FileFacts, FunctionFact, Role
from readiness.facts.modules import Modules

_MAX_REEXPORTS = 8


class Mentions:
    """What the tests of a project name."""

    def __init__(self, files: Sequence[FileFacts], modules: Modules) -> None:
        self._modules = modules
        self._facts = {facts.path: facts for facts in files}
        self._tests = [facts for facts in files if facts.role is Role.TEST and facts.imports]
        self._named: set[tuple[str, str]] = set()
        self._whole: set[str] = set()
        for test in self._tests:
            self._read(test)

    def of(self, path: str, function: FunctionFact) -> bool:
        """Whether a test names the function, or calls a method of that name on something from its program."""
        if path in self._whole or (path, function.qualname) in self._named:
            return True
        return function.is_method and any(self._calls_method(test, path, function) for test in self._tests)

    def _calls_method(self, test: FileFacts, path: str, function: FunctionFact) -> bool:
        if f".{function.name}" in test.references:
            return path in self._modules.imports_of(test.path)
        # Constructing or calling an object is a mention of what that runs.
        runs = function.name in ("__init__", "__call__", "__post_init__")
        return runs and (path, function.class_name) in self._named

    def _read(self, test: FileFacts) -> None:
        for reference in test.references:
            if not reference.startswith(".") or reference.startswith("..") or "." in reference[1:]:
                self._name(reference, test.path, 0)
        for fact in test.imports:
            if fact.name == "*":
                self._whole.update(self._modules.find(fact.module, test.path))

    def _name(self, dotted: str, importer: str, depth: int) -> None:
        for path, rest in self._modules.resolve(dotted, importer):
            parts = rest.split(".") if rest else []
            self._named.update((path, ".".join(parts[:end])) for end in range(1, len(parts) + 1))
            if parts and depth < _MAX_REEXPORTS:
                for target in self._reexports(path, parts):
                    self._name(target, path, depth + 1)

    def _reexports(self, path: str, parts: list[str]) -> Iterator[str]:
        """Where a file has a name from, if it imports it."""
        for fact in self._facts[path].imports:
            separator = "" if fact.module.endswith(".") else "."
            if fact.name == "*":
                yield f"{fact.module}{separator}{'.'.join(parts)}"
            elif (fact.alias or fact.name) == parts[0] and fact.name:
                yield f"{fact.module}{separator}{'.'.join([fact.name, *parts[1:]])}"
