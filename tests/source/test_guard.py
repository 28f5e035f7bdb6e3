"""Text that would kill the parser is refused at once; text that only looks like it is not."""

from __future__ import annotations

import subprocess
import sys

import pytest

from readiness.errors import UnreadableSource
from readiness.source.guard import refuse

DEEP = {
    "brackets": "(" * 3000 + ")" * 3000,
    "brackets around strings that close them": '[")", ' * 3000 + "]" * 3000,
    "brackets inside an f-string": 'f"{' + "(" * 3000 + ")" * 3000 + '}"',
    "f-strings inside f-strings": 'f"{' * 3000 + "1" + '}"' * 3000,
    "a list over many lines": "[\n" * 3000 + "]\n" * 3000,
}
LONG = {
    "sum": "a+" * 20_000 + "a",
    "attributes": "a" + ".a" * 20_000,
    "calls of methods": "a" + ".b()" * 20_000,
    "calls of calls": "a" + "()" * 20_000,
    "subscripts": "a" + "[0]" * 20_000,
    "not": "not " * 20_000 + "a",
    "signs": "-" * 20_000 + "1",
    "powers": "**".join("a" * 20_000),
    "conditions": "a if b else " * 20_000 + "c",
    "lambdas": "lambda: " * 20_000 + "0",
    "await": "await " * 20_000 + "a",
    "comparisons": "a" + "<a" * 20_000,
    "strings side by side": "x = (" + '"a"\n' * 20_000 + ")",
    "continued lines": "x = a" + " + \\\n a" * 20_000,
    "sum of long strings": "x = a" + ' + """\n"""' * 20_000,
    "sum inside an f-string": 'f"{' + "a+" * 20_000 + 'a}"',
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_brackets_nested_deeper_than_a_person_would_are_refused(text: str) -> None:
    with pytest.raises(UnreadableSource, match="brackets nested"):
        refuse("deep.py", text)


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_chains_longer_than_a_person_would_write_are_refused(text: str) -> None:
    with pytest.raises(UnreadableSource, match="chains more than 2000"):
        refuse("long.py", text)


def test_thousands_of_branches_are_refused() -> None:
    with pytest.raises(UnreadableSource, match="elif"):
        refuse("long.py", "if a:\n  x\n" + "elif b:\n  x\n" * 20_000)


def test_indentation_that_python_itself_refuses_is_refused() -> None:
    text = "".join(" " * depth + "if x:\n" for depth in range(150)) + " " * 150 + "pass"
    with pytest.raises(UnreadableSource, match="100 levels of indentation"):
        refuse("deep.py", text)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_the_error_names_the_line_and_says_what_to_do(line_end: str) -> None:
    text = line_end.join(['"""One', 'two"""', "# (((", "x = \\", "  " + "(" * 200])
    with pytest.raises(UnreadableSource) as caught:
        refuse("a/b.py", text)
    assert caught.value.where == "a/b.py:5"
    assert caught.value.line == 5
    assert "ignore pattern" in caught.value.advice


@pytest.mark.parametrize(
    "text",
    [
        "x = '" + "(" * 3000 + "'",
        "# " + "(" * 3000,
        '"""' + "a + " * 5000 + '"""',
        "x = r'\\'\ny = '" + "[" * 500 + "'",
        "x = [" + "[1.5, -2.5e-3, 'a' 'b', {'a': -1}],\n" * 5000 + "]",
        "x = {" + "'a' 'b': f(a.b.c, not d),\n" * 5000 + "}",
        "f(" + "a + 1, b.c, " * 5000 + ")",
        "x = 1; " * 5000,
        "x = a.b + c\n" * 5000,
        "if a: b\nelif c: d\n" * 5000,
        'f"""' + "body {{ color: red }}\n" * 500 + '"""',
        'f"""' + "it's (fine) {x}\n" * 500 + '"""',
        "f(\n" + " " * 150 + "a,\n" + " " * 151 + "b)",
        "(" * 150 + ")" * 150,
        "))))",
        "",
    ],
)
def test_ordinary_text_passes(text: str) -> None:
    refuse("fine.py", text)


def test_real_programs_pass(real_program: str) -> None:
    refuse("real.py", real_program)


PARSE = """
import sys
from readiness.errors import UnreadableSource
from readiness.source.python import PythonSource
try:
    PythonSource.parse("hostile.py", sys.stdin.read())
except UnreadableSource as error:
    print(error.what)
"""


@pytest.mark.parametrize("text", (DEEP | LONG).values(), ids=DEEP | LONG)
def test_hostile_text_never_ends_the_process(text: str) -> None:
    done = subprocess.run([sys.executable, "-c", PARSE], input=text, text=True, capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(("more than 150 brackets", "one expression chains"))


LARGEST = """
import sys, threading
from readiness.source.python import PythonSource
threading.stack_size(256 * 1024 * 1024)
sys.setrecursionlimit(20_000)
text = sys.stdin.read()
def work():
    source = PythonSource.parse("large.py", text)
    assert all(source.span(node)[1] <= len(text) for node in source.nodes)
    assert source.span(source.nodes[-1])
    print("parsed")
thread = threading.Thread(target=work)
thread.start()
thread.join()
"""


@pytest.mark.parametrize(
    "text",
    [
        "(" * 150 + "a" + ")" * 150,
        "[" * 150 + "]" * 150,
        "f(" * 150 + ")" * 150,
        "a+" * 1500 + "a",
        "a" + ".b()" * 400,
        "not " * 1500 + "a",
        "-" * 1900 + "1",
        "lambda: " * 1500 + "0",
        "x = " + '"a" ' * 1900,
        "if a:\n  x\n" + "elif b:\n  x\n" * 2000,
        "".join(" " * depth + "if x:\n" for depth in range(99)) + " " * 99 + "a",
    ],
)
def test_what_the_guard_lets_through_can_be_parsed_in_a_worker(text: str) -> None:
    done = subprocess.run([sys.executable, "-c", LARGEST], input=text, text=True, capture_output=True, timeout=120)
    assert (done.returncode, done.stdout) == (0, "parsed\n"), done.stderr[-2000:]
