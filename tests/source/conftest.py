"""Real programs to test on: modules of the standard library that runs the tests."""

from __future__ import annotations

import sysconfig
from pathlib import Path

import pytest

_STDLIB = Path(sysconfig.get_path("stdlib"))
_NAMES = (
    "argparse ast asyncio/tasks bisect calendar cmd codecs collections/__init__ colorsys configparser contextlib copy csv "
    "dataclasses dis email/message enum fractions functools heapq inspect json/decoder logging/__init__ numbers opcode "
    "pickle platform plistlib pprint pstats random re/_parser shlex statistics string test/test_patma "
    "textwrap this tokenize turtle types typing unittest/mock uuid weakref xml/dom/minidom zipfile"
).split()
FILES = tuple(path for path in (_STDLIB / f"{name}.py" for name in _NAMES) if path.is_file())


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def real_program(request: pytest.FixtureRequest) -> str:
    """The text of a module with its line ends as they are."""
    path: Path = request.param
    return path.read_bytes().decode("utf-8")
