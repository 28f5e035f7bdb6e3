"""Stays prepared before they are divided."""

import pandas as pd
from imblearn.over_sampling import SMOTE
from sklearn.model_selection import cross_val_score, train_test_split
from sklearn.preprocessing import OrdinalEncoder, StandardScaler


def prepared(path):
    stays = pd.read_csv(path)
    print(len(stays))
    stays["age"] = stays["age"].fillna(stays["age"].median())
    stays["ward"] = OrdinalEncoder().fit_transform(stays[["ward"]])
    return stays.dropna()


def compare(path, model):
    stays = prepared(path)
    X, y = stays[["age", "ward"]], stays["died"]
    X, y = SMOTE(random_state=1).fit_resample(X, y)
    X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=1)
    scaler = StandardScaler()
    X_train = scaler.fit_transform(X_train)
    X_test = scaler.fit_transform(X_test)
    print(cross_val_score(model, X_train, y_train))
    model.fit(X_train, y_train)
    return model.score(X_test, y_test)
