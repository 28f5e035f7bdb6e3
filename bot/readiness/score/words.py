"""What every format says in the same words."""

from __future__ import annotations

from readiness.score.tally import Seen

NOT_SEEN = "no evidence seen"
_LONGEST = 70


def number(points: float) -> str:
    """`0`, `0.5`, `1`, ..."""
    return f"{points:g}"


def code_of(seen: Seen) -> str:
    """The line that was seen, shortened; nothing if it is a whole file."""
    line = " ".join(seen.finding.source_lines[0].split()) if seen.finding.source_lines else ""
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def no_training() -> str:
    """What to say of a project in which nothing is trained."""
    return "No code that trains a model was seen: the tests are about systems that do."
