"""The forms of other tools are held to what those tools accept: the hub's reader of cards, and the schema of CycloneDX."""

from __future__ import annotations

import json

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from huggingface_hub import ModelCard
from huggingface_hub.repocard_data import EvalResult

from readiness.errors import UsageError
from readiness.modelcard.scaffold.renewal import State

BOM = "card.cdx.json"
SCHEMA = JsonStrictValidator(SchemaVersion.V1_6)


def test_the_hub_reads_the_front_matter(begin):
    data = ModelCard(begin("hf").text).data
    assert (data.library_name, data.pipeline_tag, data.model_name) == (
        "sklearn",
        "tabular-classification",
        "Readmission",
    )
    assert data.eval_results == [
        EvalResult(
            "tabular-classification",
            "data/visits.csv",
            "data/visits.csv",
            "roc_auc",
            0.7921,
            metric_name="roc_auc (test)",
        )
    ]


def test_the_hub_reads_a_card_of_which_nothing_is_known(renew, begin):
    card = renew(begin("hf").text, train_py="import torch\noptimizer = torch.optim.SGD(net.parameters())\n").text
    assert ModelCard(card).data.to_dict() == {}


def test_a_person_may_add_to_the_front_matter(begin, renew):
    card = begin("hf").text.replace("# readiness:end\n", "# readiness:end\nlicense: mit\n", 1)
    again = renew(card, train_py="from sklearn.svm import SVR\nmodel = SVR()\n").text
    assert ModelCard(again).data.to_dict() == {
        "library_name": "sklearn",
        "pipeline_tag": "tabular-regression",
        "license": "mit",
    }


def test_cyclonedx_output_has_the_published_form(begin):
    text = begin("cyclonedx", BOM).text
    assert SCHEMA.validate_str(text) is None
    component = json.loads(text)["components"][0]
    assert component["modelCard"]["quantitativeAnalysis"] == {
        "performanceMetrics": [{"type": "roc_auc", "value": "0.7921", "slice": "test"}]
    }
    assert {"location": "train.py", "line": 9, "symbol": "max_depth"} in component["evidence"]["occurrences"]


def test_cyclonedx_fields_of_a_person_are_kept(begin, renew):
    bom = json.loads(begin("cyclonedx", BOM).text)
    component = bom["components"][0]
    component["version"] = "2.1"
    component["licenses"] = [{"license": {"id": "MIT"}}]
    component["properties"].append({"name": "team:owner", "value": "beds"})
    code = "from sklearn.svm import SVC\nmodel = SVC(C=3)\n"
    card = renew(json.dumps(bom), BOM, train_py=code)
    again = json.loads(card.text)["components"][0]
    assert (again["version"], again["licenses"]) == ("2.1", component["licenses"])
    assert {"name": "team:owner", "value": "beds"} in again["properties"]
    assert {"name": "hyperparameters:C", "value": "3"} in again["modelCard"]["properties"]
    assert [part.name for part in card.parts if part.state is State.EDITED] == ["version"]
    assert SCHEMA.validate_str(card.text) is None
    assert renew(card.text, BOM, train_py=code).text == card.text


@pytest.mark.parametrize(
    ("text", "told"),
    [("{", "cannot be read"), ('{"components": [{"type": "library"}]}', "no component is a machine-learning model")],
)
def test_a_file_that_is_no_such_card_is_told(renew, text, told):
    with pytest.raises(UsageError, match=told):
        renew(text, BOM)
