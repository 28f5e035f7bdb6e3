"""What stands in a definition may run if a program of the project names the definition."""

from __future__ import annotations

import pytest

from readiness.facts.model import FileFacts, ManifestFact
from readiness.facts.project import ProjectFacts
from readiness.facts.python import python_facts
from readiness.facts.sorts import FileKind, Role
from readiness.source.python import PythonSource

IDLE = "class Rows:\n    def check(self): pass\ndef check(rows): pass\ndef _check(rows): pass\n"


def code(path: str, text: str) -> FileFacts:
    role = Role.TEST if "test" in path else Role.SOURCE
    return python_facts(PythonSource.parse(path, text), FileFacts(path, FileKind.PYTHON, role))


def may_run(symbol: str, *others: FileFacts) -> bool:
    return ProjectFacts([code("pkg/checks.py", IDLE), *others]).uses.may_run("pkg/checks.py", symbol)


@pytest.mark.parametrize(
    "text",
    [
        "from pkg.checks import check\ncheck(rows)",
        "from pkg.checks import check as checked\nrun(checked)",
        "import pkg.checks\npkg.checks.check(rows)",
        "from pkg import checks\nchecks.check(rows)",
        "import sys\nsys.path.append('..')\nfrom elsewhere import check\ncheck(rows)",
        "from pkg.checks import *\ncheck(rows)",
        "import importlib\nimportlib.import_module(name).check(rows)",
    ],
)
def test_what_another_program_names_may_run(text: str) -> None:
    assert may_run("check", code("train.py", text))


@pytest.mark.parametrize("text", ["import pkg.checks", "from pkg.checks import check", "schema.check(rows)", ""])
def test_what_is_only_imported_or_called_alike_does_not(text: str) -> None:
    assert not may_run("check", code("train.py", text))


def test_what_its_tests_alone_call_does_not_run() -> None:
    call = "from pkg.checks import check\ncheck(rows)"
    assert not may_run("check", code("tests/test_checks.py", call))


def test_what_stands_in_a_test_or_at_module_level_runs() -> None:
    test = code("tests/test_checks.py", IDLE)
    assert ProjectFacts([test]).uses.may_run(test.path, "check")
    assert may_run("")


def test_methods_and_inner_functions_run_with_the_definition_around_them() -> None:
    assert may_run("Rows.check.inner", code("train.py", "from pkg.checks import Rows\nRows()"))
    assert not may_run("Rows.check.inner", code("train.py", "from pkg.checks import check\ncheck(rows)"))


def test_of_a_library_others_may_call_what_is_public() -> None:
    manifest = FileFacts("pyproject.toml", FileKind.MANIFEST, manifest=ManifestFact("pyproject", is_library=True))
    assert may_run("check", manifest)
    assert not may_run("_check", manifest)
