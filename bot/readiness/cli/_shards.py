"""`readiness check --shard K/N`: one share of a check, for `readiness merge`."""

from __future__ import annotations

from pathlib import Path

import click

from readiness.cli._options import Options
from readiness.cli._progress import progress
from readiness.errors import ExitCode, UsageError
from readiness.report._text import counted
from readiness.settings import Settings
from readiness.shards import analyse_shard, shard_of, write_part


def write_shard(settings: Settings, options: Options) -> ExitCode:
    """Analyse a share and write what was found; how ready the project is, is for the merge to say."""
    shard = shard_of(options.shard or "")
    if len(options.output) != 1:
        advice = "Add --output part1.json: one file, which `readiness merge` reads."
        raise UsageError("a shard is written to one file", where="--shard", advice=advice)
    with progress(quiet=options.quiet) as watcher:
        part = analyse_shard(settings, shard, watcher)
    write_part(Path(options.output[0]), part)
    if not options.quiet:
        click.echo(f"Written: {options.output[0]}, shard {shard} with {counted(len(part.outcomes), 'file')}.")
    return ExitCode.CLEAN
