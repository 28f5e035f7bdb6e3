"""How a project wants to be reviewed: the section `review` of its configuration."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, ClassVar, Literal, Self

from readiness.mentor.levels import Level
from readiness.rulebook.choice import Within


@dataclass(frozen=True, slots=True)
class ReviewConfig:
    """What a project may say about reviews of its pull requests."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}
    level: Level = "senior"
    """For whom comments are written: how many and how deep, never what is true."""
    max_inline: Annotated[int, Within(0, 50)] = 15
    """Comments on lines that one run may post."""
    one_comment: tuple[str, ...] = ("framing", "ethics")
    """Rules or pillars that ask questions: a pull request gets one comment of each; the summary has the others."""
    max_places: Annotated[int, Within(1, 50)] = 10
    """Further places that one comment names."""
    drafts: bool = False
    """Comment on drafts too; otherwise they get a job summary only."""
    summary: Literal["findings", "always"] = "findings"
    """Whether a clean first run gets a summary comment."""
    on_fixed: Literal["resolve", "delete"] = "resolve"
    """What becomes of the thread of a mended finding that nobody has answered."""
    never_waive: tuple[str, ...] = ()
    """Rules that fail the gate although their thread was resolved or answered."""

    def for_level(self, level: Level | None) -> Self:
        """The same with a level that was asked for, if one was."""
        return replace(self, level=level) if level else self
