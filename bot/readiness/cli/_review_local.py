"""`readiness review --base REV`: what a pull request of this branch would be told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from readiness.collect.root import git_top
from readiness.config_search import find_config
from readiness.errors import ExitCode, GitError
from readiness.mentor.levels import Level
from readiness.review.examine import examine
from readiness.review.gate import verdict
from readiness.review.local import local_change, local_pull
from readiness.review.plan import plan
from readiness.review.render.dry_run import dry_run
from readiness.settings import Settings


def review_local(current: Path, base: str, *, description: str, level: Level | None, cache: bool) -> ExitCode:
    """Print the review of the work tree against a revision."""
    settings = replace(_settings(current), cache=cache)
    change = replace(local_change(settings, base), description=description)
    analysis = examine(change)
    pull = local_pull(settings.root, change)
    config = settings.config.review.for_level(level)
    made = plan(analysis, pull, config)
    click.echo(dry_run(made, analysis, pull, config), nl=False)
    found = verdict(analysis.report, made.board)
    click.echo(found.sentence, err=True)
    return found.exit_code


def _settings(current: Path) -> Settings:
    """The whole work tree, with the configuration that counts for the current folder."""
    top = git_top(current)
    if top is None:
        raise GitError("this folder is in no git work tree", where=str(current), advice="Go to a clone of the project.")
    configured = find_config(current, stop=top)
    folder = configured.folder
    rules = tuple(folder / path for path in configured.config.rules) if folder else ()
    return Settings(top, (top,), configured.config, project=folder or top, config_folder=folder, rule_paths=rules)
