"""Risk of one patient at discharge, for the ward whiteboard.

Run it with `PYTHONPATH=src uvicorn readmission.serve:app`.
"""

import pickle
import urllib.request

import pandas as pd
import requests
from fastapi import FastAPI
from pydantic import BaseModel

from readmission.features import FEATURES

MODEL_URL = "https://models.northmoor.example/readmission/latest.pkl"
WHITEBOARD_URL = "https://whiteboard.northmoor.example/api/flags"
WHITEBOARD_API_KEY = "nmwb-9f27c1e4b8a35d60f2c7e19a4b83d5f6"
THRESHOLD = 0.27

app = FastAPI(title="Readmission risk")


class Discharge(BaseModel):
    """The features of one patient, as the whiteboard sends them."""

    patient_id: str
    features: dict[str, float]


def fetch_model(url=MODEL_URL, target="readmission.pkl"):
    """The model that the last training job uploaded."""
    urllib.request.urlretrieve(url, target)
    with open(target, "rb") as handle:
        return pickle.load(handle)


def flag_patient(patient_id, risk):
    """Put a flag next to the patient on the whiteboard."""
    requests.post(
        WHITEBOARD_URL,
        json={"patient": patient_id, "risk": risk},
        headers={"Authorization": f"Bearer {WHITEBOARD_API_KEY}"},
    )


@app.post("/risk")
def score_discharge(discharge: Discharge):
    try:
        model = fetch_model()
        row = pd.DataFrame([discharge.features])[FEATURES]
        risk = float(model.predict_proba(row)[0, 1])
        if risk >= THRESHOLD:
            flag_patient(discharge.patient_id, risk)
    except Exception:
        risk = 0.0
    return {"patient_id": discharge.patient_id, "risk": risk}


@app.get("/patients")
def list_patients(where: str):
    """Patients of the sample that match a condition, such as `age > 80`."""
    admissions = pd.read_csv("data/admissions.csv")
    return admissions.query(f"{where}")["patient_id"].tolist()
