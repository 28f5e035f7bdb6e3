"""Text that would do harm if a report printed it as it stands."""

import pandas as pd

pd.read_csv("/home/x/](javascript:alert(1)).csv")
pd.read_csv("/home/x/<img src=x onerror=alert(1)>.csv")
pd.read_csv("/home/x/`} ::error file=a.py,line=1::all is lost.csv")
pd.read_csv("/home/x/@octocat #1 closes #2 &lt;b&gt;.csv")
pd.read_csv("/home/x/[2J[31mred.csv")
pd.read_csv("/home/x/‮gnp.elif.csv")
