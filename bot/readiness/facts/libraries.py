"""The versions of libraries that a manifest fixes, of those whose version decides what a saved model predicts."""

from __future__ import annotations

from collections.abc import Iterator

from readiness.facts.model import DependencyFact, ManifestFact, SettingFact
from readiness.rulebook import knowledge

_FIXED = "=="


def fixed_libraries(manifest: ManifestFact | None) -> Iterator[SettingFact]:
    """One setting for each of these libraries that has one version."""
    for dependency in manifest.dependencies if manifest is not None else ():
        version = fixed_version(dependency)
        if version and dependency.name in knowledge.training().libraries:
            yield SettingFact("library", dependency.name, version, dependency.hit, manifest.type if manifest else "")


def fixed_version(dependency: DependencyFact) -> str:
    """The one version that a requirement permits; empty if it permits several, or names it by a file or a commit."""
    fixed = dependency.pinned and dependency.specifier.startswith(_FIXED)
    return dependency.specifier.lstrip("=").strip() if fixed else ""
