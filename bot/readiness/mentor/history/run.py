"""From the settings of a run and a point in time to what the history since then teaches."""

from __future__ import annotations

from readiness.collect.history import History
from readiness.mentor.history.course import course
from readiness.mentor.history.learning import Learning, learning
from readiness.mentor.history.versions import judged
from readiness.settings import Settings
from readiness.watcher import Watcher


def learned(settings: Settings, since: str, watcher: Watcher) -> Learning:
    """Follow the findings of the branch since a date or a revision."""
    past = History(settings.root).since(since)
    return learning(course(past, judged(settings, past, watcher)))
