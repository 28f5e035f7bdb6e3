"""What the records of an audit say together, and against an earlier one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from readiness.audit.record import Record


@dataclass(frozen=True, slots=True)
class Trend:
    """In how many of the repositories that both audits have."""

    before: int
    now: int


@dataclass(frozen=True, slots=True)
class Concept:
    """Something to learn, and where it recurs."""

    name: str
    findings: int
    repositories: int
    most: tuple[str, ...]
    """The repositories with the most findings."""
    trend: Trend | None


@dataclass(frozen=True, slots=True)
class Scored:
    """The ML Test Score of a repository; `before` is that of the earlier audit."""

    record: Record
    before: float | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of the repositories that train a model, how many have a model card."""

    training: int
    with_card: int


@dataclass(frozen=True, slots=True)
class Summary:
    """All that the page shows."""

    audited: tuple[Record, ...]
    failed: tuple[Record, ...]
    concepts: tuple[Concept, ...]
    cards: Coverage
    cards_before: Coverage | None
    scores: tuple[Scored, ...]
    without_training: int
    unread: int
    common: int | None
    """How many repositories both audits have."""


MOST = 3


def summarised(records: Sequence[Record], earlier: Sequence[Record] | None) -> Summary:
    """Put the records together; a trend is about the repositories that both audits have."""
    audited = [record for record in records if not record.failure]
    before = None if earlier is None else {_key(record): record for record in earlier if not record.failure}
    both = [record for record in audited if before is not None and _key(record) in before]
    old = [before[_key(record)] for record in both] if before is not None else None
    training = [record for record in audited if record.trains]
    return Summary(
        audited=tuple(audited),
        failed=tuple(record for record in records if record.failure),
        concepts=_concepts(audited, both, old),
        cards=_coverage(audited),
        cards_before=None if old is None else _coverage(old),
        scores=tuple(
            Scored(record, before[_key(record)].points if before is not None and _key(record) in before else None)
            for record in sorted(training, key=lambda record: (record.points, sum(record.score.values()), record.name))
        ),
        without_training=len(audited) - len(training),
        unread=sum(record.unread for record in audited),
        common=None if old is None else len(old),
    )


def _concepts(audited: Sequence[Record], both: Sequence[Record], old: Sequence[Record] | None) -> tuple[Concept, ...]:
    names = {name for record in (*audited, *(old or ())) for name in record.concepts}
    found = (_concept(name, audited, None if old is None else _trend(name, both, old)) for name in names)
    return tuple(sorted(found, key=lambda concept: (-concept.repositories, -concept.findings, concept.name)))


def _concept(name: str, audited: Sequence[Record], trend: Trend | None) -> Concept:
    having = sorted(
        (record for record in audited if name in record.concepts), key=lambda one: (-one.concepts[name], one.name)
    )
    return Concept(
        name=name,
        findings=sum(record.concepts[name] for record in having),
        repositories=len(having),
        most=tuple(record.name for record in having[:MOST]),
        trend=trend,
    )


def _trend(name: str, both: Sequence[Record], old: Sequence[Record]) -> Trend:
    before, now = (sum(name in record.concepts for record in records) for records in (old, both))
    return Trend(before, now)


def _coverage(records: Iterable[Record]) -> Coverage:
    training = [record for record in records if record.trains]
    return Coverage(len(training), sum(record.cards > 0 for record in training))


def _key(record: Record) -> tuple[str, str]:
    return record.name, record.address
