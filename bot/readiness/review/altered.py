"""The facts of the model that a change alters, for the person who signs it off: what, from which value to which, where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import get_args

from readiness.engine.outcome import Outcome
from readiness.facts.drift import Drift, drifts
from readiness.facts.model import FileFacts
from readiness.facts.project import Earlier
from readiness.rulebook.schema import Topic

TOPICS: tuple[str, ...] = get_args(Topic)


def altered_facts(base: Outcome, earlier: Earlier, outcome: Outcome) -> tuple[Drift, ...]:
    """The settings that differ between base and head, in the order of their topics.

    A file that could not be read on one side tells nothing on the other: what is only not known has not changed.
    """
    unread = {item.path for item in (*base.skipped, *outcome.skipped)}
    before = [facts for facts in earlier.together_with(outcome.facts) if facts.path not in unread]
    after = [facts for facts in outcome.facts if facts.path not in unread]
    return tuple(sorted(_alterations(before, after), key=lambda drift: (TOPICS.index(drift.topic), drift.name)))


def _alterations(before: Sequence[FileFacts], after: Sequence[FileFacts]) -> Iterator[Drift]:
    """Without what a whole file brings or takes away, columns excepted, and hashes of files that are in the diff."""
    now = {facts.path for facts in after}
    both = {facts.path for facts in before} & now
    for drift in drifts(before, after, TOPICS):
        replaced = drift.old and drift.new
        if drift.topic == "hash" and drift.name in now:
            continue
        if replaced or drift.topic == "feature" or drift.fact.hit.location.path in both:
            yield drift
