import pytest

from readiness.facts.coverage import Coverage
from readiness.facts.model import FileFacts, ManifestFact
from readiness.facts.project import ProjectFacts
from readiness.facts.python import python_facts
from readiness.facts.sorts import FileKind, Role
from readiness.facts.texts import DocumentFact
from readiness.source.python import PythonSource


def code(path, text):
    role = Role.TEST if "test" in path else Role.SOURCE
    return python_facts(PythonSource.parse(path, text), FileFacts(path, FileKind.PYTHON, role))


def program(files, path):
    project = ProjectFacts([code(name, text) for name, text in files.items()])
    return {facts.path for facts in project.program_of(path)}


@pytest.mark.parametrize(
    ("files", "path", "expected"),
    [
        ({"train.py": "import data", "data.py": "", "other.py": ""}, "train.py", {"train.py", "data.py"}),
        ({"train.py": "import data", "data.py": ""}, "data.py", {"train.py", "data.py"}),
        ({"src/pkg/a.py": "from pkg.b import f", "src/pkg/b.py": ""}, "src/pkg/a.py", {"src/pkg/a.py", "src/pkg/b.py"}),
        ({"pkg/sub/a.py": "from ..b import f", "pkg/b.py": ""}, "pkg/sub/a.py", {"pkg/sub/a.py", "pkg/b.py"}),
        ({"pkg/a.py": "from . import b", "pkg/b.py": "", "pkg/__init__.py": ""}, "pkg/a.py", {"pkg/a.py", "pkg/b.py"}),
        ({"a.py": "import pkg.b", "pkg/b.py": "import c", "c.py": ""}, "a.py", {"a.py", "pkg/b.py", "c.py"}),
        ({"one/a.py": "import data", "one/data.py": "", "two/data.py": ""}, "one/a.py", {"one/a.py", "one/data.py"}),
        ({"a.py": "import random", "lib/random.py": ""}, "a.py", {"a.py"}),
        ({"a.py": "import torch", "models/torch/layers/torch.py": ""}, "a.py", {"a.py"}),
        ({"a.py": "from a import x"}, "a.py", {"a.py"}),
    ],
)
def test_a_program_is_a_file_with_what_it_imports_and_what_imports_it(files, path, expected):
    assert program(files, path) == expected


FUNCTION = "def f(x):\n    y = x\n    return y\n"
METHOD = "class A:\n    def f(self):\n        self.x = 1\n        return 2\n"


@pytest.mark.parametrize(
    "files",
    [
        {"pkg/a.py": FUNCTION, "tests/test_a.py": "from pkg.a import f\nf(1)"},
        {"src/pkg/a.py": FUNCTION, "tests/test_a.py": "import pkg.a as m\nm.f(1)"},
        {"src/pkg/_a.py": FUNCTION, "tests/test_a.py": "from pkg._a import f\nf(1)"},
        {"a.py": FUNCTION, "tests/test_a.py": "from a import *\nf(1)"},
        {
            "pkg/a.py": FUNCTION,
            "pkg/__init__.py": "from .a import f as g",
            "tests/test_a.py": "from pkg import g\ng(1)",
        },
        {"pkg/a.py": FUNCTION, "pkg/__init__.py": "from .a import *", "tests/test_a.py": "import pkg\npkg.f(1)"},
        {"pkg/f.py": FUNCTION, "pkg/__init__.py": "from pkg.f import f", "tests/test_a.py": "import pkg\npkg.f(1)"},
        {"pkg/a.py": FUNCTION, "tests/test_a.py": "import pkg\nwith mock.patch('pkg.a.f'): pass"},
        {"pkg/a.py": FUNCTION, "pkg/tests/test_a.py": "from ..a import f\nf(1)"},
        {"pkg/a.py": FUNCTION, "tests/test_a.py": "import importlib\nPUBLIC = ['pkg.a.f']"},
        {"scripts/a.py": FUNCTION, "tests/test_a.py": "import sys\nsys.path.append('scripts')\nimport a\na.f(1)"},
        {"pkg/a.py": METHOD, "tests/test_a.py": "from pkg.a import A\nA().f()"},
        {"pkg/a.py": METHOD, "tests/test_a.py": "from pkg.a import A\nA.f(None)"},
        {
            "pkg/a.py": METHOD,
            "pkg/b.py": "from pkg.a import A\ndef make(): return A()",
            "tests/test_a.py": "from pkg.b import make\nmake().f()",
        },
        {
            "pkg/sub/a.py": FUNCTION,
            "pkg/sub/__init__.py": "from pkg.sub.a import f",
            "tests/pkg/sub/__init__.py": "",
            "tests/pkg/sub/test_a.py": "from pkg.sub import f\nf(1)",
        },
    ],
)
def test_a_function_that_a_test_refers_to_is_tested(files):
    assert is_tested(files)


@pytest.mark.parametrize(
    "files",
    [
        {"pkg/a.py": FUNCTION, "tests/test_a.py": "from pkg import b\nb.f(1)", "pkg/b.py": FUNCTION},
        {"pkg/a.py": FUNCTION, "tests/test_a.py": "def f(x): return x\nf(1)\nimport os"},
        {"pkg/a.py": FUNCTION, "use.py": "from pkg.a import f\nf(1)"},
        {"pkg/a.py": METHOD, "tests/test_a.py": "from pkg.a import A\nA()"},
        {"pkg/a.py": METHOD, "tests/test_a.py": "import os\nos.f()"},
    ],
)
def test_a_function_that_no_test_refers_to_is_not(files):
    assert not is_tested(files)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("beds/wards.py", "tests/test_wards.py"),
        ("beds/__init__.py", "tests/test_beds.py"),
        ("beds/utils.py", "tests/beds/test_utils.py"),
        ("staff/utils.py", "tests/staff/test_utils.py"),
    ],
)
def test_the_tests_of_a_module_belong_into_the_nearest_file_of_its_name(path, expected):
    files = ["tests/beds/test_utils.py", "tests/staff/test_utils.py"]
    assert ProjectFacts([code(name, "") for name in files]).test_file(path) == expected


@pytest.mark.parametrize(("called", "expected"), [("f", True), ("other", False)])
def test_modules_that_all_take_over_each_other_are_followed_to_an_end(called, expected):
    stars = "".join(f"from pkg.layers.m{number} import *\n" for number in range(40))
    modules = {f"pkg/layers/m{number}.py": stars for number in range(40)}
    test = {"tests/test_a.py": f"import pkg\npkg.{called}(1)"}
    inits = {"pkg/layers/__init__.py": stars, "pkg/__init__.py": "from .layers import *\nfrom pkg.layers import *"}
    assert (
        is_tested(
            {"pkg/layers/deep.py": FUNCTION, **inits, **modules, **test} | {"pkg/layers/m7.py": "from .deep import f"}
        )
        is expected
    )


def is_tested(files, coverage=None):
    facts = [code(name, text) for name, text in files.items()]
    return ProjectFacts(facts, coverage).is_tested(facts[0], facts[0].functions[0])


def test_coverage_is_believed_where_it_knows_the_file():
    files = {"pkg/a.py": FUNCTION, "tests/test_a.py": "from pkg.a import f\nf(1)"}
    assert not is_tested(files, Coverage({"pkg/a.py": frozenset({1})}))
    assert is_tested({"pkg/a.py": FUNCTION}, Coverage({"pkg/a.py": frozenset({2})}))
    assert is_tested(files, Coverage({"pkg/b.py": frozenset({1})}))


def document(path, kind, template=False):
    return FileFacts(path, FileKind.DOCUMENT, document=DocumentFact(type=kind, template=template))


def test_a_card_exists_in_any_format_but_not_as_a_form():
    assert ProjectFacts([document("MODEL_CARD.md", "model-card")]).has_document("model-card")
    assert ProjectFacts([FileFacts("docs/model_card.json", FileKind.TEXT)]).has_document("model-card")
    assert not ProjectFacts([document("MODEL_CARD.md", "model-card", template=True)]).has_document("model-card")
    assert not ProjectFacts([FileFacts("model_card_template.html", FileKind.OTHER)]).has_document("model-card")
    assert ProjectFacts([document("README.md", "readme")]).has_document("readme")


def test_a_lock_serves_the_folders_below_it():
    lock = FileFacts("a/uv.lock", FileKind.MANIFEST, manifest=ManifestFact("lock", is_lock=True))
    project = ProjectFacts([lock])
    assert project.view("a/requirements.txt").has_lock
    assert project.view("a/b/requirements.txt").has_lock
    assert not project.view("requirements.txt").has_lock


def test_what_conditions_may_ask_of_a_project():
    paths = {
        "tests/test_a.py": FileKind.PYTHON,
        ".github/workflows/ci.yml": FileKind.TEXT,
        "a.ipynb": FileKind.NOTEBOOK,
    }
    files = [FileFacts(path, kind, Role.TEST if "test" in path else Role.SOURCE) for path, kind in paths.items()]
    view = ProjectFacts(files).view("a.ipynb")
    assert (view.has_tests, view.has_ci, view.has_model_card, view.notebooks, view.files) == (True, True, False, 1, 3)


def test_paths_exist_as_files_and_folders():
    project = ProjectFacts([FileFacts("docs/a/b.md", FileKind.DOCUMENT)])
    assert [project.exists(path) for path in ("docs/a/b.md", "docs/a", "docs", ".", "b.md")] == [
        True,
        True,
        True,
        True,
        False,
    ]
    assert project.has_path(("docs/**/*.md",))
    assert not project.has_path(("*.txt",))


def test_a_readme_speaks_for_the_folders_below_it():
    readme = FileFacts("intro/README.md", FileKind.DOCUMENT, document=DocumentFact(type="readme", teaches=True))
    project = ProjectFacts([readme])
    assert project.view("intro/train.py").teaches
    assert project.view("intro/a/train.py").teaches
    assert not project.view("train.py").teaches
    assert project.view("lectures/train.py").teaches
