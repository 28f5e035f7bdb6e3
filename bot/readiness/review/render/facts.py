"""The facts of the model that a change alters, as the summary lists them for whoever signs the change off."""

from __future__ import annotations

import re
from collections.abc import Iterator

from readiness.facts.drift import Drift
from readiness.kinds.base import MASK, MAX_VALUE
from readiness.report._text import counted, visible
from readiness.report.markdown import code
from readiness.review.analysis import Analysis
from readiness.review.model import Pull
from readiness.review.render.words import details, linked, place_at

MAX_FACTS = 10
_ACCESS = re.compile(r"(?<=://)[^/@\s]+(?=@)|(?<=\?)\S+")
"""What may open the address of a data set: a name with its password, or the end of a signed address."""


def altered_facts(analysis: Analysis, pull: Pull) -> Iterator[str]:
    """A folded list; nothing if the change alters no fact."""
    altered = analysis.altered
    if not altered:
        return
    lines = [f"- {_told(drift)}, {_where(drift, pull)}" for drift in altered[:MAX_FACTS]]
    if len(altered) > MAX_FACTS:
        lines.append(f"- and {len(altered) - MAX_FACTS} more")
    title = f"{counted(len(altered), 'fact')} of the model that this change alters"
    yield details(title, "\n".join(lines))


def _told(drift: Drift) -> str:
    """The topic, the name, and whose setting it is; nothing is named twice."""
    owner = drift.fact.owner.rpartition(".")[2]
    name = f" {_quoted(drift.name)}" if drift.name != drift.topic else ""
    whose = f" of {_quoted(owner)}" if owner and owner not in (drift.name, drift.old, drift.new) else ""
    return f"{drift.topic}{name}{whose} {_change(drift)}"


def _change(drift: Drift) -> str:
    if drift.old and drift.new:
        return f"from {_quoted(drift.old)} to {_quoted(drift.new)}"
    word, value = ("added", drift.new) if drift.new else ("removed", drift.old)
    return word if value == drift.name else f"{word}: {_quoted(value)}"


def _where(drift: Drift, pull: Pull) -> str:
    at = drift.fact.hit.location
    return linked(place_at(at), at, pull) if drift.new else f"before in {place_at(at)}"


def _quoted(value: str) -> str:
    shown = visible(_ACCESS.sub(MASK, value) if "://" in value else value)
    return code(shown if len(shown) <= MAX_VALUE else f"{shown[: MAX_VALUE - 1]}…")
