"""How a project wants to be reviewed: the section `review` of its configuration."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field

from readiness.mentor.levels import Level
from readiness.rulebook.operators import Strict


class ReviewConfig(Strict):
    """What a project may say about reviews of its pull requests."""

    level: Level = Field(
        default="senior", description="For whom comments are written: how many and how deep, never what is true."
    )
    max_inline: int = Field(default=15, ge=0, le=50, description="Comments on lines that one run may post.")
    one_comment: tuple[str, ...] = Field(
        default=("framing", "ethics"),
        description="Rules or pillars that ask questions: a pull request gets one comment of each; the summary has the others.",
    )
    max_places: int = Field(default=10, ge=1, le=50, description="Further places that one comment names.")
    drafts: bool = Field(default=False, description="Comment on drafts too; otherwise they get a job summary only.")
    summary: Literal["findings", "always"] = Field(
        default="findings", description="Whether a clean first run gets a summary comment."
    )
    on_fixed: Literal["resolve", "delete"] = Field(
        default="resolve", description="What becomes of the thread of a mended finding that nobody has answered."
    )
    never_waive: tuple[str, ...] = Field(
        default=(), description="Rules that fail the gate although their thread was resolved or answered."
    )

    def for_level(self, level: Level | None) -> Self:
        """The same with a level that was asked for, if one was."""
        return self.model_copy(update={"level": level}) if level else self
