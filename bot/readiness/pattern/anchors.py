"""Where in a program a pattern could match at all: looked up, so that most nodes are never visited."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from readiness.pattern.compile import DECORATOR, Pattern
from readiness.pattern.nodes import (
    ASSIGNMENTS,
    CHAIN,
    CONCATENATION,
    DEEP,
    DOTS,
    DOTTED,
    EXPRESSIONS,
    KEYWORDS,
    METAVARIABLE,
    TYPED,
    is_expression,
)
from readiness.pattern.required import Clauses
from readiness.pattern.strings import STRING_PATTERNS
from readiness.source.tree import STATEMENTS, Node

if TYPE_CHECKING:
    from readiness.pattern.match import Matcher

_ANY_EXPRESSION = frozenset({METAVARIABLE, DEEP, TYPED, CHAIN, DOTS})
# Kinds of the program that a kind of pattern can match, where they are not the same.
_KINDS = {
    **dict.fromkeys(_ANY_EXPRESSION, tuple(sorted(EXPRESSIONS))),
    **dict.fromkeys(ASSIGNMENTS, tuple(sorted(ASSIGNMENTS))),
    "AnnAssign": ("AnnAssign",),
    CONCATENATION: ("Constant", "JoinedStr"),
    "List": ("List", "ListComp"),
    "Tuple": ("Tuple", "GeneratorExp"),
    "Set": ("Set", "Dict", "SetComp"),
    "Dict": ("Set", "Dict", "DictComp"),
    "ListComp": ("ListComp", "GeneratorExp"),
    "DictItem": ("DictItem", "Keyword"),
    "Import": ("Import", "ImportFrom"),
    "ImportFrom": ("Import", "ImportFrom"),
    "Clause": ("If", "For", "While", "Try"),
}
_NOT_ALWAYS_EXPRESSIONS = frozenset({"Name", "Attribute", "Constant", "BoolOp"})
_USERS = frozenset({"Expr", "Assign", "AugAssign", "AnnAssign", "Return"})
"""Statements that an expression of a pattern may match the value of."""


def candidates(m: Matcher, pattern: Pattern, kinds: frozenset[str] | None = None) -> Iterable[Node]:
    """The nodes that the only node of a pattern could match; of these kinds, if they are known."""
    if kinds is not None:
        return (node for kind in sorted(kinds) for node in of_kind(m, kind))
    root = pattern.root
    if pattern.form != DECORATOR:
        if (name := last_name(root)) is not None:
            return _names(m, name, pattern.required)
        if root.kind == "Call" and not m.options.symbolic and (name := last_name(root.fields[0])) is not None:
            return [*m.source.calls_by_name.get(name, ()), *m.index.decorators_named(name)]
    inside = [clause for clause in pattern.inside if KEYWORDS.get(root.kind) not in clause]
    if not inside or m.options.symbolic or m.options.star_imports:  # a name may stand for what is elsewhere
        return _of_form(m, pattern)
    rarest = min(map(m.index.occurrences, inside), key=len)
    if not rarest:
        return ()
    around = m.index.around(rarest)
    return [node for node in _of_form(m, pattern) if node.enter in around]


def _of_form(m: Matcher, pattern: Pattern) -> Iterable[Node]:
    """What has the form of the pattern's root, whatever stands in it."""
    root = pattern.root
    if pattern.form == DECORATOR:
        return m.index.decorators
    if root.kind == "Call":
        return [*_calls(m, root.fields[0]), *m.index.decorator_calls]
    if root.kind in ASSIGNMENTS:
        return _assignments(m, root)
    if root.kind == "Constant":
        return m.index.literals
    if root.kind in STRING_PATTERNS:
        return m.index.strings
    return _of_kinds(m, root.kind)


def literals(m: Matcher, kinds: Iterable[str], passes: Callable[[str], bool]) -> Iterator[Node]:
    """The nodes of these kinds whose value is a text that passes."""
    for kind in kinds:
        yield from (node for node, text in m.index.texts(kind) if passes(text))


def _names(m: Matcher, name: str, required: Clauses) -> list[Node]:
    """The names and dotted names that end in this name, as written or as imported."""
    spellings = frozenset().union(*(clause for clause in required if name in clause))
    found = {}
    for node in m.index.occurrences(spellings):
        whole = node.parent if node.parent is not None and _ends_in(node.parent, node) else node
        if is_expression(whole):
            found[whole.enter] = whole
    return [found[number] for number in sorted(found)]


def _ends_in(dotted: Node, name: Node) -> bool:
    return dotted.kind == "Attribute" and dotted.fields[1] is name


def _calls(m: Matcher, callee: Node) -> Iterable[Node]:
    """All calls; if the rule makes a condition of `$F` in `$F(...)` or `$X.$F(...)`, each name is asked about once."""
    hole = callee.fields[1] if callee.kind == "Attribute" else callee
    screen = m.screen(hole.fields[0]) if hole.kind == METAVARIABLE else None
    if screen is None or m.options.symbolic:
        return m.source.by_kind.get("Call", ())
    if callee.kind != "Attribute":
        return chain.from_iterable(calls for spelt, calls in m.index.calls_by_callee.items() if screen.admits(spelt))
    named = (calls for name, calls in m.source.calls_by_name.items() if screen.admits(name))
    found = {call.enter: call for calls in named for call in calls}
    return [found[number] for number in sorted(found)]


def last_name(node: Node) -> str | None:
    """The last part of a dotted name in a pattern, if that part is no hole."""
    if node.kind == DOTTED:
        return str(node.fields[0]).rpartition(".")[2]
    if node.kind == "Attribute" and node.fields[1].kind == "Name":
        return str(node.fields[1].fields[0])
    return None


def _of_kinds(m: Matcher, kind: str) -> Iterator[Node]:
    for one in _KINDS.get(kind, (kind,)):
        yield from of_kind(m, one)


def of_kind(m: Matcher, kind: str) -> Iterable[Node]:
    """The expressions or other nodes of a kind."""
    nodes = m.source.by_kind.get(kind, ())
    return filter(is_expression, nodes) if kind in _NOT_ALWAYS_EXPRESSIONS else nodes


def _assignments(m: Matcher, pattern: Node) -> Iterable[Node]:
    """All assignments, or those of a call of a known name."""
    value = pattern.fields[-1]
    name = last_name(value.fields[0]) if value is not None and value.kind == "Call" else None
    if name is None or m.options.symbolic:
        return _of_kinds(m, pattern.kind)
    found = (_assignment_of(call) for call in m.source.calls_by_name.get(name, ()))
    return [node for node in found if node is not None and node.kind in _KINDS.get(pattern.kind, (pattern.kind,))]


def _assignment_of(call: Node) -> Node | None:
    parent = call.parent
    return parent.parent if parent is not None and parent.kind == "Tuple" else parent


def starts(m: Matcher, patterns: Sequence[Node]) -> Iterator[tuple[tuple[Node, ...], int]]:
    """Blocks, and the place in each, where a sequence of statements could begin."""
    if patterns[0].kind == DOTS:
        yield from ((block, 0) for block in m.index.blocks)
        return
    seen: set[int] = set()
    for statement in _first_statements(m, patterns[0]):
        if statement.enter not in seen and statement.enter in m.index.position:
            seen.add(statement.enter)
            yield m.index.position[statement.enter]


def _first_statements(m: Matcher, first: Node) -> Iterator[Node]:
    if first.kind == "Expr":
        yield from _with_expression(m, first.fields[0])
    elif first.kind in ASSIGNMENTS:
        yield from _assignments(m, first)
    elif first.kind in STATEMENTS:
        yield from _of_kinds(m, first.kind)
    else:
        yield from m.index.nested_statements(m.source.tree.fields[0])


def _with_expression(m: Matcher, wanted: Node) -> Iterator[Node]:
    name = last_name(wanted.fields[0]) if wanted.kind == "Call" else None
    if name is not None and not m.options.symbolic:
        calls = m.source.calls_by_name.get(name, ())
        yield from (s for s in map(m.source.enclosing_statement, calls) if s.kind in _USERS)
    elif wanted.kind in (METAVARIABLE, DEEP):
        yield from m.index.nested_statements(m.source.tree.fields[0])
    else:
        for kind in sorted(_USERS):
            yield from m.source.by_kind.get(kind, ())
