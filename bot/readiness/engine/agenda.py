"""What the rules have to do in a file, found without asking each of them.

Most rules wait for words that most files do not hold. All rules together are looked up by the words of a file, so that a
rule with nothing to find in it costs nothing, however many rules there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from readiness.engine.kinds import kind_of
from readiness.engine.unit import Unit
from readiness.facts.sorts import FileKind, Role
from readiness.kinds.base import CODE, Query, compiled, is_meant, looks_at
from readiness.kinds.passages import may_have_passages
from readiness.pattern.find import words_of
from readiness.pattern.required import Clauses, Watch, all_of
from readiness.rulebook.book import Rulebook
from readiness.rulebook.schema import BaseRule

_RULEBOOKS = 4


@dataclass(frozen=True, slots=True)
class Job:
    """One thing that a rule does in a file: report what it finds, or keep places of a formula for the conclusion."""

    rule: BaseRule
    query: Query | None = None

    def concerns(self, unit: Unit) -> bool:
        """Whether the rule looks at this very file, by where it lies and what it imports."""
        return (self.query is not None and self.query.everywhere) or looks_at(self.rule, unit.facts)


class Agenda:
    """The jobs of all rules, by the sort of file and by the words that they wait for."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._sorts: dict[tuple[FileKind, Role], tuple[list[Job], Watch]] = {}

    def jobs(self, unit: Unit) -> list[Job]:
        """What may be to be done in a file of this sort that holds these words, in the order of the rules."""
        sort = unit.kind, unit.role
        if sort not in self._sorts:
            self._sorts[sort] = self._waiting(*sort)
        jobs, watch = self._sorts[sort]
        words = frozenset[str]() if unit.python is None else words_of(unit.python)
        return [jobs[number] for number in watch.possible(words)]

    def _waiting(self, kind: FileKind, role: Role) -> tuple[list[Job], Watch]:
        found = [job for rule in self._rulebook.rules for job in _jobs(rule, kind, role)]
        return [job for job, _ in found], Watch(tuple(required for _, required in found))


@lru_cache(maxsize=_RULEBOOKS)
def agenda_of(rulebook: Rulebook) -> Agenda:
    """The agenda of a rule book."""
    return Agenda(rulebook)


def _jobs(rule: BaseRule, kind: FileKind, role: Role) -> Iterator[tuple[Job, Clauses]]:
    """What a rule may have to do in files of a sort, each with the words that it waits for."""
    own, concerned = kind_of(rule), is_meant(rule, kind, role)
    imported = frozenset(package.partition(".")[0] for package in rule.where.needs)
    needed = all_of([[imported] if imported else []])
    required = own.required(rule, kind) if concerned else None
    if required is not None:
        yield Job(rule), all_of([required, needed])
    for query in own.queries(rule):
        if query.text is not None:
            if may_have_passages(kind, query.text.texts):
                yield Job(rule, query), ()
        elif kind not in CODE:
            continue
        elif query.everywhere:
            yield Job(rule, query), compiled(rule, query.key).required
        elif concerned:
            yield Job(rule, query), all_of([compiled(rule, query.key).required, needed])
