"""Load of tomorrow from rows that are ordered by time."""

import pandas as pd
from sklearn.model_selection import train_test_split

load = pd.read_csv("load.csv").sort_values("date")
load["around"] = load["power"].rolling(7, center=True).mean()
train, test, y_train, y_test = train_test_split(load[["around"]], load["peak"], random_state=1)
