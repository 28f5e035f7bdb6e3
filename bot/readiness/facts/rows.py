"""The rows that a program takes or builds, by their columns: the fields of a request, the keys of a table in code.

Beside them stand the words of the program: a column that is none of them is unknown to it.
"""

from __future__ import annotations

from collections.abc import Iterator

from readiness.facts.model import FileFacts, RowFact
from readiness.facts.sorts import Role
from readiness.rulebook import knowledge
from readiness.source.python import PythonSource
from readiness.source.tree import Node

LEAST_COLUMNS = 3
"""Fewer columns are alike by chance."""
_ROLES = frozenset({Role.SOURCE, Role.EXAMPLE})
_MAX_TEXT = 60
"""Longer texts are sentences."""
_SIGNS = " _-./()"


def as_word(name: str) -> str:
    """A name without what its writings differ in: `Hours per week`, `hours-per-week` and `hours_per_week` are one."""
    for sign in _SIGNS:
        name = name.replace(sign, "")
    return name.lower()


def rows(source: PythonSource, facts: FileFacts) -> tuple[RowFact, ...]:
    """The rows with literal columns that a program takes or builds."""
    if facts.role not in _ROLES:
        return ()
    found = sorted((*_requests(source), *_tables(source)), key=lambda row: row.hit.location)
    return tuple(row for row in found if len(row.columns) >= LEAST_COLUMNS)


def words(source: PythonSource, facts: FileFacts) -> frozenset[str]:
    """Every name and short text of a program."""
    if facts.role not in _ROLES:
        return frozenset()
    names = {name.fields[0] for name in source.by_kind.get("Name", ())}
    values = {constant.fields[0] for constant in source.by_kind.get("Constant", ())}
    texts = {value for value in values if isinstance(value, str) and len(value) <= _MAX_TEXT}
    # All at once is four times as fast as one by one.
    return frozenset(as_word("\n".join(names | texts)).split("\n")) - {""}


def _requests(source: PythonSource) -> Iterator[RowFact]:
    """The fields of each class that a request is read into, with those that it has from a class above it in the file."""
    models, known = knowledge.training().request_models, dict[str, tuple[str, ...]]()
    for node in source.by_kind.get("ClassDef", ()):
        bases = [base for base in node.get("bases") if base.kind in ("Name", "Attribute")]
        above = [known[base.fields[0]] for base in bases if base.fields[0] in known]
        if above or any(source.resolve(base) in models for base in bases):
            name = str(node.get("name").get("id"))
            known[name] = tuple(dict.fromkeys((*(column for columns in above for column in columns), *_fields(node))))
            yield RowFact(name, known[name], source.hit(*source.header_span(node)))


def _fields(node: Node) -> Iterator[str]:
    for statement in node.get("body"):
        if statement.kind == "AnnAssign" and statement.fields[0].kind == "Name":
            yield str(statement.fields[0].fields[0])


def _tables(source: PythonSource) -> Iterator[RowFact]:
    tables = knowledge.training().tables
    for name in {table.rpartition(".")[2] for table in tables}:
        for call in source.calls_by_name.get(name, ()):
            callee = source.resolve(call.fields[0])
            columns = _columns(call) if callee in tables else ()
            if columns:
                yield RowFact(str(callee), columns, source.hit(*source.span(call)))


def _columns(call: Node) -> tuple[str, ...]:
    """The columns of `DataFrame([[1, 2]], columns=["a", "b"])`, of `DataFrame({"a": [1]})` and of `DataFrame([{"a": 1}])`."""
    first = next(iter(call.get("args")), None)
    for argument in call.get("args"):
        if argument.kind == "Keyword" and argument.fields[0].fields[0] == "columns":
            return _texts(argument.fields[1].fields[0]) if argument.fields[1].kind in ("List", "Tuple") else ()
    if first is not None and first.kind == "List" and len(first.fields[0]) == 1:
        first = first.fields[0][0]
    if first is None or first.kind != "Dict":
        return ()
    items = first.fields[0]
    return _texts(tuple(item.fields[0] for item in items)) if all(item.kind == "DictItem" for item in items) else ()


def _texts(nodes: tuple[Node, ...]) -> tuple[str, ...]:
    """The texts of literals; nothing if one of them is no text."""
    found = tuple(node.fields[0] for node in nodes if node.kind == "Constant" and isinstance(node.fields[0], str))
    return found if len(found) == len(nodes) else ()
