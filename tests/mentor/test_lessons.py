"""Lessons are read into their parts, and what the full ones show as before and after is what the rules say too."""

from __future__ import annotations

import re

import pytest

from readiness.collect.classify import stored_file
from readiness.engine.analyse import analyse
from readiness.engine.conclude import conclude
from readiness.errors import UsageError
from readiness.facts.project import ProjectFacts
from readiness.mentor.lessons import SNIPPET, Block, Section, concepts, find_lesson, read_lesson
from readiness.rulebook.book import Rulebook
from readiness.rulebook.examples import notebook_text
from readiness.rulebook.loader import load_rulebook
from readiness.rulebook.parts import CellExample

RULEBOOK = load_rulebook()
FULL = [concept for concept in concepts() if find_lesson(concept).full]
TEXT = """\
# Doors

Close them.

## What happened

A draught.

## Before

`door.py`:

```python file=door.py
## no heading
```

## After

```python
shut()
```
"""


def rules_that_speak(concept: str, section: Section) -> set[str]:
    """The rules of a lesson that find something in the files of a section."""
    own = Rulebook(tuple(rule for rule in RULEBOOK.rules if rule.lesson == concept))
    outcomes = []
    for block in section.blocks:
        data = text_of(block).encode()
        outcomes.append(analyse(stored_file(block.path, data, len(data)), own))
    concluded, failures = conclude(ProjectFacts(tuple(outcome.facts for outcome in outcomes)), own)
    assert [*failures, *(skipped for outcome in outcomes for skipped in outcome.skipped)] == []
    return {found.rule for found in (*concluded, *(one for outcome in outcomes for one in outcome.findings))}


def text_of(block: Block) -> str:
    """A notebook is shown as `jupyter nbconvert --to script` writes it."""
    if not block.path.endswith(".ipynb"):
        return block.text
    numbers_and_codes = re.split(r"(?m)^# In\[(\d+)\]:\n", block.text)[1:]
    pairs = zip(numbers_and_codes[::2], numbers_and_codes[1::2], strict=True)
    return notebook_text([CellExample(code=code.strip(), n=int(number)) for number, code in pairs])


@pytest.mark.parametrize("concept", FULL)
def test_what_a_lesson_shows_as_before_is_found_by_its_rules(concept: str) -> None:
    assert rules_that_speak(concept, find_lesson(concept).section("Before"))


@pytest.mark.parametrize("concept", FULL)
def test_what_a_lesson_shows_as_after_is_not(concept: str) -> None:
    assert rules_that_speak(concept, find_lesson(concept).section("After")) == set()


def test_a_lesson_is_read_into_its_parts() -> None:
    lesson = read_lesson("doors", TEXT)
    assert (lesson.title, lesson.lead, lesson.full) == ("Doors", "Close them.", True)
    assert [section.title for section in lesson.sections] == ["What happened", "Before", "After"]
    assert lesson.section("What happened").text == "A draught."


def test_the_blocks_of_a_section_know_their_files() -> None:
    lesson = read_lesson("doors", TEXT)
    assert lesson.section("Before").blocks == (Block("door.py", "python", "## no heading\n"),)
    assert lesson.section("After").blocks == (Block(SNIPPET, "python", "shut()\n"),)


def test_a_lesson_without_sections_is_a_short_one() -> None:
    assert not read_lesson("doors", "# Doors\n\nClose them.\n").full


def test_a_lesson_that_is_not_there_is_an_error_with_the_nearest_name() -> None:
    with pytest.raises(UsageError, match="Did you mean `leakage`"):
        find_lesson("leekage")
