"""What the model cards of a project answer, one table each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from readiness.collect.source_file import SourceFile
from readiness.facts.document import MODEL_CARD
from readiness.facts.model import FileFacts
from readiness.modelcard.markdown import read_markdown
from readiness.modelcard.slots import Answer, slot_table
from readiness.source.text import decode

Tables = Mapping[str, tuple[Answer, ...]]


def slot_tables(files: Iterable[SourceFile], facts: Iterable[FileFacts]) -> Tables:
    """By the path of the card; a form for cards is none."""
    paths = {fact.path for fact in facts if _is_card(fact)}
    cards = [file for file in files if file.path in paths]
    return {file.path: slot_table(read_markdown(file.path, decode(file.path, file.read()))) for file in cards}


def _is_card(facts: FileFacts) -> bool:
    return facts.document is not None and facts.document.type == MODEL_CARD and not facts.document.template
