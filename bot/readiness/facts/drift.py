"""What a change did to the settings of a project: facts at its base against facts at its head.

Values are compared over all files together, so that code which only moves changes nothing. Where an expression comes in
whose value is not known, nothing is said of that setting. Something is added to, or removed from, what is there on both
sides: the first list of features is no addition to one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from readiness.facts.model import FileFacts, SettingFact
from readiness.facts.sorts import Role

Key = tuple[str, str, str]
"""Topic, name, and for a result the part of the data that it was measured on."""


@dataclass(frozen=True, slots=True)
class Drift:
    """One setting that differs: `old` is empty for one that was added, `new` for one that was removed."""

    topic: str
    name: str
    owner: str
    old: str
    new: str
    fact: SettingFact
    """Where it is set now, or was set before it was removed."""


def drifts(before: Iterable[FileFacts], after: Iterable[FileFacts], topics: Iterable[str]) -> Iterator[Drift]:
    """The settings of these topics that a change sets to another value, adds or removes."""
    wanted = frozenset(topics)
    old, new = _by_key(before, wanted), _by_key(after, wanted)
    both = _owners(old) & _owners(new)
    for key in sorted(old.keys() | new.keys()):
        for drift in _of_key(key, old.get(key, ()), new.get(key, ())):
            if (drift.old and drift.new) or (drift.topic, drift.fact.owner) in both:
                yield drift


def _owners(settings: Mapping[Key, Iterable[SettingFact]]) -> frozenset[tuple[str, str]]:
    return frozenset((fact.topic, fact.owner) for facts in settings.values() for fact in facts)


def _of_key(key: Key, old: Iterable[SettingFact], new: Iterable[SettingFact]) -> Iterator[Drift]:
    topic, name, owner = key
    was, now = _values(old), _values(new)
    if {fact.value for fact in new if not fact.known} - {fact.value for fact in old if not fact.known}:
        return
    gone, come = [value for value in was if value not in now], [value for value in now if value not in was]
    if len(gone) == len(come) == 1:
        one = now[come[0]]
        yield Drift(topic, name, owner, was[gone[0]].value, one.value, one)
    elif not was:
        yield from (Drift(topic, name, owner, "", now[value].value, now[value]) for value in come)
    elif not now:
        yield from (Drift(topic, name, owner, was[value].value, "", was[value]) for value in gone)


def _by_key(files: Iterable[FileFacts], topics: frozenset[str]) -> Mapping[Key, list[SettingFact]]:
    found: dict[Key, list[SettingFact]] = defaultdict(list)
    for facts in files:
        for setting in facts.settings if facts.role in (Role.SOURCE, Role.EXAMPLE) else ():
            if setting.topic in topics:
                found[setting.topic, setting.name, setting.owner if setting.topic == "result" else ""].append(setting)
    return found


def _values(settings: Iterable[SettingFact]) -> dict[object, SettingFact]:
    """One setting for each value: `1e-3` and `0.001` are one."""
    return {_meant(setting.value): setting for setting in settings if setting.known}


def _meant(value: str) -> object:
    try:
        return float(value)
    except ValueError:
        return value
