"""Why a formula found what it found: every operator with the places it was given and kept, and the nearest miss.

The tree is made of plain dataclasses, so that it can be printed or sent as JSON (`dataclasses.asdict`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

import libcst as cst
from msgspec.structs import asdict

from readiness.pattern import formula as f
from readiness.pattern.anchors import candidates, starts
from readiness.pattern.bindings import Bindings, Matches, Place
from readiness.pattern.compile import DECORATOR, STATEMENTS, Pattern
from readiness.pattern.evaluate import Evaluator
from readiness.pattern.find import index_of
from readiness.pattern.index import Index
from readiness.pattern.match import Matcher, Options
from readiness.pattern.match_blocks import sequence
from readiness.pattern.ranges import Range
from readiness.pattern.rewrite import restore
from readiness.pattern.steps import AllStep, AnyStep, Check, InsideStep, MatchStep, NamedStep, Plan, RegexStep, Step
from readiness.source.tree import Node

if TYPE_CHECKING:
    from readiness.source.python import PythonSource

_SHOWN = 120
_TRIED = 300


@dataclass(frozen=True, slots=True)
class Shown:
    """A place as a person reads it."""

    line: int
    end_line: int
    text: str
    bindings: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dropped:
    """A place that an operator ruled out, and which one."""

    place: Shown
    reason: str


@dataclass(frozen=True, slots=True)
class NearMiss:
    """The place that came closest to a pattern, and the first part of the two that differs."""

    place: Shown
    wanted: str
    found: str


@dataclass(slots=True)
class Explanation:
    """One operator: `found` is what it kept, `dropped` what it or the conditions beside it ruled out."""

    operator: str
    text: str
    found: list[Shown] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    children: list[Explanation] = field(default_factory=list)
    near_miss: NearMiss | None = None


def explain(compiled: Plan, source: PythonSource, at_line: int | None = None) -> Explanation:
    """Run every operator of a formula and say what each did; with `at_line` only about places on this line."""
    return _Explainer(source, index_of(source), compiled, at_line).explanation()


class _Explainer(Evaluator):
    """An evaluator that runs every step and writes down what it did."""

    complete = True

    def __init__(self, source: PythonSource, index: Index, plan: Plan, at_line: int | None) -> None:
        super().__init__(source, index, plan)
        self._at_line = at_line
        self._open = [Explanation("rule", "")]

    def explanation(self) -> Explanation:
        self.run(self.plan.step)
        return self._open[0].children[0]

    def run(self, step: Step) -> list[Range]:
        current = Explanation(*_described(step))
        self._open[-1].children.append(current)
        self._open.append(current)
        ranges = super().run(step)
        self._open.pop()
        current.found = [self._shown(range_.place, range_.bindings) for range_ in ranges if self._is_asked(range_)]
        if isinstance(step, MatchStep) and not current.found:
            current.near_miss = self._near_miss(step)
        return ranges

    def narrowed(self, by: Step | Check, before: list[Range], after: list[Range]) -> None:
        kept = {(range_.start, range_.end) for range_ in after}
        for range_ in before:
            if (range_.start, range_.end) not in kept and self._is_asked(range_):
                shown = self._shown(range_.place, range_.bindings)
                self._open[-1].dropped.append(Dropped(shown, _reason(by)))

    def _is_asked(self, range_: Range) -> bool:
        first, last = self._lines(range_.place)
        return self._at_line is None or first <= self._at_line <= last

    def _lines(self, place: Place) -> tuple[int, int]:
        start, end = place.span
        return self.source.lines.position(start)[0], self.source.lines.position(max(start, end - 1))[0]

    def _shown(self, place: Place, bindings: Bindings) -> Shown:
        start, end = place.span
        texts = {name: _short(bound.text) for name, bound in bindings.items()}
        return Shown(*self._lines(place), _short(self.source.text[start:end]), texts)

    # the nearest miss

    def _near_miss(self, step: MatchStep) -> NearMiss | None:
        best: tuple[int, Node, Node, Node] | None = None
        for target, attempt in islice(self._attempts(step), _TRIED):
            failure = attempt.deepest()
            if failure is not None and (best is None or failure[0] > best[0]):
                best = (*failure, target)
        if best is None:
            return None
        _, wanted, found, target = best
        place = self._shown(Place(self.source, (target,)), {})
        return NearMiss(place, _pattern_text(wanted), self._shown(Place(self.source, (found,)), {}).text)

    def _attempts(self, step: MatchStep) -> Iterator[tuple[Node, _Attempt]]:
        """Each place where the pattern could match, and how far it did."""
        for target in self._near(step.pattern):
            attempt = _Attempt(self.source, self.index, step.options)
            attempt.run(step.pattern, target)
            yield target, attempt

    def _near(self, pattern: Pattern) -> Iterator[Node]:
        matcher = self.matcher()
        if pattern.form == STATEMENTS:
            found = [block[at] for block, at in starts(matcher, pattern.nodes)]
        else:
            found = list(candidates(matcher, pattern))
        if self._at_line is not None:
            found = [node for node in found if self._is_on_line(node)] or self._of_same_kind(pattern)
        yield from found

    def _of_same_kind(self, pattern: Pattern) -> list[Node]:
        if pattern.form == DECORATOR:
            return []
        return [node for node in self.source.by_kind.get(pattern.root.kind, ()) if self._is_on_line(node)]

    def _is_on_line(self, node: Node) -> bool:
        return self._lines(Place(self.source, (node,)))[0] == self._at_line


class _Attempt(Matcher):
    """A matcher that remembers how much of a pattern matched, and where it stopped."""

    def __init__(self, source: PythonSource, index: Index, options: Options) -> None:
        super().__init__(source, index, options)
        self._matched: set[int] = set()
        self._failures: list[tuple[int, Node, Node]] = []

    def run(self, pattern: Pattern, target: Node) -> None:
        if pattern.form == STATEMENTS:
            block, at = self.index.position[target.enter]
            next(sequence(self, pattern.nodes, block[at:], {}, open_end=True), None)
        else:
            next(self.root(pattern.root, target, {}), None)

    def root(self, pattern: Node, target: Node, bindings: Bindings) -> Matches:
        found = False
        for bound in super().root(pattern, target, bindings):
            found = True
            self._matched.add(id(pattern))
            yield bound
        if not found:
            self._failures.append((len(self._matched), pattern, target))

    def deepest(self) -> tuple[int, Node, Node] | None:
        """The innermost pair that differed after the most had matched."""
        return max(self._failures, key=lambda failure: failure[0], default=None)


def _described(step: Step) -> tuple[str, str]:
    match step:
        case MatchStep():
            return "pattern", step.pattern.text
        case RegexStep():
            return "regex", step.regex.text
        case AnyStep():
            return "any", ""
        case NamedStep(name=name):
            return "named", name
        case InsideStep():
            return "inside", ""
        case AllStep():
            return "all", ""


def _reason(by: Step | Check) -> str:
    if isinstance(by, Check):
        return _condition_text(by.condition)
    operator, text = _described(by)
    return f"{operator}: {text}" if text else operator


def _condition_text(condition: f.Condition) -> str:
    if isinstance(condition, f.Where):
        return f"where: {condition.expression}"
    told = [
        f"{name}: {value}"
        for name, value in asdict(condition).items()
        if name not in ("metavariable", "where", "formula") and value
    ]
    return f"{condition.metavariable} {type(condition).__name__} {', '.join(told)}".strip()


def _pattern_text(node: Node) -> str:
    return _short(restore(cst.Module([]).code_for_node(node.origin))) if node.origin is not None else node.kind


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
