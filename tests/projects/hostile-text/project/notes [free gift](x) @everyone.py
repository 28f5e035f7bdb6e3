"""Text that would do harm if a report printed it as it stands."""

import pandas as pd

pd.read_csv("/home/x/](javascript:alert(1))<img src=x onerror=alert(1)>.csv")
pd.read_csv("/home/x/`} ::error file=a.py,line=1::all is lost.csv")
pd.read_csv("/home/x/@octocat #1 closes #2 <!-- readiness:marker -->.csv")
pd.read_csv("/home/x/\x1b[2J\x1b[31mred\x07.csv")
pd.read_csv("/home/x/‮gnp.elif.csv")
