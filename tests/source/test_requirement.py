import pytest

from readiness.source.requirement import conda_dependency, dependency, poetry_dependency


@pytest.mark.parametrize(
    ("text", "name", "pinned", "bounded"),
    [
        ("pandas", "pandas", False, False),
        ("Scikit_Learn==1.5.2", "scikit-learn", True, True),
        ("pandas===2.2", "pandas", True, True),
        ("pandas==2.*", "pandas", False, True),
        ("pandas>=2", "pandas", False, False),
        ("pandas>=2,<3", "pandas", False, True),
        ("pandas~=2.1", "pandas", False, True),
        ("uvicorn[standard]==0.30.1 ; python_version > '3.8'", "uvicorn", True, True),
        ("pandas==2.2.3 --hash=sha256:0ab", "pandas", True, True),
        ("pandas --hash=sha256:0ab", "pandas", True, True),
        ("tool @ git+https://example.org/t.git@0a1b2c3d", "tool", True, True),
        ("tool @ git+https://example.org/t.git@main", "tool", False, False),
        ("git+https://example.org/group/tool.git@v1.2.0", "tool", True, True),
        ("git+https://example.org/tool.git#egg=my_tool", "my-tool", False, False),
        ("https://example.org/a/numpy-1.26.4-cp311-none-any.whl", "numpy", True, True),
        ("pandas 2.2", "pandas", False, False),
    ],
)
def test_pip(text, name, pinned, bounded):
    found = dependency(text)
    assert (found.name, found.pinned, found.bounded) == (name, pinned, bounded)


@pytest.mark.parametrize("text", [".", "./lib", "/opt/lib", "file:///a", "", "???"])
def test_what_names_no_package_is_none(text):
    assert dependency(text) is None


@pytest.mark.parametrize(
    ("text", "name", "pinned", "bounded"),
    [
        ("numpy", "numpy", False, False),
        ("numpy=1.26", "numpy", False, True),
        ("numpy=1.26.4", "numpy", True, True),
        ("numpy==1.26", "numpy", True, True),
        ("numpy=1.26=py311_0", "numpy", True, True),
        ("conda-forge::numpy >=1.20,<2", "numpy", False, True),
        ("numpy=1.*", "numpy", False, True),
    ],
)
def test_conda(text, name, pinned, bounded):
    found = conda_dependency(text)
    assert (found.name, found.pinned, found.bounded) == (name, pinned, bounded)


@pytest.mark.parametrize(
    ("value", "pinned", "bounded"),
    [
        ("^2.1", False, True),
        ("*", False, False),
        ("2.1.0", True, True),
        ("==2.1", True, True),
        (">=2", False, False),
        ({"version": "~2.1", "extras": ["a"]}, False, True),
        ({"git": "https://example.org/x.git", "rev": "0a1b2c3"}, True, True),
        ({"git": "https://example.org/x.git"}, False, False),
        ({"path": "../x"}, True, True),
        ([{"version": "1.0.0"}], True, True),
    ],
)
def test_poetry_and_pipenv(value, pinned, bounded):
    found = poetry_dependency("pandas", value)
    assert (found.pinned, found.bounded) == (pinned, bounded)


def test_the_interpreter_is_no_dependency_of_poetry():
    assert poetry_dependency("python", "^3.11") is None
