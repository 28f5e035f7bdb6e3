"""A small project that trains one model, and the cards that are begun for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from readiness.modelcard.scaffold.card import begun, renewed
from readiness.modelcard.scaffold.project import Project, read_project
from readiness.modelcard.scaffold.renewal import Renewal
from readiness.settings import Settings

FILES = {
    "train.py": """import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split
from settings import FEATURES

visits = pd.read_csv("data/visits.csv")
target = visits["readmitted"]
a, b, c, d = train_test_split(visits[FEATURES], target, test_size=0.2, random_state=7)
model = RandomForestClassifier(max_depth=4, n_estimators=size_of(visits), n_jobs=2)
model.fit(a, c)
""",
    "settings.py": 'import sklearn\nFEATURES = ["age", "stays"]\n',
    "monitor.py": """from scipy.stats import ks_2samp
alarm = ks_2samp(reference["age"], current["age"]).pvalue < 0.01
""",
    "requirements.txt": "pandas>=2\nscikit-learn==1.5.2\n",
    "reports/metrics.json": '{"test": {"roc_auc": 0.7921}}\n',
    "data/visits.csv.dvc": "outs:\n- md5: 8fc1b2c4d9e01f23a4b5c6d7e8f90123\n  path: visits.csv\n",
}

Tree = Callable[..., Project]


@pytest.fixture
def project(tmp_path: Path) -> Tree:
    """Read the project, with some of its files as they are given."""

    def read(**changed: str) -> Project:
        files = FILES | {name.replace("__", "/").replace("_py", ".py"): text for name, text in changed.items()}
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        return read_project(Settings(root=tmp_path, paths=(tmp_path,)))

    return read


Begin = Callable[..., Renewal]


@pytest.fixture
def begin(project: Tree) -> Begin:
    """Begin a card in one of the forms."""

    def card(
        profile: str = "nhs", path: str = "MODEL_CARD.md", training: str = "", name: str = "Readmission"
    ) -> Renewal:
        return begun(project(), profile, path, training, name)

    return card


@pytest.fixture
def renew(project: Tree) -> Begin:
    """Renew a card after a change of the project."""

    def card(text: str, path: str = "MODEL_CARD.md", **changed: str) -> Renewal:
        return renewed(project(**changed), path, text)

    return card
