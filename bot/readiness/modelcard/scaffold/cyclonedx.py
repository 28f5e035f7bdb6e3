"""A card as CycloneDX: the fields that a machine fills, each with a digest among the properties of its component.

A field that no longer has its digest was edited by a person, and is left alone; so is every field without one. Where a value
stands is told as the format tells it: by the occurrences in the evidence of the component.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from readiness.errors import UsageError
from readiness.modelcard.scaffold.renewal import Part, Renewal, State
from readiness.modelcard.scaffold.rows import Row, rows_of
from readiness.modelcard.scaffold.topics import ASK, read_topics
from readiness.modelcard.scaffold.training import Training

TRAINING = "readiness:training"
_AUTO = "readiness:auto:"
_OWN_FIELDS = frozenset({"model", "version", "data", "results"})
"""Topics that the format has a field for; the rows of the others are properties of the card."""

Told = Mapping[str, list[Row]]


def renewed(path: str, text: str, training: Training) -> Renewal:
    """A card with the fields renewed that a machine filled."""
    bom = loaded(path, text)
    component = component_of(path, bom)
    digests = {one["name"]: str(one.get("value", "")) for one in properties_of(component) if _is_mark(one)}
    parts = tuple(_part(component, field, value, digests) for field, value in _fields(training))
    if all(part.state is not State.RENEWED for part in parts):
        return Renewal(path, text, parts)
    marks = {_AUTO + part.name: _digest(_at(component, part.name)) for part in parts if part.state is not State.EDITED}
    own = [one for one in properties_of(component) if not _is_mark(one)]
    component["properties"] = [*own, *({"name": name, "value": value} for name, value in (digests | marks).items())]
    return Renewal(path, written(bom), parts)


def loaded(path: str, text: str) -> Any:
    """The file as values."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"the card cannot be read: {error}", where=path) from error


def written(bom: Any) -> str:
    """The values as a file."""
    return json.dumps(bom, indent=2, ensure_ascii=False) + "\n"


def component_of(path: str, bom: Any) -> dict[str, Any]:
    """The component that is a model."""
    components = bom.get("components") if isinstance(bom, dict) else None
    for component in components if isinstance(components, list) else ():
        if isinstance(component, dict) and component.get("type") == "machine-learning-model":
            return component
    raise UsageError("no component is a machine-learning model", where=path, advice="Only CycloneDX cards are renewed.")


def properties_of(component: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The properties of a component, as far as they have a name."""
    found = component.get("properties")
    return [one for one in found if isinstance(one, dict) and "name" in one] if isinstance(found, list) else []


def _is_mark(one: Mapping[str, Any]) -> bool:
    return str(one["name"]).startswith(_AUTO)


def _part(component: dict[str, Any], field: str, value: Any, digests: Mapping[str, str]) -> Part:
    """Put the value into its field, unless a person has."""
    old = _at(component, field)
    written_once = digests.get(_AUTO + field) or _digest(None)
    state = State.of(written=written_once, found=_digest(old), wanted=_digest(value))
    if state is State.RENEWED:
        _put(component, field, value)
    is_stale = state is State.RENEWED and _placeless(old) != _placeless(value)
    return Part(field, 1, state, _shown(old), _shown(value), is_stale)


def _fields(training: Training) -> Iterator[tuple[str, Any]]:
    told = {name: rows_of(name, topic, training) for name, topic in read_topics().topics.items()}
    parameters, analysis = "modelCard.modelParameters", "modelCard.quantitativeAnalysis"
    yield "version", ", ".join(row.value for row in told["version"]) or _asked("version")
    yield f"{parameters}.modelArchitecture", ", ".join(row.name for row in told["model"]) or _asked("model")
    yield f"{parameters}.datasets", [*map(_dataset, told["data"])] or [_described(_asked("data"))]
    yield f"{analysis}.performanceMetrics", [*map(_metric, told["results"])] or [{"type": _asked("results")}]
    yield "modelCard.properties", [*_card_properties(told)]
    yield "evidence.occurrences", [_occurrence(row) for rows in told.values() for row in rows]


def _asked(topic: str) -> str:
    return f"{ASK}{read_topics().topics[topic].ask}"


def _described(words: str) -> dict[str, Any]:
    return {"type": "dataset", "description": words}


def _dataset(row: Row) -> dict[str, Any]:
    recorded = {"contents": {"properties": [{"name": "recorded", "value": row.value}]}} if row.value else {}
    return {"type": "dataset", "name": row.name, **recorded}


def _metric(row: Row) -> dict[str, str]:
    return {"type": row.name, "value": row.value, **({"slice": row.of} if row.of else {})}


def _card_properties(told: Told) -> Iterator[dict[str, str]]:
    for name, topic in read_topics().topics.items():
        if name not in _OWN_FIELDS:
            yield from map(partial(_property, name), told[name])
            asked = topic.then_ask if told[name] else topic.ask
            if asked:
                yield {"name": name, "value": f"{ASK}{asked}"}


def _property(topic: str, row: Row) -> dict[str, str]:
    return {"name": f"{topic}:{_name(row)}", "value": row.value} if row.value else {"name": topic, "value": row.name}


def _occurrence(row: Row) -> dict[str, Any]:
    cell = {"additionalContext": f"cell {row.source.cell + 1}"} if row.source.cell is not None else {}
    return {"location": row.source.path, "line": row.source.line, "symbol": _name(row), **cell}


def _name(row: Row) -> str:
    return f"{row.of}.{row.name}" if row.of else row.name


def _at(component: Mapping[str, Any], field: str) -> Any:
    value: Any = component
    for name in field.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value or None


def _put(component: dict[str, Any], field: str, value: Any) -> None:
    *above, last = field.split(".")
    for name in above:
        component = component.setdefault(name, {})
    component[last] = value


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:12]


def _placeless(value: Any) -> Any:
    """A value without the numbers of lines, which change with every edit above them."""
    if isinstance(value, list):
        return [_placeless(one) for one in value]
    return {key: one for key, one in value.items() if key != "line"} if isinstance(value, dict) else value


def _shown(value: Any) -> tuple[str, ...]:
    return tuple(json.dumps(value, indent=2, ensure_ascii=False).splitlines()) if value else ()
