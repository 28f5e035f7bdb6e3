"""Conditions written as expressions, such as `$BITS < 2048 and not re_match("^test", $NAME)`.

An expression is parsed once and walked node by node; what is not listed here does not exist. Nothing is ever executed:
attributes are read only if they are fields of a dataclass, calls reach only the functions of the table below, and the
number of steps and the size of values are limited.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cache, lru_cache
from types import EllipsisType
from typing import Any

from readiness.errors import PatternError
from readiness.pattern.functions import FUNCTIONS, METHODS

_VARIABLE = re.compile(
    r"""(?P<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|\$(?P<many>\.\.\.)?(?P<name>[A-Za-z_]\w*|\d+)""", re.DOTALL
)
_ONE, _MANY = "variable_", "variables_"
_MAX_STEPS = 100_000
_MAX_SIZE = 100_000
_MAX_POWER = 256
_SIZED = (str, bytes, list, tuple)
"""What an operation may make longer."""

_BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
    ast.BitAnd: operator.and_,
    ast.BitOr: operator.or_,
    ast.BitXor: operator.xor,
}
_UNARY: dict[type[ast.unaryop], Callable[[Any], Any]] = {
    ast.Not: operator.not_,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.Invert: operator.invert,
}
_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda item, items: item in items,
    ast.NotIn: lambda item, items: item not in items,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
}


class Unknown(PatternError):
    """The expression has no value for these names: a type does not fit, or something is not known."""


@dataclass(frozen=True, slots=True)
class Code:
    """Source text whose value is not known; equal to other code with the same text, and to no value."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression."""

    text: str
    tree: ast.expr
    names: frozenset[str]
    """The variables in it, as they are written: `$X`, `$...XS`, `$cell`."""

    def evaluate(self, names: Mapping[str, object]) -> object:
        """The value for these variables; `Unknown` if it has none."""
        return _Evaluation(self.text, names).value(self.tree, {})


def evaluate(text: str, names: Mapping[str, object]) -> object:
    """The value of an expression over these variables (`{"$X": 3}`)."""
    return parse_expression(text).evaluate(names)


def names_in(text: str) -> frozenset[str]:
    """The variables of an expression as they are written; `PatternError` if it is not valid."""
    return parse_expression(text).names


@lru_cache(maxsize=1024)
def parse_expression(text: str) -> Expression:
    """Check an expression; `PatternError` says what in it is not allowed."""
    try:
        tree = ast.parse(_VARIABLE.sub(_variable, text).strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        reason = error.msg if isinstance(error, SyntaxError) else "it is too deep or holds a NUL byte"
        raise PatternError(f"this condition is not a valid expression: {reason}: {text}") from error
    local: set[str] = set()
    names: set[str] = set()
    for node in ast.walk(tree):
        _check(node, text)
        if isinstance(node, ast.comprehension):
            local |= {part.id for part in ast.walk(node.target) if isinstance(part, ast.Name)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id not in local and node.id not in FUNCTIONS:
            names.add(_written(node.id, text))
    return Expression(text, tree, frozenset(names - {"re"}))


def _variable(found: re.Match[str]) -> str:
    if found["string"]:
        return found.group()
    return (_MANY if found["many"] else _ONE) + found["name"]


@lru_cache(maxsize=1024)
def _written(name: str, text: str) -> str:
    if name.startswith(_MANY):
        return "$..." + name.removeprefix(_MANY)
    if name.startswith(_ONE):
        return "$" + name.removeprefix(_ONE)
    if name == "re":
        return name
    raise PatternError(
        f"`{name}` is neither a variable nor a function, in the condition: {text}",
        advice=f"Variables begin with $; functions: {', '.join(sorted(FUNCTIONS))}.",
    )


def _check(node: ast.AST, text: str) -> None:
    if isinstance(node, ast.Call):
        _check_call(node, text)
    elif isinstance(node, ast.Attribute) and node.attr.startswith("_"):
        raise PatternError(f"`.{node.attr}` may not be read, in the condition: {text}")
    elif isinstance(node, ast.Constant) and isinstance(node.value, bytes | EllipsisType):
        raise PatternError(f"`{ast.unparse(node)}` is no value for a condition: {text}")
    elif isinstance(node, ast.expr | ast.comprehension) and not isinstance(node, _ALLOWED):
        raise PatternError(f"{type(node).__name__} is not allowed in a condition: {text}")
    elif isinstance(node, ast.operator) and type(node) not in _BINARY:
        raise PatternError(f"the operator {type(node).__name__} is not allowed in a condition: {text}")


_ALLOWED = (
    ast.BoolOp,
    ast.UnaryOp,
    ast.BinOp,
    ast.Compare,
    ast.IfExp,
    ast.Constant,
    ast.Name,
    ast.Attribute,
    ast.Subscript,
    ast.Slice,
    ast.Call,
    ast.List,
    ast.Tuple,
    ast.Set,
    ast.GeneratorExp,
    ast.ListComp,
    ast.comprehension,
)


def _check_call(call: ast.Call, text: str) -> None:
    if call.keywords:
        raise PatternError(f"functions take no keyword arguments in a condition: {text}")
    if _function(call.func) is None:
        raise PatternError(
            f"`{ast.unparse(call.func)}` may not be called, in the condition: {text}",
            advice=f"Functions: {', '.join(sorted(FUNCTIONS))}.",
        )


def _function(func: ast.expr) -> Callable[..., object] | None:
    if isinstance(func, ast.Name):
        return FUNCTIONS.get(func.id)
    if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name):
        return METHODS.get(f"{func.value.id}.{func.attr}")
    return None


@cache
def _names_of(kind: type) -> frozenset[str]:
    """The fields of a dataclass; nothing else has any."""
    return frozenset(field.name for field in fields(kind)) if is_dataclass(kind) else frozenset()


@cache
def _reader(kind: type) -> Callable[[_Evaluation, Any, Mapping[str, object]], object]:
    """What reads expressions of a kind."""
    found: Callable[[_Evaluation, Any, Mapping[str, object]], object] = getattr(
        _Evaluation, f"_{kind.__name__.lower()}"
    )
    return found


class _Evaluation:
    """One evaluation, with its budget of steps."""

    def __init__(self, text: str, names: Mapping[str, object]) -> None:
        self.text, self.names, self.steps = text, names, 0

    def value(self, node: ast.expr, local: Mapping[str, object]) -> object:
        self.steps += 1
        if self.steps > _MAX_STEPS:
            raise Unknown(f"the condition takes too many steps: {self.text}")
        try:
            kind: type = type(node)
            result = _reader(kind)(self, node, local)
        except (TypeError, ValueError, ArithmeticError, LookupError, RecursionError) as error:
            raise Unknown(f"the condition has no value ({error}): {self.text}") from error
        if isinstance(result, _SIZED) and len(result) > _MAX_SIZE:
            raise Unknown(f"the condition builds too large a value: {self.text}")
        return result

    def _constant(self, node: ast.Constant, _: Mapping[str, object]) -> object:
        return node.value

    def _name(self, node: ast.Name, local: Mapping[str, object]) -> object:
        if node.id in local:
            return local[node.id]
        name = _written(node.id, self.text)
        if name not in self.names:
            raise Unknown(f"{name} is not bound: {self.text}")
        return self.names[name]

    def _attribute(self, node: ast.Attribute, local: Mapping[str, object]) -> object:
        owner = self.value(node.value, local)
        kind: type = type(owner)
        if node.attr not in _names_of(kind):
            raise Unknown(f"there is no field `{node.attr}`: {self.text}")
        return getattr(owner, node.attr)

    def _subscript(self, node: ast.Subscript, local: Mapping[str, object]) -> object:
        owner: Any = self.value(node.value, local)
        if not isinstance(owner, str | Sequence | Mapping):
            raise Unknown(f"only texts, lists and mappings have items: {self.text}")
        index: Any = self.value(node.slice, local)
        return owner[index]

    def _slice(self, node: ast.Slice, local: Mapping[str, object]) -> object:
        parts = (node.lower, node.upper, node.step)
        return slice(*(None if part is None else _known(self.value(part, local)) for part in parts))

    def _boolop(self, node: ast.BoolOp, local: Mapping[str, object]) -> object:
        stop = isinstance(node.op, ast.Or)
        result: object = not stop
        for part in node.values:
            result = self.value(part, local)
            if bool(result) is stop:
                return result
        return result

    def _unaryop(self, node: ast.UnaryOp, local: Mapping[str, object]) -> object:
        return _UNARY[type(node.op)](_known(self.value(node.operand, local)))

    def _binop(self, node: ast.BinOp, local: Mapping[str, object]) -> object:
        left, right = _known(self.value(node.left, local)), _known(self.value(node.right, local))
        if isinstance(node.op, ast.Pow) and not _small(left, right):
            raise Unknown(f"the power is too large: {self.text}")
        if isinstance(node.op, ast.Mult | ast.Mod) and not (_is_number(left) and _is_number(right)):
            raise Unknown(f"`*` and `%` take numbers: {self.text}")
        return _BINARY[type(node.op)](left, right)

    def _compare(self, node: ast.Compare, local: Mapping[str, object]) -> object:
        left = self.value(node.left, local)
        for op, part in zip(node.ops, node.comparators, strict=True):
            right = self.value(part, local)
            if isinstance(left, Code) is not isinstance(right, Code) and not isinstance(op, ast.In | ast.NotIn):
                raise Unknown(f"the value of `{left if isinstance(left, Code) else right}` is not known: {self.text}")
            if not _COMPARE[type(op)](left, right):
                return False
            left = right
        return True

    def _ifexp(self, node: ast.IfExp, local: Mapping[str, object]) -> object:
        return self.value(node.body if self.value(node.test, local) else node.orelse, local)

    def _list(self, node: ast.List, local: Mapping[str, object]) -> object:
        return [self.value(item, local) for item in node.elts]

    def _tuple(self, node: ast.Tuple, local: Mapping[str, object]) -> object:
        return tuple(self.value(item, local) for item in node.elts)

    def _set(self, node: ast.Set, local: Mapping[str, object]) -> object:
        return {self.value(item, local) for item in node.elts}

    def _call(self, node: ast.Call, local: Mapping[str, object]) -> object:
        function = _function(node.func)
        if function is None:
            raise Unknown(f"`{ast.unparse(node.func)}` may not be called: {self.text}")
        return function(*(self.value(argument, local) for argument in node.args))

    def _listcomp(self, node: ast.ListComp, local: Mapping[str, object]) -> object:
        return [self.value(node.elt, inner) for inner in self._bound(node.generators, local)]

    def _generatorexp(self, node: ast.GeneratorExp, local: Mapping[str, object]) -> object:
        return [self.value(node.elt, inner) for inner in self._bound(node.generators, local)]

    def _bound(self, clauses: list[ast.comprehension], local: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
        if not clauses:
            yield local
            return
        clause, *rest = clauses
        items: Any = self.value(clause.iter, local)
        if not isinstance(items, Sequence | Mapping | set | frozenset):
            raise Unknown(f"only lists can be gone through: {self.text}")
        for item in items:
            inner = {**local, **_unpacked(clause.target, item)}
            if all(self.value(test, inner) for test in clause.ifs):
                yield from self._bound(rest, inner)


def _unpacked(target: ast.expr, item: Any) -> dict[str, object]:
    if isinstance(target, ast.Name):
        return {target.id: item}
    if isinstance(target, ast.Tuple):
        parts = zip(target.elts, item, strict=True)
        return {name: value for part, one in parts for name, value in _unpacked(part, one).items()}
    raise Unknown("only names can be given the items of a list")


def _known(value: object) -> Any:
    if isinstance(value, Code):
        raise Unknown(f"the value of `{value}` is not known")
    return value


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | complex)


def _small(base: object, exponent: object) -> bool:
    return (
        isinstance(base, int | float)
        and isinstance(exponent, int | float)
        and max(abs(base), abs(exponent)) < _MAX_POWER
    )
