"""The facts of a Markdown document: what it is, what each heading is about, and what was never filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from readiness.facts.cards import CardKnowledge, card_knowledge
from readiness.facts.framing import CARD, framing, statement_of
from readiness.facts.front_matter import front_matter_fields
from readiness.facts.hit import Hit
from readiness.facts.model import FileFacts
from readiness.facts.signs import library, teaching
from readiness.facts.suppressions import suppressions_in_document
from readiness.facts.texts import DocumentFact, LinkFact, PlaceholderFact, SectionFact, StatementFact
from readiness.finding import Location
from readiness.source.document import LABEL_LEVEL, DocumentSource, Link, Section
from readiness.source.installs import read_installs

MODEL_CARD = "model-card"
README = "readme"
_WORD = re.compile(r"\w*[^\W\d_]\w*|\d[\d.,%]*")
_LINK_TARGET = re.compile(r"\]\([^)]*\)")
_PLAIN_LABEL = re.compile(r"\s*(?:[-*+]\s+|\d+[.)]\s+)?([^\W\d_][^:\n|]{1,60}?)\s*[:：]\s+\S.*")
_PLAIN_ROW = re.compile(r"\s*\|\s*([^|]{2,60}?)\s*\|\s*(?=[^|]*[^\W\d_]{3})[^|]+\|?\s*")
_FILE_NAME = re.compile(r"([^/?#]+)\.(?:md|markdown|rst|txt|html|pdf|ipynb)(?:[?#].*)?", re.IGNORECASE)
_LEAST_HEADINGS = 3
_SHORT_LINE = 60


def document_facts(source: DocumentSource, facts: FileFacts) -> FileFacts:
    """The facts of a file, with those that its text tells."""
    document = _Reading(source, card_knowledge()).facts()
    return replace(
        facts,
        document=document,
        manifest=read_installs(source.path, "document", "\n".join(source.lines)),
        suppressions=tuple(suppressions_in_document(source)),
    )


class _Reading:
    """One document, with the words of its lines counted once."""

    def __init__(self, source: DocumentSource, knowledge: CardKnowledge) -> None:
        self._source = source
        self._knowledge = knowledge
        self._title = _title_of(source)
        self._unfilled = [knowledge.placeholder_in(line) for line in source.prose]
        for line, text in self._sections_without_answer():
            self._unfilled[line - 1] = text
        counted = (0 if unfilled else _words(line) for line, unfilled in zip(source.prose, self._unfilled, strict=True))
        self._counts = [0, *accumulate(counted)]
        boilerplate = {n for n, line in enumerate(source.prose) if line and not knowledge.without_boilerplate(line)}
        self._boilerplate = boilerplate

    def facts(self) -> DocumentFact:
        """The facts of the document."""
        source, knowledge = self._source, self._knowledge
        kind = knowledge.document_type(source.path, source.title, source.front_matter, source.prose)
        is_card = kind == MODEL_CARD
        sections = tuple(map(self._section, source.sections))
        return DocumentFact(
            type=kind,
            title=source.title,
            front_matter={key: _flat(value) for key, value in source.front_matter.items()},
            fields=tuple(front_matter_fields(source)),
            sections=sections,
            placeholders=tuple(self._placeholders()),
            links=tuple(LinkFact(link.target, self._hit(link.line, link.column)) for link in source.links),
            words=self._counts[-1],
            teaches=kind == README and teaching().is_said_by(source),
            is_for_others=kind == README and library().is_said_by(source),
            statement=self._statement(kind),
            answers=tuple(self._answers()),
            defers=is_card and any(map(self._is_other_card, source.links)),
            legible=_is_legible(sections),
            template=is_card and knowledge.is_template(source.path, "\n".join(source.prose)),
        )

    def _statement(self, kind: str) -> StatementFact | None:
        if kind in (README, MODEL_CARD) or framing().is_statement_path(self._source.path):
            return statement_of(self._source, self._hit, place=CARD if kind == MODEL_CARD else None)
        return None

    def _section(self, section: Section) -> SectionFact:
        own = self._source.prose_between(section.first, section.own_end)
        text = self._knowledge.without_boilerplate("\n".join(line for _, line in own))
        slots = dict.fromkeys(
            (*self._titled(section), *self._said(text, own), *self._pointed(section.first, section.own_end))
        )
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

    def _answers(self) -> Iterator[str]:
        lines = self._source.loose_prose()
        first = self._source.sections[0].line if self._source.sections else len(self._source.lines) + 1
        yield from self._said(self._knowledge.without_boilerplate("\n".join(line for _, line in lines)), lines)
        yield from self._pointed(1, first - 1)
        for key in self._source.front_matter:
            yield from self._knowledge.slots_of(key.replace("_", " "))

    def _said(self, text: str, lines: list[tuple[int, str]]) -> Iterator[str]:
        yield from self._knowledge.slots_in(text)
        yield from self._labelled(lines)

    def _titled(self, section: Section) -> tuple[str, ...]:
        return () if section is self._title else self._knowledge.slots_of(section.title)

    def _labelled(self, lines: list[tuple[int, str]]) -> Iterator[str]:
        """Slots named by labels without markup: `Limitations: adults only`, `| Training data | visits of 2022 |`."""
        for number, line in lines:
            label = _PLAIN_LABEL.fullmatch(line) or _PLAIN_ROW.fullmatch(line)
            if label and not self._unfilled[number - 1]:
                yield from self._knowledge.slots_of(label[1])

    def _pointed(self, first: int, last: int) -> Iterator[str]:
        """Slots named by the documents that these lines link to, such as `docs/LIMITATIONS.md`."""
        for link in self._source.links:
            name = _FILE_NAME.search(link.target) if first <= link.line <= last else None
            if name:
                yield from self._knowledge.slots_of(name[1].replace("_", " "))

    def _is_other_card(self, link: Link) -> bool:
        target = link.target.partition("#")[0]
        return self._knowledge.paths.is_card(target) and not self._source.path.endswith(target.rpartition("/")[2])

    def _sections_without_answer(self) -> Iterator[tuple[int, str]]:
        """Lines such as `N/A` that are all there is under the heading of a slot."""
        for section in self._source.sections:
            spoken = self._source.prose_between(section.first, section.end)
            if len(spoken) == 1 and section.level < LABEL_LEVEL and self._titled(section):
                line, text = spoken[0]
                if self._knowledge.is_no_section(text):
                    yield line, text.strip()

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
                whole = " ".join(self._source.lines[index].split())
                text = whole if len(whole) <= _SHORT_LINE else unfilled
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


def _is_legible(sections: Sequence[SectionFact]) -> bool:
    """Whether the headings are in words of the knowledge: not if there are several, and none of them says anything."""
    headings = [section for section in sections if 1 < section.level < LABEL_LEVEL]
    letters = [c for section in headings for c in section.title if c.isalpha()]
    if sum(c.isascii() or "À" <= c <= "ɏ" for c in letters) * 2 < len(letters):
        return False
    return len(headings) < _LEAST_HEADINGS or any(section.slots for section in sections)


def _words(line: str) -> int:
    return len(_WORD.findall(_LINK_TARGET.sub("]", line)))


def _flat(value: object) -> str:
    """A value of the front matter as text; what is nested only says that it is there."""
    if isinstance(value, list):
        return ", ".join(str(item) for item in value if isinstance(item, str | int | float))
    if isinstance(value, dict):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
