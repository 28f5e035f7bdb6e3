"""Finds the module of a kind of rule by its name; a kind needs to be listed nowhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from readiness.engine.unit import Unit
from readiness.facts.project import ProjectFacts
from readiness.finding import Finding
from readiness.pattern.formula import Formula
from readiness.rulebook.schema import BaseRule


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind may do: find in one file, ask a file for places to keep, and conclude from all files."""

    analyse: Callable[[Any, Unit], list[Finding]]
    queries: Callable[[Any], Mapping[str, Formula]]
    conclude: Callable[[Any, ProjectFacts], list[Finding]]


@cache
def _kind(name: str) -> Kind:
    module = import_module(f"readiness.kinds.{name}")
    return Kind(
        analyse=getattr(module, "analyse", lambda rule, unit: []),
        queries=getattr(module, "queries", lambda rule: {}),
        conclude=getattr(module, "conclude", lambda rule, project: []),
    )


def kind_of(rule: BaseRule) -> Kind:
    """The functions of the rule's kind."""
    return _kind(getattr(rule, "kind"))  # noqa: B009 - every rule has a kind, as a literal of its own
