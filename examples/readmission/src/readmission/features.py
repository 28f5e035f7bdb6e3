"""Features of one admission. Everything here is known on the day of discharge, except where it says so."""

import pandas as pd

TARGET = "readmitted_30d"
FEATURES = [
    "age",
    "is_male",
    "is_white",
    "imd_decile",
    "systolic_bp",
    "pulse_pressure",
    "creatinine",
    "medicines",
    "previous_admissions",
    "length_of_stay",
    "burden",
    "ward_rate",
]


def length_of_stay(admissions: pd.DataFrame) -> pd.Series:
    """Nights in hospital; a day case counts as 0."""
    return (admissions["discharged"] - admissions["admitted"]).dt.days


def pulse_pressure(admissions: pd.DataFrame) -> pd.Series:
    """Systolic minus diastolic pressure; missing when one of them is missing."""
    return admissions["systolic_bp"] - admissions["diastolic_bp"]


def condition_burden(admissions: pd.DataFrame) -> pd.Series:
    """Number of long-term conditions besides hypertension, with heart failure counted twice."""
    return admissions["diabetes"] + 2 * admissions["heart_failure"]


def ward_rate(admissions):
    """Readmission rate of the ward, as a stand-in for how quickly it discharges."""
    return admissions.groupby("ward")[TARGET].transform("mean")


def group_small_wards(admissions, minimum=25):
    """Wards with few admissions become one group, otherwise the dummies get too sparse."""
    counts = admissions["ward"].value_counts()
    small = counts[counts < minimum].index
    return admissions["ward"].where(~admissions["ward"].isin(small), "Other")


def build_features(admissions: pd.DataFrame) -> pd.DataFrame:
    """The table the model sees, with the target."""
    table = admissions.copy()
    table["is_male"] = (table["sex"] == "M").astype(int)
    table["is_white"] = (table["ethnic_group"] == "White").astype(int)
    table["length_of_stay"] = length_of_stay(table)
    table["pulse_pressure"] = pulse_pressure(table)
    table["burden"] = condition_burden(table)
    table["ward_rate"] = ward_rate(table)
    return table.dropna()
