"""A file is written whole or not at all, and nothing else is left beside it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from readiness.whole_file import replace_file


def refuse(new: Path) -> None:
    """Whoever looks at the new file before it takes its place does not like it."""
    assert new.read_bytes() == b"new"
    raise OSError("not this one")


def test_the_new_content_takes_the_place_of_the_old(tmp_path: Path) -> None:
    place = tmp_path / "report.html"
    for content in (b"first", b"second"):
        replace_file(place, content)
        assert place.read_bytes() == content
    assert list(tmp_path.iterdir()) == [place]


def test_what_is_refused_leaves_all_as_it_was(tmp_path: Path) -> None:
    place = tmp_path / "report.html"
    place.write_bytes(b"old")
    with pytest.raises(OSError, match="not this one"):
        replace_file(place, b"new", before=refuse)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"report.html": b"old"}


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX")
def test_nobody_else_may_read_it_unless_that_is_wanted(tmp_path: Path) -> None:
    replace_file(tmp_path / "own", b"")
    replace_file(tmp_path / "shared", b"", mode=0o644)
    assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("own", "shared")] == [0o600, 0o644]


def test_a_long_name_does_not_stop_it(tmp_path: Path) -> None:
    place = tmp_path / ("n" * 250)
    replace_file(place, b"new")
    assert place.read_bytes() == b"new"
