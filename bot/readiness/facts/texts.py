"""What a document tells the rest of the project: records of its sections, links, gaps and of what it says that the project is for."""

from __future__ import annotations

from dataclasses import dataclass, field

from readiness.facts.hit import Hit


@dataclass(frozen=True, slots=True)
class StatementFact:
    """Where a text tells what the project is for, and what it says there, by `rules/knowledge/framing.yaml`."""

    title: str
    hit: Hit
    place: int
    """The smaller, the better a place it is for a statement of the whole project."""
    words: int = 0
    sentences: int = 0
    answers: tuple[str, ...] = ()
    """The questions that it answers: outcome, number, population, horizon, serving, explanation."""
    promises: tuple[str, ...] = ()
    """What it promises of predictions: real-time, batch, explanation."""
    buzzwords: tuple[str, ...] = ()
    aims_at_score: bool = False
    """Its target is a score of the model."""
    legible: bool = True
    """It is in the language that the knowledge has words of."""


@dataclass(frozen=True, slots=True)
class SectionFact:
    """One heading of a document and what stands under it (child sections included in `words`, not in `own_words`)."""

    title: str
    level: int  # 1-6; 7 for a bold label or list label, 8 for a table row
    hit: Hit
    own_words: int = 0
    words: int = 0
    placeholder: bool = False
    links: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    """What the heading is about, by `rules/knowledge/card-slots.yaml`: limitations, bias, training-data, ..."""
    declared_gap: bool = False
    names_group: bool = False
    """Speaks of groups of people (or sites, devices, seasons), by the words of the same file."""
    blank: bool = False
    """Nothing at all stands under the heading: no text, picture, code or further heading."""


@dataclass(frozen=True, slots=True)
class LinkFact:
    """A link of a document: `target` as written."""

    target: str
    hit: Hit


@dataclass(frozen=True, slots=True)
class PlaceholderFact:
    """A line that was never filled in."""

    text: str
    hit: Hit
    section: str = ""
    slots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldFact:
    """One value of a document's front matter; what is nested has no text of its own."""

    name: str
    value: str
    nested: bool
    hit: Hit


@dataclass(frozen=True, slots=True)
class DocumentFact:
    """A Markdown document as rules of kind `document` see it."""

    type: str = "document"  # model-card, readme, document
    title: str = ""
    front_matter: dict[str, str] = field(default_factory=dict)
    fields: tuple[FieldFact, ...] = ()
    """The values of the front matter, one by one."""
    sections: tuple[SectionFact, ...] = ()
    placeholders: tuple[PlaceholderFact, ...] = ()
    links: tuple[LinkFact, ...] = ()
    words: int = 0
    answers: tuple[str, ...] = ()
    """Slots that are answered outside of all sections, or in the front matter."""
    defers: bool = False
    """A card that links to another card, where the rest may stand."""
    legible: bool = True
    """Its headings are in words that the knowledge of cards has: what is not found there is not there."""
    template: bool = False
    """A card that is itself a template ({{ }} in its body or 'template' in its path): never judged."""
    teaches: bool = False
    """A README that introduces a course, a book, a tutorial or a collection of examples."""
    is_for_others: bool = False
    """A README that introduces a library, a tool, a template, or the code of a paper."""
    statement: StatementFact | None = None
    text: str = ""
    """Of a model card only: rules compare what it says with the code."""
