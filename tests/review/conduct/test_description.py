"""What the author of a change says about it counts as an answer to the questions about its goal."""

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
