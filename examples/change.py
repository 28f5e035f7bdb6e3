"""A change of the example project: a weekly training run, and a notebook with another split.

`make demo` runs this file, which reviews the change in a repository of its own; the pictures of the documentation show
the same change on GitHub.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

EXAMPLE = Path(__file__).parent / "readmission"
AUTHOR = ("-c", "user.name=Jo", "-c", "user.email=jo@example.org")
RETRAIN = "src/readmission/retrain.py"
NOTEBOOK = "notebooks/02_modelling.ipynb"
CODE = '''"""Train on the newest extracts every Monday, and put the model where the web service loads it."""

import joblib
import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split

from readmission.features import FEATURES, TARGET, build_features
from readmission.train import train


def newest_extract():
    return pd.read_csv("/mnt/bi_share/readmission/extracts/newest.csv")


def retrain(params):
    """A model of last week's admissions."""
    table = build_features(newest_extract())
    table = table[table["systolic_bp"] != np.nan]
    recent = table.sample(n=5000)
    fit, held_out = train_test_split(recent, random_state=params["seed"], stratify=recent[TARGET])
    model = train(fit[FEATURES], fit[TARGET], params)
    print("accuracy", model.score(held_out[FEATURES], held_out[TARGET]))
    joblib.dump(model, "models/readmission.joblib")
'''


def changed(files: dict[str, str]) -> dict[str, str]:
    """The new text of each changed file."""
    notebook = files[NOTEBOOK].replace("test_size=0.25", "test_size=0.2")
    return {RETRAIN: CODE, NOTEBOOK: notebook}


def main() -> int:
    """Review the change in a temporary repository, without any platform; the exit code is that of the review."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "readmission"
        shutil.copytree(EXAMPLE, project, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        _git(project, "init", "--quiet", "--initial-branch", "main")
        _commit(project, "The project as it was")
        before = {name: (project / name).read_text(encoding="utf-8") for name in (NOTEBOOK,)}
        for name, text in changed(before).items():
            (project / name).write_text(text, encoding="utf-8")
        _commit(project, "Train every Monday")
        command = [sys.executable, "-m", "readiness", "review", "--base", "HEAD~1", "--dry-run"]
        return subprocess.run(command, cwd=project, check=False).returncode


def _commit(project: Path, message: str) -> None:
    _git(project, "add", "--all")
    _git(project, *AUTHOR, "commit", "--quiet", "--message", message)


def _git(project: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=project, check=True)


if __name__ == "__main__":
    sys.exit(main())
