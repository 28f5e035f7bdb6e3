"""Looking up where a pattern could match finds all that trying every node finds."""

from __future__ import annotations

import sysconfig
from pathlib import Path

import pytest

from readiness.pattern.anchors import candidates
from readiness.pattern.compile import compile_pattern
from readiness.pattern.find import index_of
from readiness.pattern.match import Matcher, Options
from readiness.pattern.nodes import is_expression
from readiness.source.python import PythonSource
from readiness.source.tree import STATEMENTS, Node

PATTERNS = (
    "len(...)",
    "self.$M(...)",
    "$F($X)",
    "os.path.join(...)",
    "$X = $F(...)",
    "$X = []",
    "$X: $T = $Y",
    "$X.append($Y)",
    "isinstance($X, str)",
    '"..."',
    "None",
    "1",
    "$A == $B",
    "$A and $B",
    "[...]",
    "{...}",
    "($X, ...)",
    "[$E for $X in $Y]",
    "lambda ...: $E",
    "f'...{$X}...'",
    "$X[...]",
    "sys.$NAME",
    "return $X",
    "raise $E(...)",
    "if $X: ...",
    "for $X in $Y: ...",
    "with $X as $Y: ...",
    "try: ...\nexcept $E: ...",
    "except $E as $N: ...",
    "def $F(self, ...): ...",
    "class $C($B): ...",
    "import $X",
    "from $M import $N",
    '"$KEY": $VALUE',
    # a name inside says where to look
    "os.$F(...)",
    "sys.$A.$B(...)",
    "$X = self.$M(...)",
    "$F(..., key=$K, ...)",
    "for $X in range(...): ...",
    "if <... $X.line ...>: ...",
    "raise ValueError(...)",
    "return len($X)",
    "class $C(Exception): ...",
    "def $F(self, ...): ...",
    "$X + $Y.month",
    "assert <... isinstance(...) ...>",
    "from $M import deque",
)
PROGRAMS = ("calendar", "contextlib", "shlex")


@pytest.fixture(params=PROGRAMS)
def matcher(request: pytest.FixtureRequest) -> Matcher:
    """A matcher for a module of the standard library."""
    path = Path(sysconfig.get_path("stdlib")) / f"{request.param}.py"
    source = PythonSource.parse(path.name, path.read_text(encoding="utf-8"))
    return Matcher(source, index_of(source), Options(unknown_keywords=False))


def _stands_alone(node: Node) -> bool:
    return node.kind in STATEMENTS or node.kind in ("DictItem", "Keyword", "ExceptHandler") or is_expression(node)


@pytest.mark.parametrize("text", PATTERNS)
def test_nothing_is_overlooked(matcher: Matcher, text: str) -> None:
    pattern = compile_pattern(text)
    nodes = matcher.source.nodes
    everywhere = {n.enter for n in nodes if _stands_alone(n) and _matches(matcher, pattern.root, n)}
    looked_up = {
        n.enter for n in candidates(matcher, pattern) if nodes[n.enter] is n and _matches(matcher, pattern.root, n)
    }
    if text in ('"..."', "None", "1"):  # `self.x` may have a known value, but is no literal where it stands
        everywhere = {enter for enter in everywhere if nodes[enter].kind != "Attribute"}
    assert looked_up == everywhere


@pytest.mark.parametrize(
    "code",
    [
        "import numpy as np\nnp.random.rand(3)\n",
        "import numpy.random\nnumpy.random.rand(3)\n",
        "import numpy.random as nr\nnr.rand(3)\n",
        "from numpy import random as r\nr.rand(3)\n",
        "from numpy.random import rand as draw\ndraw(3)\n",
        "from numpy.random._generator import rand\nrand(3)\n",
        "from numpy.random.mtrand import rand\nrand(3)\n",
        "numpy.random.rand(3)\n",
    ],
)
@pytest.mark.parametrize("text", ["numpy.random.$F(...)", "numpy.$M.$F(...)", "numpy.random.rand(...)"])
def test_an_import_may_hide_every_name_of_a_pattern(code: str, text: str) -> None:
    aliases = {"numpy.random.mtrand": "numpy.random"}
    source = PythonSource.parse("a.py", code, aliases=aliases)
    found = candidates(Matcher(source, index_of(source), Options()), compile_pattern(text, aliases))
    assert [source.nodes[node.enter].kind for node in found] == ["Call"]


def _matches(matcher: Matcher, pattern: Node, node: Node) -> bool:
    return next(matcher.root(pattern, node, {}), None) is not None
