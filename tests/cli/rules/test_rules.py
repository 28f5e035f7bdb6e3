"""The commands for people who write rules."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import jsonschema
import pytest

from readiness.rulebook.marks import load


class Answer(NamedTuple):
    code: int
    out: str
    err: str


Call = Callable[..., Answer]


def test_rules_are_listed(call: Call) -> None:
    answer = call("rules")
    assert answer.code == 0
    assert "unseeded-split" in answer.out


def test_the_list_can_be_filtered(call: Call) -> None:
    listed = json.loads(call("rules", "--format", "json", "--pillar", "notebook", "--severity", "error").out)
    assert {(rule["pillar"], rule["severity"]) for rule in listed} == {("notebook", "error")}
    early = json.loads(call("rules", "--format", "json", "--stage", "exploration").out)
    assert {rule["stage"] for rule in early} == {"exploration"}
    documents = json.loads(call("rules", "--format", "json", "--kind", "document").out)
    assert {rule["kind"] for rule in documents} == {"document"}


def test_the_list_can_be_markdown_with_the_rules_of_a_team(call: Call) -> None:
    out = call("rules", "--format", "markdown", "--rules", "read-types.yaml", "--pillar", "custom").out
    assert out.splitlines()[2:] == ["| `read-types` | Read without types | warning | candidate | code |"]


@pytest.mark.parametrize(("option", "advice"), [("--pillar", "security"), ("--kind", "repository")])
def test_a_filter_that_is_no_word_of_ours_is_an_error(call: Call, option: str, advice: str) -> None:
    answer = call("rules", option, advice[:-2] + "xy")
    assert answer.code == 2
    assert f"Did you mean `{advice}`?" in answer.err


def test_examples_are_run(call: Call) -> None:
    answer = call("rules", "test", "read-types.yaml")
    assert (answer.code, answer.out) == (0, "read-types  ok  2 examples\n1 rule tested, 0 failed.\n")


def test_a_failing_example_shows_what_was_found_ready_to_paste(call: Call) -> None:
    rule = Path("read-types.yaml")
    rule.write_text(rule.read_text().replace('pd.read_csv("a.csv")', 'pd.read_csv("a.csv")\n    lines: [7]'))
    answer = call("rules", "test", "read-types.yaml", "--quiet")
    assert answer.code == 1
    assert "bad-1: expected lines [7], found [2]" in answer.out
    assert '# snippet.py:2:1 Name the types of `"a.csv"`.' in answer.out
    pasted = answer.out[answer.out.index("    lines: [2]") : answer.out.index("1 rule tested")]
    value = load("\n".join(line[4:] for line in pasted.splitlines() if line.startswith("    ")) + "\n", "f").value
    assert value == {"lines": [2], "fixed": 'import pandas as pd\npd.read_csv("a.csv", dtype=TYPES)\n'}


def test_a_pattern_is_tried_on_code(call: Call) -> None:
    answer = call("rules", "try", "pandas.read_csv($PATH)", "code.py")
    assert (answer.code, answer.out) == (0, "code.py:3:1: pd.read_csv(ä)\n    $PATH = ä\n")
    assert call("rules", "try", "pandas.read_json(...)", ".").code == 1


def test_a_pattern_that_is_not_valid_is_an_error(call: Call) -> None:
    answer = call("rules", "try", "f(", "code.py")
    assert answer.code == 2
    assert "not valid Python" in answer.err


def test_an_explanation_names_what_dropped_a_place(call: Call) -> None:
    answer = call("rules", "explain", "read-types.yaml", "code.py:4")
    assert answer.code == 0
    assert (
        "dropped line 4: pd.read_csv(ä, dtype=t)  ($PATH=ä), because of pattern: pandas.read_csv(..., dtype=$TYPES, ...)"
        in answer.out
    )
    assert "line 3" not in answer.out


def test_an_explanation_names_the_nearest_miss(call: Call) -> None:
    Path("near.py").write_text("import pandas as pd\npd.read_csv(path=a)\n")
    out = call("rules", "explain", "read-types.yaml", "near.py").out
    assert "nearest: line 2: pd.read_csv(path=a)" in out


def test_an_explanation_says_why_a_file_is_not_looked_at(call: Call) -> None:
    Path("tests").mkdir()
    Path("tests/test_a.py").write_text("x = 1\n")
    Path("conftest.py").write_text("x = 1\n")
    out = call("rules", "explain", "read-types.yaml", "conftest.py").out
    assert "The rule does not look at conftest.py" in out
    assert "never looked for: the file does not hold `modin` or `pandas`" in out


@pytest.mark.parametrize(
    "arguments", [("read-types.yaml", "nowhere.py"), ("suppression-unused", "code.py"), ("no-rule", "code.py")]
)
def test_what_cannot_be_explained_is_an_error(call: Call, arguments: tuple[str, str]) -> None:
    assert call("rules", "explain", *arguments).code == 2


def test_a_new_rule_passes_its_own_examples(call: Call) -> None:
    assert call("rules", "new", "read-dates", "--into", "team").code == 0
    assert call("rules", "test", "team/read-dates.yaml").code == 0


def test_a_new_rule_replaces_nothing(call: Call) -> None:
    assert call("rules", "new", "read-types").code == 2
    assert call("rules", "new", "Read Types").code == 2


def test_the_schema_accepts_a_new_rule(call: Call) -> None:
    call("rules", "new", "read-dates")
    schema = json.loads(call("rules", "schema").out)
    jsonschema.validate(load(Path("read-dates.yaml").read_text(), "f").value, schema)


def test_a_rule_run_on_a_file_gives_lines_and_byte_offsets(call: Call) -> None:
    (record,) = map(json.loads, call("rules", "run", "read-types.yaml", "code.py").out.splitlines())
    assert (record["rule_id"], record["line"], record["fix"]) == ("read-types", 3, ", dtype=TYPES")
    data = Path("code.py").read_bytes()
    assert data[: record["start_offset"]].decode().endswith("read_csv(ä")
    assert data[record["end_offset"] :].startswith(b")\n")


def test_a_semgrep_rule_is_run_likewise(call: Call) -> None:
    Path("s.yaml").write_text(
        "rules:\n  - {id: a, languages: [python], severity: INFO, message: m, pattern: 'pandas.read_csv($X)', fix: load($X)}\n"
        "  - {id: b, languages: [java], severity: INFO, message: m, pattern: f()}\n"
    )
    found, refused = map(json.loads, call("rules", "run", "s.yaml", "code.py").out.splitlines())
    assert (found["rule_id"], found["line"], found["fix"]) == ("a", 3, "load(ä)")
    assert "only rules for Python" in refused["error"]


def test_a_rule_that_cannot_be_read_is_an_error_line(call: Call) -> None:
    Path("broken.yaml").write_text("title: [")
    answer = call("rules", "run", "broken.yaml", "code.py")
    assert answer.code == 2
    assert "not valid YAML" in json.loads(answer.out)["error"]


def test_pages_are_written_and_checked(call: Call) -> None:
    assert call("rules", "docs", "--check").code == 1
    assert "written: docs/rules/unseeded-split.md" in call("rules", "docs").out
    assert call("rules", "docs", "--check").code == 0


def test_a_page_in_the_terminal_has_every_part(call: Call) -> None:
    answer = call("explain", "unseeded-split")
    assert answer.code == 0
    for part in (
        "Split without a fixed seed",
        "Why it matters",
        "Reported",
        "After the fix",
        "Not reported",
        "Next step",
        "Learn more",
    ):
        assert part in answer.out
    assert not any(line.endswith(" ") for line in answer.out.splitlines())


def test_an_unknown_rule_names_the_nearest(call: Call) -> None:
    answer = call("explain", "unseeded-splt")
    assert answer.code == 2
    assert "Did you mean `unseeded-split`?" in answer.err
