"""The formula operators of a rule file as strict types: what may be written, and its JSON Schema.

`formulas.py` turns them into the formulas that the pattern engine runs.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, WithJsonSchema
from pydantic_core import PydanticCustomError


class Strict(BaseModel):
    """Base of everything in a rule file: an unknown key is a mistake, and a loaded rule never changes."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


def _regex(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        where = {"line": error.lineno or 1, "column": error.colno or 1}
        raise PydanticCustomError(
            "inside", "not a valid regular expression: {what}", {"what": error.msg, **where}
        ) from error
    return text


PatternText = Annotated[str, Field(min_length=1, description="Python code with $X, $...ARGS and ... as placeholders.")]
RegexText = Annotated[str, Field(min_length=1), AfterValidator(_regex)]
ExpressionText = Annotated[str, Field(min_length=1, description="A condition, such as `$cell.empty and len($X) > 3`.")]
Metavariable = Annotated[str, Field(pattern=r"^\$((\.\.\.)?[A-Z_][A-Z_0-9]*|[0-9]+)$")]


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Metavariables = Annotated[
    tuple[Metavariable, ...],
    BeforeValidator(_listed),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
Classes = Annotated[
    tuple[Annotated[str, Field(min_length=1)], ...],
    Field(min_length=1),
    BeforeValidator(_listed),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
Scalar = str | int | float | bool | None


class AllOf(Strict):
    """The ranges on which all parts agree."""

    parts: tuple[Clause, ...] = Field(alias="all", min_length=1)


class AnyOf(Strict):
    """The ranges that any of the parts finds."""

    parts: tuple[Clause, ...] = Field(alias="any", min_length=1)


class NotThis(Strict):
    """Drops the ranges that the part finds too."""

    part: Clause = Field(alias="not")


class InsideOf(Strict):
    """Keeps the ranges inside a range of the part."""

    part: Clause = Field(alias="inside")


class NotInsideOf(Strict):
    """Drops the ranges inside a range of the part."""

    part: Clause = Field(alias="not_inside")


class RegexOf(Strict):
    """The ranges of the text that a regular expression matches."""

    regex: RegexText


class UseOf(Strict):
    """Any of the patterns of a list in `rules/knowledge/`."""

    use: str


class WithOf(Strict):
    """Conditions on metavariables, inside `all`."""

    conditions: Conditions = Field(alias="with")


class FocusOf(Strict):
    """Narrows the range to a metavariable, inside `all`."""

    focus: Metavariables


OPERATORS: dict[str, type[Strict]] = {
    "all": AllOf,
    "any": AnyOf,
    "not": NotThis,
    "inside": InsideOf,
    "not_inside": NotInsideOf,
    "regex": RegexOf,
    "use": UseOf,
    "with": WithOf,
    "focus": FocusOf,
}
PATTERN_TAG = "<pattern>"


def tag_of(operator: str) -> str:
    """How an operator is named in the location of a validation error; never the name of a key."""
    return f"<{operator}>"


def _operator(value: Any) -> str | None:
    if isinstance(value, str):
        return PATTERN_TAG
    if isinstance(value, dict):
        return tag_of(next(iter(value))) if len(value) == 1 and next(iter(value)) in OPERATORS else None
    return next((tag_of(name) for name, model in OPERATORS.items() if type(value) is model), None)


Clause = Annotated[
    Annotated[PatternText, Tag("<pattern>")]
    | Annotated[AllOf, Tag("<all>")]
    | Annotated[AnyOf, Tag("<any>")]
    | Annotated[NotThis, Tag("<not>")]
    | Annotated[InsideOf, Tag("<inside>")]
    | Annotated[NotInsideOf, Tag("<not_inside>")]
    | Annotated[RegexOf, Tag("<regex>")]
    | Annotated[UseOf, Tag("<use>")]
    | Annotated[WithOf, Tag("<with>")]
    | Annotated[FocusOf, Tag("<focus>")],
    Discriminator(_operator, custom_error_type="operator", custom_error_message="not a formula"),
]


class Condition(Strict):
    """What must hold for the code that a metavariable is bound to; every given key must hold."""

    regex: RegexText | None = Field(
        default=None, description="Found in the code, or in the value if it is a known string."
    )
    not_regex: RegexText | None = None
    words: str | None = Field(default=None, description="Is a name that a list in `rules/knowledge/` has.")
    one_of: tuple[Scalar, ...] | None = Field(
        default=None, alias="in", description="The constant value is one of these."
    )
    none_of: tuple[Scalar, ...] | None = Field(default=None, alias="not_in")
    match: Clause | None = Field(default=None, description="A formula that matches somewhere in the bound code.")
    not_match: Clause | None = None
    const: bool | None = Field(
        None, description="Has (true) or has not (false) a value known without running the code."
    )
    kind: tuple[str, ...] | None = Field(
        None, description="The bound code is one of these syntax nodes: Name, Call, ..."
    )
    type: Classes | None = Field(default=None, description="Is known to be of this class, or of one of these.")
    not_type: Classes | None = Field(default=None, description="Is of another class, or of one that is not known.")
    where: ExpressionText | None = None


def _variables(value: dict[str, Any]) -> dict[str, Any]:
    for name in value:
        if name != "where" and not re.match(r"^\$((\.\.\.)?[A-Z_][A-Z_0-9]*|[0-9]+)$", name):
            raise PydanticCustomError(
                "metavariable", "`{name}` is no metavariable; write it as `$NAME`", {"name": name}
            )
    return value


def _condition(value: Any) -> str:
    return "<where>" if isinstance(value, str) else "<condition>"


_Condition = Annotated[
    Annotated[ExpressionText, Tag("<where>")] | Annotated[Condition, Tag("<condition>")], Discriminator(_condition)
]
Conditions = Annotated[dict[str, _Condition], AfterValidator(_variables)]
