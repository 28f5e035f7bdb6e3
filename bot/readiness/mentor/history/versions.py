"""The findings in every version of every file, each analysed once: an unchanged file costs nothing, in this run or the next.

Rules about the whole project are left out: what they say of one commit takes all its files.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from readiness.cache.store import user_store
from readiness.check import workers_of
from readiness.collect.classify import kind_of, stored_file
from readiness.collect.history import History, Past
from readiness.collect.ignore import IgnoreRules, is_reviewed
from readiness.collect.source_file import SourceFile
from readiness.engine.outcome import FileOutcome, Outcome
from readiness.engine.rulebooks import rulebook_of
from readiness.engine.run import analysed
from readiness.facts.sorts import FileKind
from readiness.finding import Severity
from readiness.judge.judge import Judge
from readiness.judge.select import choose
from readiness.settings import Settings
from readiness.watcher import Watcher

TOGETHER = 400
"""So many files are held in memory at once."""
Version = tuple[str, str]
"""A path, and what the file held."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A finding as it can be found again in another version: without its line, its path, or any code."""

    rule: str
    concept: str
    severity: Severity
    where: str
    """The symbol or cell, and the text that it stands on."""


@dataclass(frozen=True, slots=True)
class Versions:
    """What was seen in each version; one that could not be analysed is not there."""

    base: Mapping[str, str]
    """Path -> blob of the files that the first commit began with."""
    seen: Mapping[Version, tuple[Seen, ...]]


def judged(settings: Settings, past: Past, watcher: Watcher) -> Versions:
    """Analyse all versions of the files that are reviewed."""
    history = History(settings.root)
    base = {entry.path: entry.blob for entry in history.entries(past.base) if entry.regular} if past.base else {}
    altered = ((file.path, file.blob) for commit in past.commits for file in commit.files)
    wanted = _wanted(settings, history, dict.fromkeys([*base.items(), *altered]))
    watcher.on_start(len(wanted))
    rulebook = rulebook_of(settings.rule_paths)
    chosen = choose(rulebook, settings.config)
    judge = Judge(settings, rulebook, chosen)
    lessons = {rule.id: rule.lesson for rule in chosen.rules}
    workers = workers_of(settings)
    seen: dict[Version, tuple[Seen, ...]] = {}
    with user_store(wanted=settings.cache) as store:
        for versions in _rounds(wanted):
            files = _files(history, versions)
            outcomes = analysed(files, chosen, store=store, workers=workers, on_done=watcher.on_done)
            read = ((version, one) for version, one in zip(versions, outcomes, strict=True) if one.analysed)
            seen |= {version: tuple(_seen(judge, one, lessons)) for version, one in read}
    return Versions(base, seen)


def _wanted(settings: Settings, history: History, versions: Iterable[Version]) -> list[Version]:
    """The versions of files that are reviewed, as far as the clone has them."""
    ignored = IgnoreRules(settings.root, settings.config.exclude, folder=settings.config_folder)
    reviewed = [version for version in versions if _is_reviewed(settings.root, version[0], ignored)]
    readable = history.readable(blob for _, blob in reviewed)
    return [version for version in reviewed if version[1] in readable]


def _is_reviewed(root: Path, path: str, ignored: IgnoreRules) -> bool:
    """Configuration and data are left out: what they do wrong shows in the whole project only."""
    if not path or kind_of(path, 0) in (FileKind.OTHER, FileKind.TEXT):
        return False
    return is_reviewed(PurePosixPath(path)) and not ignored.ignores(root / path, folder=False)


def _rounds(versions: Iterable[Version]) -> Iterator[list[Version]]:
    """Few files at once, and no path twice: a run knows a file by its path."""
    by_path: dict[str, list[Version]] = defaultdict(list)
    for version in versions:
        by_path[version[0]].append(version)
    while by_path:
        paths = list(by_path)[:TOGETHER]
        yield [by_path[path].pop() for path in paths]
        by_path = defaultdict(list, {path: rest for path, rest in by_path.items() if rest})


def _files(history: History, versions: list[Version]) -> list[SourceFile]:
    contents = history.contents([blob for _, blob in versions])
    return [stored_file(path, data, len(data)) for (path, _), data in zip(versions, contents, strict=True)]


def _seen(judge: Judge, outcome: FileOutcome, lessons: Mapping[str, str]) -> Iterator[Seen]:
    """What a report of this version alone says; equal findings are told apart by their number."""
    alone = Outcome(outcome.findings, (outcome.facts,), (), frozenset({outcome.facts.path}))
    numbers: Counter[tuple[str, str, str]] = Counter()
    for finding in judge.report(alone).findings:
        key = (finding.rule, finding.scope_key, " ".join(finding.anchor.split()))
        numbers[key] += 1
        yield Seen(finding.rule, lessons.get(finding.rule, ""), finding.severity, f"{key[1:]} {numbers[key]}")
