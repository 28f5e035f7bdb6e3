"""The definitions of a file that nothing in the file calls or names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from readiness.rulebook import knowledge
from readiness.source.names import is_label
from readiness.source.python import PythonSource
from readiness.source.tree import Node


def idle_definitions(source: PythonSource) -> frozenset[str]:
    """The functions and classes of the module that the file names nowhere but in themselves.

    What something else may call without naming it is none: a decorated definition, a class below another one, a name
    that platforms look for.
    """
    definitions = {name: node for node in _definitions(source) if not _of_platforms().match(name := _name(node))}
    named = {name for name, place in _names(source, definitions) if not _is_inside(place, definitions[name])}
    return frozenset(definitions.keys() - named)


def _definitions(source: PythonSource) -> Iterator[Node]:
    for kind in ("FunctionDef", "ClassDef"):
        for node in source.by_kind.get(kind, ()):
            based = kind == "ClassDef" and node.get("bases")
            if not based and not node.get("decorators") and not _is_below_a_definition(node):
                yield node


def _is_below_a_definition(node: Node) -> bool:
    parent = node.parent
    while parent is not None and parent.kind not in ("FunctionDef", "ClassDef"):
        parent = parent.parent
    return parent is not None


def _names(source: PythonSource, wanted: Iterable[str]) -> Iterator[tuple[str, Node]]:
    """Where variables and texts have one of these names; a text may stand in `__all__` or a table."""
    names = frozenset(wanted)
    for kind in ("Name", "Constant") if names else ():
        for node in source.by_kind.get(kind, ()):
            if node.fields[0] in names and (kind == "Constant" or not is_label(node)):
                yield node.fields[0], node


def _is_inside(node: Node, definition: Node) -> bool:
    return definition.enter <= node.enter <= definition.leave


def _name(definition: Node) -> str:
    return str(definition.get("name").get("id"))


@cache
def _of_platforms() -> re.Pattern[str]:
    return re.compile(knowledge.words("platform-functions"))
