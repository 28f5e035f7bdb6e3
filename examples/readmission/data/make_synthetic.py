"""Make data/admissions.csv: invented admissions of patients with hypertension. No real person is in it.

Run it with `python data/make_synthetic.py`.

The same seed gives the same file, so the file can be thrown away and made again.
"""

from pathlib import Path

import numpy as np
import pandas as pd

SEED = 20240117
ROWS = 200
TARGET_FILE = Path(__file__).with_name("admissions.csv")

WARDS = ["cardiology", "acute medicine", "elderly care", "stroke"]
ETHNIC_GROUPS = ["White", "Asian", "Black", "Mixed", "Not stated"]


def draw_admissions(rows: int, rng: np.random.Generator) -> pd.DataFrame:
    """Draw patients and their stay; blood pressure is missing for about one in twelve."""
    admitted = pd.Timestamp("2023-01-01") + pd.to_timedelta(rng.integers(0, 365, rows), unit="D")
    stay = rng.gamma(shape=1.8, scale=2.6, size=rows).round().astype(int) + 1
    systolic = rng.normal(152, 19, rows).round()
    return pd.DataFrame(
        {
            "patient_id": [f"SYN-{number:04d}" for number in range(1, rows + 1)],
            "admitted": admitted.strftime("%Y-%m-%d"),
            "discharged": (admitted + pd.to_timedelta(stay, unit="D")).strftime("%Y-%m-%d"),
            "age": rng.normal(68, 13, rows).clip(24, 97).round().astype(int),
            "sex": rng.choice(["F", "M"], rows),
            "ethnic_group": rng.choice(ETHNIC_GROUPS, rows, p=[0.66, 0.14, 0.08, 0.04, 0.08]),
            "imd_decile": rng.integers(1, 11, rows),
            "ward": rng.choice(WARDS, rows, p=[0.3, 0.4, 0.2, 0.1]),
            "systolic_bp": np.where(rng.random(rows) < 0.08, np.nan, systolic),
            "diastolic_bp": (systolic * 0.55 + rng.normal(0, 6, rows)).round(),
            "creatinine": rng.lognormal(4.5, 0.3, rows).round(1),
            "medicines": rng.poisson(5, rows),
            "previous_admissions": rng.poisson(0.9, rows),
            "diabetes": rng.binomial(1, 0.28, rows),
            "heart_failure": rng.binomial(1, 0.17, rows),
        }
    )


def draw_readmission(admissions: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Draw the outcome from a risk that rises with frailty and deprivation; about one in seven comes back."""
    score = (
        -4.6
        + 0.02 * admissions["age"]
        + 0.55 * admissions["previous_admissions"]
        + 0.9 * admissions["heart_failure"]
        + 0.06 * admissions["medicines"]
        + 0.07 * (10 - admissions["imd_decile"])
    )
    return rng.binomial(1, 1 / (1 + np.exp(-score)))


def main() -> None:
    rng = np.random.default_rng(SEED)
    admissions = draw_admissions(ROWS, rng)
    admissions["readmitted_30d"] = draw_readmission(admissions, rng)
    admissions.to_csv(TARGET_FILE, index=False)


if __name__ == "__main__":
    main()
