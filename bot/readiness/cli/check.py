"""`readiness check`: review files, folders or a change, and report in one or several formats."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from readiness.cli._options import EXISTING, Options, executor, report_options
from readiness.errors import ExitCode

if TYPE_CHECKING:
    from readiness.cli._outputs import Output
    from readiness.settings import Settings


@click.command("check")
@click.argument("paths", nargs=-1, type=EXISTING)
@report_options
@click.option("--fix", is_flag=True, help="Make the safe fixes in the files, and report what remains.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff-only: also fixes to be looked at first.")
@click.option(
    "--diff-only",
    is_flag=True,
    help="Print the fixes as a diff and change nothing; the exit code is 1 if there are any.",
)
@click.option("--profile", is_flag=True, help="Say on standard error how much time each rule took.")
@click.option(
    "--shard",
    metavar="K/N",
    help="Analyse the Kth of N shares of the files, and write what was found to --output for `readiness merge`.",
)
@executor
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
    from readiness.cli._executor import workers
    from readiness.cli._outputs import parse_outputs, tell_report
    from readiness.cli._progress import progress
    from readiness.cli._settings import must_make_sense, settings_of
    from readiness.recheck import check

    must_make_sense(options)
    settings = settings_of(options, Path.cwd())
    if options.shard is not None:
        from readiness.cli._shards import write_shard

        return write_shard(settings, options)
    outputs = parse_outputs(options.output)
    with workers(options.executor) as found:
        settings = replace(settings, workers=found)
        if options.fix or options.diff_only or options.profile:
            return _analysed(settings, outputs, options)
        with progress(quiet=options.quiet) as watcher:
            report = check(settings, watcher)
    tell_report(report, outputs, settings.config.format, options)
    return report.exit_code


def _analysed(settings: Settings, outputs: tuple[Output, ...], options: Options) -> ExitCode:
    """What needs more of an analysis than its report: a fix, a diff, a profile."""
    from readiness.check import analyse
    from readiness.cli._outputs import tell_report
    from readiness.cli._progress import progress

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
    tell_report(report, outputs, settings.config.format, options)
    if options.profile:
        from readiness.cli._profile import show_profile

        show_profile(analysed.profile(), report)
    return written.tell(options) if written else report.exit_code
