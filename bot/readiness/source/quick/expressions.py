"""The fields of every expression and `match` pattern: one entry for each class of `ast` (see `lower.py`)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any, NamedTuple

from readiness.source.lowering import Entry, Fields, Lower, optional
from readiness.source.tree import Node

OPERATORS: dict[type, str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
    ast.MatMult: "@",
    ast.LShift: "<<",
    ast.RShift: ">>",
    ast.BitAnd: "&",
    ast.BitOr: "|",
    ast.BitXor: "^",
    ast.And: "and",
    ast.Or: "or",
    ast.Not: "not",
    ast.UAdd: "+",
    ast.USub: "-",
    ast.Invert: "~",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
    ast.Is: "is",
    ast.IsNot: "is not",
}


class _Chain(NamedTuple):
    """The first operands of `a or b or c`, which are an operation of their own in this tree."""

    whole: ast.BoolOp
    length: int


class _Param(NamedTuple):
    """A parameter, or one of the markers `/` and `*`."""

    arg: ast.arg | None
    default: ast.expr | None
    star: str


class _Item(NamedTuple):
    """One entry of a dictionary."""

    key: ast.expr
    value: ast.expr


class _Unpacked(NamedTuple):
    """`**value` in a dictionary."""

    value: ast.expr


class _KeywordPattern(NamedTuple):
    """`name=pattern` in the pattern of a class."""

    name: str
    pattern: ast.pattern


def several(lower: Lower, sources: list[Any], parent: Node) -> Fields:
    """The nodes of a list."""
    return tuple([lower(source, parent) for source in sources])


def arguments(lower: Lower, args: list[ast.expr], keywords: list[ast.keyword], parent: Node) -> Fields:
    """The arguments of a call in source order, which `f(a=1, *rest)` mixes."""
    if keywords and any(arg.__class__ is ast.Starred for arg in args):
        mixed: list[Any] = sorted([*args, *keywords], key=lambda arg: (arg.lineno, arg.col_offset))
        return several(lower, mixed, parent)
    return (*several(lower, args, parent), *several(lower, keywords, parent))


def parameters(lower: Lower, args: ast.arguments, parent: Node) -> Fields:
    """All parameters of a function in source order, with the markers `/` and `*`."""
    return tuple([lower(param, parent) for param in _parameters(args)])


def _parameters(args: ast.arguments) -> Iterator[_Param]:
    positional = [*args.posonlyargs, *args.args]
    defaults = [*[None] * (len(positional) - len(args.defaults)), *args.defaults]
    for number, (arg, default) in enumerate(zip(positional, defaults, strict=True), 1):
        yield _Param(arg, default, "")
        if number == len(args.posonlyargs):
            yield _Param(None, None, "/")
    if args.vararg is not None or args.kwonlyargs:
        yield _Param(args.vararg, None, "*")
    for arg, default in zip(args.kwonlyargs, args.kw_defaults, strict=True):
        yield _Param(arg, default, "")
    if args.kwarg is not None:
        yield _Param(args.kwarg, None, "**")


def _parameter(lower: Lower, param: _Param, node: Node) -> Fields:
    arg = param.arg
    if arg is None:
        return None, None, None, param.star
    name, annotation = lower(arg.arg, node), optional(lower, arg.annotation, node)
    return name, annotation, optional(lower, param.default, node), param.star


def _attribute(lower: Lower, attribute: ast.Attribute, node: Node) -> Fields:
    return lower(attribute.value, node), lower(attribute.attr, node)


def _call(lower: Lower, call: ast.Call, node: Node) -> Fields:
    return lower(call.func, node), arguments(lower, call.args, call.keywords, node)


def _keyword(lower: Lower, keyword: ast.keyword, node: Node) -> Fields:
    if keyword.arg is None:
        node.kind = "DoubleStarred"
        return (lower(keyword.value, node),)
    return lower(keyword.arg, node), lower(keyword.value, node)


def _subscript(lower: Lower, subscript: ast.Subscript, node: Node) -> Fields:
    value, index = lower(subscript.value, node), subscript.slice
    return value, several(lower, index.elts if isinstance(index, ast.Tuple) and index.elts else [index], node)


def _slice(lower: Lower, part: ast.Slice, node: Node) -> Fields:
    return optional(lower, part.lower, node), optional(lower, part.upper, node), optional(lower, part.step, node)


def _operation(lower: Lower, operation: ast.BinOp, node: Node) -> Fields:
    return lower(operation.left, node), OPERATORS[operation.op.__class__], lower(operation.right, node)


def _chain_of(lower: Lower, operation: ast.BoolOp, node: Node) -> Fields:
    return _links(lower, operation, len(operation.values), node)


def _shorter_chain(lower: Lower, chain: _Chain, node: Node) -> Fields:
    node.origin = chain.whole
    return _links(lower, chain.whole, chain.length, node)


def _links(lower: Lower, operation: ast.BoolOp, length: int, node: Node) -> Fields:
    left = lower(operation.values[0] if length == 2 else _Chain(operation, length - 1), node)
    return left, OPERATORS[operation.op.__class__], lower(operation.values[length - 1], node)


def _comparison(lower: Lower, comparison: ast.Compare, node: Node) -> Fields:
    left = lower(comparison.left, node)
    return left, tuple([OPERATORS[op.__class__] for op in comparison.ops]), several(lower, comparison.comparators, node)


def _choice(lower: Lower, choice: ast.IfExp, node: Node) -> Fields:
    return lower(choice.test, node), lower(choice.body, node), lower(choice.orelse, node)


def _elements(lower: Lower, collection: Any, node: Node) -> Fields:
    return (several(lower, collection.elts, node),)


def _dict(lower: Lower, dictionary: ast.Dict, node: Node) -> Fields:
    pairs = zip(dictionary.keys, dictionary.values, strict=True)
    return (tuple([lower(_Unpacked(value) if key is None else _Item(key, value), node) for key, value in pairs]),)


def _comprehension(lower: Lower, comprehension: Any, node: Node) -> Fields:
    return lower(comprehension.elt, node), several(lower, comprehension.generators, node)


def _dict_comprehension(lower: Lower, comprehension: ast.DictComp, node: Node) -> Fields:
    key, value = lower(comprehension.key, node), lower(comprehension.value, node)
    return key, value, several(lower, comprehension.generators, node)


def _clause(lower: Lower, clause: ast.comprehension, node: Node) -> Fields:
    target, iterated = lower(clause.target, node), lower(clause.iter, node)
    return target, iterated, several(lower, clause.ifs, node), bool(clause.is_async)


def _joined(lower: Lower, string: ast.JoinedStr, node: Node) -> Fields:
    """All text between two fields as one constant, which Python 3.12 cuts into pieces, some of them empty."""
    values: list[ast.expr] = []
    for value in string.values:
        if isinstance(value, ast.Constant) and values and isinstance(values[-1], ast.Constant):
            text = f"{values[-1].value!s}{value.value!s}"
            values.append(ast.copy_location(ast.Constant(text), values.pop()))
        else:
            values.append(value)
    full = [value for value in values if not isinstance(value, ast.Constant) or value.value]
    return (several(lower, full, node),)


def _field(lower: Lower, field: ast.FormattedValue, node: Node) -> Fields:
    conversion = "" if field.conversion < 0 else chr(field.conversion)
    return lower(field.value, node), conversion, optional(lower, field.format_spec, node)


def _case_mapping(lower: Lower, pattern: ast.MatchMapping, node: Node) -> Fields:
    keys, patterns = several(lower, pattern.keys, node), several(lower, pattern.patterns, node)
    return keys, patterns, optional(lower, pattern.rest, node)


def _case_class(lower: Lower, pattern: ast.MatchClass, node: Node) -> Fields:
    cls = lower(pattern.cls, node)
    named = map(_KeywordPattern, pattern.kwd_attrs, pattern.kwd_patterns)
    return cls, several(lower, [*pattern.patterns, *named], node)


def _case_singleton(lower: Lower, pattern: ast.MatchSingleton, node: Node) -> Fields:
    return (lower(ast.copy_location(ast.Constant(pattern.value), pattern), node),)


EXPRESSIONS: dict[type, Entry] = {
    ast.Constant: ("Constant", lambda _, c, n: (c.value,)),
    ast.JoinedStr: ("JoinedStr", _joined),
    ast.FormattedValue: ("FormattedValue", _field),
    ast.Attribute: ("Attribute", _attribute),
    ast.Subscript: ("Subscript", _subscript),
    ast.Slice: ("Slice", _slice),
    ast.Call: ("Call", _call),
    ast.keyword: ("Keyword", _keyword),
    ast.Starred: ("Starred", lambda low, c, n: (low(c.value, n),)),
    ast.BinOp: ("BinOp", _operation),
    ast.BoolOp: ("BoolOp", _chain_of),
    _Chain: ("BoolOp", _shorter_chain),
    ast.UnaryOp: ("UnaryOp", lambda low, c, n: (OPERATORS[c.op.__class__], low(c.operand, n))),
    ast.Compare: ("Compare", _comparison),
    ast.IfExp: ("IfExp", _choice),
    ast.Lambda: ("Lambda", lambda low, c, n: (parameters(low, c.args, n), low(c.body, n))),
    ast.NamedExpr: ("NamedExpr", lambda low, c, n: (low(c.target, n), low(c.value, n))),
    ast.List: ("List", _elements),
    ast.Tuple: ("Tuple", _elements),
    ast.Set: ("Set", _elements),
    ast.Dict: ("Dict", _dict),
    _Item: ("DictItem", lambda low, c, n: (low(c.key, n), low(c.value, n))),
    _Unpacked: ("DoubleStarred", lambda low, c, n: (low(c.value, n),)),
    ast.ListComp: ("ListComp", _comprehension),
    ast.SetComp: ("SetComp", _comprehension),
    ast.GeneratorExp: ("GeneratorExp", _comprehension),
    ast.DictComp: ("DictComp", _dict_comprehension),
    ast.comprehension: ("Comprehension", _clause),
    ast.Await: ("Await", lambda low, c, n: (low(c.value, n),)),
    ast.Yield: ("Yield", lambda low, c, n: (optional(low, c.value, n),)),
    ast.YieldFrom: ("YieldFrom", lambda low, c, n: (low(c.value, n),)),
    _Param: ("Param", _parameter),
    ast.MatchValue: ("MatchValue", lambda low, c, n: (low(c.value, n),)),
    ast.MatchSingleton: ("MatchValue", _case_singleton),
    ast.MatchAs: ("MatchAs", lambda low, c, n: (optional(low, c.pattern, n), optional(low, c.name, n))),
    ast.MatchOr: ("MatchOr", lambda low, c, n: (several(low, c.patterns, n),)),
    ast.MatchSequence: ("MatchSequence", lambda low, c, n: (several(low, c.patterns, n),)),
    ast.MatchMapping: ("MatchMapping", _case_mapping),
    ast.MatchClass: ("MatchClass", _case_class),
    ast.MatchStar: ("MatchStar", lambda low, c, n: (optional(low, c.name, n),)),
    _KeywordPattern: ("MatchKeyword", lambda low, c, n: (low(c.name, n), low(c.pattern, n))),
}
