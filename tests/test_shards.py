"""The parts of a check, merged, say what one check says; parts that do not belong together are refused by name."""

from __future__ import annotations

import importlib
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.collect.source_file import SourceFile
from readiness.config import Config
from readiness.errors import ExitCode, UsageError
from readiness.facts.sorts import FileKind
from readiness.recheck import check
from readiness.report._formats import names
from readiness.settings import Settings
from readiness.shards import Shard, analyse_shard, merge, shard_of, write_part
from readiness.watcher import Watcher

EXAMPLE = Path(__file__).parents[1] / "examples" / "readmission"


@pytest.fixture
def project(tmp_path: Path) -> Settings:
    """A project with findings in programs, notebooks and documents, and between them; and a file that is broken."""
    root = tmp_path / "project"
    shutil.copytree(EXAMPLE, root)
    (root / "broken.py").write_text("def f(:\n")
    (root / "photo.png").write_bytes(b"\x89PNG")
    return Settings(root, (root,), project=root)


def parts_of(settings: Settings, folder: Path, of: int) -> list[Path]:
    """The parts of a check in so many shards."""
    places = [folder / f"part{number}.json" for number in range(1, of + 1)]
    for number, place in enumerate(places, 1):
        write_part(place, analyse_shard(settings, Shard(number, of), Watcher()))
    return places


@pytest.mark.parametrize("of", [1, 3, 40])
def test_merged_parts_give_the_report_of_the_whole_byte_for_byte(project: Settings, tmp_path: Path, of: int) -> None:
    whole = replace(check(project), seconds=0.0)
    merged = replace(merge(project, parts_of(project, tmp_path, of), Watcher()).report(), seconds=0.0)
    assert whole.findings
    assert whole.exit_code == merged.exit_code == ExitCode.INCOMPLETE
    for name in names():
        render = importlib.import_module(f"readiness.report.{name}").render
        assert render(merged) == render(whole)


@given(sizes=st.lists(st.integers(min_value=0, max_value=10**6), max_size=50), of=st.integers(1, 60))
def test_every_file_is_in_one_share(sizes: list[int], of: int) -> None:
    files = [SourceFile(f"{number}.py", FileKind.PYTHON, size=size) for number, size in enumerate(sizes)]
    dealt = [file for number in range(1, of + 1) for file in Shard(number, of).share(files)]
    assert sorted(file.path for file in dealt) == sorted(file.path for file in files)
    counts = [len(Shard(number, of).share(files)) for number in range(1, of + 1)]
    assert max(counts) - min(counts) <= 1


@pytest.mark.parametrize("name", ["", "2", "0/3", "4/3", "a/b", "1/2/3", "-1/3", "1/99999"])
def test_what_is_no_shard_is_told(name: str) -> None:
    with pytest.raises(UsageError, match="is no shard"):
        shard_of(name)


def refused(settings: Settings, places: list[Path]) -> str:
    with pytest.raises(UsageError) as error:
        merge(settings, places, Watcher())
    return str(error.value)


def test_a_missing_or_doubled_part_is_told(project: Settings, tmp_path: Path) -> None:
    one, two, three = parts_of(project, tmp_path, 3)
    assert "shard 2/3 is missing; given: 1/3, 3/3" in refused(project, [one, three])
    again = tmp_path / "again.json"
    shutil.copy(two, again)
    assert "there twice" in refused(project, [one, two, again, three])


def test_parts_of_other_rules_are_refused(project: Settings, tmp_path: Path) -> None:
    places = parts_of(project, tmp_path, 2)
    other = replace(project, config=Config(ignore=("unseeded-split",)))
    assert f"{places[0]}: it was made by other rules" in refused(other, places)


def test_parts_of_other_files_are_refused_by_the_name_of_the_file(project: Settings, tmp_path: Path) -> None:
    places = parts_of(project, tmp_path, 2)
    broken, extra = project.root / "broken.py", project.root / "extra.py"
    broken.write_text("def f(): ...\n")
    assert "broken.py: it is not the file that was analysed" in refused(project, places)
    broken.write_text("def f(:\n")
    extra.write_text("")
    assert "extra.py: no part tells of this file" in refused(project, places)
    extra.unlink()
    broken.unlink()
    assert "broken.py: a part tells of this file, which is not here" in refused(project, places)


@pytest.mark.parametrize("content", [b"", b"[]", b'{"shard": {"number": 1, "of": 1}}', b"[" * 100_000])
def test_what_is_no_part_is_refused(project: Settings, tmp_path: Path, content: bytes) -> None:
    place = tmp_path / "part.json"
    place.write_bytes(content)
    assert f"{place}: it is no part of a check" in refused(project, [place])
    assert "it cannot be read" in refused(project, [tmp_path / "none.json"])
