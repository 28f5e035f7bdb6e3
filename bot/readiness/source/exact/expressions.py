"""The fields of every expression and `match` pattern: one entry for each libcst class (see `lower.py`).

A function that fills a node may sharpen its kind: one libcst class is sometimes two kinds of node.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, NamedTuple

import libcst as cst

from readiness.source.exact.literals import number_value, string_value, text_value
from readiness.source.lowering import Entry, Fields, Lower, optional
from readiness.source.tree import Node

OPERATORS: dict[type, str] = {
    cst.Add: "+",
    cst.Subtract: "-",
    cst.Multiply: "*",
    cst.Divide: "/",
    cst.FloorDivide: "//",
    cst.Modulo: "%",
    cst.Power: "**",
    cst.MatrixMultiply: "@",
    cst.LeftShift: "<<",
    cst.RightShift: ">>",
    cst.BitAnd: "&",
    cst.BitOr: "|",
    cst.BitXor: "^",
    cst.AddAssign: "+",
    cst.SubtractAssign: "-",
    cst.MultiplyAssign: "*",
    cst.DivideAssign: "/",
    cst.FloorDivideAssign: "//",
    cst.ModuloAssign: "%",
    cst.PowerAssign: "**",
    cst.MatrixMultiplyAssign: "@",
    cst.LeftShiftAssign: "<<",
    cst.RightShiftAssign: ">>",
    cst.BitAndAssign: "&",
    cst.BitOrAssign: "|",
    cst.BitXorAssign: "^",
    cst.And: "and",
    cst.Or: "or",
    cst.Not: "not",
    cst.Plus: "+",
    cst.Minus: "-",
    cst.BitInvert: "~",
    cst.Equal: "==",
    cst.NotEqual: "!=",
    cst.LessThan: "<",
    cst.LessThanEqual: "<=",
    cst.GreaterThan: ">",
    cst.GreaterThanEqual: ">=",
    cst.In: "in",
    cst.NotIn: "not in",
    cst.Is: "is",
    cst.IsNot: "is not",
}
_STAR_KINDS = {"*": "Starred", "**": "DoubleStarred"}


class _Text(NamedTuple):
    """Literal text between the fields of an f-string, and the first of the parts that it is written in."""

    part: Any
    value: str


class _Field(NamedTuple):
    """A replacement field of an f-string, with the prefix of the string."""

    part: Any
    prefix: str


class _FormatSpec(NamedTuple):
    """What follows the colon in `{value:spec}`."""

    parts: tuple[Any, ...]
    start: str


def arguments(lower: Lower, args: Iterable[cst.Arg], parent: Node) -> Fields:
    """The arguments of a call or the bases of a class."""
    return tuple([lower(a if a.keyword is not None or a.star else a.value, parent) for a in args])


def _argument(lower: Lower, arg: cst.Arg, node: Node) -> Fields:
    if arg.keyword is not None:
        return lower(arg.keyword, node), lower(arg.value, node)
    node.kind = _STAR_KINDS[str(arg.star)]
    return (lower(arg.value, node),)


def _elements(lower: Lower, elements: Iterable[cst.BaseElement], parent: Node) -> Fields:
    return tuple([lower(e.value if e.__class__ is cst.Element else e, parent) for e in elements])


def _collection(lower: Lower, collection: Any, node: Node) -> Fields:
    return (_elements(lower, collection.elements, node),)


def _slices(lower: Lower, subscript: cst.Subscript, node: Node) -> Fields:
    value = lower(subscript.value, node)
    parts = [element.slice for element in subscript.slice]
    if len(parts) == 1 and subscript.slice[0].comma is cst.MaybeSentinel.DEFAULT:
        only = getattr(parts[0], "value", None)
        if isinstance(only, cst.Tuple) and only.elements:  # `a[(1, 2)]` is `a[1, 2]`
            return value, _elements(lower, only.elements, node)
    return value, tuple([lower(p.value if p.__class__ is cst.Index and not p.star else p, node) for p in parts])


def _comparison(lower: Lower, comparison: cst.Comparison, node: Node) -> Fields:
    left = lower(comparison.left, node)
    ops = tuple([OPERATORS[target.operator.__class__] for target in comparison.comparisons])
    return left, ops, tuple([lower(target.comparator, node) for target in comparison.comparisons])


def _operation(lower: Lower, operation: Any, node: Node) -> Fields:
    return lower(operation.left, node), OPERATORS[operation.operator.__class__], lower(operation.right, node)


def _yield(lower: Lower, expression: cst.Yield, node: Node) -> Fields:
    if isinstance(expression.value, cst.From):
        node.kind = "YieldFrom"
        return (lower(expression.value.item, node),)
    return (optional(lower, expression.value, node),)


def _lambda(lower: Lower, function: cst.Lambda, node: Node) -> Fields:
    return parameters(lower, function.params, node), lower(function.body, node)


def parameters(lower: Lower, params: cst.Parameters, parent: Node) -> Fields:
    """All parameters of a function in source order, with the markers `/` and `*`."""
    slash, star = params.posonly_ind, params.star_arg
    return tuple(
        lower(param, parent)
        for param in chain(
            params.posonly_params,
            [slash] if isinstance(slash, cst.ParamSlash) else [],
            params.params,
            [star] if isinstance(star, cst.CSTNode) else [],
            params.kwonly_params,
            [params.star_kwarg] if params.star_kwarg is not None else [],
        )
    )


def _parameter(lower: Lower, param: cst.Param, node: Node) -> Fields:
    name = lower(param.name, node)
    annotation = None if param.annotation is None else lower(param.annotation.annotation, node)
    return name, annotation, optional(lower, param.default, node), param.star if isinstance(param.star, str) else ""


def _generators(lower: Lower, comprehension: cst.CompFor, parent: Node) -> Fields:
    clauses: list[cst.CompFor] = []
    clause: cst.CompFor | None = comprehension
    while clause is not None:
        clauses.append(clause)
        clause = clause.inner_for_in
    return tuple([lower(clause, parent) for clause in clauses])


def _clause(lower: Lower, clause: cst.CompFor, node: Node) -> Fields:
    target, iterated = lower(clause.target, node), lower(clause.iter, node)
    return target, iterated, tuple([lower(c.test, node) for c in clause.ifs]), clause.asynchronous is not None


def _comprehension(lower: Lower, comprehension: Any, node: Node) -> Fields:
    return lower(comprehension.elt, node), _generators(lower, comprehension.for_in, node)


def _dict_comprehension(lower: Lower, comprehension: cst.DictComp, node: Node) -> Fields:
    key, value = lower(comprehension.key, node), lower(comprehension.value, node)
    return key, value, _generators(lower, comprehension.for_in, node)


def _if_expression(lower: Lower, choice: cst.IfExp, node: Node) -> Fields:
    return lower(choice.test, node), lower(choice.body, node), lower(choice.orelse, node)


def _formatted(lower: Lower, string: Any, node: Node) -> Fields:
    return (tuple([lower(part, node) for part in _joined(_parts(string))]),)


def _parts(string: Any) -> Iterator[_Text | _Field]:
    for part in string.parts:
        if part.__class__ is cst.FormattedStringText or part.__class__ is cst.TemplatedStringText:
            yield _Text(part, text_value(part.value, string.start).replace("{{", "{").replace("}}", "}"))
        else:
            if part.equal is not None:
                yield _Text(part, _said(part))
            yield _Field(part, string.start)


def _said(field: Any) -> str:
    """The text that `{x = }` puts before the value: all that is written up to it."""
    parts = (field.whitespace_before_expression, field.expression, field.whitespace_after_expression, field.equal)
    return "".join(map(cst.Module([]).code_for_node, parts))


def _joined(parts: Iterable[_Text | _Field]) -> Iterator[_Text | _Field]:
    """The parts with all text between two fields as one, and none where there is no text."""
    text: _Text | None = None
    for part in parts:
        if isinstance(part, _Text):
            text = part if text is None or not text.value else _Text(text.part, text.value + part.value)
            continue
        if text is not None and text.value:
            yield text
        text = None
        yield part
    if text is not None and text.value:
        yield text


def _text(_lower: Lower, text: _Text, node: Node) -> Fields:
    node.origin = text.part
    return (text.value,)


def _replacement(lower: Lower, field: _Field, node: Node) -> Fields:
    node.origin = field.part
    value = lower(node.origin.expression, node)
    spec = node.origin.format_spec
    usual = "r" if node.origin.equal is not None and spec is None else ""
    return (
        value,
        node.origin.conversion or usual,
        None if spec is None else lower(_FormatSpec(tuple(spec), field.prefix), node),
    )


def _concatenated(lower: Lower, string: cst.ConcatenatedString, node: Node) -> Fields:
    pieces: list[Any] = []
    rest: Any = string
    while rest.__class__ is cst.ConcatenatedString:
        pieces.append(rest.left)
        rest = rest.right
    pieces.append(rest)
    if all(piece.__class__ is cst.SimpleString for piece in pieces):
        values: list[Any] = [string_value(piece.value) for piece in pieces]
        return (values[0][:0].join(values),)
    node.kind = "TemplateStr" if any(piece.__class__ is cst.TemplatedString for piece in pieces) else "JoinedStr"
    parts = chain.from_iterable(map(_pieces, pieces))
    return (tuple([lower(part, node) for part in _joined(parts)]),)


def _pieces(string: Any) -> Iterable[_Text | _Field]:
    return [_Text(string, str(string_value(string.value)))] if string.__class__ is cst.SimpleString else _parts(string)


def _type_parameter(lower: Lower, param: cst.TypeParam, node: Node) -> Fields:
    variable: Any = param.param
    star = {cst.TypeVarTuple: "*", cst.ParamSpec: "**"}.get(variable.__class__, "")
    bound = variable.bound if variable.__class__ is cst.TypeVar else None
    return lower(variable.name, node), optional(lower, bound, node), optional(lower, param.default, node), star


def _case_sequence(lower: Lower, pattern: Any, node: Node) -> Fields:
    return (_case_elements(lower, pattern.patterns, node),)


def _case_elements(lower: Lower, elements: Iterable[Any], parent: Node) -> Fields:
    return tuple([lower(e.value if e.__class__ is cst.MatchSequenceElement else e, parent) for e in elements])


def _case_mapping(lower: Lower, pattern: cst.MatchMapping, node: Node) -> Fields:
    keys = tuple([lower(element.key, node) for element in pattern.elements])
    patterns = tuple([lower(element.pattern, node) for element in pattern.elements])
    return keys, patterns, optional(lower, pattern.rest, node)


def _case_class(lower: Lower, pattern: cst.MatchClass, node: Node) -> Fields:
    cls = lower(pattern.cls, node)
    return cls, _case_elements(lower, chain(pattern.patterns, pattern.kwds), node)


EXPRESSIONS: dict[type, Entry] = {
    cst.SimpleString: ("Constant", lambda _, c, n: (string_value(c.value),)),
    cst.Integer: ("Constant", lambda _, c, n: (number_value(c.value),)),
    cst.Float: ("Constant", lambda _, c, n: (number_value(c.value),)),
    cst.Imaginary: ("Constant", lambda _, c, n: (number_value(c.value),)),
    cst.Ellipsis: ("Constant", lambda _, c, n: (...,)),
    cst.ConcatenatedString: ("Constant", _concatenated),
    cst.FormattedString: ("JoinedStr", _formatted),
    cst.TemplatedString: ("TemplateStr", _formatted),
    _FormatSpec: ("JoinedStr", _formatted),
    _Text: ("Constant", _text),
    _Field: ("FormattedValue", _replacement),
    cst.Attribute: ("Attribute", lambda low, c, n: (low(c.value, n), low(c.attr, n))),
    cst.Subscript: ("Subscript", _slices),
    cst.Index: ("Starred", lambda low, c, n: (low(c.value, n),)),
    cst.Slice: ("Slice", lambda low, c, n: tuple([optional(low, part, n) for part in (c.lower, c.upper, c.step)])),
    cst.Call: ("Call", lambda low, c, n: (low(c.func, n), arguments(low, c.args, n))),
    cst.Arg: ("Keyword", _argument),
    cst.BinaryOperation: ("BinOp", _operation),
    cst.BooleanOperation: ("BoolOp", _operation),
    cst.UnaryOperation: ("UnaryOp", lambda low, c, n: (OPERATORS[c.operator.__class__], low(c.expression, n))),
    cst.Comparison: ("Compare", _comparison),
    cst.IfExp: ("IfExp", _if_expression),
    cst.Lambda: ("Lambda", _lambda),
    cst.NamedExpr: ("NamedExpr", lambda low, c, n: (low(c.target, n), low(c.value, n))),
    cst.List: ("List", _collection),
    cst.Tuple: ("Tuple", _collection),
    cst.Set: ("Set", _collection),
    cst.StarredElement: ("Starred", lambda low, c, n: (low(c.value, n),)),
    cst.Dict: ("Dict", lambda low, c, n: (tuple([low(element, n) for element in c.elements]),)),
    cst.DictElement: ("DictItem", lambda low, c, n: (low(c.key, n), low(c.value, n))),
    cst.StarredDictElement: ("DoubleStarred", lambda low, c, n: (low(c.value, n),)),
    cst.ListComp: ("ListComp", _comprehension),
    cst.SetComp: ("SetComp", _comprehension),
    cst.GeneratorExp: ("GeneratorExp", _comprehension),
    cst.DictComp: ("DictComp", _dict_comprehension),
    # `{**d for d in ds}` has no key, as in `ast`
    cst.StarredDictComp: ("DictComp", lambda low, c, n: (None, low(c.value, n), _generators(low, c.for_in, n))),
    cst.CompFor: ("Comprehension", _clause),
    cst.Await: ("Await", lambda low, c, n: (low(c.expression, n),)),
    cst.Yield: ("Yield", _yield),
    cst.Param: ("Param", _parameter),
    cst.ParamSlash: ("Param", lambda low, c, n: (None, None, None, "/")),
    cst.ParamStar: ("Param", lambda low, c, n: (None, None, None, "*")),
    cst.TypeParam: ("TypeParam", _type_parameter),
    cst.MatchValue: ("MatchValue", lambda low, c, n: (low(c.value, n),)),
    cst.MatchSingleton: ("MatchValue", lambda low, c, n: (low(c.value, n),)),
    cst.MatchAs: ("MatchAs", lambda low, c, n: (optional(low, c.pattern, n), optional(low, c.name, n))),
    cst.MatchOr: ("MatchOr", lambda low, c, n: (tuple([low(o.pattern, n) for o in c.patterns]),)),
    cst.MatchList: ("MatchSequence", _case_sequence),
    cst.MatchTuple: ("MatchSequence", _case_sequence),
    cst.MatchMapping: ("MatchMapping", _case_mapping),
    cst.MatchClass: ("MatchClass", _case_class),
    cst.MatchStar: ("MatchStar", lambda low, c, n: (optional(low, c.name, n),)),
    cst.MatchKeywordElement: ("MatchKeyword", lambda low, c, n: (low(c.key, n), low(c.pattern, n))),
}
