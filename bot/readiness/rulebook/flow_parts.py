"""The parts of a flow rule as strict types: sources, sinks, sanitizers, propagators."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from readiness.rulebook.operators import Clause, Conditions, ExpressionText, Metavariable, Metavariables, Strict
from readiness.rulebook.parts import Word

Label = Annotated[str, Field(pattern=r"^[A-Z][A-Z_0-9]*$", description="A word in capitals.")]
LabelTest = Annotated[str, Field(min_length=1, description="Labels with `and`, `or`, `not`: `TEST and not TRAIN`.")]
Requires = LabelTest | dict[Metavariable, LabelTest]
RowsText = Annotated[
    ExpressionText,
    Field(
        description="`overlap`, `apart`, `within`, `siblings`, `exceeds` of labels and metavariables: `overlap(FITTED, $T)`."
    ),
]
SideEffect = Literal[False, True, "only"]


class FlowPart(Strict):
    """Code that takes part in a flow, and conditions on it."""

    match: Clause
    with_: Conditions = Field(default={}, alias="with")
    focus: Metavariables = ()
    exact: bool = Field(default=True, description="Its own value; `false`: every value in it.")


class SourcePart(FlowPart):
    """Where something begins to flow."""

    label: Label | None = Field(default=None, description="What is told apart by `requires`.")
    requires: Requires | None = Field(default=None, description="Begins only where these labels arrive.")
    same_origin: bool = Field(default=False, description="The labels of `requires` must come from one source.")
    side_effect: SideEffect = Field(
        default=False, description="The variable carries it from then on; `only`: the expression itself does not."
    )
    renews: bool = Field(default=False, description="What carried the label before does not go on behind it.")
    at: ExpressionText | None = Field(default=None, description="The part of the value: `[1]`, `[1::2]`, `[*][0]`.")
    rows_of: Metavariable | None = Field(default=None, description="Whose rows the label remembers.")
    rows: RowsText | None = None


class SinkPart(FlowPart):
    """What nothing should flow to."""

    requires: Requires | None = None
    same_origin: bool = False
    name: Word | None = Field(default=None, description="For `together` and `unless`.")
    rows: RowsText | None = None


class SanitizerPart(FlowPart):
    """What nothing flows through."""

    side_effect: SideEffect = False
    stops: tuple[Label, ...] = Field(default=(), description="Only these labels.")
    yields: bool = Field(default=False, description="Does not count where the same code is a source or sink.")


class PropagatorPart(FlowPart):
    """A way that the language itself does not tell of."""

    from_: Metavariable = Field(alias="from")
    to: Metavariable
    side_effect: SideEffect = True
    requires: LabelTest | None = None
    label: Label | None = Field(default=None, description="The label of what comes out.")
    replaces: tuple[Label, ...] = Field(default=(), description="Only these labels become `label`.")


def _written(value: Any) -> str | None:
    if isinstance(value, FlowPart):
        return "<part>"
    return "<part>" if isinstance(value, dict) and "match" in value else "<clause>"


Sources = Annotated[Annotated[Clause, Tag("<clause>")] | Annotated[SourcePart, Tag("<part>")], Discriminator(_written)]
Sinks = Annotated[Annotated[Clause, Tag("<clause>")] | Annotated[SinkPart, Tag("<part>")], Discriminator(_written)]
Sanitizers = Annotated[
    Annotated[Clause, Tag("<clause>")] | Annotated[SanitizerPart, Tag("<part>")], Discriminator(_written)
]
PARTS: dict[str, type[FlowPart]] = {
    "sources": SourcePart,
    "sinks": SinkPart,
    "sanitizers": SanitizerPart,
    "propagators": PropagatorPart,
}
"""The keys that hold parts of flows."""


def part_of(key: str, given: Any) -> FlowPart:
    """The part that is written at a key, if need be as nothing but a formula."""
    return given if isinstance(given, FlowPart) else PARTS[key].model_construct(match=given)
