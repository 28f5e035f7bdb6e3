"""What excuses a project, or one item of it, from a rule of kind `repository`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Tag

from readiness.rulebook.operators import Clause, ExpressionText, Strict


class UnlessFile(Strict):
    """The project has a file that one of the globs matches."""

    file: tuple[str, ...]


class UnlessDocument(Strict):
    """The project has such a document."""

    document: Literal["model-card", "readme"]


class UnlessMatch(Strict):
    """A formula matches anywhere in the project."""

    match: Clause


class UnlessTested(Strict):
    """A test refers to the function, or none does."""

    tests_refer: bool


class UnlessTrue(Strict):
    """A condition over `$project` holds."""

    when: ExpressionText


def _unless(value: Any) -> str | None:
    if isinstance(value, dict):
        return next(
            (f"<unless-{key}>" for key in value if key in ("file", "document", "match", "tests_refer", "when")), None
        )
    return next((tag for tag, model in UNLESS.items() if type(value) is model), None)


UNLESS: dict[str, type[Strict]] = {
    "<unless-file>": UnlessFile,
    "<unless-document>": UnlessDocument,
    "<unless-match>": UnlessMatch,
    "<unless-tests_refer>": UnlessTested,
    "<unless-when>": UnlessTrue,
}
Unless = Annotated[
    Annotated[UnlessFile, Tag("<unless-file>")]
    | Annotated[UnlessDocument, Tag("<unless-document>")]
    | Annotated[UnlessMatch, Tag("<unless-match>")]
    | Annotated[UnlessTested, Tag("<unless-tests_refer>")]
    | Annotated[UnlessTrue, Tag("<unless-when>")],
    Discriminator(
        _unless,
        custom_error_type="unless",
        custom_error_message="must be one of file, document, match, tests_refer, when",
    ),
]
