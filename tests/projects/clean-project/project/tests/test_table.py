import pandas as pd
import pandera as pa
import pytest

from bedtime.table import add_yesterday, read_beds


def test_a_count_that_cannot_be_is_refused(tmp_path):
    table = tmp_path / "beds.csv"
    table.write_text("ward,hour,beds\nA1,2024-01-01 00:00,400\n")
    with pytest.raises(pa.errors.SchemaError):
        read_beds(table)


def test_yesterday_is_the_same_ward_a_day_before():
    hours = pd.date_range("2024-01-01", periods=25, freq="h")
    beds = pd.DataFrame({"ward": "A1", "hour": hours, "beds": range(25)})
    assert add_yesterday(beds)["yesterday"].tolist() == [0]
