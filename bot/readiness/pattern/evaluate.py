"""Runs a compiled formula over a program: every step gives ranges, operators combine them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING

from msgspec.structs import replace

from readiness.pattern.anchors import candidates, literals, starts
from readiness.pattern.bindings import Binding, Bindings, Place, same_text
from readiness.pattern.compile import DECORATOR, STATEMENTS, Pattern
from readiness.pattern.conditions import Screen, passed, screens_of
from readiness.pattern.index import Index
from readiness.pattern.match import Matcher, Options
from readiness.pattern.match_blocks import sequence
from readiness.pattern.match_definitions import decorator
from readiness.pattern.nodes import IMPORTED
from readiness.pattern.ranges import Range, Sort, comparable, difference, distinct, intersection
from readiness.pattern.required import can_hold
from readiness.pattern.steps import (
    AllStep,
    AnyStep,
    Check,
    InsideStep,
    Literal,
    MatchStep,
    NamedStep,
    Plan,
    RegexStep,
    Step,
    Witness,
    finds_places_of_patterns,
    group_names,
)
from readiness.source.tree import Node

if TYPE_CHECKING:
    from readiness.source.python import PythonSource


_FROM_ONE_START = 50
"""Sequences of statements that begin at one statement: where a program repeats itself, more of them say nothing new."""


class Evaluator:
    """Evaluates one plan in one program, or in the place that a metavariable is bound to."""

    def __init__(self, source: PythonSource, index: Index, plan: Plan, context: Range | None = None) -> None:
        self.source, self.index, self.plan, self.context = source, index, plan, context
        self._bindings: Bindings = {} if context is None else context.bindings
        self._region = None if context is None else context.place.interval
        self._starts: frozenset[int] | None = None
        """The numbers at which a place must begin to be of any use, while that is known."""

    def result(self) -> list[Range]:
        """The ranges that the whole formula finds."""
        return self.run(self.plan.step)

    def matcher(self, options: Options | None = None) -> Matcher:
        """A matcher for this program."""
        return Matcher(self.source, self.index, options or self.plan.options)

    def run(self, step: Step) -> list[Range]:
        """The ranges of one step."""
        if step.required and not self.complete and not can_hold(step.required, self.index.words):
            return []
        match step:
            case MatchStep():
                return distinct(self._of_pattern(step)) if self._may_be_here(step) else []
            case RegexStep():
                return list(self._of_regex(step))
            case AnyStep():
                return distinct(range_ for item in self._possible(step) for range_ in self.run(item))
            case NamedStep(item=item):
                return [self._named(range_, step) for range_ in self.run(item)]
            case InsideStep(item=item):
                return [replace(range_, sort=Sort.INSIDE) for range_ in self.run(item)]
            case AllStep():
                return self._all(step)

    def _possible(self, step: AnyStep) -> Iterable[Step]:
        if self.complete:
            return step.items
        return map(step.items.__getitem__, step.watch.possible(self.index.words))

    # patterns and regular expressions

    def _of_pattern(self, step: MatchStep) -> Iterator[Range]:
        if self.complete:
            step = replace(step, screens=(), kinds=None)
        m = self.matcher(step.options)
        if step.screens:
            m = Matcher(self.source, self.index, step.options, screens_of(step.screens))
        for place, bindings in self._matches(m, step, self._starts):
            yield self._range(place, bindings)

    def _matches(
        self, m: Matcher, step: MatchStep, starts: frozenset[int] | None = None
    ) -> Iterator[tuple[Place, Bindings]]:
        pattern = step.pattern
        if pattern.form == STATEMENTS:
            yield from self._sequences(m, pattern)
            return
        match_root = m.root if pattern.form != DECORATOR else partial(decorator, m)
        for target in chain(self._bound_names(), self._targets(m, step)):
            if (starts is None or same_text(target).enter in starts) and self._in_region(target):
                for bound in match_root(pattern.root, target, self._bindings):
                    yield Place(self.source, (target,)), bound

    def _targets(self, m: Matcher, step: MatchStep) -> Iterable[Node]:
        """The nodes that the pattern could match."""
        targets = candidates(m, step.pattern, step.kinds)
        for witness in self._witnesses(step):
            around = self._around(witness)
            targets = [node for node in targets if node.enter in around]
        return targets

    def _may_be_here(self, step: MatchStep) -> bool:
        return all(map(self._around, self._witnesses(step)))

    def _witnesses(self, step: MatchStep) -> tuple[Witness, ...]:
        """What must be inside of a place; of a metavariable that is bound already it may be elsewhere."""
        return () if self.complete or self.context is not None else step.witnesses

    def _around(self, witness: Witness) -> set[int]:
        """The numbers of the nodes that hold what a witness asks for."""
        known = self.index.witnesses.get(witness)
        if known is None:
            known = self.index.witnesses[witness] = self.index.around(self._that_pass(witness))
        return known

    def _that_pass(self, witness: Witness) -> Iterator[Node]:
        if isinstance(witness, Literal):
            return literals(self.matcher(), witness.kinds, Screen(witness.checks).passes)
        places = (place for step in witness.steps for place, _ in self._matches(self.matcher(step.options), step))
        return (place.nodes[0] for place in places)

    def _sequences(self, m: Matcher, pattern: Pattern) -> Iterator[tuple[Place, Bindings]]:
        for block, at in starts(m, pattern.nodes):
            if self._in_region(block[at]):
                found = sequence(m, pattern.nodes, block[at:], self._bindings, open_end=True)
                for bound, last in islice(found, _FROM_ONE_START):
                    if last is not None:
                        yield Place(self.source, (block[at], last)), bound

    def _bound_names(self) -> tuple[Node, ...]:
        """The name that a metavariable is bound to, which may be of an attribute and so no expression of its own."""
        nodes = () if self.context is None else self.context.place.nodes
        return nodes if len(nodes) == 1 and nodes[0].kind in ("Name", IMPORTED) else ()

    def _in_region(self, node: Node) -> bool:
        return self._region is None or (self._region[0] <= node.enter and node.leave <= self._region[1])

    def _range(self, place: Place, bindings: Bindings, sort: Sort = Sort.PLAIN) -> Range:
        interval = place.interval
        if interval is None:
            start, end = place.span
            return Range(start, end - 1, bindings, place, sort, textual=True)
        return Range(*interval, bindings, place, sort)

    def _of_regex(self, step: RegexStep) -> Iterator[Range]:
        begin, end = (0, len(self.source.text)) if self.context is None else self.context.place.span
        for found in step.regex.compiled.finditer(self.source.text[begin:end]):
            if found.end() > found.start():
                groups = {
                    name: self._piece(begin + found.start(number), begin + found.end(number))
                    for number, name in enumerate(group_names(step.regex), 1)
                    if found.start(number) >= 0
                }
                place = self._piece(begin + found.start(), begin + found.end())
                yield self._range(place, {**self._bindings, **groups}, Sort.REGEX)

    def _named(self, range_: Range, step: NamedStep) -> Range:
        name = Binding(self.source, range_.place.nodes, content=step.name)
        return replace(range_, bindings={**range_.bindings, step.metavariable: name})

    def _piece(self, start: int, end: int) -> Binding:
        return Binding(self.source, offsets=(start, end))

    # operators

    def _all(self, step: AllStep) -> list[Range]:
        ranges = self._positive(step)
        if not ranges and not self.complete:
            return []
        ranges = self._checked(step.checks, ranges)
        for excluded in step.negatives:
            if ranges or self.complete:
                before, found = comparable(ranges, self._excluded(excluded, ranges))
                ranges = difference(before, found, self.index.sameness.same)
                self.narrowed(excluded, before, ranges)
        ranges = self._checked(step.nested, ranges)
        if step.focus:
            ranges = distinct(focused for range_ in ranges for focused in self._focused(step.focus, range_))
        return ranges

    def _excluded(self, step: Step, ranges: list[Range]) -> list[Range]:
        """What a negative finds; one that rules out nothing but its own places is looked for at those of the ranges."""
        outer, self._starts = self._starts, None
        if finds_places_of_patterns(step) and not self.complete and not any(range_.textual for range_ in ranges):
            self._starts = frozenset(range_.start for range_ in ranges)
        try:
            return self.run(step)
        finally:
            self._starts = outer

    def _positive(self, step: AllStep) -> list[Range]:
        if not step.positives:
            return [] if self.context is None else [self._range(self.context.place, self._bindings)]
        ranges = self.run(step.positives[0])
        for item in step.positives[1:]:
            if ranges or self.complete:
                before, found = comparable(ranges, self.run(item))
                ranges = intersection(before, found, self.index.sameness.same)
                self.narrowed(item, before, ranges)
        for item in step.anywhere:
            before, ranges = ranges, distinct(one for range_ in ranges for one in self._any_within(item, range_))
            self.narrowed(item, before, ranges)
        return ranges

    def _any_within(self, step: MatchStep, range_: Range) -> Iterator[Range]:
        """The pattern `$X` beside others: every expression inside of what the others found."""
        if range_.place.interval is None:
            return
        first, last = range_.place.interval
        m = self.matcher(step.options)
        for target in self.index.expressions_between(first, last):
            for bound in m.root(step.pattern.root, target, range_.bindings):
                yield self._range(Place(self.source, (target,)), bound)

    def _checked(self, checks: tuple[Check, ...], ranges: list[Range]) -> list[Range]:
        for check in checks:
            before, ranges = ranges, distinct(kept for range_ in ranges for kept in self._passed(check, range_))
            self.narrowed(check, before, ranges)
        return ranges

    def _passed(self, check: Check, range_: Range) -> Iterator[Range]:
        for bindings in passed(check, range_.bindings, self):
            yield range_ if bindings is range_.bindings else replace(range_, bindings=bindings)

    def inside(self, plan: Plan, place: Binding, bindings: Bindings) -> list[Range]:
        """The ranges of a plan within the place of a metavariable, with what is bound so far."""
        if place.interval is None and not plan.textual:
            return []
        return Evaluator(self.source, self.index, plan, Range(0, 0, bindings, place)).result()

    def _focused(self, focus: tuple[tuple[str, ...], ...], range_: Range) -> list[Range]:
        """What every focus names within the range; of two that name different places, the inner one."""
        ranges = [range_]
        for names in focus:
            named = [self._range(range_.bindings[n], range_.bindings) for n in names if _has_place(range_, n)]
            ranges, named = comparable(ranges, named)
            ranges = [inner for one in ranges for other in named if (inner := _inner(one, other)) is not None]
        return ranges

    # what an explanation listens to

    complete = False
    """Run every step, even if its result cannot matter."""

    def narrowed(self, by: Step | Check, before: list[Range], after: list[Range]) -> None:
        """Called after each operator that dropped or replaced ranges."""


def _has_place(range_: Range, name: str) -> bool:
    bound = range_.bindings.get(name)
    return bound is not None and (bound.interval is not None or bound.offsets is not None)


def _inner(one: Range, other: Range) -> Range | None:
    if one.start <= other.start and other.end <= one.end:
        return other
    return one if other.start <= one.start and one.end <= other.end else None
