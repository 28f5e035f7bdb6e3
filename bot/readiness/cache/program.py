"""What tells this program from any other that the machine has had: a change of it makes all that was kept useless."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import platformdirs

import readiness

FOLDER = Path(readiness.__file__).parent
_RULES = FOLDER.parents[1] / "rules"
"""In a checkout the rules lie beside the source root; in an installation they are a part of the program."""
_LIBRARIES = Path(platformdirs.__file__).parents[1]
_COMPILED = "__pycache__"


@cache
def program_state() -> str:
    """The version, and what the file system says of our files, of the rules and of the folder of the libraries."""
    # A folder of packages changes with each of them.
    states = [_told(str(_LIBRARIES), _LIBRARIES.stat()), *(_told(*file) for file in _files())]
    return "\n".join([readiness.__version__, sys.version, *sorted(states)])


def program_files() -> list[Path]:
    """Our own code, or the archive that it is run from."""
    return sorted(FOLDER.rglob("*.py")) or [part for part in FOLDER.parents if part.is_file()]


def _files() -> Iterator[tuple[str, os.stat_result]]:
    """Every file that we come with."""
    if not FOLDER.is_dir():
        yield from ((str(file), file.stat()) for file in program_files())
    waiting = [str(folder) for folder in (FOLDER, _RULES) if folder.is_dir()]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if not entry.is_dir():
                    yield entry.path, entry.stat()
                elif entry.name != _COMPILED:
                    waiting.append(entry.path)


def _told(path: str, state: os.stat_result) -> str:
    return f"{path} {state.st_size} {state.st_mtime_ns} {state.st_ctime_ns}"
