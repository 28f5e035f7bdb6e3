"""A Markdown card as passages: what stands under each heading, and what is said outside of all sections."""

from __future__ import annotations

from readiness.facts.cards import card_knowledge
from readiness.facts.document import document_facts
from readiness.facts.model import FileFacts
from readiness.facts.sorts import FileKind
from readiness.facts.texts import DocumentFact
from readiness.modelcard.card import Card, Passage
from readiness.source.document import DocumentSource

FORMAT = "markdown"


def read_markdown(path: str, text: str) -> Card:
    """The passages of a Markdown card."""
    source = DocumentSource.parse(path, text)
    document = _facts(path, source)
    card = Card(path, FORMAT, understood=document.legible)
    _add_loose(card, source, document)
    for section, fact in zip(source.sections, document.sections, strict=True):
        passage = _passage(source.prose_between(section.first, section.end))
        for slot in fact.slots:
            card.add(slot, Passage(passage.text, section.line, fact.title, passage.placeholder, fact.links))
    return card


def _facts(path: str, source: DocumentSource) -> DocumentFact:
    document = document_facts(source, FileFacts(path, FileKind.DOCUMENT)).document
    assert document is not None  # noqa: S101 - `document_facts` fills it
    return document


def _add_loose(card: Card, source: DocumentSource, document: DocumentFact) -> None:
    spoken = _passage(source.loose_prose())
    declared = "\n".join(f"{key}: {value}" for key, value in document.front_matter.items())
    for slot in dict.fromkeys(document.answers):
        card.add(slot, Passage(f"{declared}\n{spoken.text}", spoken.line, "", spoken.placeholder))


def _passage(lines: list[tuple[int, str]]) -> Passage:
    knowledge = card_knowledge()
    filled = [text for _, text in lines if not knowledge.placeholder_in(text)]
    if len(filled) == 1 and knowledge.is_no_section(filled[0]):
        filled = []
    return Passage(
        text=knowledge.without_boilerplate("\n".join(filled)),
        line=lines[0][0] if lines else 1,
        placeholder=len(filled) < len(lines),
    )
