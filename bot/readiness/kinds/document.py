"""Kind `document`: a condition over what a document says, leaves empty, or points to."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from readiness.engine.unit import Unit
from readiness.facts.cards import card_knowledge
from readiness.facts.hit import Hit
from readiness.facts.model import FileFacts
from readiness.facts.project import ProjectFacts
from readiness.facts.sorts import FileKind
from readiness.facts.texts import DocumentFact, SectionFact
from readiness.finding import Finding, Location
from readiness.kinds.base import finding, looks_at
from readiness.pattern.expressions import evaluate
from readiness.pattern.required import Clauses
from readiness.rulebook.schema import DocumentRule

Item = tuple[Hit, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class SlotItem:
    """One question that a document should answer, and how it does."""

    id: str
    title: str
    missing: bool
    """No heading and no sentence is about it."""
    empty: bool
    """A heading asks for it and nothing at all stands below."""
    placeholder: bool
    declared_gap: bool
    names_group: bool
    words: int
    section: str


@dataclass(frozen=True, slots=True)
class LinkItem:
    """A link, and whether what it points to exists in the project."""

    target: str
    path: str
    """The path in the project that a relative link means; "" for any other link."""
    relative: bool
    exists: bool


def required(rule: DocumentRule, kind: FileKind) -> Clauses | None:
    """Documents alone are looked at, whatever they hold."""
    return () if kind is FileKind.DOCUMENT and rule.for_each != "link" else None


def analyse(rule: DocumentRule, unit: Unit) -> list[Finding]:
    """The findings in one document; links are judged when all files are known."""
    document = unit.facts.document
    if document is None or rule.for_each == "link" or not _concerns(rule, document):
        return []
    return _judged(rule, document, _ITEMS[rule.for_each](rule, unit.facts, document), project=False)


def conclude(rule: DocumentRule, project: ProjectFacts) -> list[Finding]:
    """The findings of a rule about links."""
    if rule.for_each != "link":
        return []
    found: list[Finding] = []
    for facts in project.files:
        document = facts.document
        if document is not None and _concerns(rule, document) and looks_at(rule, facts):
            found += _judged(rule, document, _links(facts, document, project), project=True)
    return found


def _concerns(rule: DocumentRule, document: DocumentFact) -> bool:
    return not document.template and rule.document in ("any", document.type)


def _judged(rule: DocumentRule, document: DocumentFact, items: Iterator[Item], *, project: bool) -> list[Finding]:
    found = []
    for hit, names in items:
        known = {**names, "$document": document}
        if rule.when is None or evaluate(rule.when, known):
            found.append(finding(rule, hit, known, project=project))
    return found


def _slots(rule: DocumentRule, facts: FileFacts, document: DocumentFact) -> Iterator[Item]:
    titles = {slot.id: slot.title for slot in card_knowledge().slots}
    for slot in rule.slots:
        sections = [section for section in document.sections if slot in section.slots]
        item = SlotItem(
            id=slot,
            title=titles[slot],
            missing=not sections and _is_missing(slot, document),
            empty=bool(sections) and all(section.blank for section in sections),
            placeholder=bool(sections) and all(section.placeholder for section in sections),
            declared_gap=any(section.declared_gap for section in sections),
            names_group=any(section.names_group for section in sections),
            words=max((section.words for section in sections), default=0),
            section=sections[0].title if sections else "",
        )
        yield sections[0].hit if sections else _whole_file(facts, document, slot), {"$slot": item}


def _is_missing(slot: str, document: DocumentFact) -> bool:
    """Whether a card without a section for a slot says nothing of it elsewhere either."""
    return document.legible and not document.defers and slot not in document.answers


def _sections(_rule: DocumentRule, _facts: FileFacts, document: DocumentFact) -> Iterator[Item]:
    yield from ((section.hit, {"$section": section}) for section in document.sections)


def _placeholders(_rule: DocumentRule, _facts: FileFacts, document: DocumentFact) -> Iterator[Item]:
    yield from ((item.hit, {"$placeholder": item}) for item in document.placeholders)


def _fields(_rule: DocumentRule, _facts: FileFacts, document: DocumentFact) -> Iterator[Item]:
    yield from ((field.hit, {"$field": field}) for field in document.fields)


def _documents(_rule: DocumentRule, facts: FileFacts, document: DocumentFact) -> Iterator[Item]:
    yield _whole_file(facts, document), {}


def _links(facts: FileFacts, document: DocumentFact, project: ProjectFacts) -> Iterator[Item]:
    for link in document.links:
        path = _target_path(facts.path, link.target)
        # A wiki or a site leaves the suffix out.
        exists = path is None or project.exists(path) or project.exists(f"{path}.md")
        yield link.hit, {"$link": LinkItem(link.target, path or "", path is not None, exists)}


def _target_path(path: str, target: str) -> str | None:
    """The path in the project that a link means, or None if it leads elsewhere."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or not parts.path:
        return None
    written = unquote(parts.path)
    base = "" if written.startswith("/") else posixpath.dirname(path)
    joined = posixpath.normpath(posixpath.join(base, written.lstrip("/")))
    return None if joined.startswith("..") else joined


def _whole_file(facts: FileFacts, document: DocumentFact, scope_key: str = "") -> Hit:
    """The title of a document, where remarks about all of it stand."""
    title: SectionFact | None = next((section for section in document.sections if section.level == 1), None)
    if title is None:
        return Hit(Location(facts.path), scope_key=scope_key)
    return Hit(title.hit.location, anchor=title.hit.anchor, scope_key=scope_key, source_lines=title.hit.source_lines)


_ITEMS: dict[str, Callable[[DocumentRule, FileFacts, DocumentFact], Iterator[Item]]] = {
    "slot": _slots,
    "section": _sections,
    "placeholder": _placeholders,
    "field": _fields,
    "document": _documents,
}
