import pytest

from readiness.errors import UnreadableSource
from readiness.source.manifest import manifest_type, read_manifest


def declared(path, text):
    return [(d.name, d.specifier, d.hit.location.line, d.group) for d in read_manifest(path, text).dependencies]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("requirements.txt", "requirements"),
        ("a/requirements-dev.in", "requirements"),
        ("requirements/base.txt", "requirements"),
        ("dev_requirements.txt", "requirements"),
        ("constraints.txt", "requirements"),
        ("pyproject.toml", "pyproject"),
        ("environment.yml", "environment"),
        ("conda.yaml", "environment"),
        ("environment-gpu.yaml", "environment"),
        ("setup.cfg", "setup.cfg"),
        ("setup.py", "setup.py"),
        ("Pipfile", "pipfile"),
        ("uv.lock", "lock"),
        ("Pipfile.lock", "lock"),
        ("a/poetry.lock", "lock"),
        ("conda-lock.yml", "lock"),
        ("pylock.dev.toml", "lock"),
        ("notes.txt", None),
        ("config.yaml", None),
    ],
)
def test_a_manifest_is_told_by_its_name(path, kind):
    assert manifest_type(path) == kind


def test_requirements_have_lines_and_skip_options_and_comments():
    text = "# tools\n-r base.txt\n--index-url https://example.org/simple\npandas==2.2 # why\n\nnumpy>=1 \\\n  --hash=sha256:0a \\\n  --hash=sha256:0b\n-e git+https://example.org/x.git@v1.0#egg=x\n-e .\n"
    assert [(name, line) for name, _, line, _ in declared("requirements.txt", text)] == [
        ("pandas", 4),
        ("numpy", 6),
        ("x", 9),
    ]


def test_fully_pinned_requirements_are_a_lock_unless_they_are_for_development():
    assert read_manifest("requirements.txt", "a==1\nb==2\n").is_lock
    assert not read_manifest("requirements.txt", "a==1\nb\n").is_lock
    assert not read_manifest("requirements.txt", "").is_lock
    assert not read_manifest("requirements-dev.txt", "a==1\n").is_lock


def test_the_name_of_the_file_tells_the_group():
    groups = {
        path: declared(path, "a")[0][3]
        for path in ("requirements-dev.txt", "docs/requirements.txt", "requirements/test.txt", "requirements.txt")
    }
    assert groups == {
        "requirements-dev.txt": "dev",
        "docs/requirements.txt": "docs",
        "requirements/test.txt": "test",
        "requirements.txt": "",
    }


PYPROJECT = """\
[build-system]
requires = ["hatchling>=1"]
[project]
name = "tool"
dependencies = [
  "pandas>=2",
  'numpy',  # arrays
]
[project.optional-dependencies]
plot = ["matplotlib==3.9.0"]
[dependency-groups]
dev = ["pytest", {include-group = "lint"}]
[tool.poetry.dependencies]
python = "^3.11"
requests = "^2.0"
[tool.poetry.group.test.dependencies]
requests = {version = "2.31.0"}
"""


def test_pyproject_is_read_in_every_dialect():
    assert declared("pyproject.toml", PYPROJECT) == [
        ("pandas", ">=2", 6, ""),
        ("numpy", "", 7, ""),
        ("matplotlib", "==3.9.0", 10, "optional:plot"),
        ("pytest", "", 12, "dev"),
        ("hatchling", ">=1", 2, "build"),
        ("requests", "^2.0", 15, ""),
        ("requests", "2.31.0", 17, "test"),
    ]
    assert read_manifest("pyproject.toml", PYPROJECT).is_library
    assert not read_manifest("pyproject.toml", "[tool.ruff]\n").is_library


def test_environment_files_hold_conda_and_pip():
    text = "name: x\ndependencies:\n  - python=3.11\n  - conda-forge::numpy=1.26.4\n  - pip:\n    - torch==2.4.0\n    - -r more.txt\n"
    assert declared("environment.yml", text) == [
        ("python", "=3.11", 3, ""),
        ("numpy", "=1.26.4", 4, ""),
        ("torch", "==2.4.0", 6, ""),
    ]


def test_setup_cfg_and_pipfile():
    cfg = "[metadata]\nname = x\n[options]\ninstall_requires =\n    pandas>=1\n    numpy ; python_version > '3'\n[options.extras_require]\nplot = matplotlib\n"
    assert [(name, line, group) for name, _, line, group in declared("setup.cfg", cfg)] == [
        ("pandas", 5, ""),
        ("numpy", 6, ""),
        ("matplotlib", 8, "optional:plot"),
    ]
    pipfile = '[packages]\npandas = "*"\n[dev-packages]\npytest = "==8.0"\n'
    assert declared("Pipfile", pipfile) == [("pandas", "", 2, ""), ("pytest", "==8.0", 4, "dev")]


@pytest.mark.parametrize("path", ["uv.lock", "setup.py", "pixi.lock"])
def test_what_only_exists_has_no_dependencies(path):
    manifest = read_manifest(path, "anything [ at all")
    assert manifest.dependencies == ()
    assert manifest.is_lock is (path != "setup.py")


@pytest.mark.parametrize(
    ("path", "text", "where"),
    [
        ("pyproject.toml", "[project]\nname = \n", "pyproject.toml:2:8"),
        ("environment.yml", "a: [1\nb: 2\n", "environment.yml:2:2"),
        ("setup.cfg", "no section\n", "setup.cfg"),
    ],
)
def test_a_broken_manifest_is_refused_with_its_place(path, text, where):
    with pytest.raises(UnreadableSource) as refused:
        read_manifest(path, text)
    assert refused.value.where == where


def test_odd_shapes_are_no_failure():
    assert declared("pyproject.toml", 'project = 1\ntool = []\ndependency-groups = {dev = "x"}\n') == []
    assert declared("environment.yml", "- a\n- b\n") == []
    assert declared("environment.yml", "") == []
    assert declared("Pipfile", "packages = [1]\n") == []


def test_a_lock_file_tells_the_versions_of_its_packages():
    text = 'version = 1\n\n[[package]]\nname = "Scikit_Learn"\nversion = "1.5.2"\nsource = {}\n'
    (found,) = read_manifest("uv.lock", text).dependencies
    assert (found.name, found.specifier, found.pinned, found.hit.location.line) == ("scikit-learn", "==1.5.2", True, 4)


@pytest.mark.parametrize(
    ("path", "text", "python"),
    [
        ("pyproject.toml", '[project]\nrequires-python = ">=3.10,<3.13"\n', ">=3.10,<3.13"),
        ("pyproject.toml", PYPROJECT, "^3.11"),
        ("pyproject.toml", '[tool.poetry.dependencies]\npython = "*"\n', ""),
        ("setup.cfg", "[options]\npython_requires = >=3.9\n", ">=3.9"),
        ("Pipfile", '[requires]\npython_version = "3.11"\n', "3.11"),
        ("pixi.toml", '[dependencies]\npython = ">=3.12"\n', ">=3.12"),
        ("requirements.txt", "pandas\n", ""),
    ],
)
def test_the_versions_of_python_are_no_dependency_but_known(path, text, python):
    manifest = read_manifest(path, text)
    assert manifest.python == python
    assert "python" not in [one.name for one in manifest.dependencies]
