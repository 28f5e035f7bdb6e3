"""YAML text -> plain values, with the line and column of every key and value, so that each mistake can be pointed at.

The values are built from PyYAML's event stream by a loop: depth, size and repetition are bounded before anything grows,
duplicate keys are refused, and `off` or `yes` stay words, as in YAML 1.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from readiness.errors import RuleError

Path = tuple[str | int, ...]

MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 60
MAX_VALUES = 50_000

_TEXT = "tag:yaml.org,2002:str"


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the YAML text: 1-based line and column; `block` if the value is a `|` or `>` block below it."""

    line: int
    column: int
    block: bool = False
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class MarkedYaml:
    """A YAML document: its value, and where each path through it is written."""

    name: str
    text: str
    value: Any
    keys: dict[Path, Mark]
    values: dict[Path, Mark]

    def where(self, path: Path, *, key: bool = False) -> str:
        """`file:line:col` of the value (or key) at `path`, or of the nearest part above it that exists."""
        mark = self._nearest(path, key)
        return f"{self.name}:{mark.line}:{mark.column}"

    def where_inside(self, path: Path, line: int, column: int) -> str:
        """`file:line:col` of a 1-based position inside the string at `path`."""
        mark = self._nearest(path, key=False)
        if mark.block:
            return f"{self.name}:{mark.line + line}:{self._indent(mark.line) + column}"
        return f"{self.name}:{mark.line + line - 1}:{column + (mark.column - 1 + mark.quoted if line == 1 else 0)}"

    def below(self, path: Path) -> MarkedYaml:
        """The part at a path as a document of its own, whose places are those in the whole."""
        value = self.value
        for step in path:
            value = value[step]
        keys, values = (_below(marks, path) for marks in (self.keys, self.values))
        return replace(self, value=value, keys=keys, values=values)

    def _indent(self, header_line: int) -> int:
        body = self.text.splitlines()[header_line:]
        first = next((row for row in body if row.strip()), "")
        return len(first) - len(first.lstrip())

    def _nearest(self, path: Path, key: bool) -> Mark:
        if key and path in self.keys:
            return self.keys[path]
        while path not in self.values:
            path = path[:-1]
        return self.values[path]


def _below(marks: Mapping[Path, Mark], path: Path) -> dict[Path, Mark]:
    return {place[len(path) :]: mark for place, mark in marks.items() if place[: len(path)] == path}


# The parser in C gives the same events eight times as fast, where PyYAML was built with it.
_FASTEST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Resolver(yaml.SafeLoader):
    """Plain scalars as in YAML 1.2: null, true, false and numbers; every other word is text."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - PyYAML's own attribute


_Resolver.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])
_Resolver.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)
_Resolver.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?(?:0|[1-9][0-9]*)$"), list("-+0123456789"))
_Resolver.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^[-+]?[0-9]+\.[0-9]+(?:[eE][-+]?[0-9]+)?$"), list("-+0123456789")
)


@dataclass
class _Container:
    """A sequence or mapping that is still open; a mapping waits with `key` for its next value."""

    value: list[Any] | dict[str, Any]
    path: Path
    anchor: str | None
    key: str | None = None


@dataclass
class _Builder:
    """Puts events together; one instance reads one document."""

    name: str
    resolver: yaml.SafeLoader
    keys: dict[Path, Mark] = field(default_factory=dict)
    values: dict[Path, Mark] = field(default_factory=dict)
    anchors: dict[str, Any] = field(default_factory=dict)
    stack: list[_Container] = field(default_factory=list)
    root: Any = None
    count: int = 0

    def feed(self, event: yaml.Event) -> None:
        """Take the next event of the stream."""
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
            self._open(event)
        elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            self._close(self.stack.pop())
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.DocumentStartEvent) and self.values:
            raise self.error("a second YAML document", event, "A rule file holds one document; remove the `---` line.")

    def error(self, what: str, event: yaml.Event, advice: str = "") -> RuleError:
        """A mistake at the place of an event."""
        mark = _mark(event)
        return RuleError(what, where=f"{self.name}:{mark.line}:{mark.column}", advice=advice)

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if event.tag and event.tag != "!":
            raise self.error(f"the tag {event.tag} is not allowed", event, "Rule files hold plain values only.")
        top = self.stack[-1] if self.stack else None
        if top and isinstance(top.value, dict) and top.key is None:
            return self._key(top, event)
        tag = self.resolver.resolve(yaml.ScalarNode, event.value, event.implicit)  # type: ignore[no-untyped-call]
        value = event.value if tag == _TEXT else self.resolver.construct_object(yaml.ScalarNode(tag, event.value))
        return self._add(value, event, event.anchor)

    def _key(self, top: _Container, event: yaml.ScalarEvent) -> None:
        path = (*top.path, event.value)
        if path in self.keys:
            first = self.keys[path]
            raise self.error(
                f"the key `{event.value}` is written twice", event, f"It is first used on line {first.line}."
            )
        self.keys[path] = _mark(event)
        top.key = event.value

    def _open(self, event: yaml.SequenceStartEvent | yaml.MappingStartEvent) -> None:
        if event.tag and event.tag != "!":
            raise self.error(f"the tag {event.tag} is not allowed", event, "Rule files hold plain values only.")
        if self.stack and isinstance(self.stack[-1].value, dict) and self.stack[-1].key is None:
            raise self.error("a key must be a word, not a list or mapping", event)
        if len(self.stack) >= MAX_DEPTH:
            raise self.error(f"nested more than {MAX_DEPTH} levels deep", event)
        path = self._next_path()
        self._count(event, 1)
        self.values[path] = _mark(event)
        value: list[Any] | dict[str, Any] = [] if isinstance(event, yaml.SequenceStartEvent) else {}
        self.stack.append(_Container(value, path, event.anchor))

    def _close(self, done: _Container) -> None:
        self._attach(done.value)
        if done.anchor:
            self.anchors[done.anchor] = done.value

    def _alias(self, event: yaml.AliasEvent) -> None:
        if event.anchor not in self.anchors:
            raise self.error(f"`*{event.anchor}` stands for nothing above it", event)
        value = self.anchors[event.anchor]
        self._count(event, sum(1 for _ in _parts(value)))
        self._add(value, event, None)

    def _add(self, value: Any, event: yaml.Event, anchor: str | None) -> None:
        self._count(event, 1)
        self.values[self._next_path()] = _mark(event)
        self._attach(value)
        if anchor:
            self.anchors[anchor] = value

    def _next_path(self) -> Path:
        if not self.stack:
            return ()
        top = self.stack[-1]
        step = len(top.value) if isinstance(top.value, list) else top.key
        assert step is not None  # noqa: S101 - `_scalar` and `_open` refuse values without a key
        return (*top.path, step)

    def _attach(self, value: Any) -> None:
        if not self.stack:
            self.root = value
            return
        top = self.stack[-1]
        if isinstance(top.value, list):
            top.value.append(value)
        elif top.key is not None:
            top.value[top.key] = value
            top.key = None

    def _count(self, event: yaml.Event, more: int) -> None:
        self.count += more
        if self.count > MAX_VALUES:
            raise self.error(f"more than {MAX_VALUES} values", event, "Split the file, or use fewer `*aliases`.")


def load(text: str, name: str) -> MarkedYaml:
    """Read one YAML document; every mistake is a `RuleError` with its place."""
    if len(text) > MAX_CHARACTERS:
        raise RuleError(
            f"longer than {MAX_CHARACTERS} characters", where=name, advice="A rule file is one rule; split it."
        )
    builder = _Builder(name, _Resolver(""))
    try:
        for event in yaml.parse(text.removeprefix("\ufeff"), Loader=_FASTEST):
            builder.feed(event)
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(error, name) from error
    except yaml.reader.ReaderError as error:
        raise RuleError(f"holds a character that YAML does not allow: #x{error.character:04x}", where=name) from error
    if not builder.values:
        raise RuleError(
            "the file is empty", where=f"{name}:1:1", advice="`readiness rules new ID` writes a rule to start from."
        )
    return MarkedYaml(name, text, builder.root, builder.keys, builder.values)


def _mark(event: yaml.Event) -> Mark:
    style = getattr(event, "style", None)
    start = event.start_mark
    line, column = (start.line + 1, start.column + 1) if start else (1, 1)
    return Mark(line, column, block=style in ("|", ">"), quoted=style in ("'", '"'))


def _parts(value: Any) -> Iterator[Any]:
    waiting = [value]
    while waiting:
        part = waiting.pop()
        yield part
        waiting.extend(part.values() if isinstance(part, dict) else part if isinstance(part, list) else ())


def _syntax_error(error: yaml.MarkedYAMLError, name: str) -> RuleError:
    mark = error.problem_mark or error.context_mark
    where = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
    advice = "Quote values that hold `: `, ` #` or start with one of `*&!|>%@{[`." if mark else ""
    return RuleError(f"not valid YAML: {error.problem or error}", where=where, advice=advice)
