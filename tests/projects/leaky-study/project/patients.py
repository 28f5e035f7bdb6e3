"""Several stays of one patient, and what is said about them."""

import logging
import os

import pandas as pd
from sklearn.model_selection import train_test_split

stays = pd.read_csv("stays.csv")
stays["earlier"] = stays.groupby("patient_id").cumcount()
died = stays["died"]
train, test, y_train, y_test = train_test_split(stays, died, random_state=1)
logging.info("first patient: %s", stays["patient_name"].iloc[0])
print("connecting with", os.environ["DB_PASSWORD"])
