"""One comment about one rule: what to do, why it matters, the smallest next step, and where else it applies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from readiness.finding import Finding
from readiness.report.markdown import code, numbered
from readiness.review.analysis import Analysis
from readiness.review.marker import FindingMarker
from readiness.review.memory import OwnThread
from readiness.review.model import Pull
from readiness.review.render.teach import check, depth, explains, reason, step
from readiness.review.render.words import (
    clipped,
    details,
    label,
    linked_place,
    place,
    said,
    sha,
    shown_code,
)
from readiness.review.settings import ReviewConfig
from readiness.review.topics import Topic

MAX_CELL_LINES = 6
MAX_STEPS = 8
_SUGGESTION = re.compile(r"^(`{3,})suggestion$", re.MULTILINE)
_TOO_LONG = "_The rest of this comment did not fit; the job summary has all places._"


def comment(topic: Topic, analysis: Analysis, pull: Pull, config: ReviewConfig, own: OwnThread | None = None) -> str:
    """The body of a new comment, or of an `own` one that is opened again and remembers what it was about before."""
    before = own.marker.fingerprints if own else ()
    names = tuple(dict.fromkeys((*topic.fingerprints, *before)))
    marker = FindingMarker(names, topic.main.rule, pull.head, explains=explains(topic, analysis, config))
    parts = [
        *_head(topic.main, analysis),
        *_shown(topic, analysis),
        *_way(topic.main),
        *reason(topic, analysis, config),
    ]
    parts += [*_next(topic.main), *step(topic, config), *check(topic, pull, config), *depth(topic, analysis, config)]
    parts += [*_elsewhere(topic, pull, config), _foot(topic.main, analysis)]
    return clipped("\n\n".join(parts), marker.line(), _TOO_LONG)


def folded(own: OwnThread, pull: Pull) -> str:
    """What is left of a comment when nothing of its finding is; a suggestion in it must not be applied any more."""
    was = own.comment.body.rstrip().rpartition("\n")[0].strip()
    was = _SUGGESTION.sub(r"\1python", was)
    marker = replace(own.marker, sha=pull.head, fixed=True)
    body = f"**Fixed** as of {sha(pull.head)}.\n\n{details('What it was', was)}"
    return clipped(body, marker.line(), _TOO_LONG)


def _head(finding: Finding, analysis: Analysis) -> Iterator[str]:
    blocks = " (blocking)" if finding.severity >= analysis.report.fail_on else ""
    yield f"**{label(finding)}**{blocks} · {code(finding.rule)} · {finding.pillar}"
    yield said(finding.message)


def _shown(topic: Topic, analysis: Analysis) -> Iterator[str]:
    """A cell's code is shown, since the diff shows it as JSON; a comment on a whole file says where to look."""
    finding = topic.main
    if finding.location.cell is not None:
        yield f"In {_cell(finding, analysis)}:"
        if finding.source_lines:
            yield shown_code(finding.source_lines[:MAX_CELL_LINES])
    elif topic.anchor.line is None and finding.source_lines:
        yield f"At {place(finding)}:"
        yield shown_code(finding.source_lines[:MAX_CELL_LINES], finding.location.path)


def _way(finding: Finding) -> Iterator[str]:
    """How it got here, for a flow: the first and the last steps."""
    lines = list(numbered(finding.steps))
    if len(lines) > MAX_STEPS:
        lines = [*lines[: MAX_STEPS // 2], *lines[-MAX_STEPS // 2 :]]
    if lines:
        yield "How it gets here:\n\n" + "\n".join(lines)


def _cell(finding: Finding, analysis: Analysis) -> str:
    """`cell 5 (code, In [12]), line 3`, as the notebook shows it."""
    at = finding.location
    cell = analysis.cells.get((at.path, at.cell or 0))
    kind = cell.type if cell else "code"
    number = f", In [{cell.execution_count}]" if cell and cell.execution_count is not None else ""
    return f"cell {(at.cell or 0) + 1} ({kind}{number}), line {at.line}"


def _next(finding: Finding) -> Iterator[str]:
    if finding.next_step:
        yield f"**Next step:** {said(finding.next_step)}"


def _elsewhere(topic: Topic, pull: Pull, config: ReviewConfig) -> Iterator[str]:
    others = topic.findings[1:]
    if not others:
        return
    shown = [f"- {linked_place(other, pull)}{_difference(other, topic.main)}" for other in others[: config.max_places]]
    more = len(others) - len(shown)
    shown += [f"- and {more} more, listed in the job summary"] if more else []
    places = f"{len(others)} further place{'s' if len(others) > 1 else ''}"
    yield details(f"Also at {places}", "\n".join(shown))


def _difference(other: Finding, main: Finding) -> str:
    return f": {said(other.message)}" if other.message != main.message else ""


def _foot(finding: Finding, analysis: Analysis) -> str:
    rule = analysis.rules.get(finding.rule)
    learn = f" · [learn more]({rule.learn[0]})" if rule and rule.learn else ""
    confidence = f"confidence {finding.confidence.label}"
    return (
        f"<sub>{confidence}{learn} · to keep it as it is, reply <code>readiness: wontfix</code> with the reason</sub>"
    )
