"""`readiness audit`: check and score many repositories, and put together what recurs in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from readiness.cli._options import EXISTING, Options, executor, no_cache
from readiness.errors import ExitCode
from readiness.finding import Stage

_STAGES = click.Choice([str(stage) for stage in Stage])


@click.command("audit", short_help="Audit many repositories, and show what recurs in them.")
@click.argument("lists", nargs=-1, type=EXISTING)
@click.option("--organisation", metavar="NAME", help="Also the repositories of an organisation on GitHub.")
@click.option("--output", "folder", type=EXISTING, required=True, metavar="FOLDER", help="Where the results go.")
@click.option("--before", type=EXISTING, metavar="FOLDER", help="The results of an earlier audit, for the trend.")
@click.option("--stage", type=_STAGES, help="How far the projects are. [default: candidate]")
@click.option("--rules", multiple=True, type=EXISTING, metavar="PATH", help="More rules: a file or a folder.")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Worker processes.")
@executor
@no_cache
@click.option("--quiet", is_flag=True, help="Print nothing: the exit code and the files speak.")
def command(
    lists: tuple[Path, ...], organisation: str | None, folder: Path, before: Path | None, **given: Any
) -> ExitCode:
    """Audit the repositories in LISTS: files with the path or address of a repository on each line.

    Only the newest commit of each is fetched, and nothing of it is run. If an audit is interrupted, the same command goes
    on where it stopped. The exit code is 0 if every repository was audited, and 3 if one was not.
    """
    options = Options(**given)
    from readiness.audit.run import audit
    from readiness.audit.summary import summarised
    from readiness.audit.tables import read_jsonl
    from readiness.cli._audit import Teller, examiner, make, sources, write
    from readiness.cli._settings import must_make_sense

    must_make_sense(options)
    wanted = sources(lists, organisation)
    earlier = read_jsonl(before) if before else None
    make(folder)
    teller = Teller(quiet=options.quiet)
    with examiner(options) as ready:
        records = audit(wanted, folder, ready, teller.on_start, teller.on_record)
    summary = summarised(records, earlier)
    write(folder, records, summary, quiet=options.quiet)
    return ExitCode.INCOMPLETE if summary.failed else ExitCode.CLEAN
