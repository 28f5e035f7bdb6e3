"""Who wants to hear how far a run is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Watcher:
    """Hears the number of files first, then how many were finished."""

    on_start: Callable[[int], None] = lambda count: None
    on_done: Callable[[int], None] = lambda count: None
    on_trouble: Callable[[str], None] = lambda trouble: None
    """Hears what could not be kept for the next run, which changes nothing in this one."""
