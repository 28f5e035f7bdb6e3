"""What the author of a change says about it answers the questions about its goal, or is asked about it."""

import pytest

POLICY = "select: [goal-not-specific]\n"
FILES = {
    "README.md": "# Beds\n## Goal\nThis project predicts how long somebody remains on a ward, and it should be of use to all "
    "who have to do with the planning that comes after that.\n",
    "train.py": "import joblib\nimport pandas as pd\nstays = pd.read_csv(path)\njoblib.dump(model, path)\n",
}
ANSWER = "## Why\nCut the waits of patients from 14 to 12 days by May; the ward reads the list at night, with an explanation."


@pytest.mark.parametrize(("body", "comments"), [("Add a first model.", 1), (ANSWER, 0)])
def test_the_description_of_a_pull_request_answers_before_a_question_is_asked(new_lab, body, comments):
    lab = new_lab(POLICY)
    with lab.github:
        pull = lab.ada.open_pull(lab.repo, FILES, body=body)
        lab.run(pull)
        assert len(pull.threads) == comments


def test_a_vague_description_of_the_first_model_gets_one_question_on_its_file(new_lab):
    lab = new_lab(POLICY)
    body = "## Why\nWith this change it is known how long somebody remains on a ward, which should be of use to all who have to plan its beds."
    with lab.github:
        pull = lab.ada.open_pull(lab.repo, {"train.py": FILES["train.py"]}, body=body)
        result = lab.run(pull)
        (thread,) = pull.threads
        assert (thread.path, result.code) == ("train.py", 0)
        assert "What is told under `Why (description)` leaves open" in thread.comments[0].body
        lab.run(pull)
        assert len(pull.threads) == 1
