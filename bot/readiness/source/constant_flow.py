"""Follow one scope from its first statement to its last and note what is known of its names at every use.

Branches join: a name is known after them only if every path that gets there agrees. What a loop assigns is unknown from
the loop's start on. A handler starts with what its `try` body does not touch, and is left out if the body cannot raise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from readiness.source.folding import Folded, binary, join
from readiness.source.names import BINDERS, Scope, bound_names
from readiness.source.tree import Node

Environment = dict[str, Folded]
"""Name -> what is known of it; names that are not there are unknown."""
State = Environment | None
"""What is known at a point of the program; None where control never comes."""

_CANNOT_RAISE = frozenset({"Pass", "Expr", "Assign", "Name", "Constant", "Try", "If", "Global", "Nonlocal"})
_LEAVES = frozenset({"Return", "Raise", "Break", "Continue"})


def flow_values(scope: Scope, nodes: list[Node], fold: Callable[[Node], Folded], values: dict[int, Folded]) -> None:
    """Fill `values`: the number of a Name node -> what is known of it there."""
    body = scope.node.get("body")
    if isinstance(body, tuple):  # a lambda has no statements
        _Flow(scope, nodes, fold, values).block(body, {})


class _Flow:
    def __init__(
        self, scope: Scope, nodes: list[Node], fold: Callable[[Node], Folded], values: dict[int, Folded]
    ) -> None:
        self._tracked = frozenset(scope.bound) - scope.shared - frozenset(scope.imports)
        self._nodes = nodes
        self._fold = fold
        self._values = values

    def block(self, statements: tuple[Node, ...], state: State) -> State:
        """The state after some statements; what stands behind `return` is followed with nothing known."""
        for statement in statements:
            follow = _STATEMENTS.get(statement.kind, _Flow.simple)
            if state is None:
                follow(self, statement, {})
            else:
                state = follow(self, statement, state)
        return state

    def _use(self, node: Node | None, environment: Environment) -> None:
        """Note what is known of the names in an expression."""
        if node is None:
            return
        inside = self._nodes[node.enter : node.leave + 1]
        for part in inside:
            if part.kind == "NamedExpr":
                self._forget(part.fields[0], environment)
        if environment:
            for part in inside:
                if part.kind == "Name" and part.fields[0] in environment:
                    self._values[part.enter] = environment[part.fields[0]]

    def _forget(self, target: object, environment: Environment) -> None:
        for name in bound_names(target):
            environment.pop(name, None)

    def _forget_bound_in(self, nodes: tuple[Node, ...], environment: Environment) -> None:
        """Forget all that these statements bind, wherever in them."""
        for node in nodes:
            for part in self._nodes[node.enter : node.leave + 1]:
                for number in BINDERS.get(part.kind, ()):
                    self._forget(part.fields[number], environment)
                if part.kind == "Alias":
                    self._forget_import(part, environment)

    def _forget_import(self, alias: Node, environment: Environment) -> None:
        name, asname = alias.fields
        while name.kind == "Attribute":
            name = name.fields[0]
        self._forget(asname or name, environment)

    def simple(self, statement: Node, environment: Environment) -> State:
        self._use(statement, environment)
        self._forget_bound_in((statement,), environment)
        return None if statement.kind in _LEAVES else environment

    def assign(self, statement: Node, environment: Environment) -> State:
        value = statement.fields[-1]
        if value is None:  # a bare annotation
            return environment
        self._use(value, environment)
        targets = statement.fields[0] if statement.kind == "Assign" else (statement.fields[0],)
        unpacked = [pair for target in targets for pair in unpack(target, value)]
        for target, _ in unpacked:
            if target.kind != "Name":
                self._use(target, environment)
        known = [(target, None if its is None else self._fold(its)) for target, its in unpacked]
        for target, folded in known:
            self._set(target, folded, environment)
        return environment

    def _set(self, target: Node, folded: Folded, environment: Environment) -> None:
        if target.kind == "Name" and target.fields[0] in self._tracked:
            if folded is None:
                environment.pop(target.fields[0], None)
            else:
                environment[target.fields[0]] = folded

    def augmented(self, statement: Node, environment: Environment) -> State:
        target, symbol, value = statement.fields
        self._use(value, environment)
        if target.kind == "Name":
            self._set(target, binary(environment.get(target.fields[0]), symbol, self._fold(value)), environment)
        else:
            self._use(target, environment)
        return environment

    def definition(self, statement: Node, environment: Environment) -> State:
        """What stands around a body is evaluated here; the body itself is another scope."""
        for part in (*statement.fields[0], *statement.fields[3]):
            self._use(part, environment)
        self._forget(statement.fields[1], environment)
        return environment

    def branch(self, statement: Node, environment: Environment) -> State:
        test, body, orelse = statement.fields
        self._use(test, environment)
        return _join(self.block(body, dict(environment)), self.block(orelse, environment))

    def for_loop(self, statement: Node, environment: Environment) -> State:
        target, iterated, body, orelse = statement.fields[:4]
        self._use(iterated, environment)
        self._forget(target, environment)
        return self._loop(body, orelse, environment)

    def while_loop(self, statement: Node, environment: Environment) -> State:
        test, body, orelse = statement.fields
        self._forget_bound_in((test, *body), environment)
        self._use(test, environment)
        return self._loop(body, orelse, environment)

    def _loop(self, body: tuple[Node, ...], orelse: tuple[Node, ...], environment: Environment) -> State:
        self._forget_bound_in(body, environment)
        self.block(body, dict(environment))
        self.block(orelse, dict(environment))
        self._forget_bound_in(orelse, environment)
        return environment

    def with_block(self, statement: Node, environment: Environment) -> State:
        items, body = statement.fields[:2]
        for item in items:
            self._use(item.fields[0], environment)
            self._forget(item.fields[1], environment)
        return self.block(body, environment)

    def attempt(self, statement: Node, environment: Environment) -> State:
        body, handlers, orelse, final = statement.fields[:4]
        interrupted = dict(environment)
        self._forget_bound_in(body, interrupted)
        end = self.block(orelse, self.block(body, environment))
        for handler in handlers:
            caught = self._handler(handler, dict(interrupted))
            if self._may_raise(body):
                end = _join(end, caught)
        if not final:
            return end
        self._forget_bound_in((*handlers, *orelse), interrupted)
        after = self.block(final, dict(interrupted) if end is None else end)
        return None if end is None else after

    def _handler(self, handler: Node, environment: Environment) -> State:
        kind, name, body = handler.fields
        self._use(kind, environment)
        self._forget(name, environment)
        end = self.block(body, environment)
        if end is not None:
            self._forget(name, end)
        return end

    def _may_raise(self, body: tuple[Node, ...]) -> bool:
        return any(part.kind not in _CANNOT_RAISE for part in self._nodes[body[0].enter : body[-1].leave + 1])

    def match_cases(self, statement: Node, environment: Environment) -> State:
        subject, cases = statement.fields
        self._use(subject, environment)
        end: State = environment
        for case in cases:
            pattern, guard, body = case.fields
            taken = dict(environment)
            self._forget_bound_in((pattern,), taken)
            self._use(pattern, taken)
            self._use(guard, taken)
            end = _join(end, self.block(body, taken))
        return end


def _join(one: State, other: State) -> State:
    if one is None or other is None:
        return other if one is None else one
    joined: Environment = {}
    for name in one.keys() & other.keys():
        folded = join(one[name], other[name])
        if folded is not None:
            joined[name] = folded
    return joined


def unpack(target: Node, value: Node | None) -> Iterator[tuple[Node, Node | None]]:
    """The single targets of an assignment, each with the expression it gets, if that is plain to see."""
    if target.kind == "Starred":
        yield from unpack(target.fields[0], None)
    elif target.kind in ("Tuple", "List"):
        parts = target.fields[0]
        values: tuple[Node | None, ...] = (None,) * len(parts)
        if value is not None and value.kind in ("Tuple", "List") and _same_length(parts, value.fields[0]):
            values = value.fields[0]
        for part, its_value in zip(parts, values, strict=True):
            yield from unpack(part, its_value)
    else:
        yield target, value


def _same_length(parts: tuple[Node, ...], values: tuple[Node, ...]) -> bool:
    return len(parts) == len(values) and not any(item.kind == "Starred" for item in (*parts, *values))


_STATEMENTS = {
    "Assign": _Flow.assign,
    "AnnAssign": _Flow.assign,
    "AugAssign": _Flow.augmented,
    "FunctionDef": _Flow.definition,
    "ClassDef": _Flow.definition,
    "If": _Flow.branch,
    "For": _Flow.for_loop,
    "While": _Flow.while_loop,
    "With": _Flow.with_block,
    "Try": _Flow.attempt,
    "Match": _Flow.match_cases,
}
