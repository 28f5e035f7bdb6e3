"""The cards that a path leads to: a file must be one, a folder is searched for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from readiness.collect.files import collect
from readiness.collect.root import common_folder
from readiness.errors import UnreadableSource, UsageError
from readiness.facts.cards import card_knowledge
from readiness.facts.document import MODEL_CARD
from readiness.facts.model import Role
from readiness.modelcard.card import Card
from readiness.modelcard.machine import NoCard, read_machine
from readiness.modelcard.markdown import read_markdown
from readiness.settings import Settings
from readiness.source.document import DocumentSource
from readiness.source.text import decode_data

MARKDOWN = frozenset({".md", ".markdown"})
MACHINE = frozenset({".json", ".yaml", ".yml"})
MACHINE_NAMES = (".cdx.json", "bom.json")


def find_cards(paths: tuple[Path, ...]) -> list[Card]:
    """All cards at or below the paths; none at all is an error."""
    cards = [card for path in paths for card in (_below(path) if path.is_dir() else [_read(path, str(path))])]
    if not cards:
        raise UsageError(
            "there is no model card here",
            where=", ".join(map(str, paths)),
            advice="Name the file of the card, or add a MODEL_CARD.md.",
        )
    return cards


def _below(folder: Path) -> Iterator[Card]:
    root = common_folder([folder])
    for file in collect(Settings(root=root, paths=(folder,))).files:
        path = root / file.path
        if file.role not in (Role.VENDORED, Role.TEST) and _is_card(file.path, path):
            yield _read(path, file.path)


def _is_card(name: str, path: Path) -> bool:
    known = card_knowledge()
    suffix = path.suffix.lower()
    if known.paths.is_template(name):
        return False
    # `model_cards/` makes cards of its files, also when that folder is the one that was named.
    name = f"{path.parents[name.count('/')].name}/{name}"
    if suffix in MACHINE:
        return (known.paths.is_card(name) or name.lower().endswith(MACHINE_NAMES)) and _reads(name, path)
    if suffix not in MARKDOWN:
        return False
    try:
        source = DocumentSource.parse(name, _text(name, path))
    except UnreadableSource:
        return known.paths.is_card(name)
    is_card = known.document_type(name, source.title, source.front_matter) == MODEL_CARD
    return is_card and not known.has_blanks("\n".join(source.prose))


def _reads(name: str, path: Path) -> bool:
    """Whether a file holds a card; one that is broken is an error, not a file without a card."""
    try:
        read_machine(name, _text(name, path))
    except NoCard:
        return False
    return True


def _read(path: Path, shown: str) -> Card:
    text = _text(shown, path)
    return read_machine(shown, text) if path.suffix.lower() in MACHINE else read_markdown(shown, text)


def _text(shown: str, path: Path) -> str:
    try:
        return decode_data(shown, path.read_bytes())
    except OSError as error:
        raise UsageError(f"{shown} cannot be read: {error.strerror or error}", advice="Check the spelling.") from error
