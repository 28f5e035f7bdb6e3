"""Train the forecast and save it."""

import argparse
from pathlib import Path

import joblib
from sklearn.linear_model import Ridge
from sklearn.model_selection import train_test_split

from bedtime.table import add_yesterday, read_beds

SEED = 11


def fit_ridge(beds, seed=SEED):
    """Fit on the first part of the rows, return the model and its error on the rest."""
    train, test = train_test_split(beds, test_size=0.2, random_state=seed)
    model = Ridge().fit(train[["yesterday"]], train["beds"])
    error = (model.predict(test[["yesterday"]]) - test["beds"]).abs().mean()
    return model, error


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("table", type=Path)
    parser.add_argument("model", type=Path)
    options = parser.parse_args()
    model, error = fit_ridge(add_yesterday(read_beds(options.table)))
    if error > 3:
        raise SystemExit(f"mean absolute error {error:.1f} beds: not saved")
    joblib.dump(model, options.model)


if __name__ == "__main__":
    main()
