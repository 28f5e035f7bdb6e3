"""Kind `change`: what a change did, facts at its base against facts at its head, and what the model card still says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from readiness.facts.drift import Drift, drifts
from readiness.facts.hit import Hit
from readiness.facts.project import ProjectFacts
from readiness.facts.sorts import Role
from readiness.finding import Edit, Finding, Fix, Location
from readiness.kinds.base import Query, finding, looks_at
from readiness.kinds.repository import file_item
from readiness.modelcard.outdated import Place, places
from readiness.pattern.expressions import evaluate
from readiness.rulebook.schema import ChangeRule

_EVIDENT = frozenset({Role.SOURCE, Role.TEST, Role.EXAMPLE})


@dataclass(frozen=True, slots=True)
class ChangedSetting:
    """A setting as conditions and texts see it."""

    topic: str
    name: str
    owner: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class CardPlace:
    """Where a card states the old value; empty for a rule that asks no card."""

    path: str = ""
    line: int = 0
    written: str = ""
    proposed: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the base had for the last time."""

    path: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class _Item:
    hit: Hit
    names: Mapping[str, object] = field(default_factory=dict)
    fix: Fix | None = None


def queries(rule: ChangeRule) -> list[Query]:
    """What to look for in every file, for a rule about evidence: wherever it stands it counts."""
    known = (
        Query("match", everywhere=True),
        Query("replaced_by", everywhere=True, places=False, moot_with="match"),
        Query("needed_by"),
    )
    return [query for query in known if query.key in rule.formulas]


def conclude(rule: ChangeRule, project: ProjectFacts) -> list[Finding]:
    """The findings of a rule about a change; none if a project is looked at as it is."""
    if project.before is None:
        return []
    told = (item for item in _ITEMS[rule.for_each](rule, project.before, project) if _holds(rule, item))
    found = (finding(rule, item.hit, item.names, fix=item.fix, project=True) for item in told)
    return [replace(one, change=True) for one in found]


def _holds(rule: ChangeRule, item: _Item) -> bool:
    return rule.when is None or bool(evaluate(rule.when, item.names))


def _settings(rule: ChangeRule, before: ProjectFacts, after: ProjectFacts) -> Iterator[_Item]:
    old = [facts for facts in before.files if looks_at(rule, facts)]
    new = [facts for facts in after.files if looks_at(rule, facts)]
    for drift in drifts(old, new, rule.facts):
        if _sort(drift) != rule.change:
            continue
        setting = ChangedSetting(drift.topic, drift.name, drift.owner, drift.old, drift.new)
        if rule.card is None:
            yield _Item(drift.fact.hit, {"$setting": setting, "$card": CardPlace()})
            continue
        card = after.card_of(drift.fact.hit.location.path)
        found = places(rule.card, card.document.text, drift, new) if card is not None and card.document else []
        if card is not None and found:
            yield _in_card(rule, drift, setting, card.path, found)


def _files(rule: ChangeRule, before: ProjectFacts, after: ProjectFacts) -> Iterator[_Item]:
    """The files that a change rewrites, each with the card that it leaves as it was."""
    for facts in after.files:
        if facts.path in after.rewritten and looks_at(rule, facts):
            card = after.card_of(facts.path)
            if card is not None and card.path not in after.rewritten and before.exists(card.path):
                yield _Item(
                    Hit(Location(facts.path)), {"$file": file_item(facts, after), "$card": CardPlace(card.path, 1)}
                )


def _sort(drift: Drift) -> str:
    return "changed" if drift.old and drift.new else "added" if drift.new else "removed"


def _in_card(rule: ChangeRule, drift: Drift, setting: ChangedSetting, card: str, found: list[Place]) -> _Item:
    """The first place of a card that the change outdates, with all of them in the fix."""
    first = found[0]
    names = {"$setting": setting, "$card": CardPlace(card, first.line, first.written, first.proposed)}
    hit = drift.fact.hit if drift.new else _card_hit(card, first)
    return _Item(hit, names, _mending(rule, card, found))


def _mending(rule: ChangeRule, card: str, found: list[Place]) -> Fix | None:
    if not rule.mends_card:
        return None
    edits = tuple(Edit(place.start, place.end, place.proposed) for place in found)
    return Fix(edits, path=card)


def _card_hit(card: str, place: Place) -> Hit:
    location = Location(card, place.line, 1, place.line, 1, file_line=place.line, file_end_line=place.line)
    return Hit(location, anchor=place.written)


def _evidence(rule: ChangeRule, before: ProjectFacts, after: ProjectFacts) -> Iterator[_Item]:
    """What was there before and is nowhere now, although what needs it still is."""
    had = [
        hit for facts in before.files if facts.role in _EVIDENT for hit in facts.hits.get(rule.id, {}).get("match", ())
    ]
    needed = [hit for facts in after.files for hit in facts.hits.get(rule.id, {}).get("needed_by", ())]
    has = any(not facts.hits.get(rule.id, {}).keys().isdisjoint(("match", "replaced_by")) for facts in after.files)
    if not had or has or not needed:
        return
    lost = had[0]
    place = lost.location
    evidence = Evidence(place.path, place.line, " ".join(lost.source_lines[0].split()) if lost.source_lines else "")
    stands = Hit(Location(place.path), anchor=lost.anchor) if after.exists(place.path) else needed[0]
    yield _Item(stands, {"$evidence": evidence, **lost.bindings})


_ITEMS: dict[str, Callable[[ChangeRule, ProjectFacts, ProjectFacts], Iterator[_Item]]] = {
    "setting": _settings,
    "evidence": _evidence,
    "file": _files,
}
