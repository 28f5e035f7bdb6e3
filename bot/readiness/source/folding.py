"""Arithmetic on values that are known, or known only to be some constant of a type.

What a program would compute is computed here only where it is small: hostile input must not eat time or memory.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass

_MAX_TEXT = 100_000
_MAX_BITS = 4096
_ARITHMETIC: dict[str, Callable[[int | float, int | float], int | float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
}
_UNARY: dict[str, Callable[[int | float], int | float]] = {"-": operator.neg, "+": operator.pos}


@dataclass(frozen=True, slots=True)
class Constant:
    """A known value; wraps it so that the value None can be told from no value."""

    value: object


@dataclass(frozen=True, slots=True)
class Some:
    """A constant of a known type whose value differs from path to path, or is too large to compute."""

    type: type


Folded = Constant | Some | None


def type_of(folded: Folded) -> type | None:
    """The type of what is known."""
    if isinstance(folded, Constant):
        return type(folded.value)
    return folded.type if isinstance(folded, Some) else None


def join(one: Folded, other: Folded) -> Folded:
    """What is known if either of two values may be meant."""
    if one == other and type_of(one) is type_of(other):  # 1 == True, but they are two constants
        return one
    kind = type_of(one)
    return Some(kind) if kind is not None and kind is type_of(other) else None


def binary(left: Folded, symbol: str, right: Folded) -> Folded:
    """The value of an operation; of `%` on text nothing is known."""
    kinds = type_of(left), type_of(right)
    for kind in (str, bytes):
        if symbol == "+" and kinds == (kind, kind):
            return _concatenation(left, right, kind)
        if symbol == "*" and kind in kinds:
            return _repetition(left, right, kind)
    if isinstance(left, Constant) and isinstance(right, Constant):
        return _arithmetic(left.value, symbol, right.value)
    return None


def unary(symbol: str, operand: Folded) -> Folded:
    """The value of a sign before a number, or of `not`."""
    if not isinstance(operand, Constant):
        return None
    if symbol == "not":
        return Constant(not operand.value)
    value = operand.value
    return Constant(_UNARY[symbol](value)) if symbol in _UNARY and isinstance(value, int | float) else None


def text(value: Folded) -> str | None:
    """What `{value}` in an f-string gives."""
    if isinstance(value, Constant) and isinstance(value.value, str | int | float):
        return str(value.value)
    return None


def _concatenation(left: Folded, right: Folded, kind: type) -> Folded:
    if isinstance(left, Constant) and isinstance(right, Constant):
        one, other = left.value, right.value
        if isinstance(one, str) and isinstance(other, str) and len(one) + len(other) <= _MAX_TEXT:
            return Constant(one + other)
        if isinstance(one, bytes) and isinstance(other, bytes) and len(one) + len(other) <= _MAX_TEXT:
            return Constant(one + other)
    return Some(kind)


def _repetition(left: Folded, right: Folded, kind: type) -> Folded:
    if isinstance(left, Constant) and isinstance(right, Constant):
        sequence, times = (left.value, right.value) if type_of(left) is kind else (right.value, left.value)
        if isinstance(sequence, str | bytes) and isinstance(times, int) and len(sequence) * times <= _MAX_TEXT:
            return Constant(sequence * times)
    return Some(kind)


def _arithmetic(left: object, symbol: str, right: object) -> Folded:
    if not isinstance(left, int | float) or not isinstance(right, int | float):
        return None
    if any(isinstance(number, int) and number.bit_length() > _MAX_BITS for number in (left, right)):
        return None
    try:
        if symbol == "**":
            return _power(left, right)
        return Constant(_ARITHMETIC[symbol](left, right)) if symbol in _ARITHMETIC else None
    except (ZeroDivisionError, OverflowError):
        return None


def _power(base: float, exponent: float) -> Folded:
    if isinstance(base, int) and (abs(exponent) > _MAX_BITS or base.bit_length() * abs(exponent) > _MAX_BITS):
        return None
    power = base**exponent
    return Constant(power) if isinstance(power, int | float) else None
