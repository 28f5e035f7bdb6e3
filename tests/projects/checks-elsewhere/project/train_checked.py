"""Checks the table in another module."""

import pandas as pd
from sklearn.linear_model import LogisticRegression

from schema import checked

journeys = checked(pd.read_parquet("journeys.parquet"))
model = LogisticRegression().fit(journeys[["distance"]], journeys["late"])
