"""The imports that a fix needs: by the name that a file has for them already, or by a new statement beside the others."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.finding import Edit
from readiness.source.names import SCOPES, Scope, enclosing_scopes, is_label

if TYPE_CHECKING:
    from readiness.source.python import PythonSource
    from readiness.source.tree import Node

_IMPORTS = ("Import", "ImportFrom")


@dataclass(frozen=True, slots=True)
class NeededImport:
    """An import of one thing, as a rule writes it: the name that it binds, and what the name stands for."""

    statement: str
    name: str
    dotted: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file calls the things that a fix needs, and the edits that import those it lacks."""

    names: Mapping[str, str]
    edits: tuple[Edit, ...]

    def written(self, template: str) -> str:
        """A template with the names of the file."""
        for name, own in self.names.items():
            template = re.sub(rf"(?<![\w.$]){re.escape(name)}\b", own, template)
        return template


def needed_import(statement: str) -> NeededImport:
    """Read `import a.b as c` or `from a import b`; raises ValueError for anything else."""
    try:
        [imported] = ast.parse(statement).body
        if isinstance(imported, ast.Import):
            [alias], prefix = imported.names, ""
        elif isinstance(imported, ast.ImportFrom) and imported.module and not imported.level:
            [alias], prefix = imported.names, f"{imported.module}."
        else:
            raise ValueError(statement)
    except (SyntaxError, ValueError) as error:
        raise ValueError("is no import of one thing, such as `import pandas as pd`") from error
    if alias.asname is None and (alias.name == "*" or "." in alias.name):
        raise ValueError("binds no name of its own; write `import a.b as c`")
    return NeededImport(statement.strip(), alias.asname or alias.name, prefix + alias.name)


def imports_for(statements: Sequence[str], place: Node, source: PythonSource) -> Imported | None:
    """What a fix at a place needs; None if a name is taken, or nothing can be imported above the place."""
    names: dict[str, str] = {}
    edits: list[Edit] = []
    for needed in map(needed_import, statements):
        own = _own_name(needed, place, source)
        names[needed.name] = own or needed.name
        if own is None:
            edit = None if _is_taken(needed.name, source) else _addition(needed.statement, place, source)
            if edit is None:
                return None
            edits.append(edit)
    return Imported(names, tuple(edits))


def _own_name(needed: NeededImport, place: Node, source: PythonSource) -> str | None:
    """What the file calls the thing where the fix is."""
    scopes = [source.names.scope_at(node) for node in enclosing_scopes(place)]
    for number, scope in enumerate(scopes):
        for name in _names_of(needed.dotted, scope, place, source):
            if not any(inner.lookup(name) is not None for inner in scopes[:number]):
                return name
    return None


def _names_of(dotted: str, scope: Scope, place: Node, source: PythonSource) -> Iterator[str]:
    """The names that a scope always has for a thing when a place is reached."""
    for name, imports in scope.imports.items():
        means = {source.canonical(imported) for imported, _ in imports}
        always = (statement for _, statement in imports if statement.parent and statement.parent.kind in SCOPES)
        is_only_that = means == {source.canonical(dotted)} and name not in scope.bound
        if is_only_that and any(statement.enter < place.enter for statement in always):
            yield name


def _is_taken(name: str, source: PythonSource) -> bool:
    """Whether the file has the name for anything, even if nobody sees what."""
    return any(node.fields[0] == name and not is_label(node) for node in source.by_kind.get("Name", ()))


def _addition(statement: str, place: Node, source: PythonSource) -> Edit | None:
    """The statement behind the last import above a place, or else at the top of its file or cell."""
    top = place
    while top.parent is not None and top.parent.kind != "Module":
        top = top.parent
    above = [node for node in source.nodes[0].fields[0] if node.enter <= top.enter]
    imports = [node for node in above if node.kind in _IMPORTS]
    if imports:
        end = source.text.find("\n", source.span(imports[-1])[1])
        return Edit(end, end, f"\n{statement}") if 0 <= end <= source.span(top)[0] else None
    cell = source.locate(*source.span(top)).cell
    first = next(node for node in above if source.locate(*source.span(node)).cell == cell and not _is_filler(node))
    start = source.span(first)[0]
    is_alone = source.text[source.text.rfind("\n", 0, start) + 1 : start] == ""
    return Edit(start, start, f"{statement}\n\n") if is_alone else None


def _is_filler(node: Node) -> bool:
    """A docstring, or what stands in a program where a cell has a line of IPython's own."""
    if node.kind == "Pass":
        return True
    value = node.fields[0] if node.kind == "Expr" else None
    return value is not None and value.kind == "Constant" and isinstance(value.fields[0], str)
