"""Semgrep rule files for Python, unchanged."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from readiness.errors import RuleError
from readiness.finding import Severity
from readiness.rulebook.marks import load
from readiness.rulebook.semgrep import load_rules, run

HEAD = """
rules:
  - id: demo
    languages: [python]
    severity: ERROR
    message: Do not.
"""


def rule(body: str) -> str:
    return HEAD + "".join(f"    {line}\n" for line in dedent(body).strip("\n").split("\n"))


def records(tmp_path: Path, body: str, code: str) -> list[dict[str, object]]:
    (tmp_path / "rule.yaml").write_text(rule(body), encoding="utf-8")
    (tmp_path / "target.py").write_text(dedent(code).lstrip("\n"), encoding="utf-8")
    return list(run(tmp_path / "rule.yaml", tmp_path / "target.py"))


def lines(tmp_path: Path, body: str, code: str) -> list[object]:
    return [record["line"] for record in records(tmp_path, body, code)]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("pattern: f(...)", [1, 2, 4]),
        ("pattern-either:\n  - pattern: f(1)\n  - pattern: g(...)", [1, 3]),
        ("patterns:\n  - pattern: f($X)\n  - pattern-not: f(1)", [2, 4]),
        ("patterns:\n  - pattern: f($X)\n  - pattern-inside: |\n      h($Y)\n      ...", [4]),
        ("patterns:\n  - pattern: f($X)\n  - pattern-not-inside: |\n      h($Y)\n      ...", [1, 2]),
        ("patterns:\n  - pattern: f($X)\n  - metavariable-regex:\n      metavariable: $X\n      regex: \\d", [1, 4]),
        (
            "patterns:\n  - pattern: f($X)\n  - metavariable-comparison:\n      metavariable: $X\n      comparison: $X > 5",
            [4],
        ),
        (
            "patterns:\n  - pattern: f($X)\n  - metavariable-pattern:\n      metavariable: $X\n      pattern: '\"...\"'",
            [2],
        ),
        ("patterns:\n  - pattern: f($X)\n  - metavariable-type:\n      metavariable: $X\n      type: str", [2]),
        ("patterns:\n  - pattern: f($X)\n  - focus-metavariable: $X", [1, 2, 4]),
        ("pattern-regex: f\\(9", [4]),
        ("patterns:\n  - pattern: f($X)\n  - pattern-not-regex: a", [1, 4]),
    ],
)
def test_operators(tmp_path: Path, body: str, found: list[int]) -> None:
    assert lines(tmp_path, body, "f(1)\nf('a')\nh(g(2))\nf(9)\n") == found


def test_a_rule_is_loaded_as_one_of_ours() -> None:
    [loaded] = load_rules(load(rule("pattern: f(...)\nfix: g()"), "rule.yaml"))
    assert (loaded.id, loaded.severity, loaded.message, loaded.fix) == ("demo", Severity.ERROR, "Do not.", "g()")


def test_options_are_kept(tmp_path: Path) -> None:
    body = "options:\n  symbolic_propagation: true\npattern: run(select(...))"
    assert lines(tmp_path, body, "q = select(1)\nrun(q)\n") == [2]


def test_offsets_count_bytes_and_the_fix_is_what_stands_there_then(tmp_path: Path) -> None:
    [record] = records(tmp_path, "pattern: f($X)\nfix: g($X)", "# é\nf('ü')\n")
    stored = (tmp_path / "target.py").read_bytes()
    start, end = record["start_offset"], record["end_offset"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    assert stored[start:end].decode() == "f('ü')"
    assert record["fix"] == "g('ü')"


def test_a_fix_by_regular_expression_is_rendered(tmp_path: Path) -> None:
    body = "pattern: f(...)\nfix-regex:\n  regex: http:(.*)\n  replacement: https:\\1"
    [record] = records(tmp_path, body, "f('http://x')\n")
    assert record["fix"] == "f('https://x')"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (rule("mode: taint\npattern-sources: []"), "a rule in taint mode needs `pattern-sources`"),
        (
            rule("mode: taint\npattern-sources: [{pattern: a, control: true}]\npattern-sinks: [{pattern: b}]"),
            "`control` is not supported",
        ),
        (rule("mode: join\njoin: {}"), "mode `join` is not supported yet"),
        (rule("pattern: f()").replace("python", "java"), "only rules for Python are supported, not java"),
        (rule("metadata: {}"), "exactly one of these keys is needed"),
        (rule("patterns:\n  - pattern: f()\n  - pattern-where-python: x"), "`pattern-where-python` is not supported"),
        (rule("patterns: f()"), "a list of operators is needed"),
        (rule("pattern: f("), "this pattern is not valid Python"),
        (
            rule(
                "patterns:\n  - pattern: f($X)\n  - metavariable-analysis:\n      metavariable: $X\n      analyzer: redos"
            ),
            "the analyzer `redos` is not supported",
        ),
        ("rules: 3\n", "a Semgrep file has a list under `rules`"),
        ("rules: [3]\n", "a rule is a mapping of keys to values"),
    ],
)
def test_what_is_not_supported_is_an_error_with_its_place(text: str, what: str) -> None:
    with pytest.raises(RuleError) as caught:
        load_rules(load(text, "rule.yaml"))
    assert what in str(caught.value)
    assert "rule.yaml:" in str(caught.value)


def test_running_reports_the_error_and_goes_on_with_the_other_rules(tmp_path: Path) -> None:
    other = "  - {id: other, languages: [python], severity: INFO, message: m, pattern: f(...)}\n"
    (tmp_path / "rule.yaml").write_text(rule("mode: taint\npattern-sources: []") + other, encoding="utf-8")
    (tmp_path / "target.py").write_text("f(1)\n", encoding="utf-8")
    first, second = run(tmp_path / "rule.yaml", tmp_path / "target.py")
    assert first["rule_id"] == "demo"
    assert "error" in first
    assert (second["rule_id"], second["line"]) == ("other", 1)


def test_a_target_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    [record] = records(tmp_path, "pattern: f(...)", "f(\n")
    assert "error" in record


def test_a_file_that_holds_no_rules_is_refused() -> None:
    with pytest.raises(RuleError):
        load_rules(load("rules: {}\n", "rule.yaml"))
