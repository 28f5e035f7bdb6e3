"""The diff is what `git apply` makes of the old file the new one with."""

from __future__ import annotations

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from readiness.fix.diff import unified_diff

CONTENT = st.lists(st.sampled_from([b"a", b"b", b"\xe9", b"", b"\r", b"\\ No newline", b"--- x"]), max_size=8)


def applied(name: str, before: bytes, after: bytes) -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder, name)
        file.write_bytes(before)
        subprocess.run(
            ["git", "apply", "-"], cwd=folder, input=unified_diff(name, before, after), check=True, capture_output=True
        )
        return file.read_bytes()


@given(CONTENT, CONTENT, st.booleans(), st.booleans())
@example([b"a"], [b"b"], False, False)
@settings(max_examples=25, deadline=None)
def test_git_makes_of_the_old_file_the_new_one(
    before: list[bytes], after: list[bytes], ended: bool, still: bool
) -> None:
    old = b"x\n" + b"\n".join(before) + b"\n" * ended
    new = b"x\n" + b"\n".join(after) + b"\n" * still
    if old != new:
        assert applied("a.py", old, new) == new


@pytest.mark.parametrize("name", ["two words.py", "é.py", 'quoted".py', "back\\slash.py", "line\nend.py", "-p.py"])
def test_unusual_names_are_understood(name: str) -> None:
    assert applied(name, b"a\n", b"b\n") == b"b\n"
