"""One name for each thing: `keras.layers.Dense` and `tensorflow.keras.layers.Dense` are the same class.

Libraries re-export what they define elsewhere. The prefixes come from `rules/knowledge/aliases.yaml`; rules are written
with the canonical name only.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

_MAX_STEPS = 8  # aliases of aliases; also what ends a circle in the knowledge file


class Canonical:
    """Replaces the longest known prefix of a dotted name, until none is left."""

    def __init__(self, aliases: Mapping[str, str]) -> None:
        self._aliases = aliases
        self.renamed = _renamed(tuple(aliases.items()))
        """Last names that may turn into others."""
        self._known: dict[str, str] = {}

    def __call__(self, dotted: str) -> str:
        """The canonical form of a dotted name."""
        canonical = self._known.get(dotted)
        if canonical is None:
            canonical = self._known[dotted] = self._resolve(dotted)
        return canonical

    def _resolve(self, dotted: str) -> str:
        for _ in range(_MAX_STEPS):
            replaced = self._replace_prefix(dotted)
            if replaced == dotted:
                break
            dotted = replaced
        return dotted

    def _replace_prefix(self, dotted: str) -> str:
        prefix = dotted
        while prefix:
            target = self._aliases.get(prefix)
            if target is not None and not _is_below(target, dotted, prefix):
                return target + dotted[len(prefix) :]
            prefix = prefix.rpartition(".")[0]
        return dotted


@lru_cache(maxsize=4)  # it is the same for every file of a run
def _renamed(aliases: tuple[tuple[str, str], ...]) -> frozenset[str]:
    return frozenset(last_part(name) for name, meant in aliases if last_part(name) != last_part(meant))


def _is_below(target: str, dotted: str, prefix: str) -> bool:
    """True if the name already is the alias's target: `a: a.b` must not turn `a.b` into `a.b.b`."""
    return target.startswith(prefix + ".") and (dotted + ".").startswith(target + ".")


def last_part(dotted: str) -> str:
    """`c` of `a.b.c`."""
    return dotted.rpartition(".")[2]


def public_module(module: str) -> str:
    """A module path without the private parts that a library re-exports from: sklearn.linear_model._base."""
    first, *rest = module.split(".")
    return ".".join([first, *(part for part in rest if not part.startswith("_") or part.startswith("__"))])
