"""Finds the module of a kind of rule by its name; a kind needs to be listed nowhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from readiness.engine.unit import Unit
from readiness.facts.project import ProjectFacts
from readiness.facts.sorts import FileKind
from readiness.finding import Finding
from readiness.kinds.base import Query
from readiness.pattern.required import Clauses
from readiness.rulebook.schema import BaseRule


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind may do: find in one file, ask a file for places to keep, and conclude from all files.

    `required` says for a kind of file which words it must hold for `analyse` to find anything; None if it never does.
    """

    analyse: Callable[[Any, Unit], list[Finding]]
    required: Callable[[Any, FileKind], Clauses | None]
    queries: Callable[[Any], Sequence[Query]]
    conclude: Callable[[Any, ProjectFacts], list[Finding]]


@cache
def _kind(name: str) -> Kind:
    module = import_module(f"readiness.kinds.{name}")
    return Kind(
        analyse=getattr(module, "analyse", lambda rule, unit: []),
        required=getattr(module, "required", lambda rule, kind: () if hasattr(module, "analyse") else None),
        queries=getattr(module, "queries", lambda rule: ()),
        conclude=getattr(module, "conclude", lambda rule, project: []),
    )


def kind_of(rule: BaseRule) -> Kind:
    """The functions of the rule's kind."""
    return _kind(getattr(rule, "kind"))  # noqa: B009 - every rule has a kind, as a literal of its own
