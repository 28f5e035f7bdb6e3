"""The Python programs at or below a path, for commands that try a pattern or rule on real code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from readiness.collect.files import collect
from readiness.engine.read import read_unit
from readiness.engine.unit import Unit
from readiness.errors import UnreadableSource
from readiness.settings import Settings


def units(path: Path) -> Iterator[Unit]:
    """Every readable file at or below a path; the others are named on standard error."""
    root = path if path.is_dir() else path.parent
    for file in collect(Settings(root=root.resolve(), paths=(path,))).files:
        try:
            unit, skipped = read_unit(file)
        except UnreadableSource as error:
            click.echo(f"{file.path}: not analysed: {error.what}", err=True)
            continue
        for skip in skipped:
            click.echo(f"{skip.path}: not analysed: {skip.reason}", err=True)
        yield unit
