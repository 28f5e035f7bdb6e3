"""What a project lets through: stage, confidence, ignored rules and severities, for each path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import PurePosixPath

from pathspec import GitIgnoreSpec

from readiness.config import Config, PathConfig
from readiness.finding import Finding, Severity, Stage
from readiness.judge.select import is_heard, names
from readiness.rulebook.book import Rulebook


class Policy:
    """The configuration, asked about one finding; `folder` is where its globs count from, seen from the root."""

    def __init__(self, config: Config, rulebook: Rulebook, folder: PurePosixPath) -> None:
        self._config = config
        self._rulebook = rulebook
        self._folder = folder
        self._globs = [(GitIgnoreSpec.from_lines([glob]), part) for glob, part in config.per_path.items()]
        self._parts = cache(self._find_parts)

    def apply(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The findings that are shown, with the severity that the project gives them."""
        for finding in findings:
            if self._is_heard(finding) and not self._ignored(finding) and finding.stage <= self._stage(finding):
                yield replace(finding, severity=self._severity(finding))

    def _is_heard(self, finding: Finding) -> bool:
        rule = self._rulebook.by_id.get(finding.rule)
        return rule is None or is_heard(rule, finding.confidence, self._config)

    def _ignored(self, finding: Finding) -> bool:
        return any(self._means(word, finding) for part in self._parts(finding.location.path) for word in part.ignore)

    def _stage(self, finding: Finding) -> Stage:
        stages = [part.stage for part in self._parts(finding.location.path) if part.stage]
        return stages[-1] if stages else self._config.stage

    def _severity(self, finding: Finding) -> Severity:
        """The last word that means the rule wins: a path's before the project's."""
        tables: list[Mapping[str, Severity]] = [self._config.severity]
        tables += [part.severity for part in self._parts(finding.location.path)]
        given = [level for table in tables for word, level in table.items() if self._means(word, finding)]
        return given[-1] if given else finding.severity

    def _means(self, word: str, finding: Finding) -> bool:
        rule = self._rulebook.by_id.get(finding.rule)
        return rule is not None and names(word, rule)

    def _find_parts(self, path: str) -> list[PathConfig]:
        """The sections of `per_path` that speak about a path, in the order in which they are written."""
        place = PurePosixPath(path)
        if not place.is_relative_to(self._folder):
            return []
        inside = place.relative_to(self._folder).as_posix()
        return [part for spec, part in self._globs if spec.match_file(inside)]
