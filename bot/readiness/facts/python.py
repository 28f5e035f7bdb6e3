"""The facts of Python code: what it imports, defines, refers to and decides, and which rules its comments silence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from readiness.facts.functions import functions
from readiness.facts.idle import idle_definitions
from readiness.facts.model import FileFacts, ImportFact
from readiness.facts.packages import packages
from readiness.facts.rows import rows, words
from readiness.facts.sorts import Role
from readiness.facts.suppressions import suppressions_in_code
from readiness.facts.training import training_settings
from readiness.source.names import dotted_text, imported_names, is_label
from readiness.source.python import PythonSource
from readiness.source.tree import Node

_DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+")


def python_facts(source: PythonSource, facts: FileFacts) -> FileFacts:
    """The facts of a file, with those that its code tells."""
    imports = tuple(_imports(source))
    return replace(
        facts,
        imports=imports,
        packages=tuple(packages(source)),
        functions=tuple(functions(source)),
        references=frozenset((*_references(source), *(_dotted_strings(source) if facts.role is Role.TEST else ()))),
        idle=idle_definitions(source),
        suppressions=tuple(suppressions_in_code(source)),
        settings=training_settings(source, facts, imports),
        rows=rows(source, facts),
        words=words(source, facts),
    )


def _imports(source: PythonSource) -> Iterator[ImportFact]:
    for statement in sorted(_import_statements(source), key=lambda node: node.enter):
        if statement.kind == "Import":
            for alias in statement.get("names"):
                yield ImportFact(dotted_text(alias.get("name")), alias=_alias(alias))
        else:
            module = statement.get("module")
            origin = "." * statement.get("level") + ("" if module is None else dotted_text(module))
            for alias in statement.get("names"):
                yield ImportFact(origin, dotted_text(alias.get("name")), _alias(alias))


def _import_statements(source: PythonSource) -> list[Node]:
    return [*source.by_kind.get("Import", ()), *source.by_kind.get("ImportFrom", ())]


def _alias(alias: Node) -> str:
    asname = alias.get("asname")
    return "" if asname is None else str(asname.get("id"))


def _references(source: PythonSource) -> Iterator[str]:
    """Imported things by their dotted names, methods as `.name`, and dotted names in the strings of calls."""
    imported = {name for statement in _import_statements(source) for name, _ in imported_names(statement)}
    for name in source.by_kind.get("Name", ()):
        if name.fields[0] in imported and is_variable(name):
            resolved = source.resolve(_whole_chain(name))
            if resolved is not None:
                yield resolved
    for call in source.by_kind.get("Call", ()):
        func = call.get("func")
        if func.kind == "Attribute":
            yield f".{func.get('attr').get('id')}"
            if func.get("attr").get("id") == "parametrize":
                yield from _names_in_parameters(source, call)
        yield from _references_in_strings(source, call)


def is_variable(name: Node) -> bool:
    """True for a name that is evaluated, or bound; not for a part of an import, an attribute or a keyword."""
    if is_label(name):
        return False
    parent = _whole_chain(name).parent
    return parent is not None and parent.kind not in ("Alias", "ImportFrom")


def _whole_chain(name: Node) -> Node:
    """The longest `a.b.c` that starts with this name."""
    node = name
    while node.parent is not None and node.parent.kind == "Attribute" and node.parent.fields[0] is node:
        node = node.parent
    return node


def _dotted_strings(source: PythonSource) -> Iterator[str]:
    """What a test may import by a name that stands in a table of names."""
    for node in source.by_kind.get("Constant", ()):
        value = node.get("value")
        if isinstance(value, str) and _DOTTED.fullmatch(value):
            yield value


def _names_in_parameters(source: PythonSource, call: Node) -> Iterator[str]:
    """Names that a test takes methods by: `parametrize("method", ["transform", "predict"])`."""
    for node in source.nodes[call.enter : call.leave + 1]:
        if node.kind == "Constant" and isinstance(node.get("value"), str) and node.get("value").isidentifier():
            yield f".{node.get('value')}"


def _references_in_strings(source: PythonSource, call: Node) -> Iterator[str]:
    """What `mock.patch("package.module.name")`, `monkeypatch.setattr(module, "name", …)` and their like speak of."""
    arguments = [argument for argument in call.get("args") if argument.kind not in ("Keyword", "DoubleStarred")]
    texts = [argument.get("value") if argument.kind == "Constant" else None for argument in arguments[:2]]
    if texts and isinstance(texts[0], str) and _DOTTED.fullmatch(texts[0]):
        yield texts[0]
    if len(texts) == 2 and isinstance(texts[1], str) and texts[1].isidentifier():
        owner = source.resolve(arguments[0])
        if owner is not None:
            yield f"{owner}.{texts[1]}"
