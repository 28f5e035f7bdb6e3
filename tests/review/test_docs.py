"""docs/github.md says what the code does: every setting with its default, every input and output of the action."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from readiness.review.settings import ReviewConfig

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/github.md").read_text(encoding="utf-8")
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))


def test_every_setting_is_shown_with_its_default():
    (block,) = [part for part in re.findall(r"```yaml part\n(.*?)```", PAGE, re.DOTALL) if part.startswith("review:")]
    shown = yaml.safe_load(block)["review"]
    assert (
        ReviewConfig(**{key: tuple(value) if isinstance(value, list) else value for key, value in shown.items()})
        == ReviewConfig()
    )
    assert shown.keys() == {one.name for one in fields(ReviewConfig)}


@pytest.mark.parametrize("name", [*ACTION["inputs"], *ACTION["outputs"]])
def test_every_input_and_output_of_the_action_is_explained(name):
    assert f"`{name}`" in PAGE


@pytest.mark.parametrize("name", [name for name, given in ACTION["inputs"].items() if name != "token"])
def test_every_default_of_the_action_is_right(name):
    assert f"| `{name}` | `{ACTION['inputs'][name]['default']}` |" in PAGE


def test_the_actions_that_it_uses_are_pinned_to_commits():
    used = [step["uses"] for step in ACTION["runs"]["steps"] if "uses" in step]
    assert used
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", one) for one in used)


def test_nothing_is_interpolated_into_a_script():
    assert not any("${{" in step.get("run", "") for step in ACTION["runs"]["steps"])
