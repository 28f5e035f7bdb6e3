"""A store gives back what it was given or nothing, whatever happened to its file, and never more than its limit."""

from __future__ import annotations

import multiprocessing
import resource
import signal
import sqlite3
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.cache import store as module
from readiness.cache.store import Store, remove

FORK = multiprocessing.get_context("fork")
SOME = {b"a": b"1", b"b": b"2"}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "values.sqlite"


def written(place: Path, values: dict[bytes, bytes]) -> str:
    """Write with a store of its own; the trouble that it had."""
    with Store(place) as store:
        store.write(values)
        return store.trouble


def read(place: Path, *keys: bytes) -> dict[bytes, bytes]:
    with Store(place) as store:
        return store.read(keys)


@given(values=st.dictionaries(st.binary(max_size=40), st.binary(max_size=2000), max_size=30), others=st.binary())
def test_another_store_reads_what_one_has_written(
    tmp_path_factory: pytest.TempPathFactory, values: dict[bytes, bytes], others: bytes
) -> None:
    place = tmp_path_factory.mktemp("store") / "values.sqlite"
    assert written(place, values) == ""
    assert read(place, *values, others) == values | ({others: values[others]} if others in values else {})


def test_more_keys_than_one_question_may_hold_are_all_found(place: Path) -> None:
    values = {f"{n}".encode(): b"x" for n in range(3 * module._KEYS_AT_ONCE + 1)}
    written(place, values)
    assert read(place, *values) == values


def test_the_last_value_of_a_key_counts(place: Path) -> None:
    written(place, {b"a": b"1"})
    written(place, {b"a": b"2"})
    assert read(place, b"a") == {b"a": b"2"}


def test_reading_makes_no_file(place: Path) -> None:
    assert read(place, b"a") == {}
    assert not place.parent.exists()


def test_a_store_without_a_place_keeps_nothing() -> None:
    with Store(None) as store:
        store.write(SOME)
        assert store.read([*SOME]) == {}
        assert store.trouble == ""


def test_over_its_limit_a_store_drops_what_nobody_asked_for(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    day, big = module._SECONDS_A_DAY, b"x" * 4000
    with Store(place) as store:
        store.write({b"asked": big, **{b"old%d" % n: big for n in range(20)}})
    monkeypatch.setattr(time, "time", lambda: 2e9 + day)
    assert read(place, b"asked") == {b"asked": big}
    with Store(place, limit=80_000) as store:
        store.write({b"new": big})
        kept = store.read([b"asked", b"new", *(b"old%d" % n for n in range(20))])
    assert {b"asked", b"new"} < kept.keys()
    assert len(kept) == 11
    assert place.stat().st_size < 80_000


@pytest.mark.parametrize("damage", ["garbage", "cut off", "another format"])
def test_a_damaged_store_is_made_anew(place: Path, damage: str) -> None:
    written(place, {f"{n}".encode(): b"x" * 5000 for n in range(50)})
    if damage == "garbage":
        remove(place)
        place.write_bytes(b"this was a store\n" * 1000)
    elif damage == "cut off":
        place.write_bytes(place.read_bytes()[:20_000])
    else:
        with sqlite3.connect(place) as connection:
            connection.execute("PRAGMA user_version = 99")
        connection.close()
    assert read(place, *(f"{n}".encode() for n in range(50))) == {}
    assert written(place, SOME) == ""
    assert read(place, *SOME) == SOME


def test_where_no_store_can_be_the_trouble_is_told_once_and_nothing_fails(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with Store(tmp_path / "file" / "values.sqlite") as store:
        store.write(SOME)
        assert "Not a directory" in store.trouble or "File exists" in store.trouble
        store.write(SOME)
        assert store.read([*SOME]) == {}


def test_a_store_that_others_may_write_to_is_not_used(place: Path) -> None:
    written(place, SOME)
    place.parent.chmod(0o777)
    with Store(place) as store:
        assert store.read([*SOME]) == {}
        assert store.trouble.endswith("others may write to it")


def test_a_store_that_another_run_holds_for_long_is_left_alone(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(place, SOME)
    monkeypatch.setattr(module, "_PATIENCE", 0.01)
    holder = sqlite3.connect(place, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    assert "locked" in written(place, {b"c": b"3"})
    assert read(place, *SOME) == SOME
    holder.close()


def _write_into_a_full_disk(place: Path, told: Connection) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    room = 100_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    trouble = written(place, {f"{n}".encode(): b"x" * 5000 for n in range(100)})
    told.send((trouble, read(place, *SOME)))


def test_on_a_full_disk_what_is_kept_stays_readable(place: Path) -> None:
    written(place, SOME)
    here, there = FORK.Pipe()
    process = FORK.Process(target=_write_into_a_full_disk, args=(place, there))
    process.start()
    trouble, kept = here.recv()
    process.join()
    assert str(place) in trouble
    assert kept == SOME
    assert read(place, *SOME, b"0") == SOME


def _write_for_ever(place: Path, told: Connection) -> None:
    with Store(place) as store:
        for number in range(1_000_000):
            store.write({b"%d" % number: b"x" * 5000, b"twin of %d" % number: b"x" * 5000})
            told.send(number)


def test_a_writer_that_is_killed_leaves_whole_values(place: Path) -> None:
    here, there = FORK.Pipe()
    process = FORK.Process(target=_write_for_ever, args=(place, there))
    process.start()
    while here.recv() < 20:
        pass
    process.kill()
    process.join()
    kept = read(place, *(b"%d" % n for n in range(1000)), *(b"twin of %d" % n for n in range(1000)))
    assert len(kept) >= 42
    assert set(kept.values()) == {b"x" * 5000}
    assert {key.removeprefix(b"twin of ") for key in kept} == {key for key in kept if not key.startswith(b"twin")}
    assert written(place, SOME) == ""


def _write_a_part(place: Path, part: int) -> None:
    for number in range(20):
        written(place, {b"%d of %d" % (number, part): b"x" * 1000})


def test_runs_at_the_same_time_lose_nothing(place: Path) -> None:
    processes = [FORK.Process(target=_write_a_part, args=(place, part)) for part in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert len(read(place, *(b"%d of %d" % (n, part) for n in range(20) for part in range(4)))) == 80
