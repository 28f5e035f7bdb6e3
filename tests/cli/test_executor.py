"""What names no cluster, or cannot be used with one, is told before anything is analysed."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.parametrize(
    "name",
    ["", "dask", "dask=", "dask=host:8786", "dask=tcp://host", "dask=tcp://:1", "dask=tcp://host:port",
     "dask=tcp://host:99999", "dask=http://host:8786", "dask=inproc://host:1", "tcp://host:8786", "dask=tcp://h:1/x"],
)  # fmt: skip
def test_what_names_no_cluster_is_told(readiness: Run, name: str) -> None:
    done = readiness("check", ".", "--executor", name)
    assert done.returncode == 2
    assert f"`{name}` names no cluster\n  at --executor\n  Write dask=tcp://HOST:8786" in done.stderr


def test_a_cluster_takes_an_extra(readiness: Run, tmp_path: Path) -> None:
    hook = tmp_path / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text("import sys\nsys.modules['distributed'] = None\n")
    source = Path(__file__).parents[2] / "bot"
    path = os.pathsep.join(map(str, (hook, source)))
    done = readiness("check", ".", "--executor", "dask=tcp://127.0.0.1:8786", PYTHONPATH=path)
    assert done.returncode == 2
    assert 'pip install "readiness-bot[cluster]"' in done.stderr


@pytest.mark.parametrize("option", [("--shard", "1/2", "--output", "part.json"), ("--jobs", "2")])
def test_who_analyses_is_decided_once(readiness: Run, option: tuple[str, ...]) -> None:
    done = readiness("check", ".", "--executor", "dask=tcp://127.0.0.1:8786", *option)
    assert done.returncode == 2
    assert "the cluster decides who analyses what" in done.stderr
