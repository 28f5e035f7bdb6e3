import pytest

from readiness.facts.dependencies import Dependencies
from readiness.facts.distributions import Distributions
from readiness.facts.hit import Hit
from readiness.facts.model import FileFacts, ImportFact, ManifestFact, PackageFact
from readiness.facts.sorts import FileKind
from readiness.finding import Location
from readiness.source.installs import read_installs
from readiness.source.manifest import read_manifest

KNOWN = Distributions(
    {"sklearn": ("scikit-learn",), "numpy": ("numpy",), "cv2": ("opencv-python", "opencv-*"), "jinja2": ("jinja2",)},
    {"scikit-learn": ("scipy",), "scipy": ("numpy",), "web[all]": ("jinja2",)},
)


def manifest(path, text):
    return FileFacts(path, FileKind.MANIFEST, manifest=read_manifest(path, text))


def importing(path, module):
    package = PackageFact(module, Hit(Location(path)))
    return FileFacts(path, FileKind.PYTHON, imports=(ImportFact(module, module),), packages=(package,))


def known(*files):
    return Dependencies(files, KNOWN)


@pytest.mark.parametrize(
    ("requirements", "module", "declared"),
    [
        ("scikit-learn", "sklearn", True),
        ("scikit-learn", "numpy", True),
        ("opencv-contrib-python", "cv2", True),
        ("scipy", "sklearn", False),
        ("web[all]", "jinja2", True),
        ("web", "jinja2", False),
    ],
)
def test_a_module_is_declared_by_what_brings_it(requirements, module, declared):
    assert known(manifest("requirements.txt", requirements)).is_declared(module, "a.py") is declared


def test_what_a_notebook_installs_is_there_for_itself_alone():
    installs = ManifestFact("notebook", read_manifest("requirements.txt", "numpy").dependencies)
    dependencies = known(FileFacts("a.ipynb", FileKind.NOTEBOOK, manifest=installs))
    assert dependencies.is_declared("numpy", "a.ipynb")
    assert not dependencies.is_declared("numpy", "b.ipynb")
    assert dependencies.manifests == []


def test_what_the_project_calls_so_itself_is_no_package():
    assert known().is_known("numpy")
    assert not known().is_known("rows")
    assert not known(FileFacts("numpy/rows.csv", FileKind.OTHER)).is_known("numpy")
    assert not known(FileFacts("lib/numpy.py", FileKind.PYTHON)).is_known("numpy")


@pytest.mark.parametrize(
    ("path", "text", "complete"),
    [
        ("requirements.txt", "numpy\n-r requirements-base.txt", True),
        ("requirements.txt", "-r base.list", False),
        ("pyproject.toml", "[project]\nname = 'a'\ndynamic = ['dependencies']", False),
        ("pyproject.toml", "[project]\nname = 'a'\ndynamic = ['version']", True),
        ("setup.cfg", "[options]\ninstall_requires = file: needs.txt", False),
    ],
)
def test_a_list_that_stands_elsewhere_makes_what_is_declared_unknown(path, text, complete):
    assert known(manifest(path, text)).complete is complete


def test_a_manifest_that_cannot_be_read_makes_what_is_declared_unknown():
    assert not known(FileFacts("requirements.txt", FileKind.MANIFEST)).complete


def test_a_package_is_used_where_it_is_imported_or_named_in_configuration():
    first, second, third = read_manifest("requirements.txt", "scikit-learn\nnumpy\nin-house").dependencies
    listed = manifest("requirements.txt", "scikit-learn\nnumpy\nin-house")
    first, second, third = listed.manifest.dependencies
    code = importing("a.py", "sklearn")
    assert [known(listed, code).is_used(one) for one in (first, second, third)] == [True, False, None]
    run = FileFacts("run.yml", FileKind.TEXT, references=frozenset({"numpy"}))
    assert known(listed, code, run).is_used(second)


def test_whether_a_package_is_used_is_unknown_where_the_manifest_serves_no_code():
    listed = manifest("labels/environment.yml", "dependencies: [scikit-learn, numpy]")
    assert known(listed, importing("a.py", "sklearn")).is_used(listed.manifest.dependencies[1]) is None
    assert known(listed, importing("labels/a.py", "sklearn")).is_used(listed.manifest.dependencies[1]) is False


def test_a_file_is_in_a_package_if_its_folder_is_one():
    files = known(FileFacts("wards/__init__.py", FileKind.PYTHON), importing("wards/a.py", "numpy"))
    assert files.is_in_package("wards/a.py")
    assert not files.is_in_package("benchmark.py")


def test_a_package_is_used_by_a_module_that_is_named_after_it():
    listed = manifest("requirements.txt", "scikit-learn\nnumpy")
    code = importing("a.py", "sklearn.numpy")
    used = importing("b.py", "sklearn")
    assert known(listed, code, used).is_used(listed.manifest.dependencies[1])


@pytest.mark.parametrize(
    ("path", "governed"),
    [
        ("requirements.txt", True),
        ("envs/environment.yml", True),
        ("beds/requirements.txt", True),
        ("beds/docker/requirements.txt", True),
        ("risk/requirements.txt", False),
    ],
)
def test_a_manifest_governs_its_folder_and_all_below(path, governed):
    assert known(manifest(path, "numpy")).is_governed("beds/train.py") is governed


def test_a_list_lacks_what_its_packages_bring():
    facts = manifest("requirements.txt", "scikit-learn==1.5.2\nscipy==1.14.1")
    assert known(facts).unlisted(facts.manifest) == ("numpy",)


def test_an_image_alone_manages_nothing():
    image = FileFacts("Dockerfile", FileKind.TEXT, manifest=read_installs("Dockerfile", "dockerfile", "FROM numpy"))
    assert known(image).manifests == []
    assert known(image).is_declared("numpy", "a.py")
