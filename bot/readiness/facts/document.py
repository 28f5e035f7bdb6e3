"""The facts of a Markdown document: what it is, what each heading is about, and what was never filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate

from readiness.facts.cards import CardKnowledge, card_knowledge
from readiness.facts.model import DocumentFact, FileFacts, Hit, LinkFact, PlaceholderFact, SectionFact
from readiness.facts.suppressions import suppressions_in_document
from readiness.facts.teaching import teaching
from readiness.finding import Location
from readiness.source.document import LABEL_LEVEL, DocumentSource, Section

MODEL_CARD = "model-card"
README = "readme"
_WORD = re.compile(r"\w*[^\W\d_]\w*|\d[\d.,%]*")
_LINK_TARGET = re.compile(r"\]\([^)]*\)")


def document_facts(source: DocumentSource, facts: FileFacts) -> FileFacts:
    """The facts of a file, with those that its text tells."""
    document = _Reading(source, card_knowledge()).facts()
    return replace(facts, document=document, suppressions=tuple(suppressions_in_document(source)))


class _Reading:
    """One document, with the words of its lines counted once."""

    def __init__(self, source: DocumentSource, knowledge: CardKnowledge) -> None:
        self._source = source
        self._knowledge = knowledge
        self._unfilled = [knowledge.is_placeholder(line) for line in source.prose]
        counted = (0 if unfilled else _words(line) for line, unfilled in zip(source.prose, self._unfilled, strict=True))
        self._counts = [0, *accumulate(counted)]
        boilerplate = {n for n, line in enumerate(source.prose) if line and not knowledge.without_boilerplate(line)}
        self._boilerplate = boilerplate
        self._title = _title_of(source)

    def facts(self) -> DocumentFact:
        """The facts of the document."""
        source, knowledge = self._source, self._knowledge
        kind = knowledge.document_type(source.path, source.title, source.front_matter)
        is_card = kind == MODEL_CARD
        return DocumentFact(
            type=kind,
            title=source.title,
            front_matter={key: _flat(value) for key, value in source.front_matter.items()},
            sections=tuple(map(self._section, source.sections)),
            placeholders=tuple(self._placeholders()),
            links=tuple(LinkFact(link.target, self._hit(link.line, link.column)) for link in source.links),
            words=self._counts[-1],
            teaches=kind == README and teaching().is_said_by(source),
            template=is_card and knowledge.is_template(source.path, "\n".join(source.prose)),
        )

    def _section(self, section: Section) -> SectionFact:
        own = self._source.prose_between(section.first, section.own_end)
        text = self._knowledge.without_boilerplate("\n".join(line for _, line in own))
        titled = () if section is self._title else self._knowledge.slots_of(section.title)
        slots = dict.fromkeys((*titled, *self._knowledge.slots_in(text)))
        spoken = [line for line, _ in self._source.prose_between(section.first, section.end)]
        return SectionFact(
            title=section.title,
            level=section.level,
            hit=self._hit(section.line),
            own_words=min(_words(text), self._count(section.first, section.own_end)),
            words=self._count(section.first, section.end) - self._template_words(section),
            placeholder=bool(spoken) and all(self._unfilled[line - 1] for line in spoken),
            links=tuple(link.target for link in self._source.links if section.first <= link.line <= section.end),
            slots=tuple(slots),
            declared_gap=self._knowledge.declares_gap(text),
            names_group=self._knowledge.names_group(text),
            # A label may only introduce the list that follows it.
            blank=section.level < LABEL_LEVEL and not spoken and self._is_blank(section),
        )

    def _is_blank(self, section: Section) -> bool:
        commented = {line for comment in self._source.comments for line in range(comment.line, comment.end_line + 1)}
        below = range(max(section.first, section.line + 1), section.end + 1)
        return not any(self._source.lines[line - 1].strip() for line in below if line not in commented)

    def _count(self, first: int, last: int) -> int:
        return self._counts[max(last, first - 1)] - self._counts[first - 1]

    def _template_words(self, section: Section) -> int:
        lines = (line for line in self._boilerplate if section.first <= line + 1 <= section.end)
        return sum(self._count(line + 1, line + 1) for line in lines)

    def _placeholders(self) -> Iterator[PlaceholderFact]:
        for index, unfilled in enumerate(self._unfilled):
            if unfilled:
                section = self._source.section_at(index + 1)
                title = section.title if section else ""
                text = " ".join(self._source.lines[index].split())
                yield PlaceholderFact(text, self._hit(index + 1), title, self._knowledge.slots_of(title))

    def _hit(self, line: int, column: int = 0) -> Hit:
        text = self._source.lines[line - 1]
        start = column or len(text) - len(text.lstrip()) + 1
        end = max(len(text.rstrip()) + 1, start)
        location = Location(self._source.path, line, start, line, end, file_line=line, file_end_line=line)
        section = self._source.section_at(line)
        return Hit(
            location,
            anchor=" ".join(text.split()),
            scope_key=section.title if section and section.line != line else "",
            source_lines=(text,),
        )


def _title_of(source: DocumentSource) -> Section | None:
    """The heading that names the whole document: "Readmission Risk" is no section about risks."""
    first = next((section for section in source.sections if section.level < LABEL_LEVEL), None)
    return first if first is not None and first.end == len(source.lines) and len(source.sections) > 1 else None


def _words(line: str) -> int:
    return len(_WORD.findall(_LINK_TARGET.sub("]", line)))


def _flat(value: object) -> str:
    """A value of the front matter as text; what is nested only says that it is there."""
    if isinstance(value, list):
        return ", ".join(str(item) for item in value if isinstance(item, str | int | float))
    if isinstance(value, dict):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
