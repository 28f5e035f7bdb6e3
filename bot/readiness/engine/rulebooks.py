"""The rule book of a run with all its formulas compiled: as an earlier run left it, or made from the rule files.

To read rules from YAML, check them and compile their patterns takes many times as long as to read back what came of it.
What is kept is found by all that it depends on: the texts of the rules, of what they know, and of this program.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from functools import partial
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import yaml

import readiness
from readiness.cache.folder import cache_folder, is_ours
from readiness.kinds.base import Plans, compile_all, compiled_before, keys_of
from readiness.rulebook import knowledge
from readiness.rulebook.book import Rulebook
from readiness.rulebook.builtin import builtin_rules
from readiness.rulebook.files import RuleFile, builtin_files, files_of

_PROGRAM = Path(readiness.__file__).parent
_KEPT = 8
"""Rule books of as many versions and projects are kept; the oldest go."""
_SUFFIX = ".rules"
_UNREADABLE = (
    OSError,
    pickle.UnpicklingError,
    EOFError,
    AttributeError,
    ImportError,
    IndexError,
    ValueError,
    TypeError,
)


def rulebook_of(paths: Iterable[Path] = ()) -> Rulebook:
    """Our own rules and those of the given files and folders, ready to run; mistakes as in `load_rulebook`."""
    others = files_of(paths, builtin=False)
    place = cache_folder() / "rules" / f"{_hashed(*_here(), *_texts(others))}{_SUFFIX}"
    kept = _read(place)
    if kept is not None:
        rulebook, plans = kept
        compiled_before(partial(_plans_in, plans, rulebook))
        return rulebook
    from readiness.rulebook.loader import read_rulebook  # which brings the compiler and libcst

    files = [*builtin_files(), *others]
    rulebook = replace(read_rulebook(files), key=_hashed(*_anywhere(), *knowledge.texts(), *_texts(files)))
    _keep(place, (rulebook, _pickled(tuple(compile_all(rulebook.rules).values()))))
    return rulebook


class _Pickler(pickle.Pickler):
    """Writes what is made of frozen parts so that it is read back by their constructors.

    The way of the standard library asks every single part which fields it has, and takes half as long again.
    """

    def reducer_override(self, part: Any) -> Any:
        """How to make a part again; most are none of ours to decide."""
        kind = type(part)
        if not is_dataclass(kind) or "__slots__" not in vars(kind):
            return NotImplemented
        return kind, tuple(getattr(part, one.name) for one in fields(kind))


def _hashed(*parts: str) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(f"{len(part)}:{part}".encode())
    return digest.hexdigest()


def _texts(files: Sequence[RuleFile]) -> Iterator[str]:
    """What the rules say."""
    for file in files:
        yield from (file.name, file.folder, file.text)


def _here() -> Iterator[str]:
    """The program, its rules and its libraries as this machine has them, told quickly: by when they were written."""
    yield from (readiness.__version__, sys.version)
    for place in _own():
        yield from sorted(_written(place)) if place.is_dir() else [_state(place)]
    yield _state(Path(yaml.__file__).parents[1])  # a folder of packages changes with each of them


def _own() -> Iterator[Path]:
    """The folders of the program and of its rules, or the archive that holds both."""
    yield next(place for place in (_PROGRAM, *_PROGRAM.parents) if place.exists())
    rules = builtin_rules()
    if isinstance(rules, Path) and not rules.is_relative_to(_PROGRAM):
        yield rules


def _written(folder: Path) -> Iterator[str]:
    """When the files of a folder and of those below were written; what Python itself writes beside them is left out."""
    for entry in os.scandir(folder):
        if not entry.is_dir():
            yield _state(entry)
        elif entry.name != "__pycache__":
            yield from _written(Path(entry.path))


def _state(file: os.DirEntry[str] | Path) -> str:
    state = file.stat()
    return f"{os.fspath(file)} {state.st_size} {state.st_mtime_ns}"


def _anywhere() -> Iterator[str]:
    """The program and its libraries wherever they are installed: by what they are."""
    yield from (readiness.__version__, sys.implementation.cache_tag or sys.version)
    for file in _program():
        yield from (os.path.relpath(file, _PROGRAM), hashlib.sha256(file.read_bytes()).hexdigest())
    yield from sorted({f"{one.name} {one.version}" for one in distributions()})


def _program() -> list[Path]:
    """Our own files, or the archive that they are run from."""
    return sorted(_PROGRAM.rglob("*.py")) or [part for part in _PROGRAM.parents if part.is_file()]


def _read(place: Path) -> tuple[Rulebook, bytes] | None:
    """What was kept; None if there is nothing, if it is damaged, or if somebody else could have written it."""
    try:
        if not is_ours(place):
            return None
        rulebook, plans = pickle.loads(place.read_bytes())  # noqa: S301 - only this user can write it
    except _UNREADABLE:
        return None
    return rulebook, plans


def _plans_in(kept: bytes, rulebook: Rulebook) -> Plans:
    """The formulas that were kept beside a rule book; none if they cannot be read, and they are compiled again."""
    try:
        return dict(zip(keys_of(rulebook.rules), pickle.loads(kept), strict=True))  # noqa: S301 - as the rule book
    except _UNREADABLE:
        return {}


def _pickled(content: object) -> bytes:
    file = io.BytesIO()
    _Pickler(file, pickle.HIGHEST_PROTOCOL).dump(content)
    return file.getvalue()


def _keep(place: Path, content: tuple[Rulebook, bytes]) -> None:
    """Keep what was made, whole or not at all; where that is not possible the next run makes it again."""
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as file:
            file.write(_pickled(content))
        Path(file.name).replace(place)
        old = sorted(place.parent.glob(f"*{_SUFFIX}"), key=lambda kept: kept.stat().st_mtime)[:-_KEPT]
        for kept in old:
            kept.unlink(missing_ok=True)
