import pytest

from readiness.source.python import PythonSource
from readiness.source.setup_script import read_setup_script


def read(arguments):
    return read_setup_script(PythonSource.parse("setup.py", f"from setuptools import setup\nsetup({arguments})\n"))


def test_listed_requirements_have_their_group_and_line():
    manifest = read("name='risk',\n    install_requires=['pandas>=2',\n    'shap'], tests_require=['pytest']")
    assert [(one.name, one.group, one.hit.location.line) for one in manifest.dependencies] == [
        ("pandas", "", 3),
        ("shap", "", 4),
        ("pytest", "test", 4),
    ]
    assert manifest.is_library
    assert manifest.complete


@pytest.mark.parametrize(
    "arguments", ["install_requires=read()", "install_requires=[*BASE]", "extras_require={}", "**options"]
)
def test_what_is_computed_is_not_known(arguments):
    assert not read(arguments).complete


def test_a_script_without_the_call_declares_nothing():
    assert read_setup_script(PythonSource.parse("setup.py", "print(1)\n")) is None


def test_the_versions_of_python_are_known():
    assert read("python_requires='>=3.9'").python == ">=3.9"
    assert read("python_requires=VERSIONS").python == ""
