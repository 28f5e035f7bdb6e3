"""Where a report goes: standard output, and the files that were asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import click

from readiness.cli._options import Options
from readiness.errors import UsageError
from readiness.judge.report import Report
from readiness.report._formats import by_suffix, names, renderer


@dataclass(frozen=True, slots=True)
class Output:
    """A file and the format that it gets."""

    format: str
    file: Path


def parse_outputs(given: Iterable[str]) -> tuple[Output, ...]:
    """Read `FORMAT=FILE` or `FILE`; a mistake is told before the run, not after it."""
    return tuple(map(_parse, given))


def tell_report(report: Report, outputs: Iterable[Output], name: str, options: Options) -> None:
    """Write the report to its files and, unless that is unwanted, print it in a format."""
    write_outputs(report, outputs)
    if not options.quiet:
        print_report(report, name, no_color=options.no_color)


def write_outputs(report: Report, outputs: Iterable[Output]) -> None:
    """Write the report to its files."""
    for output in outputs:
        text = click.unstyle(renderer(output.format)(report))
        try:
            output.file.write_text(text, encoding="utf-8", errors="backslashreplace")
        except OSError as error:
            raise UsageError(f"cannot write {output.file}: {error.strerror or error}", where="--output") from error


def print_report(report: Report, name: str, *, no_color: bool) -> None:
    """Print the report, coloured if a person watches."""
    click.echo(renderer(name)(report), nl=False, color=not no_color and wants_colour())


def _parse(given: str) -> Output:
    name, equals, file = given.partition("=")
    if not equals or name not in names():
        name, file = by_suffix().get(Path(given).suffix.lower(), ""), given
    if not name:
        advice = f"Name it: --output FORMAT={given}, with one of {', '.join(names())}."
        raise UsageError(f"the format of {given} cannot be told from its name", where="--output", advice=advice)
    if not Path(file).absolute().parent.is_dir():
        raise UsageError(f"there is no folder {Path(file).parent}", where="--output", advice="Create it first.")
    return Output(name, Path(file))


def wants_colour() -> bool:
    """Whether a person watches, or asks for colours all the same."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()
