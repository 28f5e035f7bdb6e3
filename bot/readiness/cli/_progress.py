"""How far a long run is, on standard error and only if a person watches."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from readiness.watcher import Watcher

PATIENCE = 0.5
"""Seconds after which a run is long."""
REFRESH = 0.1


@contextmanager
def progress(*, quiet: bool) -> Iterator[Watcher]:
    """A bar that appears when a run is long and is gone when it ends."""
    if quiet:
        yield Watcher()
        return
    if not sys.stderr.isatty():
        yield Watcher(on_trouble=_tell)
        return
    bar = _Bar()
    try:
        yield Watcher(bar.start, bar.advance, _tell)
    finally:
        bar.display.stop()


def _tell(trouble: str) -> None:
    click.echo(f"Note: nothing is kept for the next run ({trouble}); this one is complete without it.", err=True)


class _Bar:
    """Draws only when told of progress: a drawing thread would be in the way of forking workers."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("files"),
            TimeElapsedColumn(),
        )
        self.display = Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False)
        self._task = self.display.add_task("Reading", total=None)
        self._drawn = time.monotonic() + PATIENCE - REFRESH

    def start(self, total: int) -> None:
        """Say how many files there are."""
        self.display.update(self._task, total=total)

    def advance(self, count: int) -> None:
        """Say that files were finished."""
        self.display.advance(self._task, count)
        now = time.monotonic()
        if now - self._drawn >= REFRESH:
            self.display.start()
            self.display.refresh()
            self._drawn = now
