import pytest

from readiness.facts.functions import functions
from readiness.source.python import PythonSource


def found(text):
    return list(functions(PythonSource.parse("a.py", text)))


def test_functions_and_methods_are_told_and_what_is_inside_of_them_is_not():
    text = "def f(): pass\nclass A:\n    class B:\n        def g(self):\n            def h(): pass\n"
    assert [(f.qualname, f.is_method, f.class_name) for f in found(text)] == [("f", False, ""), ("A.B.g", True, "B")]


def test_a_function_stands_at_its_def_even_below_decorators_and_strings_that_hold_one():
    text = (
        '"""\ndef f(): pass\n"""\n@wraps(g)\nasync def f(x,\n            y):\n    """Doc."""\n    return x\n\nz = 1\n'
    )
    (function,) = found(text)
    place = function.hit.location
    assert (place.line, place.column) == (5, 1)
    assert function.hit.anchor == "async def f(x,"
    assert function.parameters == ("x", "y")
    assert function.end_line == 8


def test_statements_are_counted_without_the_docstring():
    assert found("def f():\n    '''Doc.'''\n    if x:\n        y = 1\n    return y\n")[0].statements == 3


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("def f(): pass", True),
        ("def _f(): pass", False),
        ("class _A:\n    def f(self): pass", False),
        ("class A:\n    def __init__(self): pass", False),
    ],
)
def test_an_underscore_anywhere_makes_it_private(text, public):
    assert found(text)[0].public is public


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("def f(x):\n    y = x\n    return y", "function"),
        ("class A:\n    def f(self):\n        self.x = 1\n        return 2", "method"),
        ("class A:\n    @property\n    def f(self): return 1", "property"),
        ("import functools\nclass A:\n    @functools.cached_property\n    def f(self): return 1", "property"),
        ("class A:\n    @f.setter\n    def f(self, x): self.x = x", "property"),
        ("from abc import abstractmethod as am\nclass A:\n    @am\n    def f(self): return 1", "abstract"),
        ("class A:\n    def f(self):\n        '''Doc.'''\n        raise NotImplementedError('x')", "abstract"),
        ("from typing import overload\n@overload\ndef f(x: int) -> int: ...", "overload"),
        ("def f():\n    '''Doc.'''\n    pass", "stub"),
        ("def f(): ...", "stub"),
        ("@app.get('/stays')\ndef f():\n    x = 1\n    return x", "handler"),
        ("from app import routes\n@routes.post('/stays')\ndef f():\n    x = 1\n    return x", "handler"),
        ("from litestar import get\n@get('/')\ndef f():\n    x = 1\n    return x", "handler"),
        ("def main():\n    x = 1\n    f(x)", "main"),
        ("def run():\n    x = 1\n    f(x)\nif __name__ == '__main__':\n    run()", "main"),
        ("def run():\n    x = 1\n    f(x)\nrun()\nif __name__ == '__main__':\n    run()", "function"),
        ("import click\n@click.command()\ndef run():\n    x = 1\n    f(x)", "main"),
        ("def f(x): return g(x)", "wrapper"),
        ("def f(x): return g(x).h()", "function"),
    ],
)
def test_the_sort_of_a_function(text, kind):
    assert found(text)[0].kind == kind


def test_decorators_are_told_by_their_full_names():
    assert found("from a import b as c\n@c.d(1)\n@local\ndef f(): pass")[0].decorators == ("a.b.d", "local")
