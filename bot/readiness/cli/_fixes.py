"""The side of `readiness check` that changes files: `--fix`, `--unsafe-fixes` and `--diff-only`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass

import click

from readiness.check import Analysed
from readiness.cli._options import Options
from readiness.cli._outputs import wants_colour
from readiness.errors import ExitCode
from readiness.fix.diff import unified_diff
from readiness.fix.passes import Fixes, fix_all
from readiness.fix.write import write_all
from readiness.report._text import counted, place_of, visible

_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


def show_diff(analysed: Analysed, options: Options) -> ExitCode:
    """Print what would be fixed; the exit code is 1 if anything would."""
    fixes = fix_all(analysed, unsafe=options.unsafe_fixes)
    for path, file in sorted(fixes.files.items()):
        _print_diff(unified_diff(path, file.before, file.after), coloured=not options.no_color and wants_colour())
    _tell("Would fix", fixes, {}, options)
    if fixes.report.incomplete:
        return ExitCode.INCOMPLETE
    return ExitCode.FINDINGS if fixes.files else ExitCode.CLEAN


@dataclass(frozen=True, slots=True)
class Written:
    """The fixes as they were written; `refused` has the reasons for the files that were left alone."""

    fixes: Fixes
    refused: dict[str, str]

    def tell(self, options: Options) -> ExitCode:
        """Say what was fixed and what was not; a file that could not be written makes the run incomplete."""
        _tell("Fixed", self.fixes, self.refused, options)
        return ExitCode.INCOMPLETE if self.refused else self.fixes.report.exit_code


def write_fixes(analysed: Analysed, options: Options) -> Written:
    """Fix what can be fixed, in the files."""
    fixes = fix_all(analysed, unsafe=options.unsafe_fixes)
    return Written(fixes, write_all(analysed, fixes))


def _print_diff(diff: bytes, *, coloured: bool) -> None:
    """For a program the exact bytes; for a person what is safe to look at."""
    if not coloured and not sys.stdout.isatty():
        click.echo(diff, nl=False)
        return
    for line in diff.decode("utf-8", errors="replace").removesuffix("\n").split("\n"):
        click.echo(click.style(visible(line), fg=_COLOURS.get(line[:1])), color=coloured)


def _tell(verb: str, fixes: Fixes, refused: dict[str, str], options: Options) -> None:
    for line in _left_out(fixes, refused):
        click.echo(line, err=True)
    if not options.quiet:
        click.echo(_summary(verb, fixes), err=True)


def _left_out(fixes: Fixes, refused: dict[str, str]) -> Iterator[str]:
    for path, reason in refused.items():
        yield f"not fixed: {visible(path)}: {visible(reason)}"
    for left in fixes.left_out:
        place = place_of(left.finding, fixes.report.shown_from)
        yield f"not fixed: {place}: {left.finding.rule}: {visible(left.reason)}"


def _summary(verb: str, fixes: Fixes) -> str:
    more = f"; {fixes.more} more with --unsafe-fixes" if fixes.more else ""
    if not fixes.files:
        return f"Nothing to fix{more}."
    return f"{verb} {counted(fixes.fixed, 'finding')} in {counted(len(fixes.files), 'file')}{more}."
