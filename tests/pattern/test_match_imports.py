"""Import statements."""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    ("pattern", "code", "matches"),
    [
        ("import a", "import a", True),
        ("import a", "import a.b", True),
        ("import a.b", "import a", False),
        ("import a", "import b, a", True),
        ("import a", "import a as b", True),
        ("import a as $X", "import a", False),
        ("import a.b", "from a import b", True),
        ("import a.b", "from a import b as c", True),
        ("import a", "from a import b", True),
        ("import a.b", "from .a import b", False),
        ("from a import b", "from a import c, b", True),
        ("from a import b, c", "from a import b", False),
        ("from a import b", "import a.b", True),
        ("from a import b as $X", "from a import b", False),
        ("from . import $X", "from . import a", True),
        ("from . import $X", "from a import b", False),
        ("from a import *", "from a import *", True),
    ],
)
def test_imports(texts: Callable[..., list[str]], pattern: str, code: str, matches: bool) -> None:
    assert bool(texts(pattern, code)) is matches


def test_a_metavariable_is_the_whole_dotted_name(bound: Callable[..., list[dict[str, str]]]) -> None:
    assert bound("import $X", "from a.b import c") == [{"$X": "a.b.c"}]


def test_an_alias_can_be_followed_through_the_program(texts: Callable[..., list[str]]) -> None:
    assert texts("import os as $OS\n...\n$OS.system(...)", "import os as o\no.system(1)") != []
