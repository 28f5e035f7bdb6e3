"""What a flow rule looks for, ready to run: compiled formulas with what each says about flows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from readiness.flow.access import WHOLE, Path
from readiness.flow.knowledge import Options
from readiness.flow.labels import ANY_LABEL, Requires
from readiness.flow.relations import RowCondition
from readiness.pattern.find import CompiledFormula
from readiness.pattern.required import Clauses, all_of, any_of

SideEffect: TypeAlias = Literal[False, True, "only"]
HERE = ""
"""In place of a metavariable: the place itself."""
PLAIN_LABEL = ""
"""The label of a source that names none."""


@dataclass(frozen=True, slots=True)
class Needs:
    """Labels that must arrive: at the place itself (the key ""), or at what metavariables are bound to."""

    at: Mapping[str, Requires] = field(default_factory=dict)
    same_origin: bool = False
    """One source must account for all of them."""

    @property
    def names(self) -> tuple[str, ...]:
        """The metavariables that are asked about."""
        return tuple(name for name in self.at if name != HERE)

    def may_be_met(self, labels: Collection[str]) -> bool:
        """Whether it could be met if these labels were everywhere."""
        return all(requires.may_hold(labels) for requires in self.at.values())

    @property
    def is_negative(self) -> bool:
        """Something must be absent, so that the answer is only known when all else has flowed."""
        return any(requires.excluded for requires in self.at.values())


ANYTHING = Needs({HERE: ANY_LABEL})


@dataclass(frozen=True, slots=True)
class Spec:
    """What sources, sinks and sanitizers have in common: the code they are."""

    formula: CompiledFormula
    focus: tuple[str, ...] = ()
    exact: bool = True
    """The value of the code itself; otherwise of all that is in it as well."""

    @property
    def asked(self) -> tuple[str, ...]:
        """The metavariables that it asks about."""
        return self.focus


@dataclass(frozen=True, slots=True)
class Source(Spec):
    """Where something begins to flow."""

    side_effect: SideEffect = False
    """The variable or object carries it from then on; `only`: but not the expression."""
    label: str = PLAIN_LABEL
    needs: Needs | None = None
    """It only begins where these labels arrive, and goes on as their origin."""
    at: Path = WHOLE
    """The part of the value."""
    renews: bool = False
    """What carried the label before does not go on behind it."""
    rows_of: str = ""
    """The metavariable whose rows its label remembers."""
    rows: RowCondition | None = None
    """What must hold for the rows that the labels remember and the rows that are here."""

    @property
    def asked(self) -> tuple[str, ...]:
        """The metavariables that it asks about."""
        needed = () if self.needs is None else self.needs.names
        compared = () if self.rows is None else sorted(self.rows.metavariables)
        return (*self.focus, *needed, *compared, *filter(None, (self.rows_of,)))


@dataclass(frozen=True, slots=True)
class Sink(Spec):
    """What nothing should flow to."""

    needs: Needs = ANYTHING
    name: str = ""
    rows: RowCondition | None = None
    """What must hold for the rows that the labels remember and the rows that are here."""

    @property
    def asked(self) -> tuple[str, ...]:
        """The metavariables that it asks about."""
        compared = () if self.rows is None else sorted(self.rows.metavariables)
        return (*self.focus, *self.needs.names, *compared)


@dataclass(frozen=True, slots=True)
class Sanitizer(Spec):
    """What nothing flows through."""

    side_effect: SideEffect = False
    yields: bool = False
    """It does not count where the same code is a source or sink."""
    labels: frozenset[str] = frozenset()
    """The labels that it stops; none means all."""


@dataclass(frozen=True, slots=True)
class Propagator(Spec):
    """A way that the language itself does not tell of."""

    start: str = ""
    end: str = ""
    """The metavariables between which it leads."""
    side_effect: SideEffect = True
    needs: Requires = ANY_LABEL
    label: str | None = None
    replaced: frozenset[str] | None = None
    """The labels that become `label`; None means all."""

    @property
    def asked(self) -> tuple[str, ...]:
        """The metavariables that it asks about."""
        return (*self.focus, self.start, self.end)


@dataclass(frozen=True, slots=True)
class FlowPlan:
    """A compiled flow rule."""

    sources: tuple[Source, ...]
    sinks: tuple[Sink, ...]
    sanitizers: tuple[Sanitizer, ...] = ()
    propagators: tuple[Propagator, ...] = ()
    options: Options = field(default_factory=Options)
    report: Literal["source", "sink"] = "sink"
    """Where findings stand, one at each place."""
    together: tuple[str, ...] = ()
    """Names of sinks that one source must reach, each time another place."""
    unless: tuple[str, ...] = ()
    """Names of sinks: of a source that reaches one of them, nothing is told."""

    unify: bool = False
    """Metavariables of the same name in source and sink stand for the same."""

    @property
    def compares_rows(self) -> bool:
        """Whose rows the values hold matters."""
        conditions = [*(source.rows for source in self.sources), *(sink.rows for sink in self.sinks)]
        return any(condition is not None for condition in conditions)

    @property
    def required(self) -> Clauses:
        """The words without which a program has no source, or no sink."""
        ends: tuple[tuple[Spec, ...], ...] = (self.sources, self.sinks)
        return all_of(any_of(spec.formula.required for spec in specs) for specs in ends)
