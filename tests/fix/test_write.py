"""A file is replaced whole or not at all."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from readiness.fix.splice import FixRefused
from readiness.fix.write import replace_source

SOURCE = Path(__file__).parents[2] / "bot"


def test_the_new_content_keeps_the_permissions(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_bytes(b"old")
    file.chmod(0o750)
    replace_source(file, b"old", b"new")
    assert file.read_bytes() == b"new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o750
    assert list(tmp_path.iterdir()) == [file]


def changed(file: Path) -> None:
    file.write_bytes(b"other")


def linked(file: Path) -> None:
    file.rename(file.with_name("b.py"))
    file.symlink_to("b.py")


def gone(file: Path) -> None:
    file.unlink()


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize("happens", [changed, linked, gone, a_folder])
def test_a_file_that_is_no_longer_the_one_that_was_read_is_left_alone(
    tmp_path: Path, happens: Callable[[Path], None]
) -> None:
    file = tmp_path / "a.py"
    file.write_bytes(b"old")
    happens(file)
    before = {entry.name: entry.is_symlink() or entry.is_dir() or entry.read_bytes() for entry in tmp_path.iterdir()}
    with pytest.raises(FixRefused):
        replace_source(file, b"old", b"new")
    after = {entry.name: entry.is_symlink() or entry.is_dir() or entry.read_bytes() for entry in tmp_path.iterdir()}
    assert after == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_file_that_may_not_be_written_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_bytes(b"old")
    file.chmod(0o400)
    with pytest.raises(FixRefused, match="may not be written"):
        replace_source(file, b"old", b"new")


ENDLESS = """
import sys
from pathlib import Path
from readiness.fix.write import replace_source
file, texts = Path(sys.argv[1]), [b"a" * 3_000_000, b"b" * 3_000_000]
print("started", flush=True)
while True:
    for old, new in (texts, texts[::-1]):
        replace_source(file, old, new)
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_is_killed_leaves_the_file_whole(tmp_path: Path, number: signal.Signals) -> None:
    file = tmp_path / "a.py"
    for _ in range(3):
        file.write_bytes(b"a" * 3_000_000)
        command = [sys.executable, "-c", ENDLESS, str(file)]
        with subprocess.Popen(
            command, env={**os.environ, "PYTHONPATH": str(SOURCE)}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            writer.send_signal(number)
        content = file.read_bytes()
        assert len(content) == 3_000_000
        assert set(content) in ({ord("a")}, {ord("b")})
    if number == signal.SIGINT:  # what can still be cleaned up is
        assert list(tmp_path.iterdir()) == [file]
