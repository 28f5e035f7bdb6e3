"""Whoever signs a change off reads which facts of the model it alters."""

IMPORTS = "import pandas as pd\nfrom sklearn.ensemble import RandomForestClassifier as Forest\n"
TRAIN = IMPORTS + 'FEATURES = ["age", "ward"]\nrows = pd.read_csv("stays-2023.csv")\nmodel = Forest(max_depth=4)\n'
DEEPER = TRAIN.replace("max_depth=4", "max_depth=6").replace('"ward"', '"ward", "stays"').replace("2023", "2024")
FOLD = "of the model that this change alters"


def reviewed(new_lab, changes, policy="summary: always", base=None):
    """What stands on the conversation after a review, and the summary of the job."""
    lab = new_lab()
    with lab.github:
        rules = "select: [unseeded-split]\nreview: {" + policy + "}\n"
        repo = lab.github.create_repo("lab/stays", {"readiness.yaml": rules, "train.py": TRAIN, **(base or {})})
        pull = lab.ada.open_pull(repo, changes)
        result = lab.run(pull)
        return "\n".join(one.body for one in pull.conversation), result.job.summary


def test_each_fact_is_told_with_its_old_and_its_new_value_and_its_place(new_lab):
    told, _ = reviewed(new_lab, {"train.py": DEEPER})
    assert f"<summary>3 facts {FOLD}</summary>" in told
    assert "- hyperparameter `max_depth` of `RandomForestClassifier` from `4` to `6`, [`train.py`" in told
    assert "- dataset of `read_csv` from `stays-2023.csv` to `stays-2024.csv`, [`train.py` line 4](" in told
    assert "- feature `stays` of `FEATURES` added, [`train.py` line 3](" in told
    assert "train.py#L5)" in told


def test_what_is_gone_is_told_with_the_place_where_it_was(new_lab):
    told, _ = reviewed(new_lab, {"train.py": TRAIN.replace(', "ward"', "")})
    assert "- feature `ward` of `FEATURES` removed, before in `train.py` line 3" in told


def test_a_change_that_alters_no_fact_has_no_list(new_lab):
    told, job = reviewed(new_lab, {"train.py": TRAIN + "print(model)\n", "notes.md": "# Notes\n"})
    assert told
    assert FOLD not in told + job


def test_code_that_only_moves_alters_nothing(new_lab):
    told, job = reviewed(new_lab, {"train.py": None, "model/fit.py": TRAIN})
    assert FOLD not in told + job


def test_what_a_new_file_sets_is_no_alteration(new_lab):
    told, job = reviewed(new_lab, {"other.py": IMPORTS + "model = Forest(max_depth=4, n_estimators=10)\n"})
    assert FOLD not in told + job


def test_hashes_are_told_of_what_lies_outside_of_the_repository(new_lab):
    lock = "stages: {fit: {deps: [{path: train.py, md5: %s}], outs: [{path: model.pkl, md5: %s}]}}\n"
    locks = ({"dvc.lock": lock % (digit * 32, digit * 32)} for digit in "12")
    told, _ = reviewed(new_lab, base=next(locks), changes=next(locks))
    assert f"1 fact {FOLD}" in told
    assert f"- hash `model.pkl` of `dvc` from `{'1' * 32}` to `{'2' * 32}`" in told


def test_a_file_that_no_longer_parses_has_not_lost_its_facts(new_lab):
    other = {"other.py": 'from sklearn.svm import SVC\nFEATURES = ["sex"]\n'}
    told, _ = reviewed(new_lab, {"train.py": TRAIN + "def (\n"}, base=other)
    assert "train.py" in told
    assert FOLD not in told


def test_a_clean_first_run_stays_silent_and_has_the_list_in_the_summary_of_its_job(new_lab):
    told, job = reviewed(new_lab, {"train.py": DEEPER}, policy="summary: findings")
    assert told == ""
    assert f"3 facts {FOLD}" in job
