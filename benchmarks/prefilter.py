"""Whether what spares most files most rules loses nothing: every file is analysed with it and without, and compared."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from benchmarks import corpus
from readiness.collect.files import collect
from readiness.collect.source_file import SourceFile
from readiness.engine.analyse import analyse, prepare
from readiness.engine.outcome import FileOutcome
from readiness.flow.units import Selection, Units
from readiness.pattern.required import Watch
from readiness.rulebook.book import Rulebook
from readiness.rulebook.loader import load_rulebook
from readiness.settings import Settings


def rows(repositories: Iterable[Path]) -> Iterator[tuple[str, str, str]]:
    """Every rule there is, those that are off too, on the library and the repositories that are there."""
    rulebook = load_rulebook()
    prepare(rulebook)
    corpus.library()
    folders = [(corpus.CACHE / "library").resolve(), *corpus.repositories(), *(path.resolve() for path in repositories)]
    files = [file for folder in folders for file in collect(Settings(root=folder, paths=(folder,))).files]
    quick, slow, alike = 0.0, 0.0, 0
    for file in files:
        filtered, seconds = _timed(file, rulebook)
        with unfiltered():
            whole, longer = _timed(file, rulebook)
        quick, slow, alike = quick + seconds, slow + longer, alike + (filtered == whole)
    yield (
        f"files of {len(folders)} projects where all rules find the same without filters",
        f"{alike:,} of {len(files):,}",
        "all",
    )
    yield "… and how much longer they take then", f"{slow / quick:.1f} times", ""


def _timed(file: SourceFile, rulebook: Rulebook) -> tuple[FileOutcome, float]:
    started = time.thread_time()
    return analyse(file, rulebook), time.thread_time() - started


@contextmanager
def unfiltered() -> Iterator[None]:
    """Every rule looks at every file, every pattern at every program, and data is followed through all of it."""
    with (
        patch.object(Watch, "possible", _every_one),
        patch("readiness.pattern.evaluate.can_hold", _always),
        patch("readiness.flow.find.can_hold", _always),
        patch.object(Units, "meeting", _all_units),
    ):
        yield


def _every_one(self: Watch, words: object) -> list[int]:
    return list(range(len(self.requirements)))


def _always(required: object, words: object) -> bool:
    return True


def _all_units(self: Units, sources: object, sinks: object, *, callers: bool) -> Selection:
    return self.all
