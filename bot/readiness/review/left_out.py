"""The changed files that no rule looks at, and why: what was not reviewed is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from readiness.collect.source_file import SourceFile
from readiness.engine.outcome import Outcome
from readiness.facts.sorts import FileKind, Role
from readiness.finding import Skipped
from readiness.rulebook.book import Rulebook

_ROLES = {Role.VENDORED: "third-party code", Role.GENERATED: "generated code"}


def left_out(
    changed: Iterable[str], files: Iterable[SourceFile], outcome: Outcome, rules: Rulebook
) -> Iterator[Skipped]:
    """One line for each; what failed is told elsewhere."""
    there = {file.path: file for file in files}
    told = {skipped.path: skipped for skipped in outcome.skipped}
    roles = {role for rule in rules.rules for role in rule.where.roles}
    for path in changed:
        if path in told:
            if told[path].expected:
                yield told[path]
        elif reason := _reason(there.get(path), roles):
            yield Skipped(path, reason, expected=True)


def _reason(file: SourceFile | None, roles: set[Role]) -> str:
    if file is None:
        return "a link, a submodule, or what the configuration leaves out"
    if file.kind is FileKind.OTHER:
        return "no code, notebook, document or configuration"
    return "" if file.role in roles else _ROLES.get(file.role, f"{file.role.value} code")
