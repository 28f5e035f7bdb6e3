"""Save one model for each pump; every one has a card in model_cards/."""

import sys

import joblib


def save(model, pump):
    joblib.dump(model, f"models/{pump}.joblib")


if __name__ == "__main__":
    save({"pump": sys.argv[1]}, sys.argv[1])
