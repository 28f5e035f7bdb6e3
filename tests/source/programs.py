"""Programs made up by Hypothesis: every kind of statement and expression, with space in unusual places."""

from __future__ import annotations

from hypothesis import strategies as st

line_ends = st.sampled_from(["\n", "\r\n", "\r"])
names = st.sampled_from(["a", "b", "data", "é", "名"])
gaps = st.sampled_from(["", " ", "  ", "\t", " \\\n "])
leaves = st.one_of(
    names,
    st.sampled_from(
        [
            "1",
            "0x_F",
            "1.5",
            "2j",
            "None",
            "...",
            "'a'",
            '"""b\nc"""',
            "r'\\d'",
            "b'x'",
            "f'{a!r:>{b}}'",
            "f'{a=}'",
            "'a' f'b'",
        ]
    ),
)


def combined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Expressions made of others, with space and comments in unusual places."""
    pairs = st.tuples(inner, gaps, inner)
    return st.one_of(
        pairs.map(lambda p: f"({p[0]}{p[1]}+{p[1]}{p[2]})"),
        pairs.map(lambda p: f"f({p[0]},{p[1]}k{p[1]}={p[1]}{p[2]},{p[1]})"),
        pairs.map(lambda p: f"[{p[0]}{p[1]}, *x , # [(\n {p[2]}\n]"),
        pairs.map(lambda p: f"({p[1]}{p[0]},{p[1]}{p[2]}{p[1]})"),
        pairs.map(lambda p: f"x{p[1]}[{p[0]}:{p[1]}{p[2]}, ...]"),
        pairs.map(lambda p: f"{{{p[0]}{p[1]}:{p[2]},{p[1]}**y}}"),
        pairs.map(lambda p: f"[{p[0]} for{p[1]} (a) in {p[2]} if ({p[0]}){p[1]} for b in c]"),
        pairs.map(lambda p: f"(lambda p, /,{p[1]}*,q=({p[0]}): {p[2]})"),
        pairs.map(lambda p: f"(( {p[0]} ) if{p[1]} (not {p[2]}) else{p[1]} x . y)"),
        pairs.map(lambda p: f"({p[0]}{p[1]} is not {p[2]}{p[1]}<{p[0]})"),
        pairs.map(lambda p: f"g(({p[0]}) for x in ({p[2]}))"),
    )


expressions = st.recursive(leaves, combined, max_leaves=12)
simple_statements = st.one_of(
    expressions,
    st.tuples(gaps, expressions).map(lambda p: f"a{p[0]}={p[0]}b ={p[1]}"),
    expressions.map(lambda e: f"x: ({e}) = {e}"),
    expressions.map(lambda e: f"x[{e}] @= {e}"),
    st.just("from .m import (a as b, # c\n  d,)"),
    st.just("import a . b as c;pass"),
    st.just("global g , h"),
)


def indented(block: str) -> str:
    return "\n".join(f"  {line}" if line else line for line in block.split("\n"))


def compound(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Statements that hold others."""
    return st.one_of(
        st.tuples(expressions, inner).map(lambda p: f"if {p[0]} :\n{indented(p[1])}\nelif x: y\nelse :\n{indented(p[1])}"),
        st.tuples(expressions, inner).map(lambda p: f"@ (d) # e\n\n@e\ndef f ( a , * , b : ({p[0]}) = {p[0]} ) -> c :\n{indented(p[1])}"),
        st.tuples(expressions, inner).map(lambda p: f"class C ( {p[0]} , k = v ) : # c\n\n # d\n{indented(p[1])}"),
        st.tuples(expressions, inner).map(lambda p: f"with ( {p[0]} as x , y ) :\n{indented(p[1])}"),
        inner.map(lambda b: f"try :\n{indented(b)}\nexcept (A , B) as e :\n{indented(b)}\nfinally:\n{indented(b)}"),
        st.tuples(expressions, inner).map(lambda p: f"match {p[0]} :\n case [1 , *_] | {{'a' : b , **c}} if d:\n{indented(p[1])}"),
        st.lists(inner, min_size=1, max_size=3).map("\n\x0c\n # c\n".join),
    )  # fmt: skip


programs = st.tuples(st.recursive(simple_statements, compound, max_leaves=5), line_ends, st.booleans()).map(
    lambda p: (p[0] + "\n" * p[2]).replace("\n", p[1])
)
