"""Values flow through expressions, into parts of values and out of them, and by all names of an object."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Check = Callable[[str], None]

EXPRESSIONS = {
    "a comparison written as a choice of constants": """
        old = 1 if age > source() else 0
        sink(old)  #!
        found = "yes" if source() else "no"
        sink(found)
    """,
    "operators, calls and texts make values from values": """
        x = source()
        sink(-x + 1)  #!
        sink(f"{x:>10} {1:{x}}")  #!
        sink("%s" % x)  #!
        sink(x > 3)  #!
        sink(unknown(1, key=x))  #!
        sink(unknown(*x, **x))  #!
        sink(x.method(1).other)  #!
        sink(x[1:2])  #!
        sink(table[x])  #!
    """,
    "what says nothing of the content carries nothing": """
        x = source()
        sink(len(x), x.shape, x.columns, type(x), isinstance(x, str))
        sink(clean(x))
    """,
    "a comprehension carries its elements": """
        sink([f(x) for x in source()])  #!
        sink({x: 1 for x in source()})  #!
        sink([1 for x in source()])
        sink([y for x in xs for y in x if source()])
        x = 1
        sink(list(x for x in source()))  #!
        sink(x)
    """,
    "a comprehension over listed things keeps them apart": """
        pair = [f(x) for x in [source(), 1]]
        sink(pair[0])  #!
        sink(pair[1])
    """,
    "a lambda carries what it returns": """
        f = lambda value: value
        sink(f(source()))  #!
        sink(f(1))
    """,
}
PARTS = {
    "elements of a tuple are told apart": """
        pair = source(), 1
        sink(pair[0])  #!
        sink(pair[1])
        sink(pair)  #!
        a, b = pair
        sink(a)  #!
        sink(b)
        first, *rest = 1, source()
        sink(first)
        sink(rest)  #!
        first, *rest, last = source(), 2, 3, 4
        sink(rest, last)
        sink(first)  #!
        first, *rest, last = 1, 2, 3, source()
        sink(first, rest)
        sink(last)  #!
        *rest, last = 1, source(), 3
        sink(rest[0], last)
        sink(rest[1])  #!
        (a, (b, c)) = 1, (2, source())
        sink(b)
        sink(c)  #!
    """,
    "what follows a starred name is none of what comes before it": """
        parts = load()
        parts[0] = source()
        first, *rest, last = parts
        sink(rest, last)
        sink(first)  #!
    """,
    "keys that a loop over written names gives are told apart": """
        tables = {}
        for name in ["a", "b"]:
            tables[name] = read(name)
        for name in ["a"]:
            tables[name] = source()
        sink(tables["b"])
        sink(tables["a"])  #!
    """,
    "keys of a dictionary are told apart": """
        d = {"a": source(), "b": 1}
        sink(d["a"])  #!
        sink(d["b"])
        d["a"] = 1
        sink(d["a"])
        d["c"] = source()
        sink(d["b"])
        sink(d)  #!
    """,
    "columns of a table are told apart": """
        df["a"] = source()
        df["b"] = 1
        sink(df["b"])
        sink(df[["b", "c"]])
        sink(df[["a", "b"]])  #!
        sink(df.a)  #!
        names = ["b"]
        sink(df[names])
        sink(df.copy()["b"])
        sink(df.loc[rows, "b"])
        sink(df.loc[rows, "a"])  #!
        sink(df.iloc[:3])  #!
    """,
    "columns that go take along what they carry": """
        df["a"] = source()
        sink(df.drop("a", axis=1))
        sink(df.drop(columns=["a", "b"]))
        sink(df.drop(["b"], axis="columns"))  #!
        sink(df.drop("a"))  #!
        df.drop("a", axis=1, inplace=True)
        sink(df)
        df["b"] = source()
        del df["b"]
        sink(df)
    """,
    "a part of a part is a part": """
        obj.a.b = source()
        sink(obj.a.c)
        sink(obj.a.b)  #!
        sink(obj.a)  #!
        sink(obj)  #!
    """,
    "a part that is replaced is gone, the rest is not": """
        x = source()
        x.a = 1
        sink(x.a)
        sink(x.b)  #!
    """,
    "an index that is not known may be any": """
        xs = [1, source()]
        sink(xs[i])  #!
        xs[j] = 1
        sink(xs[1])  #!
        xs = [1, 2]
        xs[i] = source()
        sink(xs[0])  #!
    """,
}
OBJECTS = {
    "all names of an object see what changes in it": """
        y = x = []
        y.append(source())
        sink(x)  #!
    """,
    "an attribute is an object with several names": """
        part = obj.part
        part.x = source()
        sink(obj.part.x)  #!
    """,
    "a copy is another object": """
        y = x.copy()
        y["a"] = source()
        sink(x)
        sink(y)  #!
    """,
    "a change in place is a change": """
        df.fillna(source(), inplace=True)
        sink(df)  #!
        df2.fillna(source(), inplace=False)
        sink(df2)
        df3["a"].fillna(source(), inplace=True)
        sink(df3)  #!
    """,
    "a method may return its object": """
        m = Model().fit(x)
        n = m.set_params(a=1)
        n.weights = source()
        sink(m.weights)  #!
    """,
    "names of alternatives stand for both": """
        both = a if c else b
        both.x = source()
        sink(a.x)  #!
        sink(b.x)  #!
    """,
    "elements of a list are the objects themselves": """
        frames = [a, b]
        frames[0].x = source()
        sink(a.x)  #!
        sink(b.x)
    """,
}
ALL = {**EXPRESSIONS, **PARTS, **OBJECTS}


@pytest.mark.parametrize("name", ALL)
def test_values_flow_through_expressions(name: str, check: Check) -> None:
    check(ALL[name])
