"""Suppressions in code: with a reason, without one, for a rule that finds nothing, and for everything."""

import pandas as pd
from sklearn.model_selection import train_test_split

rows = pd.read_csv("/mnt/share/rows.csv")  # readiness: ignore[hardcoded-path] the share is mounted on every worker

# readiness: ignore[unseeded-split] repeated a hundred times below, the seed must differ
first, second = train_test_split(rows)

third, fourth = train_test_split(rows)  # readiness: ignore[unseeded-split]

more = pd.read_csv("more.csv")  # readiness: ignore[hardcoded-path] it was /mnt/share once

wrong = pd.read_csv("/mnt/share/wrong.csv")  # readiness: ignore[hardcoded-pth] a slip of the pen

both = train_test_split(pd.read_csv("/mnt/share/both.csv"))  # readiness: ignore[unseeded-split, hardcoded-path] trial

text = "# readiness: ignore[hardcoded-path] this is a string, not a comment"
again = pd.read_csv("/mnt/share/again.csv")

long = train_test_split(
    rows,
    second,  # readiness: ignore[unseeded-split] inside the call
)
