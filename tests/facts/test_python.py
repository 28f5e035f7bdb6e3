import pytest

from readiness.facts.model import FileFacts, ImportFact
from readiness.facts.python import python_facts
from readiness.facts.sorts import FileKind
from readiness.source.python import PythonSource


def facts(text):
    return python_facts(PythonSource.parse("pkg/a.py", text), FileFacts("pkg/a.py", FileKind.PYTHON))


def test_imports_are_told_as_written():
    text = "import a.b as c\nfrom ..d import e as f, g\nfrom . import h\nfrom i import *\nif x:\n    import j\n"
    assert facts(text).imports == (
        ImportFact("a.b", alias="c"),
        ImportFact("..d", "e", "f"),
        ImportFact("..d", "g"),
        ImportFact(".", "h"),
        ImportFact("i", "*"),
        ImportFact("j"),
    )


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("from a.b import f\nf()", "a.b.f"),
        ("from a.b import f\nx = [f]", "a.b.f"),
        ("import a.b\na.b.f(1)", "a.b.f"),
        ("import a.b as m\nm.C.method", "a.b.C.method"),
        ("from .b import f\nf", ".b.f"),
        ("model.fit(x)", ".fit"),
        ("with mock.patch('a.b.f'): pass", "a.b.f"),
        ("import a.b\nmonkeypatch.setattr(a.b, 'f', 1)", "a.b.f"),
        ("import a\n@pytest.mark.parametrize('g', [a.f])\ndef test(g): g()", "a.f"),
        ("@pytest.mark.parametrize('name', ['predict'])\ndef test(name): getattr(m, name)()", ".predict"),
    ],
)
def test_references_are_what_the_code_uses_by_its_full_name(text, reference):
    assert reference in facts(text).references


def test_an_import_alone_is_no_reference():
    assert facts("from a.b import f\nimport c.d").references == frozenset()


def test_a_local_name_hides_an_import():
    assert "a.f" not in facts("from a import f\ndef g(f): return f()").references
