"""Where a model card states another value than the project has: compared by name, never by value alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from readiness.facts.model import FileFacts, Role, SettingFact
from readiness.facts.project import ProjectFacts
from readiness.modelcard.statements import Statement, is_percentage, stated


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What a card says of a setting, and one place where the project says otherwise."""

    topic: str
    name: str
    written: str
    value: str
    path: str
    line: int
    """Of the card."""
    at: int
    """The line in the other file."""


def contradictions(card: FileFacts, project: ProjectFacts, topics: Iterable[str]) -> Iterator[Contradiction]:
    """The settings that a card states with a number that nothing in the project has."""
    if card.document is None:
        return
    for name, settings in _about(card, project, frozenset(topics)).items():
        said = [one for one in stated(card.document.text, name) if one.is_number]
        if said and not any(_agree(one, setting) for one in said for setting in settings):
            first = settings[0]
            place = first.hit.location
            yield Contradiction(
                first.topic, name, said[0].written, first.value, place.path, said[0].line, place.file_line
            )


def _about(card: FileFacts, project: ProjectFacts, topics: frozenset[str]) -> Mapping[str, list[SettingFact]]:
    """The settings of these topics in the files that a card is about."""
    found: dict[str, list[SettingFact]] = defaultdict(list)
    for facts in project.files:
        wanted = [setting for setting in facts.settings if setting.topic in topics]
        if wanted and facts.role is Role.SOURCE and project.card_of(facts.path) is card:
            for setting in wanted:
                found[setting.name].append(setting)
    return {name: settings for name, settings in found.items() if all(setting.known for setting in settings)}


def _agree(statement: Statement, setting: SettingFact) -> bool:
    percent, rounded = is_percentage(setting.name), setting.topic == "result"
    return statement.says(setting.value, percent=percent, rounded=rounded)
