"""A kept rule book is the one that the rule files give, and nothing that is wrong with it is ever felt."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from readiness.cache.folder import VARIABLE
from readiness.collect.source_file import SourceFile
from readiness.engine.analyse import analyse
from readiness.engine.rulebooks import kept_or_made, rulebook_of
from readiness.errors import RuleError
from readiness.facts.sorts import FileKind
from readiness.rulebook.book import Rulebook
from readiness.rulebook.loader import load_rulebook

CODE = b"from sklearn.model_selection import train_test_split\na, b = train_test_split(open('/home/me/x.csv'))\n"
RULE = """\
title: Parameter
kind: code
severity: note
confidence: high
stage: candidate
lesson: none
match: "def $F($X): ..."
message: "`$X` is a parameter."
why: A test needs a rule.
next_step: Nothing.
learn: [https://example.org]
examples: [{bad: "def f(a): ..."}, {good: "a"}]
"""


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that rule books are kept in."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache" / "rules"


def kept(cache: Path) -> list[Path]:
    return sorted(cache.glob("*.rules"))


def told(rulebook: object) -> list[tuple[str, int]]:
    outcome = analyse(SourceFile("a.py", FileKind.PYTHON, size=len(CODE), data=CODE), rulebook)  # type: ignore[arg-type]
    return [(finding.rule, finding.location.line) for finding in outcome.findings]


def test_a_kept_rule_book_says_what_the_rule_files_say(cache: Path) -> None:
    first, second = rulebook_of(), rulebook_of()
    assert len(kept(cache)) == 1
    assert first is not second
    assert first.rules == second.rules == load_rulebook().rules
    assert told(first) == told(second) == told(load_rulebook()) != []


def test_a_rule_book_is_made_once_for_the_texts_that_decide_it() -> None:
    made: list[Rulebook] = []

    def make() -> Rulebook:
        made.append(load_rulebook())
        return made[-1]

    rules = [kept_or_made(make, text).rules for text in ("a", "a", "b")]
    assert len(made) == 2
    assert rules == [load_rulebook().rules] * 3


def test_a_kept_rule_book_needs_neither_the_compiler_nor_libcst(cache: Path) -> None:
    rulebook_of()
    script = (
        "import sys; from readiness.engine.rulebooks import rulebook_of; rulebook_of();"
        "print([name for name in ('libcst', 'readiness.rulebook.loader') if name in sys.modules])"
    )
    assert in_another_process(script) == "[]"
    assert len(kept(cache)) == 1


@pytest.mark.parametrize(("damage", "compiled"), [(None, 0), (b"", 1), (pickle.dumps(()), 1), (b"no pickle", 1)])
def test_formulas_are_read_back_when_they_are_asked_for_and_compiled_again_if_they_cannot_be(
    cache: Path, damage: bytes | None, compiled: int
) -> None:
    expected = told(rulebook_of())
    [place] = kept(cache)
    rulebook, formulas = pickle.loads(place.read_bytes())
    place.write_bytes(pickle.dumps((rulebook, formulas if damage is None else damage)))
    script = (
        "from readiness.collect.source_file import SourceFile; from readiness.engine.analyse import analyse;"
        "from readiness.engine.rulebooks import rulebook_of; from readiness.facts.sorts import FileKind;"
        "from readiness.rulebook import knowledge;"
        f"file = SourceFile('a.py', FileKind.PYTHON, size={len(CODE)}, data={CODE!r});"
        "found = analyse(file, rulebook_of()).findings;"
        "print([(one.rule, one.location.line) for one in found], knowledge.value_types.cache_info().currsize)"
    )
    assert in_another_process(script) == f"{expected} {compiled}"


def in_another_process(script: str) -> str:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, sys.path))}
    command = [sys.executable, "-c", script]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()


def test_another_rule_text_is_another_rule_book(tmp_path: Path, cache: Path) -> None:
    rule = tmp_path / "parameter.yaml"
    rule.write_text(RULE, encoding="utf-8")
    assert rulebook_of([rule]).get("parameter").title == "Parameter"
    rule.write_text(RULE.replace("title: Parameter", "title: Argument"), encoding="utf-8")
    assert rulebook_of([rule]).get("parameter").title == "Argument"
    assert len(kept(cache)) == 2


def test_the_key_of_a_rule_book_tells_the_program_and_not_where_it_is_installed(tmp_path: Path, cache: Path) -> None:
    root = Path(__file__).parents[2]
    for name in ("bot", "rules"):
        shutil.copytree(root / name, tmp_path / "elsewhere" / name)
    script = "from readiness.engine.rulebooks import rulebook_of; print(rulebook_of().key)"

    def key(folder: Path) -> str:
        path = os.pathsep.join(map(str, [folder / "bot", *sys.path]))
        command = [sys.executable, "-c", script]
        return subprocess.run(
            command, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=True
        ).stdout.strip()

    keys = [key(root), key(tmp_path / "elsewhere")]
    assert keys[0] == keys[1] != ""
    for changed in ("bot/readiness/finding.py", "rules/knowledge/aliases.yaml", "rules/security/unsafe-yaml-load.yaml"):
        with (tmp_path / "elsewhere" / changed).open("a") as file:
            file.write("# another version\n")
        keys.append(key(tmp_path / "elsewhere"))
    assert len(set(keys)) == 4


@pytest.mark.parametrize("damage", [b"", b"no pickle", pickle.dumps("another thing"), pickle.dumps((1, 2, 3))])
def test_a_damaged_rule_book_is_made_again(cache: Path, damage: bytes) -> None:
    expected = rulebook_of().rules
    [place] = kept(cache)
    place.write_bytes(damage)
    assert rulebook_of().rules == expected
    assert place.read_bytes() != damage


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such modes")
@pytest.mark.parametrize("which", ["file", "folder"])
def test_what_others_could_have_written_is_not_read(cache: Path, which: str) -> None:
    rulebook_of()
    [place] = kept(cache)
    place.write_bytes(pickle.dumps((_Planted(), {})))
    (place if which == "file" else cache).chmod(0o777)
    assert not isinstance(rulebook_of(), _Planted)


class _Planted:
    """What a stranger would like us to use."""


def test_mistakes_in_rules_are_told_every_time(tmp_path: Path, cache: Path) -> None:
    rule = tmp_path / "parameter.yaml"
    rule.write_text(RULE.replace("kind: code", "kind: cod"), encoding="utf-8")
    for _ in range(2):
        with pytest.raises(RuleError, match="cod"):
            rulebook_of([rule])
    assert kept(cache) == []


def test_where_nothing_can_be_kept_the_answer_is_the_same(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be", encoding="utf-8")
    assert rulebook_of().rules == rulebook_of().rules


def test_only_the_newest_rule_books_stay(cache: Path) -> None:
    for number in range(26):
        kept_or_made(lambda: Rulebook(()), str(number))
    assert len(kept(cache)) == 24
