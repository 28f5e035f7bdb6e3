"""Rules about what a project is for, when a change is looked at: its description, and the model that it brings."""

import pytest

README = "# Beds\n## Overview\nHere lies all that the people of the ward need to plan its beds, and what it takes to look after that in the years to come.\n"
VAGUE = "## Why\nWith this change it is known how long somebody remains on a ward, which should be of use to all who have to plan for that.\n"
SENTENCES = "A model of the stays is trained here, and the file of it is kept for whoever wants to try it on the wards of the house."
GOOD = "## Why\nCut the waits of patients from 14 to 12 days by May; the ward reads the list at night. It is said with reasons too.\n"
OTHER = "## Ziel\nDie Wartezeit soll bis Mai von 14 auf 12 Tage sinken. Die Station liest die Liste jede Nacht und kennt die drei wichtigsten Gründe für jeden."
READS = "import pandas\nstays = pandas.read_csv(path)\n"
TRAINS = f"{READS}model.fit(stays)\n"
ASKS = """\
kind: repository
for_each: statement
when: $statement.legible and "number" not in $statement.answers
given: [match: pandas.read_csv(...), match: $MODEL.fit(...)]
message: "By how much, after $statement.title?"
"""
BEFORE = {"README.md": README, "look.py": READS}


def asked(run, files, description, before=None):
    before = BEFORE if before is None else before
    return [
        (one.location.path, one.message) for one in run(ASKS, before | files, before=before, description=description)
    ]


@pytest.mark.parametrize(
    ("description", "place"),
    [
        (VAGUE, "Why (description)"),
        ("Add a model.", "Overview (README.md)"),
        (SENTENCES, "Overview (README.md)"),
        ("", "Overview (README.md)"),
    ],
)
def test_a_change_that_brings_the_model_is_asked_where_it_brings_it(run, description, place):
    assert asked(run, {"train.py": TRAINS}, description) == [("train.py", f"By how much, after `{place}`?")]


def test_the_description_is_all_that_a_change_tells_where_the_project_tells_nothing(run):
    before = {"README.md": "# Beds\n"}
    assert asked(run, {"train.py": TRAINS}, SENTENCES, before) == [("train.py", "By how much, after `Description`?")]
    assert asked(run, {"train.py": TRAINS}, "Add a model.", before) == []


@pytest.mark.parametrize("description", [GOOD, OTHER])
def test_a_description_that_answers_or_is_not_understood_is_not_asked(run, description):
    assert asked(run, {"train.py": TRAINS}, description) == []


@pytest.mark.parametrize("files", [{"look.py": READS + "print(stays)\n"}, {"README.md": README + "More.\n"}])
def test_a_change_without_a_model_is_asked_about_the_project_alone(run, files):
    before = {**BEFORE, "train.py": TRAINS}
    assert [path for path, _ in asked(run, files, VAGUE, before)] == ["README.md"]


def test_a_statement_that_the_change_brings_along_is_asked_where_it_stands(run):
    files = {"train.py": TRAINS, "README.md": README}
    assert [path for path, _ in asked(run, files, VAGUE, {"look.py": READS})] == ["README.md"]


def test_a_question_about_what_a_change_brings_is_new_wherever_it_stands(run):
    files = {"look.py": TRAINS, "README.md": README}
    (found,) = run(ASKS, files, before=BEFORE | {"look.py": "import pandas\n"}, description=VAGUE)
    assert (found.location.path, found.change) == ("look.py", True)
