"""Kind `flow` reports what reaches a sink: with labels, parts, side effects, several sinks, and the way it took."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from readiness.errors import RuleError
from readiness.finding import Finding, StepRole

Run = Callable[..., list[Finding]]
Places = Callable[..., list[tuple[str, int]]]

PLAIN = "kind: flow\nsources: [source(...)]\nsinks: [sink(...)]\n"
SPLIT = """\
kind: flow
sources:
  - {match: "read(...)", label: DATA}
  - {match: "split(...)", requires: DATA, label: TEST, at: "[1::2]"}
  - {match: "$S.fit($X)", focus: $S, side_effect: only, requires: {$X: DATA and not TEST}, label: FITTED}
"""
PARTS = "a, b = split(read())\n"


def lines(found: list[Finding]) -> list[int]:
    return [finding.location.line for finding in found]


def test_a_finding_stands_at_the_sink_and_tells_the_way(run: Run) -> None:
    code = "x = source(1)\ny = g(x)\nif c:\n    y = f(y)\nsink(y)\n"
    (finding,) = run(PLAIN + 'message: "From $SOURCE to $SINK.line."\n', code)
    assert finding.message == "From line 1 to 5."
    assert [(step.role, step.line, step.text) for step in finding.steps] == [
        (StepRole.SOURCE, 1, "x = source(1)"),
        (StepRole.STEP, 2, "y = g(x)"),
        (StepRole.SINK, 5, "sink(y)"),
    ]


def test_a_finding_may_stand_at_the_source_once_for_all_sinks(run: Run) -> None:
    code = "x = source()\nsink(x)\nsink(x)\nsource()\n"
    (finding,) = run(PLAIN + "report: source\n", code)
    assert finding.location.line == 1
    assert [step.line for step in finding.steps] == [1, 2]


def test_a_sink_is_reported_once_for_all_sources(run: Run) -> None:
    assert lines(run(PLAIN, "x = source() + source()\nsink(x)\n")) == [2]


def test_cells_of_a_notebook_run_in_their_order(run: Run) -> None:
    cells = [{"code": "sink(x)"}, {"markdown": "# Text"}, {"code": "x = source()\n"}, {"code": "y = 1\nsink(x)"}]
    (finding,) = run(PLAIN + 'message: "$SOURCE, $SOURCE.cell, $SINK."\n', cells)
    assert finding.message == "cell 3, line 1, 3, cell 4, line 2."
    assert [(step.location.cell, step.line) for step in finding.steps] == [(2, 1), (3, 2)]


def test_metavariables_are_those_of_the_place_then_of_the_other_end(run: Run) -> None:
    rule = "kind: flow\nsources: ['source($X, $Y)']\nsinks: [sink($X)]\nmessage: $X $Y.\n"
    code = "a = source(b, c)\nsink(a)\n"
    assert run(rule, code)[0].message == "`a` `c`."
    assert run(rule + "report: source\n", code)[0].message == "`b` `c`."


def test_a_fix_changes_the_code_where_the_finding_stands(run: Run) -> None:
    (finding,) = run(PLAIN.replace("sink(...)", "sink($X)") + "fix: sink(clean($X))\n", "sink(source())\n")
    assert finding.fix is not None
    assert finding.fix.edits[0].replacement == "sink(clean(source()))"


def test_secrets_are_hidden_on_the_way_as_well(run: Run) -> None:
    rule = "kind: flow\nmask: [$X]\nsources: ['source(\"$X\")']\nsinks: [sink(...)]\n"
    (finding,) = run(rule, 'x = source("hunter2")\nsink(x)\n')
    assert "hunter2" not in str(finding)
    assert finding.steps[0].text == 'x = source("****")'


# what is meant by a part of a rule


@pytest.mark.parametrize(
    ("source", "code", "expected"),
    [
        ("source(...)", "sink(source(1))", [1]),
        ("$X = source(...)", "x = source(1)\nsink(x)", [2]),
        ('{match: "$X = source(...)", focus: $X}', "x = source(1)\nsink(x)", [2]),
        ('{match: "def $F(..., $X, ...): ...", focus: $X}', "def f(a, b=1):\n    sink(b)", [2]),
        ('{match: "f($X)", focus: $X}', "f(x)\nsink(x)\nsink(f(x))", [3]),
        ('{match: "f($X)", focus: $X, side_effect: true}', "f(x)\nsink(x)\nsink(f(y))", [2, 3]),
        ('{match: "f($X)", focus: $X, side_effect: only}', "sink(f(x))\nsink(x)", [2]),
        ('{match: "$X.f()", focus: $X, side_effect: only}', "y = x\ny.f()\nsink(x)\nsink(y)", [3, 4]),
        ('{match: "$X.f()", focus: $X, side_effect: only}', "self.x.f()\nsink(self.x)\nsink(self.y)", [2]),
        ('{match: "f(...)", exact: false}', "f(sink(x))", [1]),
        ('{match: "f(...)", at: "[1]"}', "a, b = f()\nsink(a)\nsink(b)\nsink(f()[1])", [3, 4]),
        ('{match: "f(...)", at: "[1::2]"}', "a, b, c, d = f()\nsink(a)\nsink(b)\nsink(c)\nsink(d)", [3, 5]),
        ('{match: "f(...)", at: "[*][1]"}', "for a, b in f():\n    sink(a)\n    sink(b)", [3]),
        (
            '{match: "f(...)", at: "[*][1]"}',
            "for n, (a, b) in enumerate(f()):\n    sink(n)\n    sink(a)\n    sink(b)",
            [4],
        ),
        ('{match: "f(...)", at: "[\'a\']"}', "x = f()\nsink(x['b'])\nsink(x['a'])\nsink(x.a)", [3, 4]),
    ],
)
def test_a_source_is_what_it_names(run: Run, source: str, code: str, expected: list[int]) -> None:
    assert lines(run(f"kind: flow\nsources:\n  - {source}\nsinks: [sink(...)]\n", code + "\n")) == expected


@pytest.mark.parametrize(
    ("sink", "code", "expected"),
    [
        ("sink(...)", "sink(1, a=source())\nsource().sink()", [1]),
        ("$X.sink(...)", "source().sink()\na.sink(source())", [1, 2]),
        ('{match: "sink($X, ...)", focus: $X}', "sink(1, source())\nsink(source(), 1)", [2]),
        ("return $X", "def f():\n    return source()", [2]),
        ("$X + 1", "source() + 1", [1]),
        ("sink(...)", "sink(1 if source() else 2)\nsink([len(source())])", []),
        ('{match: "sink(...)", exact: false}', "sink(1 if source() else 2)", [1]),
        ('{match: "sink($X)", with: {$X: {kind: [Name]}}}', "sink(source())\nx = source()\nsink(x)", [3]),
    ],
)
def test_a_sink_is_what_it_names(run: Run, sink: str, code: str, expected: list[int]) -> None:
    assert lines(run(f"kind: flow\nsources: [source(...)]\nsinks:\n  - {sink}\n", code + "\n")) == expected


@pytest.mark.parametrize(
    ("sanitizer", "code", "expected"),
    [
        ("clean(...)", "sink(clean(source()))\nclean(sink(source()))", [2]),
        ('{match: "clean(...)", exact: false}', "clean(sink(source()))", []),
        ('{match: "check($X)", focus: $X, side_effect: true}', "x = source()\nsink(x)\ncheck(x)\nsink(x)", [2]),
        ("{match: \"source('ok')\", yields: true}", "sink(source('ok'))", [1]),
        ("source('ok')", "sink(source('ok'))", []),
    ],
)
def test_nothing_flows_through_a_sanitizer(run: Run, sanitizer: str, code: str, expected: list[int]) -> None:
    rule = PLAIN + f"sanitizers:\n  - {sanitizer}\n"
    assert lines(run(rule, code + "\n")) == expected


def test_a_propagator_is_a_way_of_its_own(run: Run) -> None:
    rule = PLAIN + 'propagators: [{match: "$TO.learn($FROM)", from: $FROM, to: $TO}]\n'
    assert lines(run(rule, "m.learn(source())\nsink(m.p())\nsink(n)\n")) == [2]


# labels


def test_a_sink_asks_for_labels(run: Run) -> None:
    rule = SPLIT + "sinks: [{match: $M.fit($X), focus: $X, requires: TEST}]\n"
    assert lines(run(rule, PARTS + "m.fit(a)\nm.fit(b)\nm.fit(read())\n")) == [3]


def test_a_source_begins_where_its_labels_are_and_keeps_their_origin(run: Run) -> None:
    rule = SPLIT + "sinks: [{match: $M.fit($X), focus: $X, requires: TEST}]\n"
    (finding,) = run(rule, PARTS + "m.fit(b)\n")
    assert [step.text for step in finding.steps] == ["a, b = split(read())", "m.fit(b)"]
    assert run(rule, "a, b = split(other())\nm.fit(b)\n") == []


def test_a_sink_may_ask_for_labels_at_several_places_of_one_origin(run: Run) -> None:
    sink = "sinks: [{match: $S.use($Y), requires: {$S: FITTED, $Y: TEST}, same_origin: true}]\n"
    same = "df = read()\na, b = split(df)\ns.fit(df)\ns.use(a)\ns.use(b)\n"
    assert lines(run(SPLIT + sink, same)) == [5]
    assert run(SPLIT + sink, "a, b = split(read())\ns.fit(read())\ns.use(b)\n") == []
    assert lines(
        run(SPLIT + sink.replace(", same_origin: true", ""), "a, b = split(read())\ns.fit(read())\ns.use(b)\n")
    )


def test_a_label_may_be_excluded(run: Run) -> None:
    sink = "sinks: [{match: $S.use(...), requires: {$S: FITTED}}]\n"
    assert lines(run(SPLIT + sink, PARTS + "s.fit(a)\ns.use()\nt.fit(b)\nt.use()\n")) == [3]


def test_a_source_may_renew_what_was_there(run: Run) -> None:
    rule = """\
kind: flow
sources:
  - {match: $S.fit(bad), focus: $S, side_effect: only, label: BAD, renews: true}
  - {match: $S.fit(...), focus: $S, side_effect: only, label: FIT, renews: true}
sinks: [{match: $S.use(...), requires: BAD}]
sanitizers: [{match: $S.fit(good), focus: $S, side_effect: true, stops: [BAD]}]
"""
    assert lines(run(rule, "s.fit(bad)\ns.use()\ns.fit(good)\ns.use()\n")) == [2]


GUESSES = """\
kind: flow
sources:
  - {match: "$M.fit($R)", focus: $M, side_effect: only, label: TRAINED, rows_of: $R, renews: true}
  - {match: "$M.predict($T)", requires: {$M: TRAINED}, rows: "overlap(TRAINED, $T)", label: SEEN, renews: true}
sinks: [{match: score($P), requires: SEEN}]
"""
TABLES = "import pandas as pd\na, b = pd.read_csv('a'), pd.read_csv('b')\n"


def test_a_source_may_begin_with_some_rows_only(run: Run) -> None:
    assert lines(run(GUESSES, TABLES + "m.fit(a)\nscore(m.predict(b))\nscore(m.predict(a.head()))\n")) == [5]


def test_a_source_that_renews_stops_what_comes_through_its_arguments(run: Run) -> None:
    code = "m.fit(a)\na['x'] = m.predict(a)\nscore(a['x'])\nn.fit(b)\nscore(n.predict(a))\n"
    assert lines(run(GUESSES, TABLES + code)) == [5]


LEARNED = """\
kind: flow
sources:
  - {match: "$M.fit($R)", focus: $M, side_effect: only, label: TRAINED, rows_of: $R}
  - {match: "scale($X)", label: SCALED, rows_of: $X}
sinks:
  - match: $M.predict($T)
    requires: {$M: TRAINED, $T: SCALED}
    rows: overlap(SCALED, $T) and not overlap(SCALED, TRAINED)
"""


def test_rows_are_compared_with_those_of_a_label_where_it_is_asked_for(run: Run) -> None:
    assert lines(run(LEARNED, TABLES + "m.fit(a)\nb = scale(b)\nm.predict(b)\n")) == [5]
    assert run(LEARNED, TABLES + "m.fit(a)\na = scale(a)\ns.fit(b)\nm.predict(s.transform(a))\n") == []


def test_a_sanitizer_may_stop_one_label_only(run: Run) -> None:
    rule = """\
kind: flow
sources: [{match: a(), label: A}, {match: b(), label: B}]
sinks: [sink(...)]
sanitizers: [{match: clean(...), stops: [A]}]
"""
    assert lines(run(rule, "sink(clean(a()))\nsink(clean(b()))\n")) == [2]


def test_a_propagator_may_change_the_label(run: Run) -> None:
    rule = """\
kind: flow
sources: [{match: a(), label: A}, {match: b(), label: B}]
sinks: [{match: sink(...), requires: C}]
propagators: [{match: $TO.put($FROM), from: $FROM, to: $TO, requires: A, label: C}]
"""
    assert lines(run(rule, "x.put(a())\nsink(x)\ny.put(b())\nsink(y)\n")) == [2]


# several sinks


def test_one_source_must_reach_a_sink_of_each_name(run: Run) -> None:
    rule = """\
kind: flow
sources: [source(...)]
sinks:
  - {match: fit(...), name: fit}
  - {match: score(...), name: score}
together: [fit, score]
"""
    (finding,) = run(rule, "x = source()\ny = source()\nfit(x)\nscore(y)\nscore(x)\n")
    assert finding.location.line == 5
    assert [(step.role, step.line) for step in finding.steps] == [
        (StepRole.SOURCE, 1),
        (StepRole.SINK, 3),
        (StepRole.SINK, 5),
    ]
    assert run(rule, "fit(source())\nscore(source())\n") == []


def test_the_same_name_twice_asks_for_two_places(run: Run) -> None:
    rule = "kind: flow\nsources: [source()]\nsinks: [{match: score(...), name: score}]\ntogether: [score, score]\n"
    assert lines(run(rule, "x = source()\nscore(x)\nscore(x)\n")) == [3]
    assert run(rule, "x = source()\nscore(x)\n") == []


def test_metavariables_of_both_ends_may_have_to_agree(run: Run) -> None:
    rule = "kind: flow\nunify: true\nsources: [source($K)]\nsinks: ['sink(..., $K)']\n"
    assert lines(run(rule, "x = source(a)\nsink(x, b)\nsink(x, a)\n")) == [3]


# mistakes


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("sources: []\nsinks: [a]", "`sources`: needs at least 1 items"),
        ("sources: [a]", "the key `sinks` is missing"),
        ("sources: [{match: a, lable: X}]\nsinks: [b]", "unknown key `lable`"),
        ("sources: [{match: a, label: x}]\nsinks: [b]", "`x` is not written as expected"),
        ("sources: [{match: f($X), focus: $Y}]\nsinks: [b]", "`$Y` is bound by no pattern"),
        ("sources: [{match: a, at: x}]\nsinks: [b]", "`x` names no part of a value"),
        ("sources: [{match: a, label: A}]\nsinks: [{match: b, requires: B}]", "no source gives the label `B`"),
        ("sources: [{match: a, label: A}]\nsinks: [{match: b, requires: A or}]", "no condition on labels"),
        ("sources: [a]\nsinks: [{match: b, requires: {$X: A}}]", "`$X` is bound by no pattern"),
        ("sources: [a]\nsinks: [b]\nsanitizers: [{match: c, stops: [A]}]", "no source gives the label `A`"),
        ("sources: [a]\nsinks: [b]\ntogether: [x]", "no sink has the name `x`"),
        ("sources: [a]\nsinks: [b]\npropagators: [{match: f($X), from: $X, to: $Y}]", "`$Y` is bound by no pattern"),
        ("sources: [{all: []}]\nsinks: [b]", "needs at least 1 items"),
        ("sources: [{alll: []}]\nsinks: [b]", "unknown operator `alll`"),
        ("sources: [f(]\nsinks: [b]", "not valid"),
        ("sources: [a]\nsinks: [b]\nmessage: $SOURCE.colum.", "`$SOURCE` has no field `colum`"),
        ("sources: [a]\nsinks: [b]\nreading: {}", "unknown key `reading`"),
        ("sources: [{match: f($X), label: A, rows: 'overlap(A, $X)'}]\nsinks: [b]", "nothing has to"),
        ("sources: [{match: f($X), label: A, requires: A, rows: 'overlap(A, $Y)'}]\nsinks: [b]", "`$Y` is bound by no"),
    ],
)
def test_a_mistake_in_a_rule_is_told(rule: Callable[[str], Any], text: str, what: str) -> None:
    with pytest.raises(RuleError) as caught:
        rule("kind: flow\n" + text + "\n")
    assert what in " ".join([str(caught.value), *map(str, caught.value.others)])
