"""Follows rows through a flow graph: which rows those of its values hold that somebody asks about.

A value has its rows from those that lead to it, so that what is asked about and all behind it is enough to look at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from readiness.flow.access import ANY, WHOLE, Every, Op, Path, Without, moved
from readiness.flow.graph import NOTHING, Role
from readiness.flow.row_choice import Place
from readiness.flow.row_steps import LOOKED_UP, ROW_STEPS, put_in_place
from readiness.flow.rows import (
    NO_ROWS,
    Chosen,
    Piece,
    Rows,
    Side,
    filled,
    is_in_each,
    is_named_part,
    is_table,
    limited,
    part,
    undefined,
)

if TYPE_CHECKING:
    from readiness.flow.program import FlowProgram
    from readiness.source.tree import Node

WORK = 8
"""How often a node is looked at, on average; programs need one or two."""
_INSTEAD = Side("instead", None, Chosen.MAYBE)
Held: TypeAlias = dict[Path, Rows]
"""The rows in each part of a value."""


class Arriving(NamedTuple):
    """A step that leads to a node."""

    source: int
    op: Op
    key: object


class Lineage:
    """The rows of the nodes of a program's flow graph, from the first question about them on."""

    def __init__(self, program: FlowProgram) -> None:
        self.program = program
        self.source = program.source
        self.knowledge = program.knowledge.rows
        self._graph = program.graph
        self._places: dict[int, Place] = {}
        self._held: dict[int, Held] = {}
        self._tables: set[int] = set()
        self._assigned: dict[int, int] = {}
        self.arriving: dict[int, list[Arriving]] = {}
        """The steps that lead to what was asked about."""

    def rows(self, nodes: Iterable[int]) -> Rows:
        """The rows of values, whichever parts they are in."""
        return limited(piece for node in nodes for piece in self.whole(node))

    def _behind(self, node: int) -> set[int]:
        """A node and all that its rows come from, as far as nobody asked about them before."""
        found: set[int] = set()
        waiting = [node]
        while waiting:
            node = waiting.pop()
            if node not in self.arriving:
                found.add(node)
                steps = self.arriving[node] = [Arriving(*step) for step in self._graph.arriving[node]]
                waiting += [step.source for step in steps]
                code = self._graph.code[node]
                for part in LOOKED_UP[code.kind](code) if code is not None and code.kind in LOOKED_UP else ():
                    waiting += self.evaluations(node, part)
        return found

    def _follow(self, nodes: set[int]) -> None:
        """In the order of the nodes, which is nearly the order of the program; loops lead back until nothing changes."""
        self._held.update((node, {}) for node in nodes)
        waiting = sorted(nodes)
        queued = set(waiting)
        work = WORK * len(waiting)
        while waiting and work:
            work -= 1
            node = heappop(waiting)
            queued.discard(node)
            held = self._compute(node)
            if held == self._held[node]:
                continue
            self._held[node] = held
            for target, _, _ in self._graph.steps[node]:
                if target in nodes and target not in queued:
                    queued.add(target)
                    heappush(waiting, target)

    def _compute(self, node: int) -> Held:
        code = self._graph.code[node]
        if code is not None and code.kind in ROW_STEPS and self._graph.roles[node] is Role.VALUE:
            return ROW_STEPS[code.kind](self, node, code)
        if code is not None and code.kind == "Subscript" and self._graph.roles[node] is Role.TARGET:
            return put_in_place(self, node, code)
        steps = self.arriving[node]
        if not steps:
            return self._origin(node, code)
        if len(steps) == 1 and steps[0].op is Op.KEEP:
            return self.held(steps[0].source)
        if code is None and self._is_new_column(node, steps):
            return self.held(steps[0].source)
        return self._either(steps, code) if code is not None else self.merged(self._without_changes(node, steps))

    def _is_new_column(self, node: int, steps: list[Arriving]) -> bool:
        """A column that is put into a table is of the rows that the table has."""
        if len(steps) != 2 or steps[0].op is not Op.KILL or steps[1].op is not Op.PUT:
            return False
        return self.is_table(node, self.held(steps[0].source))

    def is_table(self, node: int, held: Held) -> bool:
        """Whether a node gets known rows; what was once seen to be a table stays one, so that loops come to an end.

        What keeps other rows under a name is a dictionary, into which something was put under a name that is not known.
        """
        if node not in self._tables and is_table(held.get(WHOLE, NO_ROWS)) and not any(map(_is_named, held)):
            self._tables.add(node)
        return node in self._tables

    def _without_changes(self, node: int, steps: list[Arriving]) -> list[Arriving]:
        """What a change in place takes in are values and not rows, and a part that changed is no new row."""
        kept = [step for step in steps if step.op is not Op.USE and not self._is_part(step, Role.AFTER)]
        if not any(step.op is Op.KEEP for step in kept):
            return steps
        base = [step for step in kept if not self._is_part(step, Role.TARGET)]
        return base if len(base) < len(kept) and self.is_table(node, self.merged(base)) else kept

    def _is_part(self, step: Arriving, role: Role) -> bool:
        code = self._graph.code[step.source]
        return self._graph.roles[step.source] is role and code is not None and code.kind == "Subscript"

    def _origin(self, node: int, code: Node | None) -> Held:
        """A parameter, or a name that the program does not define, is an origin of rows."""
        role = self._graph.roles[node]
        if role is Role.PARAM and code is not None and code.fields[0] not in ("self", "cls"):
            return {WHOLE: frozenset({Piece(node, parted=True)})}
        if role is Role.JOIN and code is None and self._is_read(node):
            return {WHOLE: frozenset({undefined(node)})}
        return {}

    def _is_read(self, node: int) -> bool:
        """A name from outside is read before anything is assigned to it."""
        target = next((target for target, _, _ in self._graph.steps[node]), 0)
        code = self._graph.code[target]
        is_name = self._graph.roles[target] is Role.VALUE and code is not None and code.kind == "Name"
        return is_name and not self._is_of_loop(node, target)

    def _is_of_loop(self, node: int, target: int) -> bool:
        """A variable that only a loop changes: what it holds was there before."""
        beside = [source for source, _, _ in self._graph.arriving[target] if source != node]
        return any(before < node for source in beside for before, _, _ in self._graph.arriving[source])

    # what steps bring

    def place(self, node: int) -> Place:
        """The run of a function in which a node was made, as a place where rows are chosen."""
        context = self._graph.contexts[node]
        place = self._places.get(context)
        if place is None:
            place = self._places[context] = Place(self.source, self.knowledge, context)
        return place

    def is_object(self, node: int) -> bool:
        """A call that makes an object of a class of the program: it holds the rows of its parts."""
        return node in self._graph.objects

    def code_of(self, step: Arriving) -> Node | None:
        """The code that a step comes from."""
        return self._graph.code[step.source]

    def evaluations(self, node: int, code: Node) -> list[int]:
        """The values that some code in that of a node had when the node was made, in the same run of the same function."""
        contexts = self._graph.contexts
        return [number for number in self._graph.values.get(code.enter, ()) if contexts[number] == contexts[node]]

    def held(self, node: int) -> Held:
        """The rows in each part of a value."""
        if node not in self._held:
            self._follow(self._behind(node))
        return self._held[node]

    def merged(self, steps: Iterable[Arriving]) -> Held:
        """What several steps bring together."""
        merged: dict[Path, set[Piece]] = {}
        for step in steps:
            for path, rows in self._brought(step):
                merged.setdefault(path, set()).update(rows)
        return {path: limited(pieces) for path, pieces in merged.items()}

    def _either(self, steps: list[Arriving], code: Node) -> Held:
        """What a variable holds: of what it got in one of several places, rows that not all of them bring may be missing."""
        held = self.merged(steps)
        ways = {step: rows for step in steps if (rows := self.held(step.source).get(WHOLE, NO_ROWS))}
        if len(ways) < 2 or not self._are_assignments(list(ways), code):
            return held
        pieces: Rows = frozenset().union(*ways.values())
        certain = (p if is_in_each(p, ways.values()) else p.on(_of_one_way(p)) for p in pieces)
        return {**held, WHOLE: limited(certain)}

    def _are_assignments(self, steps: list[Arriving], name: Node) -> bool:
        """Each step brings what another assignment put into the variable."""
        assignments = [self._assignment(step.source) for step in steps]
        codes = [self._graph.code[node] for node in assignments]
        is_same = all(code is not None and code.kind == "Name" and code.fields == name.fields for code in codes)
        return is_same and len(set(assignments)) == len(steps) and all(step.op is Op.KEEP for step in steps)

    def _assignment(self, node: int) -> int:
        """Where a value was assigned before calls changed it."""
        changed = []
        while node not in self._assigned and self._graph.roles[node] in (Role.AFTER, Role.JOIN) and self.arriving[node]:
            before = self.arriving[node][0]
            if before.op is not Op.KEEP or before.source >= node:
                break
            changed.append(node)
            node = before.source
        known = self._assigned.get(node, node if self._graph.roles[node] is Role.TARGET else NOTHING)
        self._assigned.update(dict.fromkeys(changed, known))
        return known

    def _brought(self, step: Arriving) -> Iterator[tuple[Path, Rows]]:
        if step.op is Op.USE:
            yield WHOLE, self.whole(step.source)
            return
        held = self.held(step.source)
        for path, rows in held.items():
            after = moved(path, step.op, step.key)
            if after is not None:
                yield after, self._taken(step, path, held) if step.op is Op.GET else rows

    def _taken(self, step: Arriving, path: Path, held: Held) -> Rows:
        """What is taken out of a container; at a known place, of what was put in one by one, it may be any."""
        if path == (ANY,) and isinstance(step.key, int):
            any_of_them = Side((_INSTEAD.division, step.source, step.key), None, Chosen.MAYBE)
            return limited(piece.on(any_of_them) for piece in held[path])
        return self._element(step, held[path], held) if _is_all(path) else held[path]

    def _element(self, step: Arriving, rows: Rows, held: Held) -> Rows:
        """The element of a container of which nothing is known, or what is unpacked, is something else each time."""
        if step.key is ANY:
            return rows
        if any(path and path[0] == step.key for path in held):  # or what was put there by its name
            return frozenset(piece.on(_INSTEAD) for piece in rows)
        told_apart = isinstance(step.key, int) or (isinstance(step.key, str) and is_named_part(step.key))
        return limited(part(piece, step.key) if piece.parted or told_apart else piece for piece in rows)

    def whole(self, node: int) -> Rows:
        """The rows of a value: its own, or those of its elements; what columns were made from counts if there are none."""
        held = self.held(node)
        if len(held) == 1 and WHOLE in held:
            return held[WHOLE] if len(held[WHOLE]) == 1 else filled(held[WHOLE])
        main = filled(limited(piece for path, rows in held.items() if _is_main(path) for piece in rows))
        if main and not all(piece.is_empty for piece in main):
            return main
        return filled(limited(piece for rows in held.values() for piece in rows))


def _of_one_way(piece: Piece) -> Side:
    """Where only one of several values has these rows."""
    certain = frozenset(side for side in piece.sides if side.chosen is not Chosen.MAYBE)
    return Side(("one of", piece.origin, certain), None, Chosen.MAYBE)


def _is_all(path: Path) -> bool:
    """The value itself, of which nothing is known, or only what became of some of its parts."""
    return not path or (len(path) == 1 and isinstance(path[0], Without))


def _is_named(path: Path) -> bool:
    """What is kept under a name."""
    return bool(path) and isinstance(path[0], str) and path[0] != ANY


def _is_main(path: Path) -> bool:
    """The value itself, or any of its elements."""
    return not path or isinstance(path[0], int | Without | Every) or path[0] == ANY


def lineage_of(program: FlowProgram) -> Lineage:
    """The rows of a program's values, from their first use on."""
    known = program.source.derived.setdefault(Lineage, {})
    if not isinstance(known, dict):
        raise TypeError("PythonSource.derived holds something else under Lineage")
    if program not in known:
        known[program] = Lineage(program)
    lineage = known[program]
    if not isinstance(lineage, Lineage):
        raise TypeError("PythonSource.derived holds something else under Lineage")
    return lineage
