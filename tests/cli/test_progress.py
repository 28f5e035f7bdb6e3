"""Progress is shown to a person who waits, and to nobody else."""

from __future__ import annotations

import io
import sys

import pytest

from readiness.cli import _progress
from readiness.cli._progress import progress


class Terminal(io.StringIO):
    """A standard error that a person watches."""

    def isatty(self) -> bool:
        return True


def shown(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch, *, quiet: bool = False) -> str:
    """What a run of three files shows."""
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    with progress(quiet=quiet) as watcher:
        watcher.on_start(3)
        watcher.on_done(1)
        watcher.on_done(2)
    return stream.getvalue()


def test_a_long_run_shows_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_progress, "PATIENCE", 0)
    monkeypatch.setattr(_progress, "REFRESH", 0)
    text = shown(Terminal(), monkeypatch)
    assert "Reading" in text
    assert "3/3" in text


def test_a_short_run_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_progress, "PATIENCE", 3600)
    assert "Reading" not in shown(Terminal(), monkeypatch)


def test_nothing_is_shown_to_a_file_or_to_who_wants_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_progress, "PATIENCE", 0)
    assert shown(io.StringIO(), monkeypatch) == ""
    assert shown(Terminal(), monkeypatch, quiet=True) == ""
