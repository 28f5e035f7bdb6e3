"""Words that must be in a file, or a pattern cannot match in it: the test that spares most files most patterns.

A conjunction of clauses, each a set of words of which the text must hold at least one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import TypeAlias

from readiness.pattern.nodes import DOTTED
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
    return len(clause), -max(map(len, clause)), sorted(clause)


def required_names(nodes: Iterable[Node], aliases: Mapping[str, str]) -> Clauses:
    """The names without which a file cannot match, each with the other spellings that stand for it."""
    return all_of([_clauses(node, aliases) for node in nodes])


def _clauses(node: Node, aliases: Mapping[str, str]) -> Iterator[frozenset[str]]:
    if node.kind == "Name" and node.fields[0].isidentifier():
        yield frozenset({node.fields[0]})
    elif node.kind == DOTTED:
        text = node.fields[0]
        yield from (_spellings(text, end, aliases) for end in {0, -1})


def _spellings(text: str, end: int, aliases: Mapping[str, str]) -> frozenset[str]:
    others = {spelling.split(".")[end] for spelling, meant in aliases.items() if _stands_for(text, end, meant)}
    return frozenset({text.split(".")[end]} | others)


def _stands_for(text: str, end: int, meant: str) -> bool:
    return text == meant or (end == 0 and text.startswith(meant + "."))
