"""The table of hourly bed counts and what must hold for it."""

from pathlib import Path

import pandas as pd
import pandera as pa

BEDS = pa.DataFrameSchema(
    {
        "ward": pa.Column(str),
        "hour": pa.Column("datetime64[ns]"),
        "beds": pa.Column(int, pa.Check.in_range(0, 60)),
    }
)


def read_beds(path: Path) -> pd.DataFrame:
    """Read and check the bed counts."""
    beds = pd.read_csv(path, dtype={"ward": str, "beds": int}, parse_dates=["hour"])
    return BEDS.validate(beds)


def add_yesterday(beds: pd.DataFrame) -> pd.DataFrame:
    """Add the count of the same ward a day before."""
    before = beds.groupby("ward")["beds"].shift(24)
    return beds.assign(yesterday=before).dropna(subset=["yesterday"])
