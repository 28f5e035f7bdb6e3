"""What must hold for the table of visits."""

import pandera as pa

VISITS = pa.DataFrameSchema({"age": pa.Column(int, pa.Check.in_range(0, 120)), "readmitted": pa.Column(bool)})
