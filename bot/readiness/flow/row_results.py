"""What each kind of call gives: parts of a split, rows that were drawn, rows of several tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, TypeAlias

from readiness.flow.access import ANY, WHOLE
from readiness.flow.row_choice import others
from readiness.flow.rows import FOLDS, NO_ROWS, Chosen, Piece, Range, Rows, Side, empty, joined, limited, narrowed

if TYPE_CHECKING:
    from readiness.flow.lineage import Held, Lineage
    from readiness.flow.row_knowledge import RowKnowledge
    from readiness.source.tree import Node

_PARTS = 4
"""Parts that are told apart where their number is not known."""
_FIRST_ROWS = 5
"""What `head` gives if it is not told how many."""


@dataclass(frozen=True, slots=True)
class Given:
    """A call, and what it is given."""

    node: int
    code: Node
    dotted: str
    """The full name of a function of a library."""
    receiver: Rows
    positional: tuple[int, ...]
    named: tuple[int, ...]

    @property
    def name(self) -> str:
        """The last name of the function or method."""
        return self.dotted.rpartition(".")[2]

    def is_in(self, names: frozenset[str]) -> bool:
        """Whether it is one of these functions and methods."""
        return self.name in names or self.dotted in names


def whole(rows: Rows) -> Held:
    """All of a value holds some rows."""
    return {WHOLE: rows} if rows else {}


def keyword(lineage: Lineage, code: Node, name: str) -> object:
    """The value of a keyword argument: None if it is not given, `...` if it is not known."""
    for argument in code.fields[1]:
        if argument.kind == "Keyword" and argument.fields[0].fields[0] == name:
            known = lineage.source.constant(argument.fields[1])
            return known.value if known is not None else ...
    return None


def first_argument(lineage: Lineage, given: Given) -> Rows:
    """The rows of the first argument that has some."""
    return next(filter(None, map(lineage.whole, (*given.positional, *given.named))), NO_ROWS)


def origin(lineage: Lineage, given: Given) -> Held:
    """A call that is given no rows may bring some from anywhere; an empty table gets those that are put in."""
    is_empty = given.name in lineage.knowledge.containers or given.dotted in lineage.knowledge.blanks
    piece = empty(given.node) if is_empty else Piece(given.node, parted=True)
    return whole(frozenset({piece}))


# methods of what has rows


def _put_together(lineage: Lineage, given: Given, rows: Rows, first: Rows) -> Held:
    parts = [rows, *_parts(lineage, given.positional)] if first else [rows]
    return whole(_concatenated(lineage, given.code, parts))


def _pair(lineage: Lineage, given: Given, rows: Rows, first: Rows) -> Held:
    return {(0,): rows, (1,): first}


def _drawn(lineage: Lineage, given: Given, rows: Rows, first: Rows) -> Held:
    is_all = keyword(lineage, given.code, "frac") == 1
    return whole(rows if is_all else narrowed(rows, Side((given.name, given.node), 0, Chosen.DRAWN)))


def _beginning(lineage: Lineage, given: Given, rows: Rows, first: Rows) -> Held:
    return whole(narrowed(rows, Side("range", Range(None, _first_number(lineage, given.code)), Chosen.SELECTED)))


def _first_number(lineage: Lineage, code: Node) -> float:
    known = lineage.source.constant(code.fields[1][0]) if code.fields[1] else None
    return known.value if known is not None and isinstance(known.value, int) else _FIRST_ROWS


def _selected(lineage: Lineage, given: Given, rows: Rows, first: Rows) -> Held:
    return whole(narrowed(rows, Side((given.name, given.node), 0, Chosen.SELECTED)))


def _looked_up(lineage: Lineage, given: Given, rows: Rows, first: Rows) -> Held:
    if not first or keyword(lineage, given.code, "how") == "left":
        return whole(rows)
    side = Side((given.name, given.node), 0, Chosen.SELECTED)
    return whole(limited(piece.on(side) for piece in rows))


def _without(lineage: Lineage, given: Given, rows: Rows, first: Rows) -> Held:
    known = {side for piece in rows for side in piece.sides}
    new = {side for piece in first for side in piece.sides if side.chosen is not Chosen.PLACED} - known
    return whole(others(rows, new) if first else rows)


# functions, and methods of what has none


def _read(lineage: Lineage, given: Given) -> Held:
    """A table from a file; the same file holds the same rows."""
    arguments = given.code.fields[1]
    path = lineage.source.constant(arguments[0]) if arguments else None
    return whole(frozenset({Piece(given.node if path is None else (given.name, path.value))}))


def _split(lineage: Lineage, given: Given) -> Held:
    """Of each argument two parts; the same seed and size divide the same rows in the same way again."""
    how = [keyword(lineage, given.code, name) for name in ("random_state", "test_size", "train_size", "shuffle")]
    is_repeatable = how[0] is not None and ... not in how
    held: Held = {}
    for number, node in enumerate(given.positional):
        rows = lineage.whole(node) or frozenset({Piece(node)})
        before = frozenset(side for piece in rows for side in piece.sides if side.chosen is Chosen.DRAWN)
        division = ("split", *how, before) if is_repeatable else ("split", given.node)
        for part in (0, 1):
            held[2 * number + part,] = narrowed(rows, Side(division, part, Chosen.DRAWN))
    return held


def _partition(lineage: Lineage, given: Given) -> Held:
    """Parts of one argument: `random_split(rows, [0.7, 0.2, 0.1])`."""
    rows = first_argument(lineage, given)
    division = ("split", given.node)
    return {(part,): narrowed(rows, Side(division, part, Chosen.DRAWN)) for part in range(_PARTS) if rows}


def _folds(lineage: Lineage, given: Given) -> Held:
    """Pairs of the numbers of rows, to train on and to test on: of `split`, or of a class of long ago that got the rows."""
    rows = first_argument(lineage, given)
    if not rows:
        return {}
    return {(ANY, part): narrowed(rows, Side((FOLDS, given.node), part, Chosen.DRAWN)) for part in (0, 1)}


def _one_after_the_other(lineage: Lineage, given: Given) -> Held:
    return whole(_concatenated(lineage, given.code, _parts(lineage, given.positional)))


def _same(lineage: Lineage, given: Given) -> Held:
    if given.positional:
        return dict(lineage.held(given.positional[0]))
    return whole(first_argument(lineage, given)) or origin(lineage, given)


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
    if len(parts) < 2 or keyword(lineage, code, "axis") in (1, "columns"):
        return parts[0] if parts else NO_ROWS
    return joined(parts, code.enter)


Names: TypeAlias = "Callable[[RowKnowledge], frozenset[str]]"
OfRows: TypeAlias = "Callable[[Lineage, Given, Rows, Rows], Held]"
"""What a call makes of some rows, with the rows of (another) argument."""
OfArguments: TypeAlias = "Callable[[Lineage, Given], Held]"

METHODS: tuple[tuple[Names, OfRows], ...] = (
    (attrgetter("joins"), _put_together),
    (attrgetter("pairs"), _pair),
    (attrgetter("draws"), _drawn),
    (attrgetter("beginnings"), _beginning),
    (attrgetter("selections"), _selected),
    (attrgetter("lookups"), _looked_up),
    (attrgetter("removals"), _without),
)
"""The calls that choose rows: names, and what comes out."""
FUNCTIONS: tuple[tuple[Names, OfArguments], ...] = (
    (attrgetter("readers"), _read),
    (attrgetter("splits"), _split),
    (attrgetter("partitions"), _partition),
    (attrgetter("folds"), _folds),
    (attrgetter("joins"), _one_after_the_other),
    (attrgetter("same"), _same),
)
"""The calls that make parts or wholes of their arguments."""
