"""The pages of the rules say what a reader needs, and are known to be out of date when they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from readiness.rulebook.docs import index, outdated, pages, rule_page, write
from readiness.rulebook.loader import Rulebook, load_rulebook
from readiness.rulebook.page import page_of, plain
from readiness.rulebook.schema import Rule

Read = Callable[[str], Rule]


def test_a_page_has_every_part(read: Read, rule_text: str) -> None:
    page = rule_page(read(rule_text))
    for part in (
        "# Read without types",
        "`read-types` · pillar: validation · severity: warning · confidence: high · from stage: candidate",
        "Name the types of `path`.",
        "Types change with the rows.",
        '```python\nimport pandas as pd\npd.read_csv("a.csv")\n```',
        "Pass `dtype`.",
        "- <https://pandas.pydata.org/docs/>",
        "# readiness: ignore[read-types] reason",
    ):
        assert part in page


def test_the_index_lists_a_rule_by_pillar_stage_and_lesson(read: Read, rule_text: str) -> None:
    text = index(Rulebook((read(rule_text),)))
    assert "| [read-types](read-types.md) | Read without types | warning | candidate | code |" in text
    assert "- **candidate**: [read-types](read-types.md)" in text
    assert "- **types**: [read-types](read-types.md)" in text
    assert "- **production**: none" in text


def test_references_are_named_for_a_reader_without_a_finding() -> None:
    rulebook = load_rulebook()
    pairs = rulebook.get("notebook-out-of-order")
    assert plain("`$FRAME.sample` in cell $B.number, `$...ARGS`.", pairs) == "`frame.sample` in cell number, `args`."
    functions = rulebook.get("untested-function")
    assert plain("Test `$function.qualname`[[, and $others more]].", functions) == "Test `qualname`."


def test_pages_are_written_once_and_then_up_to_date(read: Read, rule_text: str, tmp_path: Path) -> None:
    wanted = pages(Rulebook((read(rule_text),)))
    (tmp_path / "gone.md").write_text("of a rule that is no more")
    assert outdated(tmp_path, wanted) == ["README.md", "gone.md", "read-types.md"]
    write(tmp_path, wanted)
    assert outdated(tmp_path, wanted) == []
    (tmp_path / "read-types.md").write_text("changed by hand")
    assert outdated(tmp_path, wanted) == ["read-types.md"]


def test_a_cell_of_an_example_says_how_it_ran(read: Read, rule_text: str) -> None:
    cells = "{cells: [{markdown: Hi}, {code: f(), n: 3, outputs: [text]}]}"
    start = rule_text[: rule_text.index("  - bad:")]
    page = page_of(read(start + f"  - bad: {cells}\n  - good: pass\n"))
    assert [code.title for code in page.bad] == ["cell 1, Markdown", "cell 2, run as [3], shows “text”"]
