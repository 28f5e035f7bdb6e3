"""The settings of a check: the command line laid over the configuration of the project."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from readiness.cache.store import user_store
from readiness.cli._options import Options
from readiness.collect.root import common_folder, git_top
from readiness.config import Config
from readiness.config_search import Configured, find_config
from readiness.errors import ConfigError, UsageError
from readiness.finding import Severity, Stage
from readiness.report._formats import names as format_names
from readiness.settings import Settings


def must_make_sense(options: Options) -> None:
    """Refuse options that ask for nothing, or for two things on one standard output."""
    if options.unsafe_fixes and not (options.fix or options.diff_only):
        advice = "Add --fix to make the fixes, or --diff-only to see them."
        raise UsageError("nothing is fixed by --unsafe-fixes alone", where="--unsafe-fixes", advice=advice)
    if options.profile and (options.fix or options.diff_only):
        advice = "Run the check with --profile alone; it counts the time of the rules, not that of fixes."
        raise UsageError("the time of fixes is not counted", where="--profile", advice=advice)
    if options.shard is not None and (options.fix or options.diff_only or options.profile or options.format):
        advice = "Give --format to `readiness merge`; fix and profile in a run of their own."
        raise UsageError("a shard reports nothing by itself", where="--shard", advice=advice)
    if options.executor is not None and (options.shard is not None or options.jobs is not None):
        advice = "Leave out --shard and --jobs: a cluster shares the files out among all of its workers."
        raise UsageError("the cluster decides who analyses what", where="--executor", advice=advice)
    if options.diff_only and (options.format or options.output):
        advice = "Run the check again without --diff-only for a report."
        raise UsageError("a diff is all that is printed, no report", where="--diff-only", advice=advice)


def settings_of(options: Options, current: Path) -> Settings:
    """What to check and how; a path that does not exist is an error before anything is read."""
    paths = options.paths or (current,)
    for path in paths:
        _must_exist(path, "file or folder")
    folder = common_folder(paths)
    top = git_top(folder)
    with user_store(wanted=not options.no_cache) as store:
        configured = find_config(folder, top, store)
    root = top or configured.folder or (current if folder.is_relative_to(current) else folder)
    config = _overridden(configured.config, options)
    return Settings(
        root=root,
        paths=tuple(paths),
        config=config,
        project=configured.folder or top,
        config_folder=configured.folder,
        rule_paths=_rule_paths(options, configured),
        coverage=_coverage(options, configured),
        shown_from=_shown_from(root, current),
        profile=options.profile,
        cache=not options.no_cache,
        base=options.diff,
    )


def _overridden(config: Config, options: Options) -> Config:
    _must_be_a_format(config.format)
    given: dict[str, Any] = {
        "format": options.format,
        "select": options.select,
        "ignore": (*config.ignore, *options.ignore),
        "stage": options.stage and Stage[options.stage.upper()],
        "fail_on": options.fail_on and Severity[options.fail_on.upper()],
        "jobs": options.jobs,
        "all": options.all,
    }
    return replace(config, **{key: value for key, value in given.items() if value})


def _coverage(options: Options, configured: Configured) -> Path | None:
    path = options.coverage
    if path is None and configured.folder and configured.config.coverage:
        path = configured.folder / configured.config.coverage
    if path is not None:
        _must_exist(path, "coverage file")
    return path


def _rule_paths(options: Options, configured: Configured) -> tuple[Path, ...]:
    folder = configured.folder or Path()
    return (*(folder / path for path in configured.config.rules), *options.rules)


def _must_exist(path: Path, what: str) -> None:
    if not path.exists():
        raise UsageError(f"there is no {what} {path}", advice="Check the spelling and the current folder.")


def _must_be_a_format(name: str) -> None:
    if name not in format_names():
        from readiness.rulebook.mistakes import did_you_mean

        raise ConfigError(f"`format`: `{name}` is not known", advice=did_you_mean(name, format_names()))


def _shown_from(root: Path, current: Path) -> str:
    """The current folder seen from the root; nothing if that is where it is, or outside."""
    here = current.resolve()
    return here.relative_to(root).as_posix() if here != root and here.is_relative_to(root) else ""
