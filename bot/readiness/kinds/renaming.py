"""Puts the new name of a function, method or argument in the place of its old one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.finding import Edit, Fix
from readiness.source.names import enclosing_scopes

if TYPE_CHECKING:
    from readiness.pattern.find import Match
    from readiness.rulebook.changes import ApiChange
    from readiness.source.python import PythonSource
    from readiness.source.tree import Node


def renamed(change: ApiChange, match: Match, source: PythonSource) -> Fix | None:
    """The fix for a change whose replacement is exact; None if more than the name would have to change here."""
    if not change.exact:
        return None
    node = match.first
    rename = _argument if change.argument else _name
    edit = rename(change, node, source)
    return None if edit is None else Fix((edit,), safe=True)


def _argument(change: ApiChange, call: Node, source: PythonSource) -> Edit | None:
    named = (argument for argument in call.fields[1] if argument.kind == "Keyword")
    for argument in named:
        if argument.fields[0].fields[0] == change.argument:
            start = source.span(argument)[0]
            return Edit(start, start + len(change.argument), change.replacement)
    return None


def _name(change: ApiChange, node: Node, source: PythonSource) -> Edit | None:
    """Of a name that is imported alone the import would have to change, and all its other uses with it."""
    old, new = change.name, change.replacement
    if node.kind != "Attribute":
        return None
    start, end = source.span(node)
    if "." not in new:
        return None if _is_taken(new, node, source) else Edit(start, end, new)
    (module, _, last), (new_module, _, new_last) = old.rpartition("."), new.rpartition(".")
    is_written = source.text[start:end].endswith(last)
    return Edit(end - len(last), end, new_last) if is_written and module == new_module else None


def _is_taken(name: str, node: Node, source: PythonSource) -> bool:
    """A built-in name that this program gave another meaning."""
    return any(source.names.scope_at(scope).lookup(name) is not None for scope in enclosing_scopes(node))
