"""`readiness check`: review files, folders or a change, and report in one or several formats."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from readiness.cli._options import Options, no_cache
from readiness.errors import ExitCode
from readiness.finding import Severity, Stage
from readiness.report._formats import names as format_names

_EXISTING = click.Path(path_type=Path)


def _words(_context: click.Context, _parameter: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """Several values: the option repeated, or commas."""
    return tuple(word.strip() for part in given for word in part.split(",") if word.strip())


@click.command("check")
@click.argument("paths", nargs=-1, type=_EXISTING)
@click.option("--format", type=click.Choice(format_names()), help="What is printed. [default: terminal]")
@click.option(
    "--output",
    multiple=True,
    metavar="[FORMAT=]FILE",
    help="Write the report to a file too; the format is told by its suffix unless it is named. Repeatable.",
)
@click.option(
    "--select", multiple=True, callback=_words, metavar="RULES", help="Only these rules: ids, globs, pillars."
)
@click.option("--ignore", multiple=True, callback=_words, metavar="RULES", help="Not these rules.")
@click.option("--rules", multiple=True, type=_EXISTING, metavar="PATH", help="Rules of your own: a file or a folder.")
@click.option(
    "--stage", type=click.Choice([str(stage) for stage in Stage]), help="How far the project is. [default: candidate]"
)
@click.option(
    "--fail-on",
    type=click.Choice([str(severity) for severity in Severity]),
    help="The lowest severity that makes the exit code 1. [default: error]",
)
@click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help="Worker processes. [default: one for each processor]"
)
@click.option("--all", is_flag=True, help="Run rules of low confidence too.")
@click.option("--diff", metavar="BASE", help="Only what the work tree introduces since it left this git revision.")
@click.option(
    "--coverage",
    type=_EXISTING,
    metavar="FILE",
    help="coverage.xml, coverage.json or lcov.info of your tests; it is believed.",
)
@click.option("--no-color", is_flag=True, help="No colours; NO_COLOR and FORCE_COLOR are heard too.")
@click.option("--quiet", is_flag=True, help="Print no report: the exit code and the output files speak.")
@click.option("--fix", is_flag=True, help="Make the safe fixes in the files, and report what remains.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff-only: also fixes to be looked at first.")
@click.option(
    "--diff-only",
    is_flag=True,
    help="Print the fixes as a diff and change nothing; the exit code is 1 if there are any.",
)
@no_cache
@click.option("--profile", is_flag=True, help="Say on standard error how much time each rule took.")
def command(**given: Any) -> ExitCode:
    """Review PATHS (default: the current folder) by the rules.

    \b
    Exit codes:
      0  nothing at or above --fail-on
      1  findings at or above --fail-on
      2  wrong use or configuration
      3  the run is incomplete: a file or rule could not be handled
    """  # noqa: D301 - click reads the backspace
    options = Options(**given)
    from readiness.check import analyse
    from readiness.cli._outputs import parse_outputs, print_report, write_outputs
    from readiness.cli._progress import progress
    from readiness.cli._settings import must_make_sense, settings_of

    must_make_sense(options)
    settings = settings_of(options, Path.cwd())
    outputs = parse_outputs(options.output)
    with progress(quiet=options.quiet) as watcher:
        analysed = analyse(settings, watcher)
    if options.diff_only:
        from readiness.cli._fixes import show_diff

        return show_diff(analysed, options)
    written = None
    if options.fix:
        from readiness.cli._fixes import write_fixes

        written = write_fixes(analysed, options)
    report = written.fixes.report if written else analysed.report()
    write_outputs(report, outputs)
    if not options.quiet:
        print_report(report, settings.config.format, no_color=options.no_color)
    if options.profile:
        from readiness.cli._profile import show_profile

        show_profile(analysed.profile(), report)
    return written.tell(options) if written else report.exit_code
