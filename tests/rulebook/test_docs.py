"""The pages of the rules say what a reader needs, and are known to be out of date when they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from readiness.rulebook.book import Rulebook
from readiness.rulebook.docs import index, outdated, pages, rule_page, write
from readiness.rulebook.loader import load_rulebook
from readiness.rulebook.page import page_of
from readiness.rulebook.schema import Rule

Read = Callable[[str], Rule]


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook()


def test_a_page_has_every_part(read: Read, rule_text: str) -> None:
    rule = read(rule_text)
    page = rule_page(page_of(rule, Rulebook((rule,))))
    for part in (
        "# Read without types",
        "`read-types` · pillar: validation · severity: warning · confidence: high · from stage: candidate",
        'Name the types of `"a.csv"`.',
        "Types change with the rows.",
        '```python\nimport pandas as pd\npd.read_csv("a.csv")\n```',
        "Pass `dtype`.",
        "- <https://pandas.pydata.org/docs/>",
        "# readiness: ignore[read-types] reason",
    ):
        assert part in page


def test_a_page_names_the_rules_that_say_more(rulebook: Rulebook) -> None:
    facts = dict(page_of(rulebook.get("leak-statistics-of-test-rows"), rulebook).facts)
    assert "leak-preprocess-before-split" in facts["Gives way to"]
    assert "Gives way to" not in dict(page_of(rulebook.get("nan-comparison"), rulebook).facts)


def test_the_index_lists_a_rule_by_pillar_stage_and_lesson(read: Read, rule_text: str) -> None:
    text = index(Rulebook((read(rule_text),)))
    assert "| [read-types](read-types.md) | Read without types | warning | candidate | code |" in text
    assert "- **candidate**: [read-types](read-types.md)" in text
    assert "- **[types](../../rules/lessons/types.md)**: [read-types](read-types.md)" in text
    assert "- **production**: none" in text


def test_a_page_says_what_is_said_of_its_example(rulebook: Rulebook) -> None:
    said = page_of(rulebook.get("notebook-out-of-order"), rulebook).says
    assert "cell 2 was run as [2], before cell 1 above it ([5])" in said


def test_pages_are_written_once_and_then_up_to_date(rulebook: Rulebook, tmp_path: Path) -> None:
    wanted = pages(rulebook)
    write(tmp_path, wanted)
    gone, changed = tmp_path / "rules/gone.md", tmp_path / "rules/unseeded-split.md"
    gone.write_text(changed.read_text(encoding="utf-8"), encoding="utf-8")
    changed.write_text("changed by hand", encoding="utf-8")
    (tmp_path / "own.md").write_text("a page that nobody generates", encoding="utf-8")
    (tmp_path / "coverage.md").unlink()
    assert outdated(tmp_path, wanted) == ["coverage.md", "rules/gone.md", "rules/unseeded-split.md"]
    write(tmp_path, wanted)
    assert outdated(tmp_path, wanted) == []
    assert {gone.exists(), (tmp_path / "own.md").exists()} == {False, True}


def test_a_cell_of_an_example_says_how_it_ran(read: Read, rule_text: str) -> None:
    cells = "{cells: [{markdown: Hi}, {code: f(), n: 3, tags: [a], outputs: [text]}]}"
    start = rule_text[: rule_text.index("  - bad:")]
    rule = read(start + f"  - bad: {cells}\n  - good: pass\n")
    page = page_of(rule, Rulebook((rule,)))
    assert [code.title for code in page.bad] == ["cell 1, Markdown", "cell 2, run as [3], tagged a, shows “text”"]
