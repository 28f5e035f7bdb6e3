"""The facts of files that hold values: parameters that training reads, and results that an evaluation wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TypeAlias

import yaml

from readiness.facts.hit import Hit
from readiness.facts.model import SettingFact
from readiness.facts.training import topics
from readiness.finding import Location
from readiness.rulebook import knowledge

MAX_VALUES = 2_000
"""A file with more is data."""

Leaf: TypeAlias = "tuple[tuple[str, ...], yaml.ScalarNode]"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_COMMENT = re.compile(r"(?:^|\s)#.*")
_PART = re.compile(r"[_\-/.\s]+")


def stored_settings(path: str, text: str) -> tuple[SettingFact, ...]:
    """What a file of parameters or results says by a known name; nothing if it is neither, or not readable."""
    is_result, is_parameter = _pattern("result_files").search(path), _pattern("parameter_files").search(path)
    if not (is_result or is_parameter):
        return ()
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except (yaml.YAMLError, RecursionError):  # no rule speaks about the format of such a file
        return ()
    lines = text.splitlines()
    read = _result if is_result else _parameter
    found = (read(name, node, _hit(path, node, lines)) for name, node in _leaves(root))
    claimed = () if is_result or path.endswith(".json") else _commented(path, lines)
    return (*(setting for setting in found if setting is not None), *claimed)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(getattr(knowledge.training(), name), re.IGNORECASE)


def _leaves(root: yaml.Node | None) -> Iterator[Leaf]:
    """The numbers in mappings, each with the keys that lead to it; a list has no names for what it holds."""
    waiting: list[tuple[tuple[str, ...], yaml.Node]] = [((), root)] if root is not None else []
    for _ in range(MAX_VALUES):
        if not waiting:
            return
        keys, node = waiting.pop()
        if isinstance(node, yaml.MappingNode):
            named = [(key.value, value) for key, value in node.value if isinstance(key, yaml.ScalarNode)]
            waiting += [((*keys, name), value) for name, value in reversed(named)]
        elif isinstance(node, yaml.ScalarNode) and _is_number(node):
            yield keys, node


def _is_number(node: yaml.ScalarNode) -> bool:
    return node.start_mark.line == node.end_mark.line and _NUMBER.fullmatch(node.value) is not None


def _parameter(keys: tuple[str, ...], node: yaml.ScalarNode, hit: Hit) -> SettingFact | None:
    name = keys[-1].lower() if keys else ""
    topic = topics().get(name)
    if topic is None or (topic == "result" and _pattern("bounds").search(".".join(keys))):
        return None
    return SettingFact("claim" if topic == "result" else topic, name, _number(node.value), hit, ".".join(keys))


def _commented(path: str, lines: list[str]) -> Iterator[SettingFact]:
    """What comments in a file of parameters say that a metric was: `# recall: 0.81 before calibration`."""
    for number, line in enumerate(lines, 1):
        comment = _COMMENT.search(line)
        if comment is None or _pattern("bounds").search(comment[0]):
            continue
        for said in _claims().finditer(line, comment.start()):
            place = Location(
                path, number, said.start() + 1, number, said.end() + 1, file_line=number, file_end_line=number
            )
            hit = Hit(place, anchor=" ".join(line.split()), source_lines=(line,))
            yield SettingFact("claim", said["name"].lower(), _number(said["value"]), hit, "comment")


@cache
def _claims() -> re.Pattern[str]:
    names = "|".join(sorted((name for name, topic in topics().items() if topic == "result"), key=len, reverse=True))
    return re.compile(rf"(?i)(?<![\w.])(?P<name>{names})\s*[=:]\s*(?P<value>\d*\.\d+)(?![\w%]|\.\d)")


def _result(keys: tuple[str, ...], node: yaml.ScalarNode, hit: Hit) -> SettingFact | None:
    """A value under the name of a metric; `test_f1` and `test.f1` are the f1 of the test part, which is the owner."""
    words = [word for key in keys for word in _PART.split(key.lower()) if word]
    parts = knowledge.training().result_parts
    part = next((part for part, names in parts.items() if not set(names).isdisjoint(words)), "")
    names = {word for names in parts.values() for word in names}
    name = "_".join(word for word in _PART.split(keys[-1].lower()) if word not in names) if keys else ""
    if topics().get(name) != "result":
        return None
    return SettingFact("result", name, _number(node.value), hit, part, within=".".join(keys[:-1]))


def _number(text: str) -> str:
    return repr(int(text)) if text.lstrip("+-").isdigit() else repr(float(text))


def _hit(path: str, node: yaml.ScalarNode, lines: list[str]) -> Hit:
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    end = node.end_mark.column + 1
    location = Location(path, line, column, line, end, file_line=line, file_end_line=line)
    text = lines[line - 1] if line <= len(lines) else ""
    return Hit(location, anchor=" ".join(text.split()), source_lines=(text,))
