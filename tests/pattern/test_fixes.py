"""Proposed changes."""

from __future__ import annotations

import ast
from collections.abc import Callable
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.fix.edits import applied
from readiness.pattern import formula as f
from readiness.pattern.find import Match, compile_formula, find
from readiness.pattern.fixes import build_fix
from readiness.rulebook.parts import FixSpec
from readiness.source.python import PythonSource


def mended(pattern: str | f.Formula, fix: str | dict[str, Any], code: str) -> str | None:
    """The program with the fix of the first match applied."""
    formula = f.Match(pattern) if isinstance(pattern, str) else pattern
    source = PythonSource.parse("program.py", dedent(code).strip("\n") + "\n")
    match: Match = find(compile_formula(formula), source)[0]
    built = build_fix(fix if isinstance(fix, str) else FixSpec.model_validate(fix), match, source)
    if built is None:
        return None
    text = applied(source.text, built.edits)
    ast.parse(text)
    return text


@pytest.mark.parametrize(
    ("pattern", "fix", "code", "after"),
    [
        ("exit($X)", "sys.exit($X)", "exit(f(1))", "sys.exit(f(1))"),
        ("f($...ARGS)", "g($...ARGS)", "f(1, k=2)", "g(1, k=2)"),
        ("f($...ARGS)", "g($...ARGS, k=1)", "f()", "g(k=1)"),
        ("f($...ARGS)", "g(1, $...ARGS)", "f()", "g(1)"),
        ('f("$X")', "g('$X')", 'f("a")', "g('a')"),
        ("if $X: ...", "if $X:\n    pass", "if a:\n    f()", "if a:\n    pass"),
        ("f(...)", {"replace": "None"}, "x = f(1)", "x = None"),
        ("f(...)", {"regex": {"pattern": r"http:(.*)", "replacement": r"https:\1"}}, "f('http://x')", "f('https://x')"),
        ("f(...)", {"regex": {"pattern": "a", "replacement": "b", "count": 1}}, "f('aa')", "f('ba')"),
        ("f(...)", {"add_argument": "seed=0"}, "f()", "f(seed=0)"),
        ("f(...)", {"add_argument": "seed=0"}, "f(a, *b)", "f(a, *b, seed=0)"),
        ("f(...)", {"add_argument": "seed=0"}, "f(\n    a,\n)", "f(\n    a, seed=0,\n)"),
        ("$X = f(...)", {"add_argument": "seed=0"}, "x = f(a)", "x = f(a, seed=0)"),
        ("f(...)", {"delete": True}, "a()\nf(1)\nb()", "a()\nb()"),
        ("f(...)", {"delete": True}, "if a:\n    f(1)", "if a:\n    pass"),
        ("f(...)", {"delete": True}, "a(); f(1)", "a(); pass"),
    ],
)
def test_fixes(pattern: str, fix: str | dict[str, Any], code: str, after: str) -> None:
    assert mended(pattern, fix, code) == after + "\n"


def test_later_lines_of_a_template_are_indented_as_the_match_is() -> None:
    code = "def g():\n    f(1)\n"
    assert mended("f($X)", "if $X:\n    f($X)", code) == "def g():\n    if 1:\n        f(1)\n"


def test_a_focused_part_is_replaced_alone() -> None:
    formula = f.All((f.Match("f(verify=$V)"), f.Focus(("$V",))))
    assert mended(formula, "True", "f(verify=False)") == "f(verify=True)\n"


@pytest.mark.parametrize("code", ["f(x for x in y)", "f(seed=1)"])
def test_an_argument_that_cannot_be_added_is_not_proposed(code: str) -> None:
    assert mended("f(...)", {"add_argument": "seed=0"}, code) is None


def test_a_regular_expression_that_changes_nothing_is_no_fix() -> None:
    assert mended("f(...)", {"regex": {"pattern": "a", "replacement": "b"}}, "f(c)") is None


def test_a_fix_says_whether_it_is_safe(found: Callable[..., list[Match]]) -> None:
    [match] = found("f(...)", "f(1)")
    spec = FixSpec.model_validate({"replace": "g()", "safety": "safe", "title": "Use g"})
    fix = build_fix(spec, match, match.place.source)
    assert fix is not None
    assert (fix.safe, fix.title) == (True, "Use g")


arguments = st.lists(st.sampled_from(["a", "'b'", "[1, 2]", "f(x)", "k=1", "*c", "(1, 2)"]), unique=True, max_size=4)


@given(arguments.filter(lambda given: "k=1" not in given[:-1]), st.booleans(), st.sampled_from(["", "    "]))
def test_added_arguments_always_parse(given_arguments: list[str], trailing: bool, indent: str) -> None:
    inside = ", ".join(given_arguments) + ("," if trailing and given_arguments else "")
    code = f"if True:\n    {indent and 'pass'}\n    call({inside})\n" if indent else f"call({inside})\n"
    after = mended("call(...)", {"add_argument": "seed=0"}, code.replace("    \n", ""))
    assert after is not None
    call = next(
        node for node in ast.walk(ast.parse(after)) if isinstance(node, ast.Call) and ast.unparse(node.func) == "call"
    )
    assert [keyword.arg for keyword in call.keywords][-1] == "seed"


ISNA = {"replace": "pd.isna($X)", "imports": ["import pandas as pd"]}


@pytest.mark.parametrize(
    ("code", "after"),
    [
        ("import pandas as pd\nlost(x)", "import pandas as pd\npd.isna(x)\n"),
        ("import pandas\nlost(x)", "import pandas\npandas.isna(x)\n"),
        ("import os\nimport pandas as p\nlost(x)", "import os\nimport pandas as p\np.isna(x)\n"),
        ("def f(x):\n    import pandas as p\n    lost(x)", "def f(x):\n    import pandas as p\n    p.isna(x)\n"),
        (
            "import numpy as np  # arrays\n\nlost(x)",
            "import numpy as np  # arrays\nimport pandas as pd\n\npd.isna(x)\n",
        ),
        (
            "from os import (\n    path,\n)\nlost(x)",
            "from os import (\n    path,\n)\nimport pandas as pd\npd.isna(x)\n",
        ),
        ('"""Beds."""\n# stays\nlost(x)', '"""Beds."""\n# stays\nimport pandas as pd\n\npd.isna(x)\n'),
        ("lost(x)\nimport os", "import pandas as pd\n\npd.isna(x)\nimport os\n"),
        (
            "import os\ndef f(x):\n    lost(x)\nimport sys",
            "import os\nimport pandas as pd\ndef f(x):\n    pd.isna(x)\nimport sys\n",
        ),
        (
            "def g():\n    import pandas as p\nimport os\nlost(x)",
            "def g():\n    import pandas as p\nimport os\nimport pandas as pd\npd.isna(x)\n",
        ),
    ],
)
def test_a_fix_brings_its_import_or_uses_the_one_that_is_there(code: str, after: str) -> None:
    assert mended("lost($X)", ISNA, code) == after


@pytest.mark.parametrize(
    "code",
    [
        "import numpy as np\npd = load()\nlost(x)",
        "from beds import *\nlost(pd)",
        "try:\n    import pandas as pd\nexcept ImportError:\n    pd = None\nlost(x)",
        "import os; lost(x)",
        "if pd: lost(x)",
    ],
    ids=["other-value", "unknown-origin", "perhaps-missing", "same-line", "undefined"],
)
def test_there_is_no_fix_where_its_import_has_no_name_or_place(code: str) -> None:
    assert mended("lost($X)", ISNA, code) is None


def test_a_parameter_hides_an_import() -> None:
    assert mended("lost($X)", ISNA, "import pandas as p\ndef f(p, x):\n    lost(x)") == (
        "import pandas as p\nimport pandas as pd\ndef f(p, x):\n    pd.isna(x)\n"
    )


def test_the_code_of_a_metavariable_keeps_its_names() -> None:
    code = "import pandas as p\nlost(q.pd)"
    assert mended("lost($X)", ISNA, code) == "import pandas as p\np.isna(q.pd)\n"


def test_from_imports_are_brought_as_well() -> None:
    fix = {"replace": "isna($X)", "imports": ["from pandas import isna"]}
    assert mended("lost($X)", fix, "import os\nlost(x)") == "import os\nfrom pandas import isna\nisna(x)\n"
    assert mended("lost($X)", fix, "from pandas import isna as na\nlost(x)") == "from pandas import isna as na\nna(x)\n"


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("pandas", "no import of one thing"),
        ("import pandas, numpy", "no import of one thing"),
        ("from . import beds", "no import of one thing"),
        ("import os; f()", "no import of one thing"),
        ("import", "no import of one thing"),
        ("import os.path", "binds no name of its own"),
        ("from os import *", "binds no name of its own"),
    ],
)
def test_an_import_of_a_fix_brings_one_name(statement: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        FixSpec.model_validate({"replace": "x", "imports": [statement]})


def test_what_deletes_needs_no_import() -> None:
    with pytest.raises(ValueError, match="leaves nothing behind"):
        FixSpec.model_validate({"delete": True, "imports": ["import os"]})
