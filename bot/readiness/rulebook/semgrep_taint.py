"""Semgrep rules in taint mode: the parts of a flow rule, and the options by which Semgrep reads programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from readiness.errors import RuleError
from readiness.flow.knowledge import Options
from readiness.pattern import formula as f
from readiness.rulebook.flow_parts import FlowPart, PropagatorPart, SanitizerPart, SinkPart, SourcePart
from readiness.rulebook.marks import Path

Build: TypeAlias = Callable[[Mapping[str, Any], Mapping[str, Any], Path], f.Formula]
"""The formula of a part of a rule, from the part, the options of the rule, and its place in the file."""
_PLAIN = "__SOURCE__"
"""The label of a source that names none; a sink that names none asks for it."""
_SIDE_EFFECTS: dict[object, Any] = {True: True, "true": True, "only": "only"}


def taint_keys(
    given: Mapping[str, Any], options: Mapping[str, Any], build: Build, error: Callable[..., RuleError]
) -> dict[str, Any]:
    """What a rule in taint mode says beyond what every rule says."""
    keys: dict[str, Any] = {"formulas": {}, "together": (), "with_": {}}
    for ours, (theirs, read) in _PARTS.items():
        parts = given.get(theirs, [])
        if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
            raise error(f"`{theirs}` is a list of mappings", theirs)
        if not parts and ours in ("sources", "sinks"):
            raise error(f"a rule in taint mode needs `{theirs}`")
        for number, part in enumerate(parts):
            path: Path = (theirs, number)
            if part.get("control") is True:
                raise error("`control` is not supported: only data is followed", *path, "control")
            keys["formulas"][f"{ours}.{number}"] = build(part, options, path)
        keys[ours] = tuple(read(part) for part in parts)
    report = options.get("taint_focus_on", options.get("taint_match_on", "sink"))
    return {
        **keys,
        "report": "source" if report == "source" else "sink",
        "unify": bool(options.get("taint_unify_mvars", False)),
        "reading": _reading(options),
    }


def _source(part: Mapping[str, Any]) -> FlowPart:
    return SourcePart.model_construct(
        match="",
        exact=bool(part.get("exact", False)),
        side_effect=_side_effect(part),
        label=str(part.get("label", _PLAIN)),
        requires=part.get("requires"),
    )


def _sink(part: Mapping[str, Any]) -> FlowPart:
    return SinkPart.model_construct(
        match="", exact=bool(part.get("exact", True)), requires=part.get("requires", _PLAIN)
    )


def _sanitizer(part: Mapping[str, Any]) -> FlowPart:
    return SanitizerPart.model_construct(
        match="",
        exact=bool(part.get("exact", False)),
        side_effect=_side_effect(part),
        yields=bool(part.get("not_conflicting", False)),
    )


def _propagator(part: Mapping[str, Any]) -> FlowPart:
    return PropagatorPart.model_construct(
        match="",
        from_=str(part.get("from", "")),
        to=str(part.get("to", "")),
        side_effect=_SIDE_EFFECTS.get(part.get("by-side-effect", True), False),
        requires=part.get("requires"),
        label=part.get("label"),
        replaces=tuple(map(str, part.get("replace-labels", ()))),
    )


def _side_effect(part: Mapping[str, Any]) -> Any:
    return _SIDE_EFFECTS.get(part.get("by-side-effect", False), False)


_PARTS: dict[str, tuple[str, Callable[[Mapping[str, Any]], FlowPart]]] = {
    "sources": ("pattern-sources", _source),
    "sinks": ("pattern-sinks", _sink),
    "sanitizers": ("pattern-sanitizers", _sanitizer),
    "propagators": ("pattern-propagators", _propagator),
}


def _reading(options: Mapping[str, Any]) -> Options:
    def on(name: str) -> bool:
        return bool(options.get(name, False))

    return Options(
        native=False,
        assume_safe_functions=on("taint_assume_safe_functions"),
        assume_safe_indexes=on("taint_assume_safe_indexes"),
        assume_safe_booleans=on("taint_assume_safe_booleans"),
        assume_safe_numbers=on("taint_assume_safe_numbers"),
        assume_safe_comparisons=on("taint_assume_safe_comparisons"),
        only_assignments=on("taint_only_propagate_through_assignments"),
    )
