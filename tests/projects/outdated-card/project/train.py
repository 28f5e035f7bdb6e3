"""Train the model of readmissions."""

import json
from pathlib import Path

import pandas as pd
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split

FEATURES = ["age", "earlier_stays", "ethnicity"]
MODEL_VERSION = "1.3.0"


def main() -> None:
    visits = pd.read_csv("data/visits-2024.csv", dtype={"age": int})
    chosen, held_out = train_test_split(visits, test_size=0.3, stratify=visits["readmitted"])
    model = GradientBoostingClassifier(n_estimators=300, max_depth=6)
    model.fit(chosen[FEATURES], chosen["readmitted"])
    risk = model.predict_proba(held_out[FEATURES])[:, 1]
    results = {
        "test": {"roc_auc": roc_auc_score(held_out["readmitted"], risk), "flagged": float((risk >= 0.25).mean())}
    }
    Path("reports/metrics.json").write_text(json.dumps(results))


if __name__ == "__main__":
    main()
