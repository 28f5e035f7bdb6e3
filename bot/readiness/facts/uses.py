"""Which definitions of a project its programs name, wherever they have the name from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from readiness.facts.mentions import LOADERS
from readiness.facts.model import FileFacts
from readiness.facts.sorts import Role


class Uses:
    """What the files that are no tests call, load or take over whole; of a library others may call what is public.

    Names alone are compared: which module is meant is often decided outside of the code, by where a program is started.
    """

    def __init__(self, files: Sequence[FileFacts], *, is_library: bool) -> None:
        self._is_library = is_library
        self._files = {facts.path: facts for facts in files}
        programs = [facts for facts in files if facts.role is not Role.TEST]
        self._names = {name for facts in programs for name in _names(facts)}
        self._taken_whole = {
            fact.module.rpartition(".")[2] for facts in programs for fact in facts.imports if fact.name == "*"
        }

    def may_run(self, path: str, symbol: str) -> bool:
        """Whether what stands in a function or class may run: all but what is known to be named nowhere."""
        name, facts = symbol.partition(".")[0], self._files.get(path)
        if facts is None or facts.role is Role.TEST or name not in facts.idle:
            return True
        return (self._is_library and not name.startswith("_")) or name in self._names or self._takes_whole(path)

    def _takes_whole(self, path: str) -> bool:
        module = PurePosixPath(path).with_suffix("")
        return not self._taken_whole.isdisjoint((module.name, module.parent.name))


def _names(facts: FileFacts) -> Iterator[str]:
    """The parts of all names that a file uses; what is called on any object, only if it may be a module."""
    loads = not LOADERS.isdisjoint(facts.references)
    for reference in facts.references:
        if loads or reference.rfind(".") > 0:
            yield from reference.split(".")
    # `from . import name` is used by a name that looks like a method's.
    yield from (fact.name for fact in facts.imports if not fact.module.strip("."))
