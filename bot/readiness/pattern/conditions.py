"""Whether a condition on metavariables holds, and what else it binds."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from readiness.pattern import formula as f
from readiness.pattern.bindings import Binding, Bindings, same_value
from readiness.pattern.expressions import Code, Unknown
from readiness.pattern.nodes import IMPORTED
from readiness.pattern.steps import Check
from readiness.pattern.types import has_type

if TYPE_CHECKING:
    from readiness.pattern.evaluate import Evaluator

_REMEMBERED = 4096


def passed(check: Check, bindings: Bindings, evaluator: Evaluator) -> list[Bindings]:
    """The bindings with which the condition holds: the given ones, and those with more that it bound; none if it fails."""
    condition = check.condition
    if isinstance(condition, f.Where):
        return [bindings] if _is_true(check, bindings) else []
    bound = bindings.get(condition.metavariable)
    if bound is None:
        return [bindings] if check.vacuous else []
    if isinstance(condition, f.MatchesFormula):
        return _nested(check, condition, bound, bindings, evaluator)
    if isinstance(condition, f.HasType):
        return [bindings] if _has_type(check, bound, bindings, evaluator) is not condition.negated else []
    return [bindings] if _holds_alone(check, bound) else []


@cache
def screens_of(checks: tuple[Check, ...]) -> dict[str, Screen]:
    """For each metavariable what its binding alone must satisfy."""
    named: dict[str, list[Check]] = {}
    for check in checks:
        named.setdefault(getattr(check.condition, "metavariable", ""), []).append(check)
    return {name: Screen(tuple(own)) for name, own in named.items()}


class Screen:
    """Conditions on one metavariable that need to know nothing but its binding."""

    def __init__(self, checks: tuple[Check, ...]) -> None:
        self._checks = checks
        self.admits = lru_cache(maxsize=_REMEMBERED)(self.passes)
        """As `passes`, for names: programs repeat them, and each other's."""

    def __call__(self, bound: Binding) -> bool:
        """True if the conditions hold."""
        return all(_holds_alone(check, bound) for check in self._checks)

    def passes(self, text: str) -> bool:
        """False if the conditions cannot hold for what has this text; those on its kind are not asked."""
        for check in self._checks:  # noqa: SIM110 - asked of every string: a generator would cost twice as much
            if not _holds_for_text(check, text):
                return False
        return True


def _holds_alone(check: Check, bound: Binding) -> bool:
    match check.condition:
        case f.MatchesRegex(literal=literal):
            return _holds_for_text(check, bound.text if literal else value_text(bound))
        case f.IsOneOf(values=values, negated=negated):
            return _is_one_of(bound, values) is not negated
        case f.IsConstant(expected=expected):
            return (bound.constant is not None or bound.content is not None) is expected
        case f.IsKind(kinds=kinds):
            return _kind(bound) in kinds
    return False


def _holds_for_text(check: Check, text: str) -> bool:
    match check.condition:
        case f.MatchesRegex(anchored=anchored, negated=negated) if check.regex is not None:
            regex = check.regex.compiled
            found = regex.match(text) if anchored else regex.search(text)
            return (found is not None) is not negated
        case f.IsOneOf(values=values, negated=negated):
            return (text in values) is not negated
    return True


def value_text(bound: Binding) -> str:
    """The value, if it is a known string; else the source text."""
    known = bound.constant if bound.content is None else None
    return known.value if known is not None and isinstance(known.value, str) else bound.text


def _is_one_of(bound: Binding, values: tuple[object, ...]) -> bool:
    known = bound.constant if bound.content is None else None
    value = bound.text if known is None else known.value
    return any(same_value(value, one) for one in values)


def _kind(bound: Binding) -> str:
    node = bound.node
    if node is None:
        return ""
    return "Attribute" if node.kind == IMPORTED and "." in node.fields[0] else node.kind


def _has_type(check: Check, bound: Binding, bindings: Bindings, evaluator: Evaluator) -> bool:
    node = bound.node
    if node is None:
        return False
    return any(next(has_type(evaluator.matcher(), wanted, node, bindings), None) is not None for wanted in check.types)


def _is_true(check: Check, bindings: Bindings) -> bool:
    if check.expression is None:
        return False
    if check.vacuous and not check.expression.names <= bindings.keys():
        return True
    try:
        names = {name: value(bindings[name]) for name in check.expression.names if name in bindings}
        return bool(check.expression.evaluate(names))
    except Unknown:
        return False


def value(bound: Binding) -> object:
    """What a metavariable is in an expression: its value, or its code if the value is not known."""
    if bound.content is not None:
        return bound.content
    if len(bound.nodes) != 1 and bound.offsets is None:
        return tuple(value(Binding(bound.source, (node,))) for node in bound.nodes)
    known = bound.constant
    return Code(bound.text) if known is None else known.value


def _nested(
    check: Check, condition: f.MatchesFormula, bound: Binding, bindings: Bindings, evaluator: Evaluator
) -> list[Bindings]:
    """A formula inside the code of the metavariable: what it binds is bound outside too."""
    if check.nested is None:
        return []
    found = evaluator.inside(check.nested, _content(bound) if condition.text else bound, bindings)
    if condition.negated:
        return [] if found else [bindings]
    if not found:
        return []
    extended = [{**range_.bindings, **bindings} for range_ in found if range_.bindings.keys() - bindings.keys()]
    return [bindings, *extended]


def _content(bound: Binding) -> Binding:
    known = bound.constant
    if bound.content is not None or known is None or not isinstance(known.value, str):
        return bound
    return Binding(bound.source, bound.nodes, known.value)
