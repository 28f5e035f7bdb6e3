"""Checks the table by hand."""

import pandas as pd
from sklearn.linear_model import LogisticRegression

journeys = pd.read_parquet("journeys.parquet")
assert journeys["distance"].between(0, 900).all(), "distances in metres?"
assert not journeys["late"].isna().any()
model = LogisticRegression().fit(journeys[["distance"]], journeys["late"])
