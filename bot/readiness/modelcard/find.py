"""The cards that a path leads to: a file must be one, a folder is searched for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from readiness.collect.files import collect
from readiness.collect.root import common_folder
from readiness.errors import UnreadableSource, UsageError
from readiness.facts.cards import card_knowledge
from readiness.facts.document import MODEL_CARD
from readiness.facts.sorts import Role
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
    return [_read(file, shown) for file, shown in card_files(paths)]


def card_files(paths: tuple[Path, ...]) -> list[tuple[Path, str]]:
    """The files of the cards at or below the paths, each with how it is called; none at all is an error."""
    found = [pair for path in paths for pair in (_below(path) if path.is_dir() else [(path, str(path))])]
    if not found:
        raise UsageError(
            "there is no model card here",
            where=", ".join(map(str, paths)),
            advice="Name the file of the card, or begin one: `readiness card new`.",
        )
    return found


def _below(folder: Path) -> Iterator[tuple[Path, str]]:
    root = common_folder([folder])
    for file in collect(Settings(root=root, paths=(folder,))).files:
        path = root / file.path
        if file.role not in (Role.VENDORED, Role.TEST) and _is_card(file.path, path):
            yield path, file.path


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
        source = DocumentSource.parse(name, text_of(path, name))
    except UnreadableSource:
        return known.paths.is_card(name)
    is_card = known.document_type(name, source.title, source.front_matter, source.prose) == MODEL_CARD
    return is_card and not known.has_blanks("\n".join(source.prose))


def _reads(name: str, path: Path) -> bool:
    """Whether a file holds a card; one that is broken is an error, not a file without a card."""
    try:
        read_machine(name, text_of(path, name))
    except NoCard:
        return False
    return True


def _read(path: Path, shown: str) -> Card:
    text = text_of(path, shown)
    return read_machine(shown, text) if path.suffix.lower() in MACHINE else read_markdown(shown, text)


def text_of(path: Path, shown: str) -> str:
    """The text of a file that is a card, or may be one."""
    try:
        return decode_data(shown, path.read_bytes())
    except OSError as error:
        raise UsageError(f"{shown} cannot be read: {error.strerror or error}", advice="Check the spelling.") from error
