"""What must stand inside of every place of a pattern, beside names: looked for once in a file, and before the pattern.

A condition on a metavariable says more about where a pattern can match than the pattern: in `$NAME = "$VALUE"` nearly
every assignment could, were it not for what `$VALUE` must look like. So the strings are asked first, and only what holds
one that passes is tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from readiness.pattern import formula as f
from readiness.pattern.compile import EXPRESSION, Pattern
from readiness.pattern.nodes import CHAIN, MANY, METAVARIABLE, STRING_HOLE, STRING_TEMPLATE, TYPED, names_only
from readiness.pattern.steps import AllStep, AnyStep, Check, Found, Literal, MatchStep, Step, Witness
from readiness.source.tree import FIELDS, Node

Witnesses: TypeAlias = dict[str, list[Witness]]
"""By the metavariable that they stand in."""

_LITERALS = frozenset({"Constant", "JoinedStr"})
_IN_PARTS = frozenset({"Attribute", CHAIN})
"""What is under these may stand for a part of an imported name, which is no node of the program."""


def witnesses_of(checks: tuple[Check, ...]) -> Witnesses:
    """For each metavariable what its conditions ask to be inside of it."""
    found: Witnesses = {}
    for check in checks:
        condition = check.condition
        if isinstance(condition, f.IsKind) and _LITERALS.issuperset(condition.kinds):
            own = tuple(c for c in checks if getattr(c.condition, "metavariable", "") == condition.metavariable)
            texts = tuple(c for c in own if isinstance(c.condition, f.MatchesRegex | f.IsOneOf))
            found.setdefault(condition.metavariable, []).append(Literal(condition.kinds, texts))
        elif isinstance(condition, f.MatchesFormula) and not condition.negated and not condition.text and check.nested:
            steps = _starting(check.nested.step)
            if steps:
                found.setdefault(condition.metavariable, []).append(Found(steps))
    return found


def witnesses_in(pattern: Pattern, witnesses: Witnesses) -> tuple[Witness, ...]:
    """Those of the witnesses that every match of the pattern holds."""
    if pattern.form != EXPRESSION or not witnesses:
        return ()
    holes = list(_holes(pattern.root))
    return tuple(one for name, own in witnesses.items() for one in own if _is_held(one, name, holes))


def _is_held(witness: Witness, name: str, holes: list[tuple[str, str, bool]]) -> bool:
    own = [(kind, is_whole) for kind, hole, is_whole in holes if hole == name]
    if isinstance(witness, Literal):
        return any(kind == STRING_HOLE for kind, _ in own)
    return bool(own) and all(kind == METAVARIABLE and is_whole for kind, is_whole in own)


def _holes(node: Node, *, is_whole: bool = True) -> Iterator[tuple[str, str, bool]]:
    """The holes of a pattern: kind, name, and whether what stands for it is a node of the program."""
    if node.kind in (METAVARIABLE, STRING_HOLE, MANY):
        yield node.kind, node.fields[0], is_whole
    elif node.kind == STRING_TEMPLATE:
        yield from ((node.kind, name, False) for name in node.fields[1])
    elif node.kind == TYPED:
        yield node.kind, node.fields[0], False
    else:
        names = FIELDS.get(node.kind) or ("",) * len(node.fields)
        for name, value in zip(names, node.fields, strict=True):
            inside = is_whole and node.kind not in _IN_PARTS and not names_only(node.kind, name)
            for part in value if isinstance(value, tuple) else (value,):
                if isinstance(part, Node):
                    yield from _holes(part, is_whole=inside)


def _starting(step: Step) -> tuple[MatchStep, ...]:
    """Patterns of which one must match where the step does; none if that is not known."""
    match step:
        case MatchStep():
            return () if step.is_bare_metavariable else (step,)
        case AnyStep(items=items):
            parts = [_starting(item) for item in items]
            return tuple(one for part in parts for one in part) if all(parts) else ()
        case AllStep(positives=positives):
            return next(filter(None, map(_starting, positives)), ())
    return ()
