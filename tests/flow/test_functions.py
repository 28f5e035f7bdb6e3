"""Values flow into functions and classes of the program and out of them, each call by itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Check = Callable[[str], None]

FUNCTIONS = {
    "an argument comes back as what is returned": """
        def same(x):
            return x
        sink(same(source()))  #!
        sink(same(1))
    """,
    "arguments find their parameters": """
        def second(a, b=2, *rest, c, **others):
            sink(a)
            sink(b)  #!
            sink(rest)  #!
            sink(c)
            sink(others)  #!
        second(1, source(), source(), c=1, d=source())
    """,
    "a default is used if nothing is given": """
        def f(a, b=source()):
            sink(b)  #!
        f(1)
    """,
    "a function changes what it is given": """
        def fill(xs):
            xs.append(source())
        xs, ys = [], []
        fill(xs)
        sink(xs)  #!
        sink(ys)
    """,
    "each way out counts": """
        def f(c):
            if c:
                return source()
            return 1
        sink(f(1))  #!
    """,
    "several values come back one by one": """
        def f():
            return source(), 1
        a, b = f()
        sink(a)  #!
        sink(b)
    """,
    "a generator gives what it yields": """
        def f():
            yield 1
            yield source()
            yield from g()
        for x in f():
            sink(x)  #!
    """,
    "recursion ends": """
        def f(n, x):
            return f(n - 1, x) if n else g(x)
        def g(x):
            return f(3, x)
        sink(f(3, source()))  #!
    """,
    "a function sees the names around it": """
        def outer():
            x = source()
            def inner():
                sink(x)  #!
            inner()
        def setter():
            global g
            g = source()
        setter()
        sink(g)  #!
        def counter():
            x = 1
            def bump():
                nonlocal x
                x = source()
            bump()
            sink(x)  #!
    """,
    "a function that nothing calls is walked too": """
        def f(x):
            sink(x)
            y = source()
            sink(y)  #!
            def inner():
                sink(y)  #!
    """,
    "a function may be handed over": """
        def clean_row(row):
            sink(row)  #!
            return row
        sink(source().apply(clean_row))  #!
        sink(table.apply(lambda row: source()))  #!
    """,
    "a decorated function is the function": """
        @cache
        def f(x):
            return x
        sink(f(source()))  #!
    """,
}
CLASSES = {
    "an object keeps what its methods put into it": """
        class Box:
            def __init__(self, x):
                self.x = x
            def get(self):
                return self.x
        sink(Box(source()).get())  #!
        sink(Box(1).get())
    """,
    "a method calls another one": """
        class Box:
            def put(self, x):
                self.store(x)
            def store(self, x):
                self.x = x
        box = Box()
        box.put(source())
        sink(box.x)  #!
        sink(box.y)
    """,
    "a class has the methods of its bases": """
        class Base:
            def put(self, x):
                self.x = x
        class Box(Base):
            pass
        box = Box()
        box.put(source())
        sink(box.x)  #!
    """,
    "methods that nothing calls share one object": """
        class Job:
            def run(self):
                sink(self.x)  #!
                self.y = source()
            def __init__(self):
                self.x = source()
            def report(self):
                sink(self.y)  #!
                sink(self.z)
    """,
    "a static method has no receiver": """
        class Tools:
            @staticmethod
            def same(x):
                return x
        sink(Tools().same(source()))  #!
        sink(Tools.same(1))
    """,
    "a class that says nothing of its arguments is made from them": """
        class Record(Base):
            a: int
        sink(Record(source()))  #!
    """,
}
ALL = {**FUNCTIONS, **CLASSES}


@pytest.mark.parametrize("name", ALL)
def test_values_flow_through_functions(name: str, check: Check) -> None:
    check(ALL[name])
