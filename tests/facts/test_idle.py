"""A definition is idle if its file names it nowhere else and nothing else may call it unseen."""

from __future__ import annotations

import pytest

from readiness.facts.idle import idle_definitions
from readiness.source.python import PythonSource


def idle(text: str) -> set[str]:
    return set(idle_definitions(PythonSource.parse("a.py", text)))


@pytest.mark.parametrize(
    "text",
    [
        "def check(): pass",
        "def check(): return check()",
        "class check:\n    def run(self): pass",
        "if True:\n    def check(): pass",
        "def check(): pass\nschema.check()",
        "def check(): pass\nsend(check=1)",
        "from other import check as other_check\ndef check(): pass",
    ],
)
def test_what_only_its_own_body_names_is_idle(text: str) -> None:
    assert idle(text) == {"check"}


@pytest.mark.parametrize(
    "text",
    [
        "def check(): pass\ncheck()",
        "def check(): pass\nsteps = [check]",
        "def check(): pass\ndef f(): check()\nf()",
        "def check(): pass\n__all__ = ['check']",
        "@app.task\ndef check(): pass",
        "class check(Base): pass",
        "class check(metaclass=Registry): pass",
        "class check: pass\nx: check = made()",
        "def lambda_handler(event, context): pass",
        "def model_fn(folder): pass",
        "def setup_module(module): pass",
        "def pytest_addoption(parser): pass",
        "def main(): pass",
    ],
)
def test_what_something_else_names_or_may_call_is_not(text: str) -> None:
    assert idle(text) == set()


def test_what_is_inside_of_a_definition_runs_with_it() -> None:
    assert idle("def check():\n    def inner(): pass\nclass Rows:\n    def load(self): pass") == {"check", "Rows"}
