"""What DVC has recorded of data: the hash of each file or folder that it keeps, from `dvc.lock` and `*.dvc`."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import PurePosixPath

import yaml

from readiness.facts.hit import Hit
from readiness.facts.model import SettingFact
from readiness.finding import Location

LOCK = "dvc.lock"
SUFFIX = ".dvc"
HASH_KEYS = ("md5", "etag", "checksum")
MAX_ENTRIES = 2_000

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Fields = dict[str, yaml.ScalarNode]


def is_dvc_file(path: str) -> bool:
    """Whether DVC wrote a file to record hashes."""
    name = PurePosixPath(path)
    return name.name == LOCK or name.suffix == SUFFIX


def recorded_hashes(path: str, text: str) -> tuple[SettingFact, ...]:
    """The hash of each path that such a file records, the path as seen from the root of the project."""
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except (yaml.YAMLError, RecursionError):  # no rule speaks about the format of such a file
        return ()
    lines = text.splitlines()
    found = (_recorded(path, fields, lines) for fields in _entries(root))
    return tuple(fact for fact in found if fact is not None)


def _entries(root: yaml.Node | None) -> Iterator[_Fields]:
    """The mappings with a path and a hash, in the order of the file."""
    waiting: list[yaml.Node] = [root] if root is not None else []
    for _ in range(MAX_ENTRIES):
        if not waiting:
            return
        node = waiting.pop()
        if isinstance(node, yaml.SequenceNode):
            waiting += reversed(node.value)
        elif isinstance(node, yaml.MappingNode):
            scalars = [pair for pair in node.value if all(isinstance(part, yaml.ScalarNode) for part in pair)]
            fields = {key.value: value for key, value in scalars}
            if "path" in fields:
                yield fields
            waiting += [value for _, value in reversed(node.value)]


def _recorded(file: str, fields: _Fields, lines: list[str]) -> SettingFact | None:
    kept = next((fields[key] for key in HASH_KEYS if key in fields), None)
    if kept is None or not kept.value or kept.start_mark.line != kept.end_mark.line:
        return None
    place = posixpath.normpath(posixpath.join(posixpath.dirname(file), fields["path"].value))
    line = kept.start_mark.line + 1
    column, end = kept.start_mark.column + 1, kept.end_mark.column + 1
    location = Location(file, line, column, line, end, file_line=line, file_end_line=line)
    text = lines[line - 1]
    return SettingFact("hash", place, kept.value, Hit(location, anchor=text.strip(), source_lines=(text,)), "dvc")
