"""Literals, strings with holes, f-strings, and values that are known without running."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from readiness.pattern import formula as f


@pytest.mark.parametrize(
    ("pattern", "code", "matches"),
    [
        ("f('a')", 'f("a")', True),
        ("f('a')", "f('b')", False),
        ("f('ab')", "f('a' 'b')", True),
        ("f('ab')", "f('a' + 'b')", True),
        ("f(1)", "f(1)", True),
        ("f(1)", "f(True)", False),
        ("f(1)", "f(1.0)", False),
        ("f(0x10)", "f(16)", True),
        ("f(None)", "f(None)", True),
        ('f("...")', "f('anything')", True),
        ('f("...")', "f(b'bytes')", True),
        ('f("...")', "f(1)", False),
        ('f("...")', "f(unknown)", False),
        ('f("...")', "f(f'{x}')", False),
        ('f("...")', "x = 'a'\nf(x)", True),
        ('f("...")', "x = 'a'\ny = x * n\nf(y)", True),
        ('f("=~/^ab+$/")', "f('abbb')", True),
        ('f("=~/^ab+$/")', "f('xabbb')", False),
        ('f("=~/AB/i")', "f('xabx')", True),
        (r'f("=~/^(.)\1+$/")', "f('aaaa')", True),
        ('f("/home/...")', "f('/home/ada/x')", True),
        ('f("/home/...")', "f('/srv/x')", False),
        ('f"...{$X}..."', "f'a{b}c'", True),
        ('f"...{$X}..."', "'a'", False),
        ('f"{$X}"', "f'a{b}'", False),
        ('f"a{$X}"', "f'a{b}'", True),
        ('f"...{$X}...{$X}..."', "f'{a} and {b}'", False),
        ('f"..."', "f'a'", True),
        ('f"{$X}"', "f'{b:>10}'", True),
        ('"..." "..."', "['a' 'b']", True),
        ('"..." "..."', "['a', 'b']", False),
    ],
)
def test_strings_and_literals(texts: Callable[..., list[str]], pattern: str, code: str, matches: bool) -> None:
    assert bool(texts(pattern, code)) is matches


def test_a_string_hole_is_bound_to_the_content(found: Callable[..., list[object]]) -> None:
    [match] = found('open("$PATH")', "open('/tmp/x')")
    binding = match.bindings["$PATH"]  # type: ignore[attr-defined]
    start, end = binding.span
    assert binding.text == "/tmp/x"
    assert binding.source.text[start:end] == "/tmp/x"


def test_holes_inside_a_string_are_bound(bound: Callable[..., list[dict[str, str]]]) -> None:
    assert bound('"/home/$USER/..."', "'/home/ada/data.csv'") == [{"$USER": "ada"}]
    assert bound('"$A-$A"', "['x-x', 'x-y']") == [{"$A": "x"}]


def test_a_constant_is_as_good_as_its_value(texts: Callable[..., list[str]]) -> None:
    assert texts("f(42)", "N = 42\nf(N)\nM = 42\nM = 43\nf(M)") == ["f(N)"]


def test_constants_can_be_left_alone(texts: Callable[..., list[str]]) -> None:
    assert texts(f.Semgrep(f.Match("f(42)"), constants=False), "N = 42\nf(N)") == []


def test_symbolic_propagation_sees_through_one_assignment(texts: Callable[..., list[str]]) -> None:
    code = "def g():\n    q = select(1)\n    run(q)"
    assert texts(f.Semgrep(f.Match("run(select(...))")), code) == []
    assert texts(f.Semgrep(f.Match("run(select(...))"), symbolic=True), code) == ["run(q)"]
