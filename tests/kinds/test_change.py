"""Rules about what a change did: to settings that a card states, and to evidence that it takes away."""

import pytest

from readiness.errors import RuleError

FOREST = "from sklearn.ensemble import RandomForestClassifier as Forest\nmodel = Forest(max_depth={depth})\n"
DEPTH = "kind: change\nfor_each: setting\nfacts: [hyperparameter]\n"
OUTDATED = DEPTH + "card: states-old\nmends_card: true\n"
LIMIT = "kind: change\nfor_each: evidence\nmatch: limit($N)\nneeded_by: serve()\n"
CARD = "# Model card\n\nmax_depth: 4\n"


def deepened(**cards):
    return {"train.py": FOREST.format(depth=6), **cards}


BEFORE = {"train.py": FOREST.format(depth=4)}


def test_a_project_that_is_looked_at_as_it_is_has_no_change(run):
    assert run(DEPTH, deepened()) == []


def test_a_change_is_told_where_the_new_value_stands(run):
    text = DEPTH + 'message: "From `$setting.old` to `$setting.new`."\n'
    (found,) = run(text, deepened(), before=BEFORE)
    assert (found.message, found.location.line, found.change) == ("From `4` to `6`.", 2, True)


def test_a_condition_chooses_among_the_settings(run):
    assert run(DEPTH + 'when: $setting.name == "n_estimators"\n', deepened(), before=BEFORE) == []


def test_the_fix_writes_the_new_value_into_every_place_of_the_card(run):
    card = CARD + "| Maximum depth | 4 |\n"
    text = OUTDATED + 'message: "`$card.path` $card.line: `$card.written`, now `$card.proposed`."\n'
    (found,) = run(text, deepened(**{"MODEL_CARD.md": card}), before=BEFORE)
    assert found.message == "`MODEL_CARD.md` 3: `4`, now `6`."
    assert found.mended_path == "MODEL_CARD.md"
    assert [card[edit.start : edit.end] for edit in found.fix.edits] == ["4", "4"]


@pytest.mark.parametrize(
    "card",
    ["# Model card\nFor 4 wards.", CARD + "and max_depth: 6", "# Notes\nmax_depth: 4", "# Model card\n## History\nmax_depth: 4"],
)  # fmt: skip
def test_a_document_that_does_not_state_the_old_value_is_not_outdated(run, card):
    path = "docs/notes.md" if card.startswith("# Notes") else "MODEL_CARD.md"
    assert run(OUTDATED, deepened(**{path: card}), before=BEFORE) == []


def test_of_several_cards_the_nearest_one_is_meant(run):
    files = {
        "a/train.py": FOREST.format(depth=6),
        "a/MODEL_CARD.md": "# Model card\nmax_depth: 5",
        "MODEL_CARD.md": CARD,
    }
    assert run(OUTDATED, files, before={"a/train.py": FOREST.format(depth=4)}) == []
    files["a/MODEL_CARD.md"] = CARD
    (found,) = run(OUTDATED, files, before={"a/train.py": FOREST.format(depth=4)})
    assert found.mended_path == "a/MODEL_CARD.md"


def test_cards_that_are_equally_near_are_left_alone(run):
    cards = {"model_cards/a.md": CARD, "model_cards/b.md": CARD}
    assert run(OUTDATED, deepened(**cards), before=BEFORE) == []


def test_a_column_that_is_gone_is_told_at_the_card_that_lists_it(run):
    text = "kind: change\nfor_each: setting\nfacts: [feature]\nchange: removed\ncard: states-old\n"
    before = {"train.py": "import sklearn\nFEATURES = ['age', 'stays']\n"}
    after = {"train.py": "import sklearn\nFEATURES = ['age']\n", "MODEL_CARD.md": "# Model card\n- age\n- stays\n"}
    (found,) = run(text, after, before=before)
    assert (found.location.path, found.location.line) == ("MODEL_CARD.md", 3)


def test_the_last_evidence_is_missed_where_it_was(run):
    text = LIMIT + 'message: "Line $evidence.line of `$evidence.path`, `$evidence.text`."\n'
    before = {"a.py": "\nlimit(3)\n", "b.py": "serve()\n"}
    (found,) = run(text, {"a.py": "pass\n", "b.py": "serve()\n"}, before=before)
    assert (found.message, found.location.path) == ("Line 2 of `a.py`, `limit(3)`.", "a.py")


def test_evidence_of_a_deleted_file_is_missed_where_it_is_needed(run):
    (found,) = run(LIMIT, {"b.py": "\nserve()\n"}, before={"a.py": "limit(3)\n", "b.py": "serve()\n"})
    assert (found.location.path, found.location.line) == ("b.py", 2)


@pytest.mark.parametrize(
    "after",
    [
        {"b.py": "serve()\nlimit(3)\n"},
        {"tests/test_b.py": "limit(3)\n", "b.py": "serve()\n"},
        {"b.py": "pass\n"},
        {"b.py": "serve()\nthrottle()\n"},
    ],
    ids=["moved", "moved to a test", "not needed any more", "replaced"],
)
def test_evidence_that_is_not_missed(run, after):
    text = LIMIT + "replaced_by: throttle()\n"
    assert run(text, after, before={"b.py": "limit(3)\nserve()\n"}) == []


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("kind: change\nfor_each: setting\n", "`for_each: setting` needs `facts`"),
        ("kind: change\nfor_each: evidence\nmatch: f()\n", "`for_each: evidence` needs `needed_by`"),
        (DEPTH + "match: f()\n", "`match` does not belong to `for_each: setting`"),
        (DEPTH + "mends_card: true\n", "`mends_card` needs `card: states-old`"),
        (LIMIT + "facts: [seed]\n", "`facts` does not belong to `for_each: evidence`"),
        (DEPTH + "when: $setting.age\n", "`$setting` has no field `age`"),
    ],
)
def test_a_rule_that_does_not_fit_together_is_refused(rule, text, mistake):
    with pytest.raises(RuleError, match=mistake.replace("$", r"\$")):
        rule(text)


@pytest.mark.parametrize(
    ("said", "proposed"),
    [("scikit-learn 1.5", "1.7"), ("sklearn 1.5.2", "1.7.2"), ("sklearn 1.5.x", "1.7.x"), ("sklearn 1.5+", None), ("pandas 1.5.2", None)],
)  # fmt: skip
def test_a_card_that_names_the_version_before_is_outdated_by_another_one(run, said, proposed):
    text = "kind: change\nfor_each: setting\nfacts: [library]\ncard: states-old\nmessage: 'Now $card.proposed.'\n"
    files = {"requirements.txt": "scikit-learn==1.7.2\n", "MODEL_CARD.md": f"# Model card\nTrained with {said}\n"}
    found = run(text, files, before={"requirements.txt": "scikit-learn==1.5.2\n"})
    assert [one.message for one in found] == ([f"Now `{proposed}`."] if proposed else [])
