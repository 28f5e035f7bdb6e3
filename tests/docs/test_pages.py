"""The README and docs/ are run: rules on a page keep their promises, and a command prints what the page shows.

A fenced block says how it is run in its first line, after the language:

- `yaml rule=some-id`: a rule; keys that every rule needs may be left out, its examples are tested;
- `python file=some/path.py` (or any language): a file that the commands below it on the page find;
- `console`: `$ readiness ...` and exactly what it prints; only the time and the number of all rules are not compared;
- `yaml part`: a fragment that only shows how something is written.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
COMMON = {
    "kind": "code", "severity": "warning", "confidence": "high", "stage": "exploration", "lesson": "randomness",
    "message": "Found.", "why": "Shown on a page.", "next_step": "Change it.", "learn": ["https://docs.python.org/3/"],
}  # fmt: skip


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    page: Path
    line: int
    language: str
    options: dict[str, str]
    text: str

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT).as_posix()}:{self.line}"


def blocks_of(page: Path) -> Iterator[Block]:
    """All fenced blocks of a page, also those in lists."""
    for token in MarkdownIt().parse(page.read_text(encoding="utf-8")):
        if token.type == "fence" and token.map:
            language, _, rest = token.info.strip().partition(" ")
            options = {name: value for name, _, value in (option.partition("=") for option in rest.split())}
            yield Block(page, token.map[0] + 1, language, options, token.content)


BLOCKS = [block for page in PAGES for block in blocks_of(page)]
RULES = [block for block in BLOCKS if "rule" in block.options]
PAGES_WITH_RULES = [page for page in PAGES if any(block.page == page for block in RULES)]


def readiness(arguments: list[str], folder: Path) -> tuple[int, str]:
    """The exit code of a command and what it prints, standard error included, with what differs made equal."""
    command = [sys.executable, "-m", "readiness", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "bot"), "PYTHONUTF8": "1", "COLUMNS": "100"}
    run = subprocess.run(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        timeout=300, check=False,
    )  # fmt: skip
    return run.returncode, comparable(run.stdout)


def comparable(text: str) -> str:
    """Durations differ from run to run."""
    return re.sub(r"\b\d+(?:\.\d+)?( ?)(ms|s)\b", r"0\1\2", text)


def sessions(text: str) -> Iterator[tuple[list[str], str]]:
    """The commands of a console block, each with its output."""
    for part in re.split(r"(?m)^\$ ", text)[1:]:
        command, _, output = part.partition("\n")
        program, *arguments = shlex.split(command)
        assert program == "readiness", f"only `readiness` is run, not {command}"
        yield arguments, output


@pytest.mark.parametrize("page", PAGES_WITH_RULES, ids=lambda page: page.name)
def test_rules_on_a_page_find_their_bad_examples_and_leave_the_good_ones_alone(page: Path, tmp_path: Path) -> None:
    rules = {block.options["rule"]: block for block in RULES if block.page == page}
    for name, block in rules.items():
        rule = {"title": name, **COMMON, **yaml.safe_load(block.text)}
        (tmp_path / f"{name}.yaml").write_text(yaml.safe_dump(rule, sort_keys=False), encoding="utf-8")

    code, output = readiness(["rules", "test", "."], tmp_path)

    assert code == 0, output
    assert [name for name in rules if name not in output] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_on_a_page_print_what_it_shows(page: Path, tmp_path: Path) -> None:
    for block in blocks_of(page):
        if "file" in block.options:
            path = tmp_path / block.options["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")
        if block.language == "console":
            for arguments, output in sessions(block.text):
                assert readiness(arguments, tmp_path)[1].rstrip() == comparable(output).rstrip(), str(block)


@pytest.mark.parametrize(
    "block", [block for block in BLOCKS if block.language in ("yaml", "console", "python")], ids=str
)
def test_an_example_says_how_it_is_run(block: Block) -> None:
    assert block.language == "console" or block.options.keys() & {"rule", "file", "part"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_to_files_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []
