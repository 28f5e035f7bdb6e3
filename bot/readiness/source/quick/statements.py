"""The fields of every statement: one entry for each class of `ast` (see `lower.py`)."""

from __future__ import annotations

import ast
from typing import Any, NamedTuple

from readiness.source.lowering import Entry, Fields, Lower, optional
from readiness.source.quick.expressions import OPERATORS, parameters, several
from readiness.source.tree import Node


class _Dotted(NamedTuple):
    """The first parts of an imported name, one `Attribute` for each dot."""

    parts: tuple[str, ...]


class _TypeParam(NamedTuple):
    """A type parameter of any sort."""

    variable: Any
    star: str


def _function(lower: Lower, function: Any, node: Node) -> Fields:
    return (
        several(lower, function.decorator_list, node),
        lower(function.name, node),
        _type_parameters(lower, function, node),
        parameters(lower, function.args, node),
        optional(lower, function.returns, node),
        several(lower, function.body, node),
        function.__class__ is ast.AsyncFunctionDef,
    )


def _class(lower: Lower, definition: ast.ClassDef, node: Node) -> Fields:
    return (
        several(lower, definition.decorator_list, node),
        lower(definition.name, node),
        _type_parameters(lower, definition, node),
        (*several(lower, definition.bases, node), *several(lower, definition.keywords, node)),
        several(lower, definition.body, node),
    )


def _type_parameters(lower: Lower, owner: Any, parent: Node) -> Fields:
    params = getattr(owner, "type_params", ())  # Python 3.12
    stars = {"TypeVarTuple": "*", "ParamSpec": "**"}
    return tuple([lower(_TypeParam(param, stars.get(param.__class__.__name__, "")), parent) for param in params])


def _type_parameter(lower: Lower, param: _TypeParam, node: Node) -> Fields:
    bound, default = getattr(param.variable, "bound", None), getattr(param.variable, "default_value", None)
    return (
        lower(param.variable.name, node),
        optional(lower, bound, node),
        optional(lower, default, node),
        param.star,
    )


def _assign(lower: Lower, statement: ast.Assign, node: Node) -> Fields:
    return several(lower, statement.targets, node), lower(statement.value, node)


def _augmented(lower: Lower, statement: ast.AugAssign, node: Node) -> Fields:
    return lower(statement.target, node), OPERATORS[statement.op.__class__], lower(statement.value, node)


def _annotated(lower: Lower, statement: ast.AnnAssign, node: Node) -> Fields:
    target, annotation = lower(statement.target, node), lower(statement.annotation, node)
    return target, annotation, optional(lower, statement.value, node)


def _type_alias(lower: Lower, statement: Any, node: Node) -> Fields:
    return lower(statement.name, node), _type_parameters(lower, statement, node), lower(statement.value, node)


def _for(lower: Lower, loop: Any, node: Node) -> Fields:
    target, iterated = lower(loop.target, node), lower(loop.iter, node)
    body, orelse = several(lower, loop.body, node), several(lower, loop.orelse, node)
    return target, iterated, body, orelse, loop.__class__ is ast.AsyncFor


def _conditional(lower: Lower, statement: Any, node: Node) -> Fields:
    test = lower(statement.test, node)
    return test, several(lower, statement.body, node), several(lower, statement.orelse, node)


def _with(lower: Lower, statement: Any, node: Node) -> Fields:
    items, body = several(lower, statement.items, node), several(lower, statement.body, node)
    return items, body, statement.__class__ is ast.AsyncWith


def _item(lower: Lower, item: ast.withitem, node: Node) -> Fields:
    return lower(item.context_expr, node), optional(lower, item.optional_vars, node)


def _try(lower: Lower, statement: Any, node: Node) -> Fields:
    return (
        several(lower, statement.body, node),
        several(lower, statement.handlers, node),
        several(lower, statement.orelse, node),
        several(lower, statement.finalbody, node),
        statement.__class__ is ast.TryStar,
    )


def _handler(lower: Lower, handler: ast.ExceptHandler, node: Node) -> Fields:
    caught, name = optional(lower, handler.type, node), optional(lower, handler.name, node)
    return caught, name, several(lower, handler.body, node)


def _match(lower: Lower, statement: ast.Match, node: Node) -> Fields:
    return lower(statement.subject, node), several(lower, statement.cases, node)


def _case(lower: Lower, case: ast.match_case, node: Node) -> Fields:
    pattern, guard = lower(case.pattern, node), optional(lower, case.guard, node)
    return pattern, guard, several(lower, case.body, node)


def _raise(lower: Lower, statement: ast.Raise, node: Node) -> Fields:
    return optional(lower, statement.exc, node), optional(lower, statement.cause, node)


def _assert(lower: Lower, statement: ast.Assert, node: Node) -> Fields:
    return lower(statement.test, node), optional(lower, statement.msg, node)


def _import_from(lower: Lower, statement: ast.ImportFrom, node: Node) -> Fields:
    module = None if statement.module is None else _dotted(lower, tuple(statement.module.split(".")), node)
    return module, several(lower, statement.names, node), statement.level or 0


def _alias(lower: Lower, alias: ast.alias, node: Node) -> Fields:
    return _dotted(lower, tuple(alias.name.split(".")), node), optional(lower, alias.asname, node)


def _dotted(lower: Lower, parts: tuple[str, ...], parent: Node) -> Node:
    return lower(_Dotted(parts) if len(parts) > 1 else parts[0], parent)


def _dotted_name(lower: Lower, name: _Dotted, node: Node) -> Fields:
    return _dotted(lower, name.parts[:-1], node), lower(name.parts[-1], node)


def _names(lower: Lower, statement: Any, node: Node) -> Fields:
    return (several(lower, statement.names, node),)


def _plain(_lower: Lower, _statement: ast.stmt, _node: Node) -> Fields:
    return ()


STATEMENTS: dict[type, Entry] = {
    ast.Module: ("Module", lambda low, c, n: (several(low, c.body, n),)),
    ast.FunctionDef: ("FunctionDef", _function),
    ast.AsyncFunctionDef: ("FunctionDef", _function),
    ast.ClassDef: ("ClassDef", _class),
    ast.Return: ("Return", lambda low, c, n: (optional(low, c.value, n),)),
    ast.Delete: ("Delete", lambda low, c, n: (several(low, c.targets, n),)),
    ast.Assign: ("Assign", _assign),
    ast.AugAssign: ("AugAssign", _augmented),
    ast.AnnAssign: ("AnnAssign", _annotated),
    ast.For: ("For", _for),
    ast.AsyncFor: ("For", _for),
    ast.While: ("While", _conditional),
    ast.If: ("If", _conditional),
    ast.With: ("With", _with),
    ast.AsyncWith: ("With", _with),
    ast.withitem: ("WithItem", _item),
    ast.Match: ("Match", _match),
    ast.match_case: ("MatchCase", _case),
    ast.Raise: ("Raise", _raise),
    ast.Try: ("Try", _try),
    ast.TryStar: ("Try", _try),
    ast.ExceptHandler: ("ExceptHandler", _handler),
    ast.Assert: ("Assert", _assert),
    ast.Import: ("Import", _names),
    ast.ImportFrom: ("ImportFrom", _import_from),
    ast.alias: ("Alias", _alias),
    _Dotted: ("Attribute", _dotted_name),
    ast.Global: ("Global", _names),
    ast.Nonlocal: ("Nonlocal", _names),
    ast.Expr: ("Expr", lambda low, c, n: (low(c.value, n),)),
    ast.Pass: ("Pass", _plain),
    ast.Break: ("Break", _plain),
    ast.Continue: ("Continue", _plain),
    _TypeParam: ("TypeParam", _type_parameter),
}
if hasattr(ast, "TypeAlias"):  # Python 3.12
    STATEMENTS[ast.TypeAlias] = ("TypeAlias", _type_alias)
