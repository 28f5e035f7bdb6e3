"""What must hold for the table of journeys."""

import pandera as pa

JOURNEYS = pa.DataFrameSchema({"distance": pa.Column(float, pa.Check.ge(0)), "late": pa.Column(bool)})


def checked(journeys):
    """The same table, or an error that names the rows."""
    return JOURNEYS.validate(journeys, lazy=True)
