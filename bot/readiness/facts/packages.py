"""Which packages a program imports, where it does so first, and whether it can run without them."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from readiness.facts.functions import is_main_guard
from readiness.facts.model import PackageFact
from readiness.source.names import dotted_text
from readiness.source.python import PythonSource
from readiness.source.tree import Node

# In these an import may be left out without harm: branches, handlers, `with suppress(ImportError)`.
_BRANCHES = frozenset({"If", "Try", "ExceptHandler", "With", "Match"})


def packages(source: PythonSource) -> Iterator[PackageFact]:
    """Each top-level module once; an import that the program cannot do without counts before an optional one."""
    imports: dict[str, list[Node]] = {}
    statements = [*source.by_kind.get("Import", ()), *source.by_kind.get("ImportFrom", ())]
    for statement in sorted(statements, key=lambda node: node.enter):
        for module in _top_level_modules(statement):
            imports.setdefault(module, []).append(statement)
    for module, found in imports.items():
        first = min(found, key=_doubt)
        optional, lazy = _doubt(first)
        yield PackageFact(module, source.hit(*source.span(first), statement=first), optional, lazy)


def _top_level_modules(statement: Node) -> Iterator[str]:
    if statement.kind == "Import":
        dotted = [dotted_text(alias.get("name")) for alias in statement.get("names")]
    else:
        module = statement.get("module")
        dotted = [] if statement.get("level") or module is None else [dotted_text(module)]
    for name in dotted:
        top = name.partition(".")[0]
        if top not in sys.stdlib_module_names:
            yield top


def _doubt(statement: Node) -> tuple[bool, bool]:
    """Whether an import is optional, and whether a function does it."""
    kinds = set()
    node = statement.parent
    while node is not None:
        if not (node.kind == "If" and is_main_guard(node.get("test"))):
            kinds.add(node.kind)
        node = node.parent
    return not kinds.isdisjoint(_BRANCHES), "FunctionDef" in kinds
