"""A small project with something to praise, to mend, to ask and to learn."""

from __future__ import annotations

from pathlib import Path

import pytest

FILES = {
    "README.md": "# Readmission\n\n## Goal\n\nThe goal is a classifier of patients who come back, with an accuracy of 90%.\n",
    "MODEL_CARD.md": "# Readmission\n\n## Training data\n\nTODO\n\n## Limitations\n\nNot evaluated for children.\n",
    "train.py": """import joblib
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

rows = pd.read_csv("/home/ana/stays.csv")
rows[FEATURES] = StandardScaler().fit_transform(rows[FEATURES])
train, test = train_test_split(rows, stratify=rows["readmitted"], random_state=20)
model = RandomForestClassifier(random_state=20).fit(train[FEATURES], train["readmitted"])
joblib.dump(model, "model.joblib")
""",
    "readiness.yaml": "stage: candidate\n",
}


def write_project(folder: Path) -> Path:
    """The files in a folder."""
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path)


@pytest.fixture(scope="session")
def unchanged_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For tests that only read."""
    return write_project(tmp_path_factory.mktemp("project"))
