"""The fields of every statement: one entry for each libcst class (see `lower.py`)."""

from __future__ import annotations

from typing import Any

import libcst as cst

from readiness.source.exact.expressions import OPERATORS, arguments, parameters
from readiness.source.lowering import Entry, Fields, Lower, optional
from readiness.source.tree import Node


class _Star:
    """The `*` of a star import: no name in libcst, a `Name` here."""


def _block(lower: Lower, block: Any, parent: Node) -> Fields:
    """The statements of a suite, or of an `else` or `finally` clause; none if there is no such clause."""
    if block is None:
        return ()
    if block.__class__ is cst.Else or block.__class__ is cst.Finally:
        block = block.body
    statements: list[Node] = []
    for statement in block.body:
        if statement.__class__ is cst.SimpleStatementLine:
            statements += [lower(small, parent) for small in statement.body]
        else:
            statements.append(lower(statement, parent))
    return tuple(statements)


def _else(lower: Lower, clause: Any, parent: Node) -> Fields:
    return (lower(clause, parent),) if clause.__class__ is cst.If else _block(lower, clause, parent)


def _type_parameters(lower: Lower, params: cst.TypeParameters | None, parent: Node) -> Fields:
    return () if params is None else tuple([lower(param, parent) for param in params.params])


def _function(lower: Lower, function: cst.FunctionDef, node: Node) -> Fields:
    return (
        tuple([lower(decorator.decorator, node) for decorator in function.decorators]),
        lower(function.name, node),
        _type_parameters(lower, function.type_parameters, node),
        parameters(lower, function.params, node),
        None if function.returns is None else lower(function.returns.annotation, node),
        _block(lower, function.body, node),
        function.asynchronous is not None,
    )


def _class(lower: Lower, definition: cst.ClassDef, node: Node) -> Fields:
    return (
        tuple([lower(decorator.decorator, node) for decorator in definition.decorators]),
        lower(definition.name, node),
        _type_parameters(lower, definition.type_parameters, node),
        arguments(lower, [*definition.bases, *definition.keywords], node),
        _block(lower, definition.body, node),
    )


def _delete(lower: Lower, statement: cst.Del, node: Node) -> Fields:
    target = statement.target
    several = isinstance(target, cst.Tuple) and not target.lpar
    targets = [element.value for element in target.elements] if isinstance(target, cst.Tuple) and several else [target]
    return (tuple([lower(target, node) for target in targets]),)


def _assign(lower: Lower, statement: cst.Assign, node: Node) -> Fields:
    return tuple([lower(target.target, node) for target in statement.targets]), lower(statement.value, node)


def _augmented(lower: Lower, statement: cst.AugAssign, node: Node) -> Fields:
    return lower(statement.target, node), OPERATORS[statement.operator.__class__], lower(statement.value, node)


def _annotated(lower: Lower, statement: cst.AnnAssign, node: Node) -> Fields:
    target, annotation = lower(statement.target, node), lower(statement.annotation.annotation, node)
    return target, annotation, optional(lower, statement.value, node)


def _type_alias(lower: Lower, statement: cst.TypeAlias, node: Node) -> Fields:
    name, params = lower(statement.name, node), _type_parameters(lower, statement.type_parameters, node)
    return name, params, lower(statement.value, node)


def _for(lower: Lower, loop: cst.For, node: Node) -> Fields:
    target, iterated = lower(loop.target, node), lower(loop.iter, node)
    body, orelse = _block(lower, loop.body, node), _block(lower, loop.orelse, node)
    return target, iterated, body, orelse, loop.asynchronous is not None


def _conditional(lower: Lower, statement: Any, node: Node) -> Fields:
    test = lower(statement.test, node)
    return test, _block(lower, statement.body, node), _else(lower, statement.orelse, node)


def _with(lower: Lower, statement: cst.With, node: Node) -> Fields:
    items = tuple([lower(item, node) for item in statement.items])
    return items, _block(lower, statement.body, node), statement.asynchronous is not None


def _try(lower: Lower, statement: Any, node: Node) -> Fields:
    return (
        _block(lower, statement.body, node),
        tuple([lower(handler, node) for handler in statement.handlers]),
        _block(lower, statement.orelse, node),
        _block(lower, statement.finalbody, node),
        statement.__class__ is cst.TryStar,
    )


def _handler(lower: Lower, handler: Any, node: Node) -> Fields:
    return optional(lower, handler.type, node), _as_name(lower, handler.name, node), _block(lower, handler.body, node)


def _as_name(lower: Lower, clause: cst.AsName | None, parent: Node) -> Node | None:
    return None if clause is None else lower(clause.name, parent)


def _match(lower: Lower, statement: cst.Match, node: Node) -> Fields:
    return lower(statement.subject, node), tuple([lower(case, node) for case in statement.cases])


def _case(lower: Lower, case: cst.MatchCase, node: Node) -> Fields:
    pattern, guard = lower(case.pattern, node), optional(lower, case.guard, node)
    return pattern, guard, _block(lower, case.body, node)


def _raise(lower: Lower, statement: cst.Raise, node: Node) -> Fields:
    exception = optional(lower, statement.exc, node)
    return exception, None if statement.cause is None else lower(statement.cause.item, node)


def _import(lower: Lower, statement: Any, node: Node) -> Fields:
    return (tuple([lower(alias, node) for alias in statement.names]),)


def _import_from(lower: Lower, statement: Any, node: Node) -> Fields:
    module = optional(lower, statement.module, node)
    names = [statement.names] if isinstance(statement.names, cst.ImportStar) else statement.names
    return module, tuple([lower(alias, node) for alias in names]), len(statement.relative)


def _names(lower: Lower, statement: Any, node: Node) -> Fields:
    return (tuple([lower(item.name, node) for item in statement.names]),)


STATEMENTS: dict[type, Entry] = {
    cst.Module: ("Module", lambda low, c, n: (_block(low, c, n),)),
    cst.FunctionDef: ("FunctionDef", _function),
    cst.ClassDef: ("ClassDef", _class),
    cst.Return: ("Return", lambda low, c, n: (optional(low, c.value, n),)),
    cst.Del: ("Delete", _delete),
    cst.Assign: ("Assign", _assign),
    cst.AugAssign: ("AugAssign", _augmented),
    cst.AnnAssign: ("AnnAssign", _annotated),
    cst.TypeAlias: ("TypeAlias", _type_alias),
    cst.For: ("For", _for),
    cst.While: ("While", _conditional),
    cst.If: ("If", _conditional),
    cst.With: ("With", _with),
    cst.WithItem: ("WithItem", lambda low, c, n: (low(c.item, n), _as_name(low, c.asname, n))),
    cst.Match: ("Match", _match),
    cst.MatchCase: ("MatchCase", _case),
    cst.Raise: ("Raise", _raise),
    cst.Try: ("Try", _try),
    cst.TryStar: ("Try", _try),
    cst.ExceptHandler: ("ExceptHandler", _handler),
    cst.ExceptStarHandler: ("ExceptHandler", _handler),
    cst.Assert: ("Assert", lambda low, c, n: (low(c.test, n), optional(low, c.msg, n))),
    cst.Import: ("Import", _import),
    cst.LazyImport: ("Import", _import),
    cst.ImportFrom: ("ImportFrom", _import_from),
    cst.LazyImportFrom: ("ImportFrom", _import_from),
    cst.ImportAlias: ("Alias", lambda low, c, n: (low(c.name, n), _as_name(low, c.asname, n))),
    cst.ImportStar: ("Alias", lambda low, c, n: (low(_Star(), n), None)),
    _Star: ("Name", lambda low, c, n: ("*",)),
    cst.Global: ("Global", _names),
    cst.Nonlocal: ("Nonlocal", _names),
    cst.Expr: ("Expr", lambda low, c, n: (low(c.value, n),)),
    cst.Pass: ("Pass", lambda low, c, n: ()),
    cst.Break: ("Break", lambda low, c, n: ()),
    cst.Continue: ("Continue", lambda low, c, n: ()),
}
