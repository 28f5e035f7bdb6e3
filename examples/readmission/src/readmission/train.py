"""Train the readmission model and save it.

Run it with `PYTHONPATH=src python -m readmission.train`.
"""

import os

import joblib
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

from readmission.features import FEATURES, TARGET, build_features
from readmission.load import load_admissions, load_params


def split(table, params):
    """Scaled features and target, as train and test part with the same share of readmissions."""
    X = StandardScaler().fit_transform(table[FEATURES])
    return train_test_split(
        X,
        table[TARGET],
        test_size=params["test_size"],
        stratify=table[TARGET],
        random_state=params["seed"],
    )


def train(X_train, y_train, params):
    model = GradientBoostingClassifier(
        n_estimators=params["trees"],
        max_depth=params["max_depth"],
        learning_rate=params["learning_rate"],
    )
    model.fit(X_train, y_train)
    return model


def main():
    params = load_params()
    table = build_features(load_admissions())
    X_train, X_test, y_train, y_test = split(table, params)

    baseline = DummyClassifier(strategy="most_frequent").fit(X_train, y_train)
    model = train(X_train, y_train, params)
    print("baseline accuracy", round(accuracy_score(y_test, baseline.predict(X_test)), 3))
    print("model accuracy   ", round(accuracy_score(y_test, model.predict(X_test)), 3))

    os.makedirs("models", exist_ok=True)
    joblib.dump(model, "models/readmission.joblib")


if __name__ == "__main__":
    main()
