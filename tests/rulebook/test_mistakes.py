"""Each kind of mistake in a rule file is told with its place, its reason and what was probably meant."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from readiness.errors import RuleError
from readiness.rulebook.schema import Rule

Read = Callable[[str], Rule]


def told(read: Read, text: str) -> str:
    """What a person reads about the mistakes."""
    with pytest.raises(RuleError) as refused:
        read(text)
    return str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "place", "what", "advice"),
    [
        ("severity: warning", "severty: warning", "3:1", "unknown key `severty`", "Did you mean `severity`?"),
        ("severity: warning", "severity: warn", "3:11", "`warn` is not known", "Did you mean `warning`?"),
        ("stage: candidate", "stage: prod", "5:8", "`prod` is not known", "Known: exploration, candidate, production."),
        ("kind: code", "kind: cod", "2:7", "`kind`: `cod` is not known", "Did you mean `code`?"),
        ("kind: code\n", "", "1:1", "the key `kind` is missing", "Known: code,"),
        ("lesson: types\n", "", "1:1", "the key `lesson` is missing", ""),
        ("title: Read without types", "title: [a]", "1:8", "`title`: must be text", ""),
        ("title: Read without types", "id: x\ntitle: A", "1:1", "unknown key `id`", "The rule's id is the name of the file"),
        ("why: Types change with the rows.", "why: Types change", "9:6", "ends without a full stop", ""),
        ("learn: [https://pandas.pydata.org/docs/]", "learn: [http://x.org]", "11:9", "starts with `https://`", ""),
        ("learn: [https://pandas.pydata.org/docs/]", "learn: []", "11:8", "`learn`: needs at least 1 item", ""),
        ("next_step: Pass `dtype`.\n", "", "1:1", "the key `next_step` is missing", ""),
        ("next_step: Pass `dtype`.\n", "next_step: Pass `dtype`.\nsketch: print($PTH)\n", "11:15", "nothing binds", "$PATH"),
        ("next_step: Pass `dtype`.\n", "next_step: Pass `dtype`.\nsketch: print(\n", "11:9", "is not valid Python", ""),
        (
            "next_step: Pass `dtype`.\n",
            "next_step: Pass `dtype`.\nsketch: |\n" + "  print()\n" * 7,
            "11:9",
            "has more than 6 lines",
            "",
        ),
        ("match: pandas", "match: $X.pandas(\n#", "7:8", "not valid Python", ""),
        ("match: pandas.read_csv($PATH, ...)", "match: {al: [a]}", "7:9", "unknown operator `al`", "Did you mean `all`?"),
        ("match: pandas.read_csv($PATH, ...)", "match: {all: [a], any: [b]}", "7:8", "one operator is allowed here", "all"),
        ("match: pandas.read_csv($PATH, ...)", "match: 3", "7:8", "must be a pattern", ""),
        ("match: pandas.read_csv($PATH, ...)", "match: {not: f($PATH)}", "7:8", "alone finds nothing", ""),
        ("match: pandas.read_csv($PATH, ...)", "match: {use: data-lodaing}", "7:8", "no list is called", "data-loading"),
        ("match: pandas.read_csv($PATH, ...)", "match: {regex: '(a'}", "7:17", "not a valid regular expression", ""),
        ("message: \"Name", "message: \"$PATHS Name", "8:11", "`message` uses `$PATHS`, which nothing binds", "Did you mean `$PATH`?"),
        ("why: Types", "why: $PATHS(3) Types", "9:6", "`why` uses `$PATHS`, which nothing binds", "Did you mean `$PATH`?"),
        ("why: Types", "why: $cell.number Types", "9:6", "`why` uses `$cell`, which nothing binds", ""),
        ("message:", "with: {$PATHS: {regex: a}}\nmessage:", "8:8", "`$PATHS` is bound by no pattern", "`$PATH`"),
        ("message:", "with: {PATH: {regex: a}}\nmessage:", "8:7", "`PATH` is no metavariable", ""),
        ("message:", "with: {$PATH: {regx: a}}\nmessage:", "8:16", "unknown key `regx`", "Did you mean `regex`?"),
        ("message:", "with: {where: len($X) > 3}\nmessage:", "8:15", "`$X` is known to nothing here", ""),
        ("message:", "with: {where: len($PATH) >}\nmessage:", "8:15", "not a valid expression", ""),
        ("message:", "with: {where: open($PATH)}\nmessage:", "8:15", "may not be called", ""),
        (
            "match: pandas.read_csv($PATH, ...)",
            "match: {all: ['pandas.read_csv($PATH, ...)', not_inside: {all: [f($F), with: {where: $F == $PATH}]}]}",
            "7:86",
            "`$PATH` is not known inside of this `not`",
            "Bind it in a pattern of the `not`",
        ),
        (
            "match: pandas.read_csv($PATH, ...)",
            "match: {all: ['pandas.read_csv($PATH, ...)', not: {all: ['$A.$F(...)', with: {$PATH: {regex: a}}]}]}",
            "7:86",
            "`$PATH` is not known inside of this `not`",
            "",
        ),
        ("message:", "focus: $X\nmessage:", "7:8", "`$X` is bound by no pattern", ""),
        ("message:", "mask: [$X]\nmessage:", "8:8", "`$X` is bound by no pattern", ""),
        ("message:", "fix: f($X)\nmessage:", "8:8", "`fix` uses `$X`, which nothing binds", ""),
        ("message:", "fix: {replace: a, delete: true}\nmessage:", "8:6", "a fix has one of", ""),
        ("message:", "fix: {replce: a}\nmessage:", "8:7", "unknown key `replce`", "Did you mean `replace`?"),
        ("message:", "where: {in: [tests]}\nmessage:", "8:14", "`tests` is not known", "Did you mean `test`?"),
        ("message:", "where: {needs: {use: trainig-libraries}}\nmessage:", "8:16", "no list is called", "training-libraries"),
        ("message:", "pillar: etics\nmessage:", "8:9", "`etics` is not known", "Did you mean `ethics`?"),
        ("message:", "pillar: ethics\nmessage:", "8:9", "but the file is in the folder validation", ""),
        ("  - good: pass\n", "", "13:3", "`examples`: needs at least 2 items", ""),
        ("  - good: pass\n", "  - bad: f()\n", "13:3", "no `good` example", ""),
        ("  - good: pass\n", "  - god: pass\n", "16:5", "an example has a key `bad` or `good`", ""),
        ("  - good: pass\n", "  - {good: pass, lines: [3]}\n", "16:18", "unknown key `lines`", ""),
        ("  - good: pass\n", "  - good: {cells: [{code: a, markdown: b}]}\n", "16:20", "either `code` or `markdown`", ""),
    ],
)  # fmt: skip
def test_a_mistake_is_told_where_it_is(
    read: Read, rule_text: str, old: str, new: str, place: str, what: str, advice: str
) -> None:
    assert old in rule_text
    said = told(read, rule_text.replace(old, new, 1))
    assert f"read-types.yaml:{place}: " in said
    assert what in said
    assert advice in said


@pytest.mark.parametrize("old", ["Pass `dtype`.", "not $suppression.used"])
def test_a_field_that_an_item_lacks_is_told(read: Read, rule_text: str, old: str) -> None:
    rule = rule_text.replace("kind: code", "kind: suppression").replace("$PATH", "it")
    rule = rule.replace("match: pandas.read_csv(it, ...)", "when: not $suppression.used")
    said = told(read, rule.replace(old, "Not $suppression.reasons." if old.endswith(".") else "$suppression.reasons"))
    assert "`$suppression` has no field `reasons`" in said
    assert "Did you mean `reason`?" in said


@pytest.mark.parametrize(
    ("slots", "what"),
    [
        ("for_each: slot\nslots: [limitation]", "5:9: no slot is called `limitation`\n  Did you mean `limitations`?"),
        ("for_each: slot", "4:11: `slots` belongs to `for_each: slot`"),
        ("for_each: link\nslots: [bias]", "`slots` belongs to `for_each: slot`"),
    ],
)
def test_slots_are_those_of_cards(read: Read, rule_text: str, slots: str, what: str) -> None:
    rule = rule_text.replace("kind: code", f"kind: document\ndocument: model-card\n{slots}").replace("$PATH", "it")
    assert what in told(read, rule.replace("match: pandas.read_csv(it, ...)\n", ""))


def test_all_mistakes_of_a_file_are_told_at_once(read: Read, rule_text: str) -> None:
    said = told(read, rule_text.replace("severity: warning", "severity: high").replace("lesson:", "lessn:"))
    assert "`high` is not known" in said
    assert "unknown key `lessn`" in said
    assert "the key `lesson` is missing" in said


def test_a_name_that_only_an_excluded_part_binds_is_unknown(read: Read, rule_text: str) -> None:
    only_excluded = "match: {all: [f(...), {not: f($PATH)}]}"
    said = told(read, rule_text.replace("match: pandas.read_csv($PATH, ...)", only_excluded))
    assert "`message` uses `$PATH`, which nothing binds" in said


def test_a_rule_that_is_no_mapping_says_so(read: Read) -> None:
    assert "a rule is a mapping of keys to values" in told(read, "- a\n- b\n")


def test_a_metavariable_may_name_the_function_that_a_text_shows(read: Read, rule_text: str) -> None:
    any_reader = rule_text.replace("match: pandas.read_csv($PATH, ...)", "match: pandas.$READ($PATH, ...)")
    assert read(any_reader.replace("why: Types", "why: $READ(...) guesses types")).why.startswith("$READ(...)")
