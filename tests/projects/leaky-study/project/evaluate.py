"""Scores that say too much."""

import pandas as pd
from sklearn.model_selection import train_test_split

stays = pd.read_csv("stays.csv")
features, died = stays[["age"]], stays["died"]
train, test, y_train, y_test = train_test_split(features, died, random_state=1)


def memory(model):
    model.fit(features, died)
    return model.score(features, died)


def overlap(model):
    model.fit(features, died)
    return model.score(test, y_test)


def many(models):
    first, second, third, fourth = models
    print(first.fit(train, y_train).score(test, y_test))
    print(second.fit(train, y_train).score(test, y_test))
    print(third.fit(train, y_train).score(test, y_test))
    print(fourth.fit(train, y_train).score(test, y_test))
