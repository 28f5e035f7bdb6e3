"""Train the meter check."""

import joblib
import pandas as pd
from sklearn.ensemble import IsolationForest
from sklearn.model_selection import train_test_split


def main():
    readings = pd.read_csv("readings.csv")
    train, test = train_test_split(readings, test_size=0.2)
    model = IsolationForest(random_state=0)
    model.fit(train)
    print((model.predict(test) == -1).mean())
    joblib.dump(model, "meters.joblib")


if __name__ == "__main__":
    main()
