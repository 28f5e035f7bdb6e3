"""Real programs to test on: modules of the standard library that runs the tests."""

from __future__ import annotations

import sysconfig
from pathlib import Path

import pytest

_STDLIB = Path(sysconfig.get_path("stdlib"))
_NAMES = (
    "asyncio/queues bisect calendar cmd colorsys contextlib copy csv fractions functools heapq json/decoder numbers "
    "re/_parser shlex string this tokenize types weakref"
).split()
FILES = tuple(path for path in (_STDLIB / f"{name}.py" for name in _NAMES) if path.is_file())


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def real_program(request: pytest.FixtureRequest) -> str:
    """The text of a module with its line ends as they are."""
    path: Path = request.param
    return path.read_bytes().decode("utf-8")
