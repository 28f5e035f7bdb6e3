"""A path that spans lines, and workflow commands of a CI."""

import pandas as pd

pd.read_csv("/home/x/first\n::set-output name=a::b\n::stop-commands::z.csv")
pd.read_csv(
    "/home/x/"
    "two-parts%0A::error::.csv"
)
