"""Guarda los dos modelos."""

import joblib

joblib.dump({"ciudad": "Sevilla"}, "models/sevilla.joblib")
