from readmission.load import load_admissions


def test_only_adults_are_loaded():
    assert load_admissions()["age"].min() >= 18


def test_load_admissions():
    load_admissions()
