"""What a run may keep for later ones, and may find of earlier ones."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from readiness.cache.store import Store, user_store
from readiness.settings import Settings
from readiness.watcher import Watcher


@contextmanager
def store_of(settings: Settings, watcher: Watcher) -> Iterator[Store]:
    """What is kept between runs, if it is wanted; the watcher hears in the end why it could not be used."""
    with user_store(wanted=settings.cache) as store:
        yield store
    if store.trouble:
        watcher.on_trouble(store.trouble)
