"""What `readiness audit` needs before it starts, says while it runs, and writes at its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from readiness.audit.examine import Examiner
from readiness.audit.page.page import page
from readiness.audit.record import Record, write_result
from readiness.audit.sources import Source, of_organisation, read_list, unique
from readiness.audit.summary import Summary
from readiness.audit.tables import can_write_parquet, write_jsonl, write_parquet
from readiness.cache.store import user_store
from readiness.check import workers_of
from readiness.cli._executor import workers
from readiness.cli._options import Options
from readiness.config import Config
from readiness.engine.rulebooks import rulebook_of
from readiness.errors import UsageError
from readiness.finding import Stage
from readiness.report._text import visible
from readiness.score.words import number
from readiness.settings import Settings

PAGE = "index.html"


def sources(lists: Sequence[Path], organisation: str | None) -> list[Source]:
    """The repositories that were named; none at all is an error."""
    found = [source for file in lists for source in read_list(file)]
    found += of_organisation(organisation) if organisation else ()
    if not found:
        advice = "Name a file with the path or address of a repository on each line, or an --organisation."
        raise UsageError("there is no repository to audit", where="readiness audit", advice=advice)
    return unique(found)


def make(folder: Path) -> None:
    """Make the folder of the results."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"cannot make the folder {folder}: {error.strerror}", where="--output") from error


@contextmanager
def examiner(options: Options) -> Iterator[Examiner]:
    """What audits a repository, with one policy for all."""
    stage = Stage[options.stage.upper()] if options.stage else Stage.CANDIDATE
    with workers(options.executor) as found, user_store(wanted=not options.no_cache) as store:
        settings = Settings(Path(), (), Config(stage=stage, jobs=options.jobs), workers=found)
        yield Examiner(settings, rulebook_of(options.rules), store, workers_of(settings))


@dataclass
class Teller:
    """Says on standard error how far an audit is, a line for each repository."""

    quiet: bool
    _done: int = 0
    _total: int = 0

    def on_start(self, done: int, total: int) -> None:
        """Say how much an earlier run has done."""
        self._done, self._total = done, total
        if done and not self.quiet:
            click.echo(f"{done} of {total} are done already.", err=True)

    def on_record(self, record: Record) -> None:
        """Say what became of a repository."""
        self._done += 1
        if not self.quiet:
            click.echo(f"[{self._done}/{self._total}] {visible(record.name)}: {visible(_in_short(record))}", err=True)


def write(folder: Path, records: Sequence[Record], summary: Summary, *, quiet: bool) -> None:
    """Write the tables and the page."""
    write_jsonl(folder, records)
    write_result(folder / PAGE, page(summary).encode())
    if can_write_parquet():
        write_parquet(folder, records)
    elif not quiet:
        click.echo('Note: no Parquet is written; it takes pip install "readiness-bot[parquet]".', err=True)
    if not quiet:
        click.echo(f"Written: {folder / PAGE}")


def _in_short(record: Record) -> str:
    if record.failure:
        return f"not audited: {record.failure}"
    score = f", ML Test Score {number(record.points)}" if record.trains else ""
    return f"{record.analysed} files, {record.findings} findings{score}"
