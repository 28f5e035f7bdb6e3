"""Where a change outdates a model card: the card states what the code has left behind, or leaves out what it added."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from readiness.facts.drift import Drift
from readiness.facts.model import FileFacts
from readiness.modelcard.statements import (
    Statement,
    is_percentage,
    is_version,
    listed,
    mentions,
    model_as_written,
    models,
    stated,
    version_as_written,
    versions,
)

LEAST_LISTED = 2
"""A card that lists fewer of the columns describes some of them, not all."""
LEAST_NAME = 5
"""A shorter name of a file or data set is a word like any other."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a card, and what should stand there."""

    line: int
    start: int
    end: int
    written: str
    proposed: str = ""


def places(sort: str, text: str, drift: Drift, files: Iterable[FileFacts]) -> list[Place]:
    """The places of a card that are outdated in one way: `states-old` or `lists-others`."""
    return _lists_others(text, drift, files) if sort == "lists-others" else _states_old(text, drift)


def _states_old(text: str, drift: Drift) -> list[Place]:
    """Nothing if the card has the new value as well: then somebody was there, and both are meant."""
    return _READERS.get(drift.topic, _value)(text, drift)


def _value(text: str, drift: Drift) -> list[Place]:
    rounded, percent = drift.topic == "result", is_percentage(drift.name)
    said = stated(text, drift.name)
    if any(one.says(drift.new, percent=percent, rounded=rounded) for one in said):
        return []
    old = [one for one in said if one.says(drift.old, percent=percent, rounded=rounded)]
    return [_place(one, one.rewritten(drift.new, percent=percent, rounded=rounded)) for one in old]


def _estimator(text: str, drift: Drift) -> list[Place]:
    if drift.new and models(text, drift.new):
        return []
    return [_place(one, model_as_written(one, drift.new)) for one in models(text, drift.old)]


def _dataset(text: str, drift: Drift) -> list[Place]:
    for old, new in ((drift.old, drift.new), (PurePosixPath(drift.old).name, PurePosixPath(drift.new).name)):
        if len(old) < LEAST_NAME or old == new or (old.isalpha() and old.islower()):
            continue
        if mentions(text, new):
            return []
        found = [_place(one, new) for one in mentions(text, old)]
        if found:
            return found
    return []


def _hash(text: str, drift: Drift) -> list[Place]:
    """Where a card gives the hash that a file of data had."""
    if mentions(text, drift.new):
        return []
    return [_place(one, drift.new) for one in mentions(text, drift.old)]


def _library(text: str, drift: Drift) -> list[Place]:
    """Where a card gives the version of a library that a manifest fixed before."""
    said = versions(text, drift.name)
    if any(is_version(one.written, drift.new) for one in said):
        return []
    old = [one for one in said if is_version(one.written, drift.old)]
    return [_place(one, version_as_written(one.written, drift.new)) for one in old]


def _column(text: str, drift: Drift) -> list[Place]:
    return [_place(one, drift.new) for one in listed(text, drift.old)]


def _lists_others(text: str, drift: Drift, files: Iterable[FileFacts]) -> list[Place]:
    """Where a card lists columns that are used together with a new one, and does not name that one at all."""
    if mentions(text, drift.name) or mentions(text, drift.name.replace("_", " ")):
        return []
    path, owner = drift.fact.hit.location.path, drift.fact.owner
    columns = [
        fact.name
        for facts in files
        if facts.path == path
        for fact in facts.settings
        if fact.topic == drift.topic and fact.owner == owner and fact.name != drift.name
    ]
    found = [place for place in (listed(text, column) for column in columns) if place]
    return [_place(max(found, key=lambda one: one[0].line)[0], "")] if len(found) >= LEAST_LISTED else []


def _place(one: Statement, proposed: str) -> Place:
    return Place(one.line, one.start, one.end, one.written, proposed)


_READERS: dict[str, Callable[[str, Drift], list[Place]]] = {
    "estimator": _estimator,
    "dataset": _dataset,
    "feature": _column,
    "hash": _hash,
    "library": _library,
}
