"""`readiness merge`: judge what the shards of a check found, as one run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from readiness.cli._options import EXISTING, Options, report_options
from readiness.errors import ExitCode


@click.command("merge", short_help="Report what the shards of a check found as one run.")
@click.argument("parts", nargs=-1, required=True, type=EXISTING)
@click.option(
    "--path", "paths", multiple=True, type=EXISTING, help="What the shards reviewed. [default: the current folder]"
)
@report_options
def command(parts: tuple[Path, ...], **given: Any) -> ExitCode:
    """Report what the shards in PARTS found, as one `readiness check` would.

    Run it in the same commit and with the same options as the shards; where something differs, it says so and reports
    nothing. The exit codes are those of `readiness check`.
    """
    options = Options(**given)
    from readiness.cli._outputs import parse_outputs, tell_report
    from readiness.cli._progress import progress
    from readiness.cli._settings import settings_of
    from readiness.shards import merge

    settings = settings_of(options, Path.cwd())
    outputs = parse_outputs(options.output)
    with progress(quiet=options.quiet) as watcher:
        report = merge(settings, parts, watcher).report()
    tell_report(report, outputs, settings.config.format, options)
    return report.exit_code
