"""Train the model of readmissions."""

import json
from pathlib import Path

import pandas as pd
from schema import VISITS
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split

FEATURES = ["age", "earlier_stays", "ward"]
MODEL_VERSION = "1.2.0"


def main() -> None:
    visits = VISITS.validate(pd.read_csv("data/visits-2023.csv", dtype={"age": int}))
    chosen, held_out = train_test_split(visits, test_size=0.2, random_state=7, stratify=visits["readmitted"])
    model = RandomForestClassifier(n_estimators=300, max_depth=4, random_state=7)
    model.fit(chosen[FEATURES], chosen["readmitted"])
    baseline = DummyClassifier().fit(chosen[FEATURES], chosen["readmitted"])
    risk = model.predict_proba(held_out[FEATURES])[:, 1]
    results = {
        "test": {
            "roc_auc": roc_auc_score(held_out["readmitted"], risk),
            "guessed": baseline.score(held_out[FEATURES], held_out["readmitted"]),
            "flagged": float((risk >= 0.35).mean()),
        }
    }
    Path("reports/metrics.json").write_text(json.dumps(results))


if __name__ == "__main__":
    main()
