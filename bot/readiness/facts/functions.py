"""The functions and methods that a program defines, and what sort of function each is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from hashlib import blake2s

from readiness.facts.hit import Hit
from readiness.facts.model import FunctionFact
from readiness.source.python import PythonSource
from readiness.source.tree import STATEMENTS, Node

LEAST_COPIED = 5
"""Statements of a function that is worth comparing with others; shorter ones are alike by chance."""

_PROPERTIES = frozenset({"property", "cached_property", "setter", "getter", "deleter"})
_ABSTRACT = frozenset({"abstractmethod", "abstractproperty", "abstractclassmethod", "abstractstaticmethod"})
# Decorators of command-line entry points: a user calls these, no code does.
_COMMANDS = frozenset({"command", "group", "callback"})


# Decorators of an application's object that make a function answer a request or an event.
_HANDLERS = frozenset(
    "after_request before_request delete errorhandler exception_handler get head middleware on_event options patch post put"
    " route websocket".split()
)


def functions(source: PythonSource) -> Iterator[FunctionFact]:
    """Functions at module level and methods at class level, in order; what is inside a function is its own affair."""
    is_main = cache(partial(_is_main, source))  # a notebook may define one name in every cell
    for node in source.by_kind.get("FunctionDef", ()):
        owners = _owners(node)
        if owners is not None:
            yield _fact(source, node, owners, is_main)


def _owners(node: Node) -> list[str] | None:
    """The classes around a function, outermost first; None if a function is around it."""
    owners = []
    parent = node.parent
    while parent is not None:
        if parent.kind in ("FunctionDef", "Lambda"):
            return None
        if parent.kind == "ClassDef":
            owners.append(str(parent.get("name").get("id")))
        parent = parent.parent
    return owners[::-1]


def _fact(source: PythonSource, node: Node, owners: list[str], is_main: Callable[[str], bool]) -> FunctionFact:
    name = str(node.get("name").get("id"))
    may_be_main = not owners and is_main(name)
    qualname = ".".join([*owners, name])
    decorators = tuple(_decorator(source, decorator) for decorator in node.get("decorators"))
    start = source.header_span(node)[0]
    line, _ = source.lines.position(start)
    text = source.lines.line_text(line)
    end = source.lines.offset(line) + len(text.rstrip())
    location = source.locate(start, end)
    last = source.locate(*[source.span(node)[1]] * 2)
    body = _body(node)
    statements = sum(count_statements(source, statement) for statement in body)
    return FunctionFact(
        name=name,
        qualname=qualname,
        hit=Hit(location, qualname, " ".join(text.split()), qualname, (text,)),
        statements=statements,
        public=not any(part.startswith("_") for part in [*owners, name]),
        is_method=bool(owners),
        class_name=owners[-1] if owners else "",
        decorators=decorators,
        parameters=tuple(str(param.get("name").get("id")) for param in node.get("params") if param.get("name")),
        kind=_kind(source, owners, decorators, body, may_be_main),
        end_line=last.line if last.cell == location.cell else location.line,
        documented=len(body) < len(node.get("body")),
        body=_digest(source, node, body) if statements >= LEAST_COPIED else "",
    )


def count_statements(source: PythonSource, node: Node) -> int:
    """How many statements a statement is, with those inside it; `pass`, which also stands for a magic, is none."""
    return sum(below.kind in STATEMENTS and below.kind != "Pass" for below in _subtree(source, node))


def _kind(
    source: PythonSource, owners: list[str], decorators: tuple[str, ...], body: list[Node], may_be_main: bool
) -> str:
    last_names = {decorator.rpartition(".")[2] for decorator in decorators}
    if "overload" in last_names:
        return "overload"
    if last_names & _ABSTRACT or _raises_not_implemented(body):
        return "abstract"
    if last_names & _PROPERTIES:
        return "property"
    if all(_is_empty(statement) for statement in body):
        return "stub"
    if may_be_main or (not owners and last_names & _COMMANDS):
        return "main"
    if any("." in decorator and decorator.rpartition(".")[2] in _HANDLERS for decorator in decorators):
        return "handler"
    if len(body) == 1 and body[0].kind in ("Return", "Expr") and _calls(source, body[0]) == 1:
        return "wrapper"
    return "method" if owners else "function"


def _digest(source: PythonSource, node: Node, body: list[Node]) -> str:
    text = source.text[source.span(body[0])[0] : source.span(node)[1]]
    return blake2s(" ".join(text.split()).encode(errors="replace"), digest_size=8).hexdigest()


def _decorator(source: PythonSource, node: Node) -> str:
    func = node.get("func") if node.kind == "Call" else node
    return source.resolve(func) or _dotted(func)


def _dotted(node: Node) -> str:
    if node.kind == "Attribute":
        return f"{_dotted(node.get('value'))}.{node.get('attr').get('id')}"
    return str(node.get("id")) if node.kind == "Name" else ""


def _body(node: Node) -> list[Node]:
    """The statements of a function without its docstring."""
    body = list(node.get("body"))
    if body and body[0].kind == "Expr" and _is_string(body[0].get("value")):
        return body[1:]
    return body


def _is_string(node: Node) -> bool:
    return node.kind == "Constant" and isinstance(node.get("value"), str)


def _is_empty(statement: Node) -> bool:
    if statement.kind == "Expr":
        value = statement.get("value")
        return value.kind == "Constant" and (value.get("value") is ... or isinstance(value.get("value"), str))
    return statement.kind == "Pass"


def _raises_not_implemented(body: list[Node]) -> bool:
    if len(body) != 1 or body[0].kind != "Raise" or body[0].get("exc") is None:
        return False
    raised = body[0].get("exc")
    return _dotted(raised.get("func") if raised.kind == "Call" else raised) == "NotImplementedError"


def _is_main(source: PythonSource, name: str) -> bool:
    calls = [call for call in source.calls_by_name.get(name, ()) if call.get("func").kind == "Name"]
    return name == "main" or (bool(calls) and all(map(_below_main_guard, calls)))


def _below_main_guard(node: Node) -> bool:
    parent: Node | None = node
    while parent is not None:
        if parent.kind == "If" and is_main_guard(parent.get("test")):
            return True
        parent = parent.parent
    return False


def is_main_guard(test: Node) -> bool:
    """Whether a condition asks if the file was started as a program."""
    sides = [test.get("left"), *test.get("comparators")] if test.kind == "Compare" else []
    return any(side.kind == "Name" and side.get("id") == "__name__" for side in sides)


def _calls(source: PythonSource, node: Node) -> int:
    return sum(below.kind == "Call" for below in _subtree(source, node))


def _subtree(source: PythonSource, node: Node) -> list[Node]:
    return source.nodes[node.enter : node.leave + 1]
