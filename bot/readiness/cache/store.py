"""A store of bytes by key that survives crashes, damage and several runs at once, and keeps within a size.

SQLite does the work. Whatever goes wrong is no reason to fail: what cannot be read is found out again, and `trouble`
says why something could not be kept.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self, TypeVar

from readiness.cache.folder import STORE, cache_folder, is_ours

LIMIT_BYTES = 512 * 1024**2
_FORMAT = 1
"""Raise it when the table changes; a store of another format is made anew."""
_PATIENCE = 10.0
"""Seconds to wait for another run that writes."""
_KEYS_AT_ONCE = 500
_SECONDS_A_DAY = 86_400
_TABLE = "CREATE TABLE kept (key BLOB PRIMARY KEY, value BLOB NOT NULL, day INTEGER NOT NULL)"
_DROP_OLDER_HALF = """
DELETE FROM kept WHERE rowid IN (SELECT rowid FROM kept ORDER BY day, rowid LIMIT (SELECT (count(*) + 1) / 2 FROM kept))
"""

T = TypeVar("T")


class Store:
    """Bytes by key in one file; when it grows over its limit, the half goes that was not asked for longest.

    A store without a place keeps nothing.
    """

    def __init__(self, place: Path | None, *, limit: int = LIMIT_BYTES) -> None:
        self.place = place
        self.trouble = ""
        """Why the store is not used any more; empty if all is well."""
        self._limit = limit
        self._today = int(time.time()) // _SECONDS_A_DAY
        self._connection: sqlite3.Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def read(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The values that are kept for these keys."""
        if self.place is None or not self.place.exists():  # nothing is made for the sake of reading
            return {}
        return self._carefully(lambda connection: dict(self._found(connection, keys))) or {}

    def write(self, values: Mapping[bytes, bytes]) -> None:
        """Keep values: all of them, or none."""
        if values:
            self._carefully(lambda connection: self._keep(connection, values))

    def _found(self, connection: sqlite3.Connection, keys: Sequence[bytes]) -> Iterator[tuple[bytes, bytes]]:
        for start in range(0, len(keys), _KEYS_AT_ONCE):
            part = keys[start : start + _KEYS_AT_ONCE]
            among = f"key IN ({','.join('?' * len(part))})"
            rows = connection.execute(f"SELECT key, value, day FROM kept WHERE {among}", part).fetchall()  # noqa: S608
            yield from ((key, value) for key, value, _ in rows)
            if any(day != self._today for *_, day in rows):
                self._asked_for_today(connection, among, part)

    def _asked_for_today(self, connection: sqlite3.Connection, among: str, keys: Sequence[bytes]) -> None:
        with (
            suppress(sqlite3.OperationalError),
            _transaction(connection),
        ):  # what may only be read is of use all the same
            connection.execute(f"UPDATE kept SET day = {self._today} WHERE {among}", keys)  # noqa: S608

    def _keep(self, connection: sqlite3.Connection, values: Mapping[bytes, bytes]) -> None:
        rows = ((key, value, self._today) for key, value in values.items())
        with _transaction(connection):
            connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)
        if _size(connection) > self._limit:
            connection.execute(_DROP_OLDER_HALF)
            connection.executescript("PRAGMA incremental_vacuum")  # `execute` would stop after the first page

    def _carefully(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        """Do the work, once more with a new store if this one is damaged; any other trouble ends the use of it."""
        if self.place is None or self.trouble:
            return None
        try:
            try:
                return work(self._opened(self.place))
            except sqlite3.OperationalError:  # full, read-only, locked: nothing is wrong with what is kept
                raise
            except sqlite3.DatabaseError:
                self.__exit__()
                remove(self.place)
                return work(self._opened(self.place))
        except (sqlite3.Error, OSError) as error:
            self.__exit__()
            self.trouble = f"{self.place}: {error}"
            return None

    def _opened(self, place: Path) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = _connect(place)
        return self._connection


def user_store(*, wanted: bool) -> Store:
    """The store of this user; one that keeps nothing if that is wanted."""
    return Store(cache_folder() / STORE if wanted else None)


def key_of(*parts: object) -> bytes:
    """A key for what is decided by these parts and by nothing else."""
    return hashlib.blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=20).digest()


def remove(place: Path) -> None:
    """Remove a store, with the files that SQLite puts beside it."""
    for file in (place, place.with_name(f"{place.name}-wal"), place.with_name(f"{place.name}-shm")):
        file.unlink(missing_ok=True)


def _connect(place: Path) -> sqlite3.Connection:
    """Raises `sqlite3.DatabaseError` if what lies there is no store, `OSError` if it is not for us to use."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if place.exists() and not is_ours(place):
        raise PermissionError("others may write to it")
    connection = sqlite3.connect(place, timeout=_PATIENCE, isolation_level=None)
    try:
        _prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA synchronous = OFF")
    if _format(connection) == _FORMAT:
        return
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    connection.execute("PRAGMA journal_mode = WAL")
    with _transaction(connection):
        found = _format(connection)  # another run may have been here in between
        if found == 0:
            connection.execute(_TABLE)
            connection.execute(f"PRAGMA user_version = {_FORMAT}")
        elif found != _FORMAT:
            raise sqlite3.DatabaseError(f"it has format {found} instead of {_FORMAT}")


def _format(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _size(connection: sqlite3.Connection) -> int:
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (page,) = connection.execute("PRAGMA page_size").fetchone()
    return int(pages) * int(page)


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is done inside, or nothing of it; waits for other runs at its beginning."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
