import pytest

from readiness.source.installs import installed, read_installs


@pytest.mark.parametrize(
    ("line", "packages"),
    [
        ("pip install pandas", [("pandas", False)]),
        ("pip3 install -q 'pandas==2.2.3' Torch", [("pandas", True), ("torch", False)]),
        ("cd app && python -m pip install -r requirements.txt shap; echo done", [("shap", False)]),
        ("%pip install -qr requirements.txt shap", [("shap", False)]),
        ("conda install -yn wards -c conda-forge shap", [("shap", False)]),
        ("conda install -y -c conda-forge pandas=2.2.3", [("pandas", True)]),
        ("pip install --index-url https://example.org/simple wheels", [("wheels", False)]),
        ("pip install -e . ./local $EXTRA {name} --upgrade", []),
        ("pip install git+https://example.org/team/tools.git@v1.2", [("tools", True)]),
        ("pipx install black", []),
        ("echo pip", []),
    ],
)
def test_a_line_of_commands_installs_packages(line, packages):
    assert [(one.name, one.pinned) for one in installed(line)] == packages


def test_the_lines_of_a_text_are_joined_where_a_command_goes_on():
    manifest = read_installs("Dockerfile", "dockerfile", "FROM x\nRUN pip install \\\n    pandas==2.2.3 \\\n    shap\n")
    assert manifest is not None
    assert [(one.name, one.hit.location.line) for one in manifest.dependencies][1:] == [("pandas", 2), ("shap", 2)]


def test_an_image_brings_the_package_it_is_named_after():
    manifest = read_installs(
        "Dockerfile", "dockerfile", "FROM --platform=x nvcr.io/nvidia/pytorch:24.01-py3 AS build\n"
    )
    assert manifest is not None
    assert [(one.name, one.pinned) for one in manifest.dependencies] == [("pytorch", True)]


def test_a_text_without_commands_declares_nothing():
    assert read_installs("a.yml", "script", "from: pytorch\n") is None


@pytest.mark.parametrize(
    ("image", "specifier"),
    [
        ("python:3.12-slim", "==3.12.*"),
        ("docker.io/library/python:3.11.9", "==3.11.9.*"),
        ("python", ""),
        ("pytorch:24.01-py3", ""),
    ],
)
def test_the_image_of_the_language_names_its_version(image, specifier):
    manifest = read_installs("Dockerfile", "dockerfile", f"FROM {image}\n")
    assert manifest is not None
    assert [one.specifier for one in manifest.dependencies] == [specifier]
