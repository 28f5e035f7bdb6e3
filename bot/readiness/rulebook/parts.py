"""The parts that rules of every kind share: where to look, how to mend, examples, scales and texts."""

from __future__ import annotations

import ast
import re
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    Tag,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from readiness.errors import RuleError
from readiness.facts.sorts import Role
from readiness.rulebook.choice import Choice
from readiness.rulebook.operators import RegexText, Strict

MAX_SKETCH_LINES = 6
LISTED_PACKAGES = "packages"
"""Under this name the validation of a rule finds what looks up lists of packages."""
_HOLE = re.compile(r"\$[A-Za-z_]\w*")


def _https(value: str) -> str:
    if not value.startswith("https://"):
        raise PydanticCustomError("link", "a link starts with `https://`")
    return value


def _sentence(value: str) -> str:
    if not value.rstrip().endswith((".", "?")):
        raise PydanticCustomError("sentence", "ends without a full stop")
    return value


def _sketch(value: str) -> str:
    if len(value.splitlines()) > MAX_SKETCH_LINES:
        raise PydanticCustomError("sketch", "has more than {limit} lines", {"limit": MAX_SKETCH_LINES})
    try:
        ast.parse(_HOLE.sub("name", value))
    except SyntaxError as error:
        what = {"what": error.msg, "line": error.lineno}
        raise PydanticCustomError("sketch", "is not valid Python: {what} in line {line}", what) from error
    return value


def _listed_packages(value: Any, info: ValidationInfo) -> Any:
    """`{use: NAME}` is a list of packages that several rules share; who reads the rule brings the lists."""
    if isinstance(value, dict) and set(value) == {"use"}:
        try:
            return (info.context or {})[LISTED_PACKAGES](str(value["use"]))
        except RuleError as error:
            raise PydanticCustomError(
                "packages", "{what}", {"what": f"{error.what}. {error.advice}".strip()}
            ) from error
    return value


def _import(value: str) -> str:
    from readiness.pattern.fix_imports import needed_import  # which rules without such a fix need not

    try:
        return needed_import(value).statement
    except ValueError as error:
        raise PydanticCustomError("import", "{what}", {"what": str(error)}) from error


ImportText = Annotated[str, AfterValidator(_import)]
Link = Annotated[str, AfterValidator(_https)]
Packages = Annotated[
    tuple[str, ...],
    BeforeValidator(_listed_packages),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "array", "items": {"type": "string"}},
                {"type": "object", "properties": {"use": {"type": "string"}}, "required": ["use"]},
            ]
        }
    ),
]
Sentence = Annotated[str, Field(min_length=1), AfterValidator(_sentence)]
Sketch = Annotated[str, AfterValidator(_sketch)]
Word = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class Weaker(Strict):
    """A rule that says less about the same cause, and where it stays silent for that."""

    rule: Word
    where: Literal["lines", "file"] = "lines"


def _weaker(value: Any) -> Any:
    return {"rule": value} if isinstance(value, str) else value


Superseded = Annotated[Weaker, BeforeValidator(_weaker, json_schema_input_type=Word | Weaker)]


class Where(Strict):
    """Which files a rule looks at."""

    roles: tuple[Annotated[Role, Choice(Role)], ...] = Field(
        default=(Role.SOURCE,), alias="in", description="What the file is for."
    )
    paths: tuple[str, ...] = Field(default=(), description="Only files that one of these globs matches.")
    not_paths: tuple[str, ...] = ()
    files: tuple[Literal["python", "notebook"], ...] = ("python", "notebook")
    needs: Packages = Field(default=(), description="Only files that import one of these packages.")
    text: tuple[Literal["code", "outputs", "markdown", "config"], ...] = Field(
        default=("code",), description="Which text a formula made of `regex` searches."
    )


class RegexFix(Strict):
    """Replace inside the matched text."""

    pattern: RegexText
    replacement: str
    count: int | None = None


class FixSpec(Strict):
    """How the matched code can be mended; `safe` keeps the meaning of the program."""

    replace: str | None = None
    regex: RegexFix | None = None
    delete: Literal[True] | None = None
    add_argument: str | None = None
    imports: tuple[ImportText, ...] = Field(
        default=(), description="Imports that the new code needs; it uses the names that a file has for them."
    )
    safety: Literal["safe", "unsafe"] = "unsafe"
    title: str = ""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        given = [name for name in ("replace", "regex", "delete", "add_argument") if getattr(self, name) is not None]
        if len(given) != 1:
            raise PydanticCustomError("fix", "a fix has one of `replace`, `regex`, `delete`, `add_argument`")
        if self.imports and self.delete:
            raise PydanticCustomError("fix", "`delete` leaves nothing behind that needs `imports`")
        return self


def _fix(value: Any) -> str:
    return "<template>" if isinstance(value, str) else "<fix>"


Fix = Annotated[Annotated[str, Tag("<template>")] | Annotated[FixSpec, Tag("<fix>")], Discriminator(_fix)]


class CellExample(Strict):
    """One notebook cell: its text under `code` or `markdown`, and how it was run."""

    code: str | None = None
    markdown: str | None = None
    n: int | None = Field(default=None, description="The execution count.")
    outputs: tuple[str | dict[str, Any], ...] = Field(
        default=(), description="Printed text, `{size: N}` for so many characters, or an output as nbformat writes it."
    )
    tags: tuple[str, ...] = ()
    times: int = Field(default=1, ge=1, description="How often the cell stands there.")

    @model_validator(mode="after")
    def _one_text(self) -> Self:
        if (self.code is None) == (self.markdown is None):
            raise PydanticCustomError("cell", "a cell has either `code` or `markdown`")
        return self


class SizedFile(Strict):
    """A file that is only known to be so large."""

    size: int


class FilesExample(Strict):
    """A small repository: path -> text, or the size of a file that nobody reads."""

    files: dict[str, str | SizedFile] = Field(min_length=1)
    before: dict[str, str | SizedFile | None] | None = Field(
        default=None,
        description="The files that a change began with, where they differ; null for one that was not there.",
    )


class CellsExample(Strict):
    """A notebook."""

    cells: tuple[CellExample, ...]
    invalid: bool = Field(default=False, description="Cells that are no Python stand there on purpose.")
    widget_state: int = Field(default=0, description="How many characters of state its widgets left in it.")


def _program(value: Any) -> str | None:
    if isinstance(value, str):
        return "<text>"
    if isinstance(value, dict):
        return next((f"<{key}>" for key in ("files", "cells") if key in value), None)
    return next((tag for tag, model in PROGRAMS.items() if type(value) is model), None)


PROGRAMS: dict[str, type[Strict]] = {"<files>": FilesExample, "<cells>": CellsExample}
Program = Annotated[
    Annotated[str, Tag("<text>")] | Annotated[FilesExample, Tag("<files>")] | Annotated[CellsExample, Tag("<cells>")],
    Discriminator(_program, custom_error_type="program", custom_error_message="must be code, `files:` or `cells:`"),
]


class BadExample(Strict):
    """Code that the rule must find."""

    program: Program = Field(alias="bad")
    fixed: str | None = Field(default=None, description="The code after the fix; it must be clean.")
    count: int | None = Field(default=None, ge=1, description="How many findings; at least one if not said.")
    lines: tuple[int, ...] | None = Field(default=None, description="The lines of the findings.")


class GoodExample(Strict):
    """Code that the rule must leave alone."""

    program: Program = Field(alias="good")


def _example(value: Any) -> str | None:
    if isinstance(value, dict):
        return next((f"<{key}>" for key in ("bad", "good") if key in value), None)
    return "<bad>" if isinstance(value, BadExample) else "<good>" if isinstance(value, GoodExample) else None


Example = Annotated[
    Annotated[BadExample, Tag("<bad>")] | Annotated[GoodExample, Tag("<good>")],
    Discriminator(_example, custom_error_type="example", custom_error_message="an example has a key `bad` or `good`"),
]
