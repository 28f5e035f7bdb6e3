"""Which part of a value is meant: `[1]`, `["x"]` and `.x` as keys, and what every step of a program does to them.

A fact about a value has a path: the keys that lead to the part it speaks of. The empty path means all of the value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

from readiness.errors import PatternError

MAX_DEPTH = 3
"""Keys of a path; what lies deeper is taken for all of its container."""

MAX_WITHOUT = 64
"""Parts that are known to be replaced; of a value that loses more, the later ones still count."""


class Op(IntEnum):
    """What a step does with a value."""

    KEEP = 0
    """The same value, or a copy of it."""
    USE = 1
    """A new value, made from all of this one."""
    GET = 2
    """A part of it."""
    PUT = 3
    """It becomes a part of another value."""
    KILL = 4
    """The same value, but for one part that is replaced."""
    AMONG = 5
    """A copy that holds only some of the parts."""


@dataclass(frozen=True, slots=True)
class Every:
    """Every `step`-th part from `start` to `stop`: the key `[1::2]`."""

    start: int
    stop: int | None
    step: int

    def __contains__(self, index: object) -> bool:
        if not isinstance(index, int) or index < self.start or (self.stop is not None and index >= self.stop):
            return False
        return (index - self.start) % self.step == 0


@dataclass(frozen=True, slots=True)
class Without:
    """All parts but these."""

    keys: frozenset[object]


ANY = "*"
"""The key of an element of which only is known that it is one: of iteration, or behind an unknown index."""
Path: TypeAlias = tuple[object, ...]
WHOLE: Path = ()

_KEY = re.compile(
    r"""\[(?: (?P<any>\*) | (?P<index>\d+) | (?P<start>\d*):(?P<stop>\d*)(?::(?P<step>\d*))? | (?P<quote>["'])(?P<text>.*?)(?P=quote) )\]
        | \.(?P<name>\w+)""",
    re.VERBOSE,
)


def parse_path(text: str) -> Path:
    """The path that is written as `[0]`, `[1::2]`, `[*][1]`, `["column"]` or `.attribute`."""
    keys: list[object] = []
    end = 0
    for found in _KEY.finditer(text):
        if found.start() != end:
            break
        keys.append(_key(found))
        end = found.end()
    if end != len(text) or not keys:
        raise PatternError(
            f"`{text}` names no part of a value", advice="Write `[0]`, `[1::2]`, `[*][1]`, `['name']` or `.name`."
        )
    return tuple(keys)


def _key(found: re.Match[str]) -> object:
    if found["any"]:
        return ANY
    if found["index"]:
        return int(found["index"])
    if found["start"] is not None:
        stop = int(found["stop"]) if found["stop"] else None
        return Every(int(found["start"] or 0), stop, int(found["step"] or 1) or 1)
    return found["name"] or found["text"]


def moved(path: Path, op: Op, key: object) -> Path | None:
    """The path after a step; None if the part that it speaks of takes no part in the step."""
    if op is Op.KEEP:
        return path
    if op is Op.USE:
        return WHOLE
    if op is Op.PUT:
        return (key, *path)[:MAX_DEPTH]
    if op is Op.GET:
        return _got(path, key)
    if op is Op.KILL:
        return _killed(path, key)
    return path if not path or _is_among(path[0], key) else None


def _got(path: Path, key: object) -> Path | None:
    if not path:
        return WHOLE
    head = path[0]
    if isinstance(head, Without):
        return None if key in head.keys else WHOLE
    return path[1:] if _meets(head, key) else None


def _meets(head: object, key: object) -> bool:
    if head == key or ANY in (head, key):
        return True
    return (isinstance(head, Every) and key in head) or (isinstance(key, Every) and _is_among_every(head, key))


def _is_among_every(head: object, key: Every) -> bool:
    """Whether a part may be one of several: of `*rest`, or of what comes behind it."""
    return isinstance(head, Every) or head in key


def _killed(path: Path, key: object) -> Path | None:
    if not path:
        return (Without(frozenset({key})),)
    head = path[0]
    if isinstance(head, Without):
        return (Without(head.keys | {key}),) if len(head.keys) < MAX_WITHOUT else path
    return None if head == key else path


def _is_among(head: object, keys: object) -> bool:
    if not isinstance(keys, frozenset):
        raise TypeError(f"the parts that a copy holds are a set of keys, not {keys!r}")
    return head == ANY or isinstance(head, Without | Every) or head in keys
