import pandas as pd
import pytest

from readmission.features import length_of_stay, pulse_pressure


@pytest.fixture
def admissions():
    return pd.DataFrame(
        {
            "admitted": pd.to_datetime(["2023-03-01", "2023-03-01", "2023-12-30"]),
            "discharged": pd.to_datetime(["2023-03-01", "2023-03-04", "2024-01-02"]),
            "systolic_bp": [150.0, None, 128.0],
            "diastolic_bp": [90.0, 85.0, 80.0],
        }
    )


def test_length_of_stay_counts_nights_also_over_new_year(admissions):
    assert length_of_stay(admissions).tolist() == [0, 3, 3]


def test_pulse_pressure_is_missing_when_systolic_pressure_is_missing(admissions):
    pressure = pulse_pressure(admissions)
    assert pressure[0] == 60.0
    assert pd.isna(pressure[1])
