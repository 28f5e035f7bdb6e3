"""What an earlier run found in a file is what analysing it again would find, or it is not used."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from readiness.cache.store import Store, user_store
from readiness.collect.files import collect
from readiness.collect.source_file import SourceFile
from readiness.engine.outcome import FileOutcome, not_analysed
from readiness.engine.outcome_cache import OutcomeCache
from readiness.engine.rulebooks import rulebook_of
from readiness.engine.run import analysed
from readiness.facts.sorts import FileKind, Role
from readiness.rulebook.book import Rulebook
from readiness.settings import Settings

ROOT = Path(__file__).parents[2]
LOADS = b"import torch\n\nstate = torch.load('/home/ana/model.pt', weights_only=False)\n"
FILE = SourceFile("train.py", FileKind.PYTHON, size=len(LOADS), data=LOADS)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return rulebook_of()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache" / "analysis.sqlite")


def known(files: Sequence[SourceFile], store: Store, rulebook: Rulebook) -> dict[str, FileOutcome]:
    return OutcomeCache(store, rulebook).known(files)


def test_every_file_of_a_project_is_known_to_the_next_run_exactly_as_it_was_found(
    store: Store, rulebook: Rulebook
) -> None:
    project = ROOT / "examples" / "readmission"
    files = collect(Settings(project, (project,))).files
    read = [file for file in files if file.kind is not FileKind.OTHER]
    first = {outcome.facts.path: outcome for outcome in analysed(files, rulebook, store=store)}
    assert any(outcome.findings for outcome in first.values())
    assert known(read, store, rulebook) == {file.path: first[file.path] for file in read}
    assert {outcome.facts.path: outcome for outcome in analysed(files, rulebook, store=store)} == first


@pytest.mark.parametrize(
    "other",
    [
        replace(FILE, data=LOADS + b"\n"),
        replace(FILE, path="other.py"),
        replace(FILE, role=Role.TEST),
    ],
    ids=["bytes", "path", "role"],
)
def test_a_file_that_differs_is_not_known(store: Store, rulebook: Rulebook, other: SourceFile) -> None:
    analysed([FILE], rulebook, store=store)
    assert known([FILE], store, rulebook)
    assert not known([other], store, rulebook)


def test_the_facts_of_a_file_are_known_from_its_whole_analysis_but_not_the_other_way_round(
    store: Store, rulebook: Rulebook
) -> None:
    facts = replace(FILE, facts_only=True)
    expected = analysed([facts], rulebook, store=store)
    assert not known([FILE], store, rulebook)
    assert analysed([FILE], rulebook, store=store)[0].findings
    other = Store(store.place.with_name("other.sqlite") if store.place else None)
    analysed([FILE], rulebook, store=other)
    assert known([facts], other, rulebook) == {"train.py": expected[0]}


def test_what_is_wanted_everywhere_is_found_and_known_of_a_file_of_which_the_facts_are_enough(
    store: Store, rulebook: Rulebook
) -> None:
    facts = replace(FILE, facts_only=True)
    rulebook = replace(rulebook, everywhere=frozenset({"hardcoded-path"}))
    whole = analysed([FILE], rulebook, store=Store(None))[0]
    assert {finding.rule for finding in whole.findings} > rulebook.everywhere
    expected = analysed([facts], rulebook, store=Store(None))
    assert {finding.rule for finding in expected[0].findings} == rulebook.everywhere
    analysed([FILE], rulebook, store=store)
    assert known([facts], store, rulebook) == {"train.py": expected[0]}
    assert not known([facts], store, replace(rulebook, everywhere=frozenset()))


def test_other_rules_find_other_things(store: Store, rulebook: Rulebook) -> None:
    analysed([FILE], rulebook, store=store)
    assert not known([FILE], store, replace(rulebook, rules=rulebook.rules[1:]))
    assert not known([FILE], store, replace(rulebook, key="of another version"))


def test_rules_of_unknown_origin_keep_nothing(store: Store, rulebook: Rulebook) -> None:
    unknown = replace(rulebook, key="")
    analysed([FILE], unknown, store=store)
    assert not known([FILE], store, unknown)


def test_a_file_that_cannot_be_parsed_is_known_to_be_such(store: Store, rulebook: Rulebook) -> None:
    broken = replace(FILE, data=b"def f(:\n")
    found = analysed([broken], rulebook, store=store)
    assert found[0].skipped
    assert known([broken], store, rulebook) == {"train.py": found[0]}


def test_an_analysis_that_was_stopped_is_tried_again(store: Store, rulebook: Rulebook) -> None:
    cache = OutcomeCache(store, rulebook)
    cache.known([FILE])
    cache.keep([not_analysed(FILE, "it took too long")])
    cache.flush()
    assert not known([FILE], store, rulebook)


def test_a_file_that_changed_while_it_was_analysed_is_not_kept(
    tmp_path: Path, store: Store, rulebook: Rulebook
) -> None:
    place = tmp_path / "train.py"
    place.write_bytes(LOADS)
    cache = OutcomeCache(store, rulebook)
    cache.known([on_disk(place)])
    place.write_bytes(b"import torch\n")
    cache.keep(analysed([on_disk(place)], rulebook, store=Store(None)))
    cache.flush()
    assert not known([on_disk(place)], store, rulebook)
    place.write_bytes(LOADS)
    assert not known([on_disk(place)], store, rulebook)


def on_disk(place: Path) -> SourceFile:
    return SourceFile(place.name, FileKind.PYTHON, size=place.stat().st_size, location=place)


def an_hour_ago(place: Path) -> None:
    then = time.time() - 3600
    os.utime(place, (then, then))


def test_a_settled_file_is_recognised_without_reading_it(
    tmp_path: Path, store: Store, rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "train.py"
    place.write_bytes(LOADS)
    monkeypatch.setattr(time, "time_ns", lambda: place.stat().st_ctime_ns + 10 * 10**9)
    analysed([on_disk(place)], rulebook, store=store)
    monkeypatch.setattr(SourceFile, "read", lambda file: pytest.fail(f"{file.path} was read"))
    assert known([on_disk(place)], store, rulebook)


def test_a_file_rewritten_within_the_same_moment_is_read_again(
    tmp_path: Path, store: Store, rulebook: Rulebook
) -> None:
    place = tmp_path / "train.py"
    place.write_bytes(LOADS)
    analysed([on_disk(place)], rulebook, store=store)
    place.write_bytes(LOADS.replace(b"ana", b"bob"))
    assert not known([on_disk(place)], store, rulebook)


def test_a_file_whose_time_was_set_back_is_read_again(
    tmp_path: Path, store: Store, rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "train.py"
    place.write_bytes(LOADS)
    an_hour_ago(place)
    monkeypatch.setattr(time, "time_ns", lambda: place.stat().st_ctime_ns + 10 * 10**9)
    analysed([on_disk(place)], rulebook, store=store)
    place.write_bytes(LOADS.replace(b"ana", b"bob"))
    an_hour_ago(place)
    assert not known([on_disk(place)], store, rulebook)


def test_a_damaged_outcome_is_found_out_again(store: Store, rulebook: Rulebook) -> None:
    first = analysed([FILE], rulebook, store=store)
    cache = OutcomeCache(store, rulebook)
    cache.known([FILE])
    key = cache._seen["train.py"].key
    for damage in (b"", b"not packed", store.read([key])[key][:-10]):
        store.write({key: damage})
        assert not known([FILE], store, rulebook)
        assert analysed([FILE], rulebook, store=store) == first


def test_a_vanished_file_is_told_as_ever(tmp_path: Path, store: Store, rulebook: Rulebook) -> None:
    gone = SourceFile("gone.py", FileKind.PYTHON, location=tmp_path / "gone.py")
    for _ in range(2):
        (outcome,) = analysed([gone], rulebook, store=store)
        assert "No such file" in outcome.skipped[0].reason


def test_nothing_is_kept_unless_it_is_wanted() -> None:
    assert user_store(wanted=False).place is None
