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
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from functools import partial
from importlib.metadata import distributions
from pathlib import Path
from typing import Any, cast

import readiness
from readiness.cache.folder import cache_folder, is_ours
from readiness.cache.program import FOLDER, program_files, program_state
from readiness.kinds.base import Plans, compile_all, compiled_before, keys_of
from readiness.rulebook import knowledge
from readiness.rulebook.book import Rulebook
from readiness.rulebook.files import RuleFile, builtin_files, files_of
from readiness.whole_file import replace_file

_KEPT = 24
"""Rule books are kept, a few for each version and project; the oldest go."""
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
    return kept_or_made(partial(_read_all, others), *_texts(others))


def kept_or_made(make: Callable[[], Rulebook], *decided_by: str) -> Rulebook:
    """A rule book that this program and these texts decide: as an earlier run left it, else made now and kept."""
    place = cache_folder() / "rules" / f"{_hashed(program_state(), *decided_by)}{_SUFFIX}"
    kept = _read(place)
    if kept is None:
        kept = make()
        _keep(place, packed(kept))
    return kept


def _read_all(others: Sequence[RuleFile]) -> Rulebook:
    from readiness.rulebook.loader import read_rulebook  # which brings the compiler and libcst

    files = [*builtin_files(), *others]
    return replace(read_rulebook(files), key=_hashed(*_anywhere(), *knowledge.texts(), *_texts(files)))


def packed(rulebook: Rulebook) -> bytes:
    """A rule book with its compiled formulas, for a process elsewhere that runs the same program."""
    return _pickled((rulebook, _pickled(tuple(compile_all(rulebook.rules).values()))))


def unpacked(content: bytes) -> Rulebook:
    """A rule book as `packed` made it; only for content that nobody else could have written."""
    rulebook, plans = pickle.loads(content)  # noqa: S301
    compiled_before(rulebook.rules, partial(_plans_in, plans, rulebook))
    return cast(Rulebook, rulebook)


def program_digest() -> str:
    """What tells this program and its own rules from others, wherever they are installed."""
    return _hashed(*_program_texts(), *knowledge.texts(), *_texts([*builtin_files()]))


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


def _anywhere() -> Iterator[str]:
    """The program and its libraries wherever they are installed: by what they are."""
    yield from (readiness.__version__, sys.implementation.cache_tag or sys.version)
    yield from _program_texts()
    yield from sorted({f"{one.name} {one.version}" for one in distributions()})


def _program_texts() -> Iterator[str]:
    for file in program_files():
        yield from (os.path.relpath(file, FOLDER), hashlib.sha256(file.read_bytes()).hexdigest())


def _read(place: Path) -> Rulebook | None:
    """What was kept; None if there is nothing, if it is damaged, or if somebody else could have written it."""
    try:
        return unpacked(place.read_bytes()) if is_ours(place) else None
    except _UNREADABLE:
        return None


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


def _keep(place: Path, content: bytes) -> None:
    """Keep what was made, whole or not at all; where that is not possible the next run makes it again."""
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        replace_file(place, content)
        old = sorted(place.parent.glob(f"*{_SUFFIX}"), key=lambda kept: kept.stat().st_mtime)[:-_KEPT]
        for kept in old:
            kept.unlink(missing_ok=True)
