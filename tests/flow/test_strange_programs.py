"""Programs that go round in circles, hide what they do or are nested as deep as they go: followed to an end, and rightly."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from readiness.flow.find import Flow
from readiness.flow.program import FlowProgram

Check = Callable[..., None]
Graph = Callable[[str], FlowProgram]
Flows = Callable[..., list[Flow]]


@pytest.mark.parametrize(
    "functions",
    [
        "def f(x):\n    return f(x)\n",
        "def f(x):\n    return x if done(x) else g(x)\ndef g(x):\n    return f(x)\n",
        "def f(x):\n    return [g(part) for part in x]\ndef g(x):\n    return h(f, x)\ndef h(call, x):\n    return call(x)\n",
        "f = lambda x: f(x) if x else x\n",
        "class F:\n    def __call__(self, x):\n        return self.g(x)\n    def g(self, x):\n        return self(x)\nf = F()\n",
        "def f(x):\n    def g(y):\n        return f(y)\n    return g(x) or x\n",
    ],
    ids=["itself", "each other", "through a parameter", "lambda", "methods", "nested"],
)
def test_functions_that_call_each_other_are_followed_to_an_end(graph: Graph, functions: str) -> None:
    found = graph(functions + "sink(f(source()))\n")
    assert len(found.graph) < 1_000
    assert not found.unfinished


def test_what_a_recursion_gives_back_is_followed(check: Check) -> None:
    check(
        """
        def down(x, n):
            return x if n == 0 else down(x, n - 1)
        sink(down(source(), 3)) #!
        sink(down(other(), 3))
        """
    )


def test_names_and_functions_that_are_defined_anew_count_as_they_are_at_the_time(check: Check) -> None:
    check(
        """
        def f(x):
            return x
        x = source()
        sink(f(x)) #!
        def f(x):
            return 0
        sink(f(x))
        x = other()
        def f(x):
            return x
        sink(f(x))
        """
    )


def test_attributes_that_are_set_by_name_are_unknown_and_not_lost(check: Check) -> None:
    check(
        """
        setattr(box, name, source())
        sink(getattr(box, name))
        box.x = source()
        sink(getattr(box, "x")) #!
        sink(getattr(other, "x"))
        """
    )


def test_what_is_unpacked_with_a_star_is_followed(check: Check) -> None:
    check(
        """
        first, *rest = [other(), source(), other()]
        sink(first)
        sink(rest) #!
        head, (second, *_) = other(), [source()]
        sink(head)
        sink(second) #!
        sink(*[source()]) #!
        sink(**{"x": source()}) #!
        """
    )


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "[" * 80 + "source()" + "]" * 80,
        "x = " + "f(" * 80 + "source()" + ")" * 80,
        "x = source()\n" + "x = (x, x)\n" * 60,
        "".join("    " * n + "if c:\n" for n in range(18)) + "    " * 18 + "x = source()",
        "".join("    " * n + f"for i{n} in y:\n" for n in range(18)) + "    " * 18 + "x = source()",
        "".join("    " * n + f"def f{n}():\n" for n in range(12)) + "    " * 12 + "pass\nx = source()",
    ],
    ids=["lists", "calls", "pairs of pairs", "branches", "loops", "functions"],
)
def test_what_is_nested_deep_is_followed(flows: Flows, text: str) -> None:
    assert len(flows(f"{text}\nsink(x)\n")) == 1
