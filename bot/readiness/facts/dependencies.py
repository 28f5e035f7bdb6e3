"""What a project's files import against what its manifests declare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import PurePosixPath

from packaging.utils import canonicalize_name

from readiness.facts.distributions import Distributions
from readiness.facts.model import IMAGE, DependencyFact, FileFacts, ManifestFact
from readiness.facts.sorts import FileKind

PYTHON = "python"
"""What the language is called among packages, as conda and images of containers have it."""
COMMANDS = frozenset({"notebook", "script", "document"})
"""Manifests that only somebody's command is: what it installs is there, but nothing manages it."""

# A manifest in such a folder speaks for the folder above it.
_FOLDERS = frozenset(
    ".devcontainer conda conda_env config dependencies deps docker env envs environment environments requirements".split()
)


class Dependencies:
    """The declared packages and the imported modules of a project."""

    def __init__(self, files: Sequence[FileFacts], known: Distributions) -> None:
        self._files = files
        self._known = known

    @cached_property
    def manifests(self) -> list[ManifestFact]:
        """The files that say what has to be installed."""
        return [facts.manifest for facts in self._files if facts.manifest and _manages(facts.manifest)]

    @cached_property
    def complete(self) -> bool:
        """Whether all that the manifests declare is known."""
        unread = any(facts.kind is FileKind.MANIFEST and facts.manifest is None for facts in self._files)
        return not unread and all(manifest.complete for manifest in self.manifests)

    @cached_property
    def is_library(self) -> bool:
        """Whether others install this project."""
        return any(manifest.is_library for manifest in self.manifests)

    def is_known(self, module: str) -> bool:
        """Whether a module is known to be a package, and no file or folder of the project has its name."""
        return module in self._known.modules and not self.is_local(module)

    def is_local(self, module: str) -> bool:
        """Whether a file or folder of the project has the name of a module."""
        return module in self._local

    def package(self, module: str) -> str:
        """What has to be installed for a known module."""
        return self._known.modules.get(module, (module,))[0]

    def is_declared(self, module: str, path: str) -> bool:
        """Whether something in the project, or a command in this very file, installs a module."""
        own = self._installed_in.get(path, frozenset[str]())
        return self._known.provide(module, self._installed) or self._known.provide(module, own)

    def names_any(self, packages: Iterable[str]) -> bool:
        """Whether a file imports one of these packages or a manifest declares it, by either of its names."""
        return not self._named.isdisjoint(canonicalize_name(package) for package in packages)

    def declared(self, path: str, packages: tuple[str, ...]) -> DependencyFact | None:
        """What the nearest manifest, beside the file or above it, declares of a package; None if none does."""
        for folder in PurePosixPath(path).parents:
            found = [self._declared[key] for name in packages if (key := (folder, name)) in self._declared]
            if found:
                return found[0]
        return None

    def permitted(self, path: str, packages: tuple[str, ...]) -> str | None:
        """Which versions of a package that is, or of Python what the nearest manifest asks for."""
        found = self.declared(path, packages)
        if PYTHON in packages and not (found and found.specifier):
            return next(
                (self._python[folder] for folder in PurePosixPath(path).parents if folder in self._python), None
            )
        return found.specifier if found else None

    def is_governed(self, path: str) -> bool:
        """Whether a manifest lies beside a file or above it."""
        return not self._managed_folders.isdisjoint(PurePosixPath(path).parents)

    def is_in_package(self, path: str) -> bool:
        """Whether a file is a module of a package, not a script beside one."""
        return PurePosixPath(path).parent in self._packages

    def is_used(self, dependency: DependencyFact) -> bool | None:
        """Whether a declared package is imported or named anywhere.

        None if nobody knows what it is imported as, or if no file imports any package of its manifest: then the manifest
        is for another program than this one.
        """
        modules = self._known.modules_of(dependency.name)
        if not modules or not self._serves[dependency.hit.location.path]:
            return None
        return dependency.name in self._mentioned or not self._mentioned.isdisjoint(modules)

    def unlisted(self, manifest: ManifestFact) -> tuple[str, ...]:
        """Packages that the listed ones bring along and that the manifest does not list itself."""
        listed = {dependency.name for dependency in manifest.dependencies}
        return tuple(sorted(self._known.with_brought(listed) - listed))

    @cached_property
    def _installed(self) -> frozenset[str]:
        return self._known.with_brought(
            name
            for facts in self._files
            if facts.manifest is not None and facts.manifest.type != "notebook"
            for name in _names(facts.manifest)
        )

    @cached_property
    def _installed_in(self) -> dict[str, frozenset[str]]:
        return {
            facts.path: self._known.with_brought(_names(facts.manifest))
            for facts in self._files
            if facts.manifest is not None and facts.manifest.type == "notebook"
        }

    @cached_property
    def _named(self) -> frozenset[str]:
        imported = {
            canonicalize_name(part)
            for facts in self._files
            for fact in facts.imports
            for part in _prefixes(fact.module)
        }
        return frozenset(imported).union(*(_names(facts.manifest) for facts in self._files if facts.manifest))

    @cached_property
    def _declared(self) -> dict[tuple[PurePosixPath, str], DependencyFact]:
        """What each folder declares of each package; a version that is fixed counts before a range."""
        declared: dict[tuple[PurePosixPath, str], DependencyFact] = {}
        for facts in self._files:
            place = governed_folder(facts.path)
            for dependency in (
                facts.manifest.dependencies if facts.manifest and facts.manifest.type not in COMMANDS else ()
            ):
                known = declared.get((place, dependency.name))
                if known is None or (dependency.pinned and not known.pinned):
                    declared[place, dependency.name] = dependency
        return declared

    @cached_property
    def _python(self) -> dict[PurePosixPath, str]:
        """Which versions of Python each folder asks for."""
        asked = [(governed_folder(one.path), one.manifest.python) for one in self._files if one.manifest]
        return {folder: python for folder, python in reversed(asked) if python}

    @cached_property
    def _packages(self) -> frozenset[PurePosixPath]:
        paths = (PurePosixPath(facts.path) for facts in self._files)
        return frozenset(path.parent for path in paths if path.name == "__init__.py")

    @cached_property
    def _managed_folders(self) -> frozenset[PurePosixPath]:
        return frozenset(
            governed_folder(facts.path) for facts in self._files if facts.manifest and _manages(facts.manifest)
        )

    @cached_property
    def _serves(self) -> dict[str, bool]:
        """Of each manifest, whether a file in its folder imports one of its packages."""
        return {facts.path: self._is_served(facts.path, facts.manifest) for facts in self._files if facts.manifest}

    def _is_served(self, path: str, manifest: ManifestFact) -> bool:
        folder, names = governed_folder(path), frozenset(_names(manifest))
        return any(
            self._known.provide(package.module, names)
            for facts in self._files
            if facts.packages and folder in PurePosixPath(facts.path).parents
            for package in facts.packages
        )

    @cached_property
    def _local(self) -> frozenset[str]:
        """What the project itself calls a file or folder."""
        paths = [PurePosixPath(facts.path) for facts in self._files]
        return frozenset(part for path in paths for part in (*path.parts[:-1], path.stem))

    @cached_property
    def _mentioned(self) -> frozenset[str]:
        """Modules that code imports, parts of their names (`ray.tune.search.hyperopt`), and words of configuration."""
        imported = {part for facts in self._files for fact in facts.imports for part in fact.module.split(".")}
        return frozenset(imported).union(*(facts.references for facts in self._files if not facts.imports))


def _prefixes(module: str) -> Iterator[str]:
    """A module and the packages that it lies in."""
    parts = module.split(".")
    return (".".join(parts[: n + 1]) for n in range(len(parts)))


def governed_folder(path: str) -> PurePosixPath:
    """The folder whose files a manifest speaks for."""
    folder = PurePosixPath(path).parent
    return folder.parent if folder.name.lower() in _FOLDERS else folder


def _manages(manifest: ManifestFact) -> bool:
    """Whether a manifest is where a project keeps what it needs; an image of a language alone is not."""
    only_image = manifest.type == "dockerfile" and all(one.group == IMAGE for one in manifest.dependencies)
    return manifest.type not in COMMANDS and not only_image


def _names(manifest: ManifestFact) -> Iterator[str]:
    for dependency in manifest.dependencies:
        yield dependency.name
        yield from (f"{dependency.name}[{extra}]" for extra in dependency.extras)
