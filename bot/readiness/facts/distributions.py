"""Which package brings which module: `import sklearn` needs `scikit-learn`, and that brings `numpy` along."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property


class Distributions:
    """The knowledge file, with the questions that facts ask of it."""

    def __init__(self, modules: Mapping[str, tuple[str, ...]], brings: Mapping[str, tuple[str, ...]]) -> None:
        self.modules = modules
        """Module -> the packages that bring it; a `*` at the end of a package stands for any ending."""
        self._brings = brings

    def with_brought(self, packages: Iterable[str]) -> frozenset[str]:
        """The packages with all that they bring along, and what that brings."""
        found: set[str] = set()
        waiting = list(packages)
        while waiting:
            package = waiting.pop()
            if package not in found:
                found.add(package)
                waiting += self._brings.get(package, ())
        return frozenset(found)

    def provide(self, module: str, packages: frozenset[str]) -> bool:
        """Whether one of the packages brings a module."""
        return any(_is_among(name, packages) for name in self.modules.get(module, ()))

    def modules_of(self, package: str) -> tuple[str, ...]:
        """The modules that a package is installed for."""
        return tuple(module for module, names in self.modules.items() if any(_is(name, package) for name in names))

    @cached_property
    def words(self) -> frozenset[str]:
        """Names of modules and packages, which a configuration may mention."""
        packages = (name for names in self.modules.values() for name in names if not name.endswith("*"))
        return frozenset((*self.modules, *packages))


def _is_among(name: str, packages: frozenset[str]) -> bool:
    return any(_is(name, package) for package in packages) if name.endswith("*") else name in packages


def _is(name: str, package: str) -> bool:
    return package.startswith(name[:-1]) if name.endswith("*") else package == name
