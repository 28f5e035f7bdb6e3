"""What calls do with the rows of their receiver and their arguments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.flow.access import ANY, WHOLE, Op
from readiness.flow.row_choice import others
from readiness.flow.rows import NO_ROWS, Chosen, Piece, Range, Rows, Side, empty, joined, limited, narrowed

if TYPE_CHECKING:
    from readiness.flow.lineage import Held, Lineage
    from readiness.source.tree import Node

_WRAPPED = frozenset({"Keyword", "Starred", "DoubleStarred"})
_PARTS = 4
"""Parts that are told apart where their number is not known."""
_FIRST_ROWS = 5
"""What `head` gives if it is not told how many."""


@dataclass(frozen=True, slots=True)
class _Given:
    """A call, and what it is given."""

    node: int
    code: Node
    name: str
    receiver: Rows
    positional: tuple[int, ...]
    named: tuple[int, ...]


def call(lineage: Lineage, node: int, code: Node) -> Held:
    """The rows of what a call returns."""
    steps = lineage.arriving[node]
    if lineage.is_object(node):
        return lineage.merged(steps)
    returned = [step for step in steps if step.op is not Op.USE and _is_elsewhere(lineage.code_of(step), code)]
    if returned:
        return lineage.merged(returned)
    given = _given(lineage, node, code)
    if _is_without_rows(lineage, given):
        return {}
    return _method(lineage, given) if _is_of_rows(lineage, given) else _function(lineage, given)


def _is_without_rows(lineage: Lineage, given: _Given) -> bool:
    known, code = lineage.knowledge, given.code
    if given.name in known.without:
        return _keyword(lineage, code, "axis") not in (1, "columns")
    return given.name in known.builtin_without and code.fields[0].kind == "Name"


def _is_elsewhere(code: Node | None, call_code: Node) -> bool:
    """What a followed function returns is not written in its call."""
    return code is not None and not (call_code.enter < code.enter and code.leave <= call_code.leave)


def _given(lineage: Lineage, node: int, code: Node) -> _Given:
    func, arguments = code.fields
    dotted = lineage.source.resolve(func)
    name = dotted.rpartition(".")[2] if dotted else _last_name(func)
    receiver: Rows = NO_ROWS
    if dotted is None and func.kind == "Attribute":
        receiver = lineage.rows(lineage.evaluations(node, func.fields[0]))
    positional: list[int] = []
    named: list[int] = []
    for argument in arguments:
        value = argument.fields[-1] if argument.kind in _WRAPPED else argument
        (named if argument.kind == "Keyword" else positional).extend(lineage.evaluations(node, value)[:1])
    return _Given(node, code, name, receiver, tuple(positional), tuple(named))


def _is_of_rows(lineage: Lineage, given: _Given) -> bool:
    """A method of a table; not one of a model, nor a function of a module that was imported with a star."""
    if not given.receiver or given.name in lineage.knowledge.readers:
        return False
    is_of_table = given.name not in lineage.knowledge.of_arguments and any(piece.defined for piece in given.receiver)
    return is_of_table or not any(map(lineage.whole, given.positional))


def _last_name(func: Node) -> str:
    if func.kind == "Attribute":
        return str(func.fields[1].fields[0])
    return str(func.fields[0]) if func.kind == "Name" else ""


def _whole(rows: Rows) -> Held:
    return {WHOLE: rows} if rows else {}


def _keyword(lineage: Lineage, code: Node, name: str) -> object:
    """The value of a keyword argument: None if it is not given, `...` if it is not known."""
    for argument in code.fields[1]:
        if argument.kind == "Keyword" and argument.fields[0].fields[0] == name:
            known = lineage.source.constant(argument.fields[1])
            return known.value if known is not None else ...
    return None


# methods of what has rows


def _method(lineage: Lineage, given: _Given) -> Held:
    known, rows, name = lineage.knowledge, given.receiver, given.name
    first = lineage.whole(given.positional[0]) if given.positional else NO_ROWS
    if name in known.joins and first:
        return _whole(_concatenated(lineage, given.code, [rows, *_parts(lineage, given.positional)]))
    if name in known.pairs:
        return {(0,): rows, (1,): first}
    if name in known.draws and _keyword(lineage, given.code, "frac") != 1:
        return _whole(narrowed(rows, Side((name, given.node), 0, Chosen.DRAWN)))
    if name in known.beginnings:
        return _whole(narrowed(rows, Side("range", Range(None, _first_number(lineage, given.code)), Chosen.SELECTED)))
    if name in known.selections:
        return _whole(narrowed(rows, Side((name, given.node), 0, Chosen.SELECTED)))
    if name in known.lookups and first:
        return _whole(_looked_up(lineage, given, rows))
    if name in known.removals and first:
        return _whole(others(rows, _new_sides(first, rows)))
    return _whole(rows)


def _looked_up(lineage: Lineage, given: _Given, rows: Rows) -> Rows:
    if _keyword(lineage, given.code, "how") == "left":
        return rows
    side = Side((given.name, given.node), 0, Chosen.SELECTED)
    return limited(piece.on(side) for piece in rows)


def _new_sides(given: Rows, rows: Rows) -> set[Side]:
    known = {side for piece in rows for side in piece.sides}
    return {side for piece in given for side in piece.sides if side.chosen is not Chosen.PLACED} - known


def _first_number(lineage: Lineage, code: Node) -> float:
    known = lineage.source.constant(code.fields[1][0]) if code.fields[1] else None
    return known.value if known is not None and isinstance(known.value, int) else _FIRST_ROWS


# functions, and methods of what has none


def _function(lineage: Lineage, given: _Given) -> Held:
    known, name = lineage.knowledge, given.name
    if name in known.readers:
        return _read(lineage, given)
    if name in known.splits:
        return _split(lineage, given)
    if name in known.partitions:
        return _partition(lineage, given)
    if name in known.folds:
        return _folds(lineage, given)
    if name in known.joins:
        return _whole(_concatenated(lineage, given.code, _parts(lineage, given.positional)))
    if name in known.same and given.positional:
        return dict(lineage.held(given.positional[0]))
    moved = [step for step in lineage.arriving[given.node] if step.op is not Op.USE and lineage.code_of(step) is None]
    if moved:  # what is known to move parts, such as `enumerate`
        return lineage.merged(moved)
    if name[:1].isupper() and name not in known.containers:
        return {}  # an object that works on rows holds none
    first = next(filter(None, map(lineage.whole, (*given.positional, *given.named))), NO_ROWS)
    if not first:
        return _origin(lineage, given)
    if name in known.lookups:
        return _whole(_looked_up(lineage, given, first))
    if given.code.fields[0].kind == "Name":  # what an unknown function returns may be several things
        first = limited(Piece(piece.origin, piece.sides, parted=True) for piece in first)
    return _whole(first)


def _origin(lineage: Lineage, given: _Given) -> Held:
    """A call that is given no rows may bring some from anywhere; an empty table gets those of its columns."""
    piece = empty(given.node) if given.name in lineage.knowledge.containers else Piece(given.node, parted=True)
    return _whole(frozenset({piece}))


def _read(lineage: Lineage, given: _Given) -> Held:
    """A table from a file; the same file holds the same rows."""
    arguments = given.code.fields[1]
    path = lineage.source.constant(arguments[0]) if arguments else None
    return _whole(frozenset({Piece(given.node if path is None else (given.name, path.value))}))


def _split(lineage: Lineage, given: _Given) -> Held:
    """Of each argument two parts; the same seed and size divide the same rows in the same way again."""
    how = [_keyword(lineage, given.code, name) for name in ("random_state", "test_size", "train_size", "shuffle")]
    is_repeatable = how[0] is not None and ... not in how
    held: Held = {}
    for number, node in enumerate(given.positional):
        rows = lineage.whole(node) or frozenset({Piece(node)})
        before = frozenset(side for piece in rows for side in piece.sides if side.chosen is Chosen.DRAWN)
        division = ("split", *how, before) if is_repeatable else ("split", given.node)
        for part in (0, 1):
            held[2 * number + part,] = narrowed(rows, Side(division, part, Chosen.DRAWN))
    return held


def _partition(lineage: Lineage, given: _Given) -> Held:
    """Parts of one argument: `random_split(rows, [0.7, 0.2, 0.1])`."""
    rows = next(filter(None, map(lineage.whole, (*given.positional, *given.named))), NO_ROWS)
    division = ("split", given.node)
    return {(part,): narrowed(rows, Side(division, part, Chosen.DRAWN)) for part in range(_PARTS) if rows}


def _folds(lineage: Lineage, given: _Given) -> Held:
    """Pairs of the numbers of rows, to train on and to test on: of `split`, or of a class of long ago that got the rows."""
    rows = next(filter(None, map(lineage.whole, (*given.positional, *given.named))), NO_ROWS)
    if not rows:
        return {}
    return {(ANY, part): narrowed(rows, Side(("folds", given.node), part, Chosen.DRAWN)) for part in (0, 1)}


def _parts(lineage: Lineage, nodes: Iterable[int]) -> list[Rows]:
    """The values that are put together: arguments, or the elements of a list."""
    return [rows for node in nodes for rows in _elements(lineage, node) if rows]


def _elements(lineage: Lineage, node: int) -> list[Rows]:
    held = lineage.held(node)
    numbers = sorted({path[0] for path in held if path and isinstance(path[0], int)})
    if not numbers:
        return [lineage.whole(node)]
    return [limited(p for path, rows in held.items() if path[:1] == (number,) for p in rows) for number in numbers]


def _concatenated(lineage: Lineage, code: Node, parts: list[Rows]) -> Rows:
    if len(parts) < 2 or _keyword(lineage, code, "axis") in (1, "columns"):
        return parts[0] if parts else NO_ROWS
    return joined(parts, code.enter)
