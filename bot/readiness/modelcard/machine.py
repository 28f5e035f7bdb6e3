"""Cards in JSON or YAML as passages: Model Card Toolkit, CycloneDX, and objects whose keys are the names of slots.

Which fields of a known format answer which slot stands in `rules/knowledge/card-fields.yaml`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import yaml

from readiness.errors import UnreadableSource
from readiness.facts.cards import card_knowledge
from readiness.modelcard.card import Card, Passage
from readiness.rulebook import knowledge

OWN_FORMAT = "fields"
MAX_VALUES = 20_000
"""A card says less; what says more is a trap of nested aliases."""


class NoCard(UnreadableSource):
    """A file that can be read and holds no card."""


def read_machine(path: str, text: str) -> Card:
    """The passages of a card in JSON or YAML; raises `UnreadableSource` if it is no card."""
    value = _loaded(path, text)
    formats: dict[str, Any] = knowledge.read("card-fields").value["formats"]
    for name, entry in formats.items():
        roots = list(_items(value, entry["root"])) if isinstance(value, dict) else []
        known = [root for root in roots if isinstance(root, dict) and any(key in root for key in entry["keys"])]
        if known:
            return _card(path, name, text, known, entry)
    card = _own_card(path, text, value)
    if card.passages:
        return card
    raise NoCard(
        "this is no model card in a known format",
        where=path,
        advice=f"Known are Markdown, {' and '.join(entry['title'] for entry in formats.values())}.",
    )


def _loaded(path: str, text: str) -> object:
    try:
        return json.loads(text) if path.lower().endswith(".json") else yaml.safe_load(text)
    except (ValueError, yaml.YAMLError, RecursionError) as error:
        raise UnreadableSource(f"the card cannot be read: {str(error).splitlines()[0]}", where=path) from error


def _card(path: str, name: str, text: str, roots: list[dict[str, Any]], entry: dict[str, Any]) -> Card:
    card = Card(path, name)
    for slot, fields in entry["slots"].items():
        for field in fields:
            for root in roots:
                for value in _at(root, field):
                    card.add(slot, _passage(value, field, text))
    for title, value in _titled(roots, entry.get("titled", [])):
        for slot in card_knowledge().slots_of(title):
            card.add(slot, _passage(value, title, text))
    return card


def _titled(roots: list[dict[str, Any]], fields: list[str]) -> Iterator[tuple[str, object]]:
    """The values of the lists of names and values; a name with a namespace belongs to a tool."""
    items = (item for root in roots for field in fields for item in _items(root, field))
    for item in (item for item in items if isinstance(item, dict)):
        title = item.get("name")
        if isinstance(title, str) and ":" not in title:
            yield title, item.get("value")


def _own_card(path: str, text: str, value: object) -> Card:
    """A card in a format of the team's own: its keys are read as headings."""
    card = Card(path, OWN_FORMAT)
    for key, item in value.items() if isinstance(value, dict) else ():
        for slot in card_knowledge().slots_of(str(key).replace("_", " ")):
            card.add(slot, _passage(item, str(key), text))
    return card


def _passage(value: object, field: str, text: str) -> Passage:
    filled = card_knowledge()
    said = list(_texts(value))
    kept = [line for line in said if not filled.placeholder_in(line) and not filled.is_no_section(line)]
    whole = filled.without_boilerplate("\n".join(kept))
    return Passage(whole, _line(field, text), field, placeholder=len(kept) < len(said))


def _items(value: object, field: str) -> Iterator[object]:
    for found in _at(value, field):
        yield from found if isinstance(found, list) else [found]


def _at(value: object, field: str) -> Iterator[object]:
    """The values at a dotted path; a list on the way stands for each of its items."""
    if not field:
        yield value
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, dict):
                yield from _at(item, field)
    elif isinstance(value, dict):
        name, _, rest = field.partition(".")
        if name in value:
            yield from _at(value[name], rest)


def _texts(value: object) -> Iterator[str]:
    """Each scalar in order, a number with the name of its field."""
    waiting: list[tuple[str, object]] = [("", value)]
    for _ in range(MAX_VALUES):
        if not waiting:
            return
        name, item = waiting.pop()
        if isinstance(item, dict):
            waiting += [(str(key), inner) for key, inner in reversed(item.items())]
        elif isinstance(item, list):
            waiting += [(name, inner) for inner in reversed(item)]
        elif item not in (None, ""):
            yield f"{name}: {item}" if isinstance(item, int | float) and name else str(item)


def _line(field: str, text: str) -> int:
    """The first line that names the field."""
    name = field.rpartition(".")[2]
    lines = text.splitlines()
    return next((n for n, line in enumerate(lines, 1) if f'"{name}"' in line or f"{name}:" in line), 1)
