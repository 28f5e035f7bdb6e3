"""Pattern text to a tree that can be matched: parse the rewritten text, lower it as programs are, name its holes."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from readiness.errors import PatternError
from readiness.pattern import rewrite as text_forms
from readiness.pattern.nodes import (
    CHAIN,
    DEEP,
    DOTS,
    DOTTED,
    MANY,
    METAVARIABLE,
    TYPED,
    literal_name,
    names_only,
)
from readiness.pattern.required import Clauses, required_words
from readiness.pattern.rewrite import Rewritten, rewrite
from readiness.pattern.strings import compile_string
from readiness.source.canonical import Canonical
from readiness.source.tree import FIELDS, Node

if TYPE_CHECKING:
    import libcst as cst

EXPRESSION, STATEMENTS, DECORATOR = "expression", "statements", "decorator"

_PARTIAL = "__partial__"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern: one expression (or other single node), or statements that follow each other."""

    text: str
    form: str
    nodes: tuple[Node, ...]
    metavariables: frozenset[str] = frozenset()
    required: Clauses = field(default=(), compare=False)
    """Every clause must share a name with a file, or the pattern cannot match in it."""
    inside: Clauses = field(default=(), compare=False)
    """Those of them that share a name with each place that it matches."""

    @property
    def root(self) -> Node:
        """The only, or the first, node."""
        return self.nodes[0]


def compile_pattern(text: str, aliases: Mapping[str, str] | None = None, *, unknown_keywords: bool = False) -> Pattern:
    """Compile a pattern; `aliases` maps a dotted prefix to the one it stands for (`keras` -> `tensorflow.keras`).

    With `unknown_keywords`, its keyword arguments need not be in a file: `**kwargs` may hold them.
    """
    text = textwrap.dedent(text.strip("\n")).strip()
    if not text:
        raise PatternError("the pattern is empty", advice="Write a piece of Python, or remove the operator.")
    return _compiled(text, frozenset((aliases or {}).items()), unknown_keywords)


@cache
def _compiled(text: str, other_names: frozenset[tuple[str, str]], unknown_keywords: bool) -> Pattern:
    """Rules repeat patterns: what says the same is one, also where it is kept."""
    form, parsed = _parse(text)
    aliases = dict(other_names)
    holes = _Holes(Canonical(aliases))
    nodes = tuple(holes.fill(node) for node in parsed)
    needed = walk(nodes, without=frozenset({TYPED, "Keyword"} if unknown_keywords else {TYPED}))
    required = required_words(needed, aliases)
    return Pattern(text, form, nodes, frozenset(_names(nodes)), required, required)


# Ways to complete a pattern that is not a program by itself; each is tried in this order.


@cache
def _parse(text: str) -> tuple[str, tuple[Node, ...]]:
    """The form and the nodes of a pattern; rules repeat patterns, and checking a rule compiles them once more."""
    import libcst as cst  # takes long to import, and a kept rule book needs it not at all

    from readiness.source.exact.lower import lower_module

    rewritten = rewrite(text)
    first_error: cst.ParserSyntaxError | None = None
    for complete, take in _COMPLETIONS:
        try:
            module = cst.parse_module(complete(rewritten.text))
        except cst.ParserSyntaxError as error:
            first_error = first_error or error
            continue
        form, nodes = take(lower_module(module)[0])
        if nodes:
            return form, nodes
    raise _unreadable(text, rewritten, first_error)


def _unreadable(text: str, rewritten: Rewritten, error: cst.ParserSyntaxError | None) -> PatternError:
    place = ""
    if error is not None:
        lines = rewritten.text.split("\n")
        offset = sum(len(line) + 1 for line in lines[: error.raw_line - 1]) + error.raw_column
        before = text[: rewritten.origin(min(offset, len(rewritten.text)))]
        place = f" at line {before.count(chr(10)) + 1}, column {len(before) - before.rfind(chr(10))}"
    return PatternError(
        f"this pattern is not valid Python{place}: {text}",
        advice="A pattern is Python with $X, $...XS, ... and <... e ...> in place of what may vary.",
    )


def _body(module: Node) -> tuple[str, tuple[Node, ...]]:
    statements: tuple[Node, ...] = module.fields[0]
    if len(statements) == 1:
        only = statements[0]
        return (EXPRESSION, (only.fields[0] if only.kind == "Expr" else only,))
    return STATEMENTS, statements


def _decorators(module: Node) -> tuple[str, tuple[Node, ...]]:
    return DECORATOR, module.fields[0][0].get("decorators")[:1]


def _handler(module: Node) -> tuple[str, tuple[Node, ...]]:
    return EXPRESSION, module.fields[0][0].get("handlers")[:1]


def _suite(module: Node) -> tuple[str, tuple[Node, ...]]:
    """An `else` or `finally` clause: its statements must be all that such a clause holds."""
    statement = module.fields[0][0]
    kind = "finalbody" if statement.kind == "Try" else "orelse"
    return EXPRESSION, (Node("Clause", (kind, statement.get(kind))),)


def _pair(module: Node) -> tuple[str, tuple[Node, ...]]:
    return EXPRESSION, module.fields[0][0].fields[0].fields[0][:1]


def _with_body(text: str) -> str:
    last = text.rsplit("\n", 1)[-1]
    indent = last[: len(last) - len(last.lstrip())]
    return f"{text.rstrip().rstrip(':')}:\n{indent}    {text_forms.DOTS}"


_COMPLETIONS: tuple[tuple[Any, Any], ...] = (
    (str, _body),
    (_with_body, _body),
    (lambda text: f"{text}\ndef {_PARTIAL}(): pass", _decorators),
    (lambda text: f"try:\n    pass\n{text}", _handler),
    (lambda text: f"try:\n    pass\n{_with_body(text)}", _handler),
    (lambda text: f"if 1:\n    pass\n{text}", _suite),
    (lambda text: f"try:\n    pass\n{text}", _suite),
    (lambda text: "{" + text + "}", _pair),
)


@dataclass(frozen=True, slots=True)
class _Holes:
    """Turns reserved names into the kinds of node that stand for holes."""

    canonical: Canonical

    def fill(self, node: Node, *, name_only: bool = False) -> Node:
        """The node, with every hole in it named."""
        special = _HOLES.get(node.kind)
        hole = special(self, node) if special else None
        if hole is not None:
            hole.origin = node.origin
            return hole
        name = None if name_only else literal_name(node)
        if name is not None and not _is_reserved(name):
            return Node(DOTTED, (self.canonical(name),), node.origin)
        if node.kind == "Constant":
            return compile_string(node)
        return self._copy(node, name_only)

    def _copy(self, node: Node, name_only: bool) -> Node:
        names = FIELDS.get(node.kind, ("", ""))
        fields = zip((name_only or names_only(node.kind, name) for name in names), node.fields, strict=True)
        return Node(node.kind, tuple(self._field(value, name_only) for name_only, value in fields), node.origin)

    def _field(self, value: Any, name_only: bool) -> Any:
        if isinstance(value, Node):
            return self.fill(value, name_only=name_only)
        if isinstance(value, tuple) and value and isinstance(value[0], Node):
            return tuple(self.fill(item, name_only=name_only) for item in value)
        return value

    def name(self, node: Node) -> Node | None:
        """`$X`, `$...X` or `...` where Python has a name."""
        name = node.fields[0]
        if name == text_forms.DOTS:
            return Node(DOTS, ())
        if name.startswith(text_forms.ONE):
            return Node(METAVARIABLE, ("$" + name.removeprefix(text_forms.ONE),))
        if name.startswith(text_forms.MANY):
            return Node(MANY, ("$..." + name.removeprefix(text_forms.MANY),))
        return None

    def starred(self, node: Node) -> Node | None:
        """`...` and `$...X` among arguments or items, which Python writes as `*name`."""
        value = node.fields[0]
        hole = self.name(value) if value.kind == "Name" else None
        return hole if hole is not None and hole.kind in (DOTS, MANY) else None

    def parameter(self, node: Node) -> Node | None:
        """`...` and `$...X` among parameters."""
        name = node.fields[0]
        hole = self.name(name) if name is not None and name.kind == "Name" else None
        return hole if hole is not None and hole.kind in (DOTS, MANY) else None

    def statement(self, node: Node) -> Node | None:
        """`...` and `$...X` that stand as statements."""
        value = node.fields[0]
        hole = self.name(value) if value.kind == "Name" else None
        return hole if hole is not None and hole.kind in (DOTS, MANY) else None

    def call(self, node: Node) -> Node | None:
        """`<... e ...>` and `($X: T)`."""
        func, args = node.fields
        if func.kind != "Name":
            return None
        if func.fields[0] == text_forms.DEEP:
            return Node(DEEP, (self.fill(args[0]),))
        if func.fields[0] == text_forms.TYPED:
            return Node(TYPED, (self.fill(args[0]).fields[0], self.fill(args[1])))
        return None

    def attribute(self, node: Node) -> Node | None:
        """`value. ...`."""
        value, name = node.fields
        return Node(CHAIN, (self.fill(value),)) if name.fields[0] == text_forms.CHAIN else None


_HOLES = {
    "Name": _Holes.name,
    "Starred": _Holes.starred,
    "DoubleStarred": _Holes.starred,
    "Param": _Holes.parameter,
    "Expr": _Holes.statement,
    "Call": _Holes.call,
    "Attribute": _Holes.attribute,
}


def _is_reserved(name: str) -> bool:
    return bool(re.search(rf"(^|\.)({text_forms.ONE}|{text_forms.MANY}|{text_forms.DOTS}|{text_forms.CHAIN})", name))


def walk(nodes: tuple[Node, ...], without: frozenset[str] = frozenset()) -> Iterator[Node]:
    """All nodes of a compiled pattern, parents first, but not those inside of these kinds."""
    for node in nodes:
        yield node
        for value in node.fields if node.kind not in without else ():
            if isinstance(value, Node):
                yield from walk((value,), without)
            elif isinstance(value, tuple) and value and isinstance(value[0], Node):
                yield from walk(value, without)


def _names(nodes: tuple[Node, ...]) -> Iterator[str]:
    for node in walk(nodes):
        if node.kind in (METAVARIABLE, MANY, TYPED, "StringHole"):
            yield node.fields[0]
        elif node.kind == "StringTemplate":
            yield from node.fields[1]
