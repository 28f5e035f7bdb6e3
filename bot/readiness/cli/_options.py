"""What a check can be told on the command line, and the options that several commands share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

no_cache = click.option(
    "--no-cache", is_flag=True, envvar="READINESS_NO_CACHE", help="Analyse every file anew, and keep nothing."
)


@dataclass(frozen=True, slots=True)
class Options:
    """The command line as it was given; what is None or empty is left to the configuration."""

    paths: tuple[Path, ...] = ()
    format: str | None = None
    output: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    rules: tuple[Path, ...] = ()
    stage: str | None = None
    fail_on: str | None = None
    jobs: int | None = None
    all: bool = False
    diff: str | None = None
    coverage: Path | None = None
    no_color: bool = False
    quiet: bool = False
    fix: bool = False
    unsafe_fixes: bool = False
    diff_only: bool = False
    profile: bool = False
    no_cache: bool = False
