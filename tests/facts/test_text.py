from readiness.facts.model import FileFacts
from readiness.facts.sorts import FileKind
from readiness.facts.text import text_facts


def facts(path, text):
    return text_facts(text, FileFacts(path, FileKind.TEXT))


def test_configuration_names_packages_and_installs_them():
    found = facts(".github/workflows/run.yml", "run: pip install shap\nmodel: xgboost.XGBClassifier\nother: words\n")
    assert found.references == {"shap", "xgboost"}
    assert found.manifest is not None
    assert (found.manifest.type, found.manifest.dependencies[0].name) == ("script", "shap")


def test_a_dockerfile_is_a_manifest_of_its_own():
    found = facts("Dockerfile", "FROM python:3.12\nRUN pip install shap\n")
    assert found.manifest is not None
    assert found.manifest.type == "dockerfile"


def test_words_of_data_mean_nothing():
    assert facts("rows.json", '{"pip install shap": "xgboost"}') == FileFacts("rows.json", FileKind.TEXT)
