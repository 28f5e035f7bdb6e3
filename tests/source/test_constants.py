"""Constant propagation: what `f(x)` is known to receive."""

from __future__ import annotations

import textwrap

import pytest

from readiness.source.python import PythonSource


def program(text: str) -> PythonSource:
    return PythonSource.parse("example.py", textwrap.dedent(text))


def received(text: str) -> list[object]:
    """The values that the calls of `f` are known to receive; `...` where nothing is known."""
    source = program(text)
    arguments = [call.fields[1][0] for call in source.calls_by_name["f"]]
    known = [source.constant(argument) for argument in arguments]
    return [... if constant is None else constant.value for constant in known]


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("'a' 'b'", "ab"),
        ("'a' + \"b\"", "ab"),
        ("b'a' + b'b'", b"ab"),
        ("f'a{1}b'", "a1b"),
        ("f'{2.5}'", "2.5"),
        ("2 * 3 + 4", 10),
        ("-2 ** 2", -4),
        ("7 // 2", 3),
        ("7 % 4", 3),
        ("'=' * 3", "==="),
        ("not True", False),
        ("None", None),
        ("'' or 'b'", "b"),
        ("1 and 'b'", "b"),
        ("'a' if test else 'a'", "a"),
        ("(y := 'a')", "a"),
    ],
)
def test_an_expression_of_literals_has_its_value(expression: str, value: object) -> None:
    assert received(f"f({expression})") == [value]


@pytest.mark.parametrize(
    "expression",
    [
        "x",
        "'%s' % 'a'",
        "'{}'.format('a')",
        "f'{1!r}'",
        "f'{1:03}'",
        "f'{x}'",
        "'a' + x",
        "x + 'a'",
        "1 / 0",
        "2 ** 100_000",
        "10 ** 10 ** 10",
        "'a' * 10 ** 9",
        "'a' if test else 'b'",
        "x or 'b'",
        "2 << 3",
        "[1]",
    ],
)
def test_an_expression_that_is_open_or_too_large_has_no_value(expression: str) -> None:
    assert received(f"f({expression})") == [...]


def test_a_name_has_the_value_of_its_only_assignment() -> None:
    assert received("x = 'a'\ny = x + 'b'\nf(y)") == ["ab"]


def test_true_and_one_are_two_constants() -> None:
    assert received("def g(c):\n    if c:\n        x = 1\n    else:\n        x = True\n    f(x)") == [...]


def test_a_constant_of_the_module_is_known_in_functions_above_and_below() -> None:
    assert received("def g():\n    f(X)\nX = 1\ndef h():\n    f(X)") == [1, 1]


def test_a_name_that_is_assigned_is_not_read() -> None:
    source = program("x = 'a'\nx2 = x")
    assert [source.constant(name) is not None for name in source.by_kind["Name"]] == [False, False, True]


def test_an_assignment_that_comes_later_replaces_the_value() -> None:
    assert received("x = 'a'\nf(x)\nx = 'b'\nf(x)") == ["a", "b"]


def test_a_value_that_is_read_elsewhere_does_not_reach_a_function_if_it_changes() -> None:
    assert received("x = 'a'\nx = 'b'\ndef g():\n    f(x)") == [...]


@pytest.mark.parametrize(
    "change",
    [
        "x += other",
        "x = x + argv[1]",
        "del x",
        "import x",
        "def x(): ...",
        "class x: ...",
        "(x := g())",
        "x: str = g()",
    ],
)
def test_a_change_makes_a_name_unknown(change: str) -> None:
    assert received(f"x = 'a'\n{change}\nf(x)") == [...]


def test_an_augmented_assignment_of_a_constant_is_computed() -> None:
    assert received("x = 'a'\nx += 'b'\nf(x)") == ["ab"]


def test_tuples_are_unpacked_pairwise() -> None:
    assert received("a, (b, *c) = 1, (2, 3)\nf(a)\nf(b)\nf(c)") == [1, ..., ...]


def test_a_branch_counts_only_if_all_paths_agree() -> None:
    assert received(
        """
        def g(c):
            if c:
                x = 'a'
                y = 'a'
                f(x)
            else:
                x = 'a'
                y = 'b'
            f(x)
            f(y)
        """
    ) == ["a", "a", ...]


def test_a_name_assigned_on_one_path_only_is_unknown_after_it() -> None:
    assert received("def g(c):\n    if c:\n        x = 'a'\n    f(x)") == [...]


def test_a_branch_that_leaves_does_not_count() -> None:
    assert received(
        """
        def g(c):
            x = 'a'
            if c:
                x = 'b'
                return x
            elif d:
                x = 'c'
                raise x
            f(x)
        """
    ) == ["a"]


@pytest.mark.parametrize("loop", ["while c:", "for y in c:", "for x in c:"])
def test_what_a_loop_assigns_is_unknown_in_it_and_after_it(loop: str) -> None:
    assert received(f"def g(c):\n    x = 'a'\n    f(x)\n    {loop}\n        f(x)\n        x = x + 'b'\n    f(x)") == [
        "a",
        ...,
        ...,
    ]


def test_an_exception_may_come_before_or_after_what_its_body_assigns() -> None:
    assert received(
        """
        def g():
            x = 'a'
            try:
                x = 'b'
                h()
            except ValueError:
                f(x)
            f(x)
        """
    ) == [..., ...]


def test_else_is_not_reached_if_the_body_always_raises() -> None:
    assert received(
        """
        def g():
            try:
                raise RuntimeError()
            except Exception:
                x = 0
            else:
                x = 1
            f(x)
        """
    ) == [0]


def test_handlers_are_not_reached_if_the_body_cannot_raise() -> None:
    assert received("def g():\n    x = 0\n    try:\n        pass\n    except E:\n        x = 1\n    f(x)") == [0]


def test_what_finally_assigns_replaces_the_rest() -> None:
    assert received(
        "def g():\n    try:\n        x = h()\n    except E:\n        x = 1\n    finally:\n        x = 2\n    f(x)"
    ) == [2]


def test_cases_join_with_falling_through() -> None:
    assert received(
        "def g(s):\n    x = 1\n    match s:\n        case 1:\n            x = 2\n        case x:\n            f(x)\n    f(x)"
    ) == [..., ...]


def test_a_with_block_keeps_what_is_known() -> None:
    assert received("def g():\n    x = 1\n    with h() as y:\n        f(x)\n        f(y)") == [1, ...]


@pytest.mark.parametrize("word", ["global", "nonlocal"])
def test_a_name_that_another_function_may_set_is_unknown(word: str) -> None:
    text = f"""
        def outer():
            {"global x" if word == "global" else ""}
            x = 'a'
            def inner():
                {word} x
                x = 'b'
            inner()
            f(x)
        """
    assert received(text) == [...]


def test_a_name_that_another_function_sets_is_still_known_where_it_is_local() -> None:
    text = """
        def g():
            global x
            x = 'a'
        def h():
            x = 'b'
            f(x)
        """
    assert received(text) == ["b"]


def test_a_variable_that_an_inner_function_sets_from_afar_is_unknown() -> None:
    text = """
        def g():
            x = 'a'
            def h():
                def i():
                    nonlocal x
                    x = 'b'
                return i
            f(x)
        """
    assert received(text) == [...]


def test_values_that_depend_on_each_other_many_times_are_looked_up_once() -> None:
    steps = "".join(f"x{n + 1} = x{n} + x{n}\n" for n in range(200))
    attributes = "".join(f"        self.a{n + 1} = self.a{n} + self.a{n}\n" for n in range(200))
    text = f"x0 = g()\n{steps}class A:\n    def __init__(self):\n        self.a0 = 'a'\n{attributes}"
    assert received(text + "        f(x200)\n        f(self.a3)\n        f(self.a200)\n") == [..., "aaaaaaaa", ...]


def test_parameters_are_unknown_even_with_a_default() -> None:
    assert received("x = 'a'\ndef g(x, y='b'):\n    f(x)\n    f(y)") == [..., ...]


def test_a_local_variable_hides_the_constant_of_the_module() -> None:
    assert received("x = 'a'\ndef g():\n    x = h()\n    f(x)\n    return [f(x) for x in y]") == [..., ...]


def test_a_closure_sees_a_variable_that_is_assigned_once() -> None:
    assert received("def g():\n    x = 'a'\n    def h():\n        f(x)\n    return lambda: f(x)") == ["a", "a"]


def test_a_comprehension_sees_what_is_known_where_it_stands() -> None:
    assert received("def g():\n    x = 'a'\n    [f(x) for _ in y]\n    x = 'b'\n    [f(x) for _ in y]") == ["a", "b"]


def test_a_name_that_is_also_imported_has_no_value() -> None:
    assert received("try:\n    from a import x\nexcept ImportError:\n    x = 'a'\nf(x)") == [...]


def test_an_attribute_of_self_has_the_value_that_its_class_gives_it_once() -> None:
    assert received(
        """
        class A:
            URL = 'u'
            MODE = 'm'
            def __init__(self, name):
                self.key = 'k'
                self.name = name
                self.other = 'o'
            def method(self):
                self.other = 'p'
                self.MODE = 'n'
                self.late = 'l'
                for x in (self.URL, self.key):
                    f(x)
                f(self.URL)
                f(self.key)
                f(self.name)
                f(self.other)
                f(self.MODE)
                f(self.late)
                f(name.URL)
            def another(me):
                f(me.URL)
            @classmethod
            def third(cls):
                f(cls.URL)
        """
    ) == [..., "u", "k", ..., ..., ..., ..., ..., "u", "u"]


def test_names_that_refer_to_themselves_or_in_a_circle_are_unknown() -> None:
    assert received("def g():\n    f(a)\na = b\nb = a\nc = c + 'x'\ndef h():\n    f(c)") == [..., ...]


def test_a_string_that_doubles_at_every_step_stays_small() -> None:
    doubling = "x0 = 'a'\n" + "".join(f"x{n + 1} = x{n} + x{n}\n" for n in range(60))
    assert received(doubling + "f(x3)\nf(x60)") == ["a" * 8, ...]


@pytest.mark.parametrize(
    "text",
    [
        "def g(c):\n    x = 'a' if c else 'b'\n    f(x)",
        "def g(c):\n    if c:\n        x = 'a'\n    else:\n        x = 'b'\n    f(x)",
        "def g(n):\n    f('a' * n)",
        "f('[' * 10000 + ']' * 10000_000_000)",
        "def g(x):\n    a = x >= 80300 and 'a' or 'b'\n    f(a)",
    ],
)
def test_a_text_that_differs_from_path_to_path_is_still_some_text(text: str) -> None:
    source = program(text)
    argument = source.calls_by_name["f"][0].fields[1][0]
    assert source.constant(argument) is None
    assert source.constant_type(argument) is str


def test_a_choice_that_involves_an_open_value_has_no_type() -> None:
    source = program("def g(x):\n    f(x >= 1 and v or 'b')\n    f(x >= 1 and 'a' or v)\n    f(x + 'a')")
    assert [source.constant_type(call.fields[1][0]) for call in source.calls_by_name["f"]] == [None, None, None]
