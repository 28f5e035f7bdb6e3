"""What a check can be told on the command line, and the options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from readiness.finding import Severity, Stage
from readiness.report._formats import names as format_names

EXISTING = click.Path(path_type=Path)
_Command = Callable[..., Any]


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
    shard: str | None = None
    executor: str | None = None


def _words(_context: click.Context, _parameter: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """Several values: the option repeated, or commas."""
    return tuple(word.strip() for part in given for word in part.split(",") if word.strip())


no_cache = click.option(
    "--no-cache", is_flag=True, envvar="READINESS_NO_CACHE", help="Analyse every file anew, and keep nothing."
)
executor = click.option(
    "--executor",
    metavar="dask=ADDRESS",
    help="Analyse on the workers of a Dask cluster: dask=tcp://HOST:8786. [default: processes on this machine]",
)
_REPORT = (
    click.option("--format", type=click.Choice(format_names()), help="What is printed. [default: terminal]"),
    click.option(
        "--output",
        multiple=True,
        metavar="[FORMAT=]FILE",
        help="Write the report to a file too; the format is told by its suffix unless it is named. Repeatable.",
    ),
    click.option(
        "--select", multiple=True, callback=_words, metavar="RULES", help="Only these rules: ids, globs, pillars."
    ),
    click.option("--ignore", multiple=True, callback=_words, metavar="RULES", help="Not these rules."),
    click.option("--rules", multiple=True, type=EXISTING, metavar="PATH", help="More rules: a file or a folder."),
    click.option(
        "--stage",
        type=click.Choice([str(stage) for stage in Stage]),
        help="How far the project is. [default: candidate]",
    ),
    click.option(
        "--fail-on",
        type=click.Choice([str(severity) for severity in Severity]),
        help="The lowest severity that makes the exit code 1. [default: error]",
    ),
    click.option(
        "--jobs", type=click.IntRange(min=1), metavar="N", help="Worker processes. [default: one for each processor]"
    ),
    click.option("--all", is_flag=True, help="Run rules of low confidence too."),
    click.option("--diff", metavar="BASE", help="Only what the work tree introduces since it left this git revision."),
    click.option(
        "--coverage",
        type=EXISTING,
        metavar="FILE",
        help="coverage.xml, coverage.json or lcov.info of a test run; it is believed.",
    ),
    click.option("--no-color", is_flag=True, help="No colours; NO_COLOR and FORCE_COLOR are heard too."),
    click.option("--quiet", is_flag=True, help="Print no report: the exit code and the output files speak."),
    no_cache,
)


def report_options(command: _Command) -> _Command:
    """What runs, how it is judged and where the report goes."""
    for option in reversed(_REPORT):
        command = option(command)
    return command
