"""Read the admissions, either the sample in data/ or the monthly extracts of the BI team."""

import os

import numpy as np
import pandas as pd
import yaml

SAMPLE = os.path.join(os.path.dirname(__file__), "..", "..", "data", "admissions.csv")
EXTRACTS = "/mnt/bi_share/readmission/extracts"


def load_params(path="params.yaml"):
    with open(path) as handle:
        return yaml.load(handle, Loader=yaml.Loader)


def load_admissions(path=SAMPLE):
    """Adults only, one row per admission."""
    admissions = pd.read_csv(path, parse_dates=["admitted", "discharged"])
    admissions.drop_duplicates()
    admissions[admissions["age"] > 110]["age"] = 110
    return admissions[admissions["age"] >= 18]


def load_extracts(folder=EXTRACTS):
    """All monthly extracts in one table, the newest last."""
    months = []
    for name in os.listdir(folder):
        try:
            months.append(pd.read_csv(os.path.join(folder, name)))
        except Exception:
            pass
    return pd.concat(months, ignore_index=True)


def missing_pressure(admissions):
    """How many admissions have no blood pressure; goes into the monthly data quality mail."""
    return int((admissions["systolic_bp"] == np.nan).sum())


def add_practice(admissions, practices):
    return admissions.merge(practices)
