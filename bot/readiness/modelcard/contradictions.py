"""Where a model card states another value than the project has: compared by name, never by value alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TypeAlias

from readiness.facts.libraries import fixed_version
from readiness.facts.model import FileFacts, SettingFact
from readiness.facts.project import ProjectFacts, is_filled_card
from readiness.facts.sorts import Role
from readiness.modelcard.clock import TRAINING_DATA, lines_about
from readiness.modelcard.statements import (
    Statement,
    exact_numbers,
    hashes,
    is_percentage,
    is_version,
    mentions,
    stated,
    versions,
)
from readiness.rulebook import knowledge


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What a card says of a setting, and one place where the project says otherwise."""

    topic: str
    name: str
    written: str
    """Empty where the card names a file of data and gives no hash at all."""
    value: str
    path: str
    line: int
    """Of the card."""
    at: int
    """The line in the other file."""


def contradictions(card: FileFacts, project: ProjectFacts, topics: Iterable[str]) -> Iterator[Contradiction]:
    """What a card states of a setting, a file of data or a library that nothing in the project agrees with."""
    if card.document is not None and is_filled_card(card.document):
        for topic in topics:
            yield from _READERS.get(topic, _settings)(card.document.text, topic, card, project)


def _settings(text: str, topic: str, card: FileFacts, project: ProjectFacts) -> Iterator[Contradiction]:
    """A number beside the name of a setting, where the card has the project's own one nowhere, not in another way either."""
    for name, settings in _about(card, project, topic).items():
        said = [one for one in stated(text, name) if one.is_number]
        known = [*said, *exact_numbers(text)] if said else []
        if said and not any(_agree(one, setting) for one in known for setting in settings):
            first = settings[0]
            place = first.hit.location
            yield Contradiction(
                first.topic, name, said[0].written, first.value, place.path, said[0].line, place.file_line
            )


def _about(card: FileFacts, project: ProjectFacts, topic: str) -> Mapping[str, list[SettingFact]]:
    """The settings of these topics in the files that a card is about."""
    found: dict[str, list[SettingFact]] = defaultdict(list)
    for facts in project.files:
        wanted = [setting for setting in facts.settings if setting.topic == topic]
        if wanted and facts.role is Role.SOURCE and project.card_of(facts.path) is card:
            for setting in wanted:
                found[setting.name].append(setting)
    return {name: settings for name, settings in found.items() if all(setting.known for setting in settings)}


def _hashes(text: str, topic: str, card: FileFacts, project: ProjectFacts) -> Iterator[Contradiction]:
    """A line that names a file of data and gives a hash that is recorded of none; or no hash, in the whole card."""
    about = set(lines_about(card.document, TRAINING_DATA)) if card.document else set()
    recorded = {fact.name: fact for facts in project.files for fact in facts.settings if fact.topic == topic}
    known = {fact.value.partition(".")[0].lower() for fact in recorded.values()}
    told = hashes(text)
    for path, fact in recorded.items():
        named = {one.line for name in {path, PurePosixPath(path).name} for one in mentions(text, name)}
        given = [one for one in told if one.line in named and len(one.written) == len(fact.value.partition(".")[0])]
        place = fact.hit.location
        if given and known.isdisjoint(one.written.lower() for one in given):
            yield Contradiction(topic, path, given[0].written, fact.value, place.path, given[0].line, place.file_line)
        elif not told and named & about:
            yield Contradiction(topic, path, "", fact.value, place.path, min(named & about), place.file_line)


def _libraries(text: str, topic: str, card: FileFacts, project: ProjectFacts) -> Iterator[Contradiction]:
    """A version of a library that the manifest beside the card, or above it, fixes otherwise."""
    for name in knowledge.training().libraries:
        fact = project.dependencies.declared(card.path, (name,))
        fixed = fixed_version(fact) if fact is not None else ""
        said = versions(text, name) if fixed else []
        if fact is not None and said and not any(is_version(one.written, fixed) for one in said):
            place = fact.hit.location
            yield Contradiction(topic, name, said[0].written, fixed, place.path, said[0].line, place.file_line)


_Reader: TypeAlias = Callable[[str, str, FileFacts, ProjectFacts], Iterator[Contradiction]]
_READERS: dict[str, _Reader] = {"hash": _hashes, "library": _libraries}


def _agree(statement: Statement, setting: SettingFact) -> bool:
    percent, rounded = is_percentage(setting.name), setting.topic in ("result", "claim")
    return statement.says(setting.value, percent=percent, rounded=rounded)
