"""What a rule of kind `repository` may ask of the project as a whole: what excuses it, and what must be there for it to speak."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from readiness.rulebook.operators import Clause, ExpressionText, RegexText, Strict
from readiness.rulebook.parts import Packages


class FileThere(Strict):
    """The project has a file that one of the globs matches."""

    file: tuple[str, ...]


class DocumentThere(Strict):
    """The project has such a document."""

    document: Literal["model-card", "readme"]


class MatchThere(Strict):
    """A formula matches anywhere in the project."""

    match: Clause


class TextThere(Strict):
    """A regular expression is found in text that is no code."""

    text: RegexText
    texts: tuple[Literal["config", "markdown"], ...] = Field(
        default=("config", "markdown"), alias="of", description="Which text is searched."
    )
    paths: tuple[str, ...] = Field(default=(), description="Only in files that one of these globs matches.")


class PackageThere(Strict):
    """A file imports one of these packages, or a manifest declares it."""

    imports: Packages


class TestsRefer(Strict):
    """A test refers to the function, or none does."""

    tests_refer: bool


class ConditionHolds(Strict):
    """A condition over the item and `$project` holds."""

    when: ExpressionText


EVIDENCE: dict[str, type[Strict]] = {
    "<evidence-file>": FileThere,
    "<evidence-document>": DocumentThere,
    "<evidence-match>": MatchThere,
    "<evidence-text>": TextThere,
    "<evidence-imports>": PackageThere,
    "<evidence-tests_refer>": TestsRefer,
    "<evidence-when>": ConditionHolds,
}
_KEYS = {tag.removeprefix("<evidence-").rstrip(">"): tag for tag in EVIDENCE}


def _tag(value: Any) -> str | None:
    if isinstance(value, dict):
        return next((tag for key, tag in _KEYS.items() if key in value), None)
    return next((tag for tag, model in EVIDENCE.items() if type(value) is model), None)


def _one_of(*keys: str) -> Discriminator:
    return Discriminator(_tag, custom_error_type="evidence", custom_error_message=f"must be one of {', '.join(keys)}")


_Everywhere = (
    Annotated[FileThere, Tag("<evidence-file>")]
    | Annotated[DocumentThere, Tag("<evidence-document>")]
    | Annotated[MatchThere, Tag("<evidence-match>")]
    | Annotated[TextThere, Tag("<evidence-text>")]
    | Annotated[PackageThere, Tag("<evidence-imports>")]
)
Given = Annotated[_Everywhere, _one_of("file", "document", "match", "text", "imports")]
Unless = Annotated[
    _Everywhere
    | Annotated[TestsRefer, Tag("<evidence-tests_refer>")]
    | Annotated[ConditionHolds, Tag("<evidence-when>")],
    _one_of(*_KEYS),
]
