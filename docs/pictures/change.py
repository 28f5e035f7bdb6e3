"""The pull request of the pictures: a weekly training run for the example project, and a notebook with another split."""

from __future__ import annotations

RETRAIN = "src/readmission/retrain.py"
NOTEBOOK = "notebooks/02_modelling.ipynb"
CODE = '''"""Train on the newest extracts every Monday, and put the model where the web service loads it."""

import joblib
import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split

from readmission.features import FEATURES, TARGET, build_features
from readmission.train import train


def newest_extract():
    return pd.read_csv("/mnt/bi_share/readmission/extracts/newest.csv")


def retrain(params):
    """A model of last week's admissions."""
    table = build_features(newest_extract())
    table = table[table["systolic_bp"] != np.nan]
    recent = table.sample(n=5000)
    fit, held_out = train_test_split(recent, random_state=params["seed"], stratify=recent[TARGET])
    model = train(fit[FEATURES], fit[TARGET], params)
    print("accuracy", model.score(held_out[FEATURES], held_out[TARGET]))
    joblib.dump(model, "models/readmission.joblib")
'''


def changed(files: dict[str, str]) -> dict[str, str]:
    """The new text of each changed file."""
    notebook = files[NOTEBOOK].replace("test_size=0.25", "test_size=0.2")
    return {RETRAIN: CODE, NOTEBOOK: notebook}
