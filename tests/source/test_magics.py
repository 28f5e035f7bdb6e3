import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.source.magics import mask


@pytest.mark.parametrize(
    ("cell", "plain"),
    [
        ("%matplotlib inline", "pass;"),
        ("!pip install x", "pass;"),
        ("df?", "pass;"),
        ("df.head??", "pass;"),
        ("?df", "pass;"),
        ("files = !ls *.csv", "files = _"),
        ("result = %timeit -o f()", "result = _"),
        ("x = 1\nif x:\n    !ls\n    %cd ..", "x = 1\nif x:\n    pass;\n    pass;"),
        ("%time x = f()", "0;    x = f()"),
        ("%timeit -n 10 -r3 f()", "0;                f()"),
        ("%time", "pass;"),
        ("% matplotlib inline", "pass;"),
        ("%lprun -f g g(1)", "pass;"),
        ("%time -x y f(1)", "pass;"),
        ("%time x = (", "pass;"),
        (r"%time x = '\d'", r"0;    x = '\d'"),
        ("%time for i in x: f(i)", "pass;"),
        ("!pip install \\\n  x \\\n  y\nz = 1", "pass;\n\n\nz = 1"),
        ("%%time\nx = 1", "pass;\nx = 1"),
        ("%%capture out\n!ls\nx = 1", "pass;\npass;\nx = 1"),
        ("# setup\n%%bash\necho $x", "\n\n"),
        ("%%writefile a.py\nx = 1", "\n"),
        ("\n%%html\n<b>", "\n\n"),
        ("%sql\nSELECT * FROM t", "\n"),
        ("/f x", "pass;"),
        (",f a b", "pass;"),
        ("pip install x", "pass;"),
        ("cd data/raw", "pass;"),
    ],
)
def test_ipython_syntax_becomes_plain_python(cell, plain):
    assert mask(cell).text == plain


@pytest.mark.parametrize(
    "cell",
    [
        "x = (a\n     % b)",
        "x = [\n!ls\n]",
        's = """\n%magic\n!shell\nwhat?\n"""',
        "s = '''it's\n%time\n'''",
        "x = a \\\n  % b",
        "# really?",
        "x != y",
        "a = b % c",
        "cd = 1\ncd += 2",
        "ls = [1]",
        "s = 'abc'  # what's this?",
        'f(x="!ls")',
    ],
)
def test_plain_python_stays_as_it_is(cell):
    assert mask(cell).text == cell
    assert mask(cell).magics == ()


def test_magics_are_told_with_their_line_and_arguments():
    first, second = mask("x = 1\n%run setup.py\nfiles = !ls").magics
    assert (first.line, first.name, first.args) == (1, "run", "setup.py")
    assert (second.line, second.name) == (2, "!")


def test_a_cell_in_another_language_is_foreign():
    masked = mask("%%R -o frame\nframe <- 1")
    assert masked.foreign
    assert masked.magics[0].whole_cell
    assert not mask("%%time\nx = 1").foreign


LINES = st.sampled_from(
    [
        "x = 1",
        "y = f(x)  # a",
        "%magic a b",
        "!ls -l \\",
        "  !ls",
        "z = !ls",
        "df?",
        "%%time",
        "%%bash",
        "%time x = g()",
        's = """',
        '"""',
        "(",
        ")",
        "",
        "pip install a",
        "if x: pass",
        "\\",
        "'",
    ]
)


@given(st.lists(LINES | st.text(alphabet="ab %!?\\'\"()[]#=\t;/,", max_size=12), max_size=12))
def test_masking_keeps_the_number_of_lines(lines):
    cell = "\n".join(lines)
    assert mask(cell).text.count("\n") == cell.count("\n")


@given(st.lists(st.sampled_from(["alpha = beta", "%time gamma = delta(1)", "  ", "!ls", "epsilon(1) % 2"]), max_size=8))
def test_the_code_that_stays_keeps_its_columns(lines):
    masked = mask("\n".join(lines)).text
    ast.parse(masked)
    for before, after in zip(lines, masked.split("\n"), strict=bool(lines)):
        for name in ("alpha", "beta", "gamma", "delta", "epsilon"):
            assert after.find(name) == before.find(name)


def test_hostile_lines_are_masked_without_backtracking():
    for cell in (
        " " * 200_000 + "x",
        "%time " + "-n 1 " * 50_000,
        "a" * 200_000 + "?x",
        "'" * 100_001,
        "x" + " " * 200_000 + "=",
    ):
        assert mask(cell).text.count("\n") == 0
