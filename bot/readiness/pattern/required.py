"""Words that must be in a program, or a pattern cannot match in it: the test that spares most files most patterns.

A conjunction of clauses, each a set of words of which the program must hold at least one: names, and keywords that begin
a statement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TypeAlias

from readiness.pattern.nodes import DOTTED, KEYWORDS
from readiness.source.tree import Node

Clauses: TypeAlias = tuple[frozenset[str], ...]
_MAX_COMBINATIONS = 16


def all_of(parts: Iterable[Iterable[frozenset[str]]]) -> Clauses:
    """What is needed where all parts must match."""
    return tuple(sorted({clause for part in parts for clause in part}, key=sorted))


def any_of(alternatives: Iterable[Clauses]) -> Clauses:
    """What is needed where one alternative is enough: every combination of what one of each needs."""
    parts = list(alternatives)
    combinations = 1
    for clauses in parts:
        combinations *= len(clauses)
    if combinations > _MAX_COMBINATIONS:
        parts = [(min(clauses, key=_size),) for clauses in parts]
    return all_of([[frozenset[str]().union(*choice)] for choice in product(*parts)] if combinations else [])


def _size(clause: frozenset[str]) -> tuple[int, int, list[str]]:
    """The narrowest clause comes first; of equals, the one with the longest word, which is likely the rarest."""
    return len(clause), -max(map(len, clause), default=0), sorted(clause)


def required_words(nodes: Iterable[Node], aliases: Mapping[str, str]) -> Clauses:
    """The words without which a file cannot match; names with the other spellings that stand for them."""
    return all_of([_clauses(node, aliases) for node in nodes])


def _clauses(node: Node, aliases: Mapping[str, str]) -> Iterator[frozenset[str]]:
    if node.kind == "Name" and node.fields[0].isidentifier():
        yield frozenset({node.fields[0]})
    elif node.kind == DOTTED:
        text = node.fields[0]
        yield from (_spellings(text, end, aliases) for end in {0, -1})
    elif node.kind in KEYWORDS:
        yield frozenset({KEYWORDS[node.kind]})


def _spellings(text: str, end: int, aliases: Mapping[str, str]) -> frozenset[str]:
    others = {spelling.split(".")[end] for spelling, meant in aliases.items() if _stands_for(text, end, meant)}
    return frozenset({text.split(".")[end]} | others)


def first_words(names: Iterable[str], aliases: Mapping[str, str]) -> frozenset[str]:
    """With which words dotted names may begin, under their other spellings too."""
    others = ((spelling.partition(".")[0], meant) for spelling, meant in aliases.items())
    moved = [(word, meant) for word, meant in others if word != meant.partition(".")[0]]
    found = {name.partition(".")[0] for name in names}
    return frozenset(found | {word for word, meant in moved if any(_stands_for(name, 0, meant) for name in names)})


def _stands_for(text: str, end: int, meant: str) -> bool:
    return text == meant or (end == 0 and text.startswith(meant + "."))


def can_hold(required: Clauses, words: AbstractSet[str]) -> bool:
    """False if every word of a clause is missing."""
    for clause in required:  # noqa: SIM110 - asked very often: a generator would cost twice as much
        if words.isdisjoint(clause):
            return False
    return True


@dataclass(frozen=True)
class Watch:
    """Many requirements by the words they wait for, so that those of other words cost nothing.

    Each is looked up by its narrowest clause alone; only if a word of that is there, the other clauses are asked.
    """

    requirements: tuple[Clauses, ...]

    def possible(self, words: AbstractSet[str]) -> list[int]:
        """The numbers of the requirements that these words can satisfy, in order."""
        asked = {number for word in words & self._waiting.keys() for number in self._waiting[word]}
        return sorted([*self._always, *(n for n in asked if can_hold(self.requirements[n], words))])

    @cached_property
    def _always(self) -> list[int]:
        return [number for number, clauses in enumerate(self.requirements) if not clauses]

    @cached_property
    def _waiting(self) -> dict[str, list[int]]:
        """Made when it is first asked for: of most formulas no file holds the words."""
        waiting: dict[str, list[int]] = defaultdict(list)
        for number, clauses in enumerate(self.requirements):
            for word in min(clauses, key=_size) if clauses else ():
                waiting[word].append(number)
        return waiting
