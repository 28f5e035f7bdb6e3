"""`readiness review --stats OWNER/REPO`: what becomes of the comments of each rule; reads only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import click

from readiness.errors import ExitCode, UsageError
from readiness.report._text import counted, visible
from readiness.review.github.connection import connect
from readiness.review.github.history import read_history
from readiness.review.stats import Fate, RuleStats, Stats, stats

_REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+")


def review_stats(name: str | None, bot: str, *, last: int, environment: Mapping[str, str]) -> ExitCode:
    """Print one line for each rule that had a comment."""
    repository = name or environment.get("GITHUB_REPOSITORY", "")
    if not _REPOSITORY.fullmatch(repository):
        what = f"`{name}` is no repository" if name else "no repository is named"
        raise UsageError(what, where="--stats", advice="Write readiness review --stats OWNER/REPO.")
    with connect(environment) as connection:
        found = stats(read_history(connection, repository, bot.removesuffix("[bot]"), last=last))
    click.echo("\n".join(_lines(found)))
    return ExitCode.CLEAN


def _lines(found: Stats) -> Iterator[str]:
    read = f"{counted(found.pulls, 'pull request')} read"
    if not found.rules:
        yield f"No comment of the bot: {read}."
        return
    width = max(len("rule"), *(len(visible(one.rule)) for one in found.rules))
    yield f"{'rule':{width}}  comments  fixed  declined  left  undecided  fix rate  ignore rate"
    yield from (_line(one, width) for one in found.rules)
    yield ""
    yield f"{read}. Left is merged as it was; undecided is still open, or closed without a merge."
    if found.deleted:
        yield f"{counted(found.deleted, 'finding')} more had a comment that was deleted, so its rule is not known."
    if found.unread:
        yield f"{counted(found.unread, 'pull request')} with comments of a newer release left out."


def _line(one: RuleStats, width: int) -> str:
    numbers = "".join(f"{one.fates[fate]:{len(fate) + 2}}" for fate in Fate)
    return f"{visible(one.rule):{width}}  {one.comments:8}{numbers}  {_share(one.fix_rate):>8}  {_share(one.ignore_rate):>11}"


def _share(rate: float | None) -> str:
    return "-" if rate is None else f"{rate:.0%}"
