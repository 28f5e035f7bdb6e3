"""The morning list: yesterday's discharges, the highest risk first.

Run it with `PYTHONPATH=src python -m readmission.predict`.
"""

import pandas as pd

from readmission.features import FEATURES, build_features
from readmission.load import load_extracts
from readmission.serve import fetch_model


def morning_list(admissions, model, day):
    """Patients who left on `day`, with their risk."""
    left = build_features(admissions[admissions["discharged"] == day])
    left["risk"] = model.predict_proba(left[FEATURES])[:, 1]
    return left.sort_values("risk", ascending=False)[["patient_id", "ward", "risk"]]


def main():
    yesterday = pd.Timestamp.today().normalize() - pd.Timedelta(days=1)
    admissions = load_extracts()
    morning_list(admissions, fetch_model(), yesterday).to_csv("/mnt/bi_share/readmission/list.csv")


if __name__ == "__main__":
    main()
