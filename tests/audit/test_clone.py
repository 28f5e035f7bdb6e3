"""A clone that does not come, or is no longer wanted, ends with all its processes and leaves nothing behind."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from readiness.audit.clone import Fetching, each_fetched
from readiness.audit.sources import Source
from readiness.errors import GitError


@pytest.fixture
def silent() -> Iterator[Source]:
    """A server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield Source("lab/model", f"http://127.0.0.1:{server.getsockname()[1]}/lab/model")


def test_a_clone_that_takes_too_long_is_ended(silent: Source, tmp_path: Path) -> None:
    fetching = Fetching(silent, tmp_path / "clone")
    with pytest.raises(GitError, match=r"not fetched within 0\.2 s"):
        fetching.clone(seconds=0.2)
    fetching.end()
    assert list(tmp_path.iterdir()) == []


def test_clones_that_are_no_longer_wanted_are_ended(silent: Source, tmp_path: Path) -> None:
    with each_fetched([silent] * 5, tmp_path / "clones") as fetched:
        next(fetched)
    assert list(tmp_path.iterdir()) == []


def test_only_the_protocol_of_the_line_is_allowed(tmp_path: Path) -> None:
    fetching = Fetching(Source("x", "ext::sh -c touch% ran"), tmp_path / "clone")
    with pytest.raises(GitError, match="not allowed"):
        fetching.clone()
    fetching.end()
