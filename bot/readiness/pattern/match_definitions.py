"""Functions, classes, their parameters, bases and decorators; what a pattern does not mention may be there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from readiness.pattern.bindings import Bindings, Matches
from readiness.pattern.match_blocks import body, members
from readiness.pattern.match_calls import arguments
from readiness.pattern.nodes import METAVARIABLE
from readiness.pattern.sequences import in_any_order, in_order
from readiness.source.tree import Node

if TYPE_CHECKING:
    from readiness.pattern.match import Matcher


def function(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """`def`: decorators, type parameters, return annotation and `async` only count if the pattern has them."""
    if target.kind != "FunctionDef" or (pattern.get("is_async") and not target.get("is_async")):
        return
    _, name, _, params, returns, statements, _ = pattern.fields
    _, its_name, _, its_params, its_returns, its_statements, _ = target.fields
    for named in m.node(name, its_name, bindings):
        for decorated in decorators(m, pattern, target, named):
            for called in parameters(m, params, its_params, decorated):
                for returned in m.optional(returns, its_returns, called):
                    yield from body(m, statements, its_statements, returned)


def class_(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """`class`: the bases of the pattern come first; members in any order."""
    if target.kind != "ClassDef":
        return
    for named in m.node(pattern.get("name"), target.get("name"), bindings):
        for decorated in decorators(m, pattern, target, named):
            for derived in arguments(m, pattern.get("bases"), target.get("bases"), decorated, open_end=True):
                yield from members(m, pattern.get("body"), target.get("body"), derived)


def decorators(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """Each decorator of the pattern is there; others may be too."""
    yield from in_any_order(
        pattern.get("decorators"),
        target.get("decorators"),
        bindings,
        lambda p, t, b: decorator(m, p, t, b),
        open_end=True,
    )


def decorator(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """A decorator without arguments and one called with none are the same."""
    func, args = _applied(pattern)
    target_func, target_args = _applied(target)
    for bound in m.node(func, target_func, bindings):
        yield from arguments(m, args, target_args, bound)


def _applied(node: Node) -> tuple[Node, tuple[Node, ...]]:
    return node.fields if node.kind == "Call" else (node, ())


def parameters(m: Matcher, patterns: Sequence[Node], targets: Sequence[Node], bindings: Bindings) -> Matches:
    """Parameters in order."""
    return in_order(m, patterns, targets, bindings, compare=lambda p, t, b: _parameter(m, p, t, b))


def _parameter(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """A bare `$X` is any parameter but `*args` and `**kwargs`; annotations and defaults may go unmentioned."""
    name, annotation, default, star = pattern.fields
    its_name, its_annotation, its_default, its_star = target.fields
    if (default is not None and its_default is None) or (annotation is not None and its_annotation is None):
        return
    if its_name is None:
        if name is not None and name.kind == METAVARIABLE and (annotation, default, star) == (None, None, ""):
            yield from m.bind(name.fields[0], (target,), bindings)
        elif star == its_star:
            yield bindings
    elif name is not None and star == its_star:
        for named in m.node(name, its_name, bindings):
            for annotated in m.optional(annotation, its_annotation, named):
                yield from m.optional(default, its_default, annotated)


HANDLERS = {"FunctionDef": function, "ClassDef": class_}
