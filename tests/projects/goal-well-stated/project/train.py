"""Train the model of stays and keep it."""

import joblib
import pandas as pd
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.linear_model import Ridge
from sklearn.model_selection import cross_val_score

TYPES = {"age": "float64", "frailty": "float64", "days": "float64"}

stays = pd.read_csv("stays.csv", dtype=TYPES)
assert stays["days"].between(0, 400).all()
features, days = stays[["age", "frailty"]], stays["days"]

print("linear", cross_val_score(Ridge(), features, days).mean())
model = HistGradientBoostingRegressor(random_state=1)
print("boosted", cross_val_score(model, features, days).mean())
joblib.dump(model.fit(features, days), "stays.joblib")
