"""What is told under a topic of a card, row by row: a name, a value, and the line that says so. Nothing is guessed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from readiness.facts.model import SettingFact
from readiness.finding import Location
from readiness.modelcard.scaffold.topics import Topic, read_topics
from readiness.modelcard.scaffold.training import Training

SEPARATOR = ", "
"""Between the members of a list."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that a file tells; `value` is empty where the name says it all."""

    name: str
    value: str
    source: Location
    of: str = ""
    """What the value belongs to: the class that has the parameter, the part of the data with the score."""


def rows_of(name: str, topic: Topic, training: Training) -> list[Row]:
    """What the files tell under a topic, each thing once, at the first place that says it."""
    rows = _rows(name, topic, training)
    return list({(row.name, row.value, row.of): row for row in reversed([*rows])}.values())[::-1]


def _rows(name: str, topic: Topic, training: Training) -> Iterator[Row]:
    if topic.libraries:
        yield from (Row(fact.name, _version(fact.specifier), fact.hit.location) for fact in training.libraries)
    elif topic.use:
        seen = training.evidence.get(name, ())
        told = (one for one in seen if not topic.of_program or one.location.path in training.program)
        yield from (Row(_line(one.source_lines), "", one.location) for one in told)
    else:
        yield from _SHOWN[topic.show](_wanted(topic, training.settings), training)


def _wanted(topic: Topic, settings: Iterable[SettingFact]) -> list[SettingFact]:
    """What a value is known of; or what none is known of, though the program decides it somewhere."""
    of_topic = [fact for fact in settings if fact.topic in topic.settings and fact.name not in read_topics().skip]
    known = {(fact.topic, fact.name) for fact in of_topic if fact.known}
    return [fact for fact in of_topic if fact.known is topic.known and (topic.known or _key(fact) not in known)]


def _key(fact: SettingFact) -> tuple[str, str]:
    return fact.topic, fact.name


def _names(facts: Sequence[SettingFact], training: Training) -> Iterator[Row]:
    yield from (Row(fact.value, "", fact.hit.location) for fact in facts)


def _values(facts: Sequence[SettingFact], training: Training) -> Iterator[Row]:
    models = {fact.value for fact in training.settings if fact.topic == "estimator"}
    values = Counter(name for name, _ in {(fact.name, fact.value) for fact in facts})
    several = len({_told(fact) for fact in facts}) < len({(*_told(fact), fact.value) for fact in facts})
    for fact in facts:
        if fact.topic == "dataset" and fact.known:
            recorded = training.hashes.get(fact.value)
            yield Row(fact.value, f"md5 {recorded.value}" if recorded else "", fact.hit.location)
        else:
            of_one = fact.topic == "result" or values[fact.name] > 1 or len(models) > 1
            within = fact.within if several else ""
            yield Row(fact.name, fact.value, fact.hit.location, within or (_owner(fact) if of_one else ""))


def _told(fact: SettingFact) -> tuple[str, str]:
    return fact.name, fact.owner


def _lists(facts: Sequence[SettingFact], training: Training) -> Iterator[Row]:
    """The members of each list together, at its first line."""
    lists: dict[tuple[str, str], list[SettingFact]] = defaultdict(list)
    for fact in facts:
        lists[fact.hit.location.path, fact.owner].append(fact)
    for (_, owner), members in lists.items():
        yield Row(owner, SEPARATOR.join(dict.fromkeys(member.value for member in members)), members[0].hit.location)


def _owner(fact: SettingFact) -> str:
    """The class or function; in a file of parameters the keys above the name."""
    above, _, last = fact.owner.rpartition(".")
    if last == fact.name:
        return above
    return last if last[:1].isupper() else fact.owner


def _version(specifier: str) -> str:
    return specifier.lstrip("=")


def _line(lines: Sequence[str]) -> str:
    return " ".join(lines[0].split()).rstrip(",") if lines else ""


_SHOWN = {"name": _names, "value": _values, "list": _lists}
