"""Trusts whatever is in the file."""

import pandas as pd
from sklearn.linear_model import LogisticRegression

journeys = pd.read_parquet("journeys.parquet")
model = LogisticRegression().fit(journeys[["distance"]], journeys["late"])
