"""The lowered tree against `ast`, which reads the same programs independently."""

from __future__ import annotations

import ast
import inspect
from collections import Counter

import libcst as cst
import pytest

from readiness.source.exact.lower import ENTRIES, lower_module
from readiness.source.lowering import index_by_kind
from readiness.source.tree import FIELDS, Node

# Kinds that mean the same in both trees, one to one.
SAME = (
    "ClassDef Return Assign AugAssign AnnAssign While If Match Raise Assert Import ImportFrom Global Nonlocal Expr Pass "
    "Break Continue Subscript Slice Call UnaryOp Compare IfExp Lambda NamedExpr List Set Dict ListComp SetComp "
    "GeneratorExp DictComp Await Yield YieldFrom MatchValue MatchSequence MatchMapping MatchClass MatchAs MatchOr"
).split()


def lowered(text: str) -> list[Node]:
    return lower_module(cst.parse_module(text))


def only(text: str, kind: str) -> Node:
    """The first node of a kind in a program."""
    return next(node for node in lowered(text) if node.kind == kind)


def shape(value: object) -> object:
    """A node as nested tuples of kinds and values."""
    if isinstance(value, Node):
        return (value.kind, *map(shape, value.fields))
    return tuple(map(shape, value)) if isinstance(value, tuple) else value


def expression(text: str) -> object:
    return shape(lowered(text)[0].fields[0][0].fields[0])


def name(text: str) -> tuple[str, str]:
    return ("Name", text)


def test_every_kind_of_node_is_as_frequent_as_in_ast(real_program: str) -> None:
    text = real_program
    ours = Counter(node.kind for node in lowered(text))
    theirs = Counter(type(node).__name__ for node in ast.walk(ast.parse(text)))
    theirs["MatchValue"] += theirs["MatchSingleton"]
    assert {kind: ours[kind] for kind in SAME} == {kind: theirs[kind] for kind in SAME}


def test_every_constant_outside_of_formatted_strings_has_the_value_of_ast(real_program: str) -> None:
    text = real_program

    def in_ast(node: ast.AST) -> list[object]:
        if isinstance(node, ast.JoinedStr):
            return []
        if isinstance(node, ast.Constant):
            return [node.value]
        return [value for child in ast.iter_child_nodes(node) for value in in_ast(child)]

    def in_tree(node: Node) -> list[object]:
        if node.kind == "JoinedStr":
            return []
        if node.kind == "Constant":
            return [node.fields[0]]
        return [value for child in node.children() for value in in_tree(child)]

    theirs = Counter(map(repr, in_ast(ast.parse(text))))
    singletons = Counter(repr(node.value) for node in ast.walk(ast.parse(text)) if isinstance(node, ast.MatchSingleton))
    assert Counter(map(repr, in_tree(lowered(text)[0]))) == theirs + singletons


def test_numbers_of_the_walk_tell_what_contains_what(real_program: str) -> None:
    nodes = lowered(real_program)
    for number, node in enumerate(nodes):
        assert node.enter == number
        assert len(node.fields) == len(FIELDS[node.kind])
        children = list(node.children())
        assert all(child.parent is node for child in children)
        assert node.leave == (max(child.leave for child in children) if children else number)
        assert sorted(child.enter for child in children) == [child.enter for child in children]


def test_nodes_are_indexed_by_kind_in_order() -> None:
    nodes = lowered("a = b\nc = d")
    assert [node.fields[0] for node in index_by_kind(nodes)["Name"]] == ["a", "b", "c", "d"]
    assert list(index_by_kind(nodes)) == ["Module", "Assign", "Name"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("((a))", name("a")),
        ("a.b[0]", ("Subscript", ("Attribute", name("a"), name("b")), (("Constant", 0),))),
        ("a[b, 1:2]", ("Subscript", name("a"), (name("b"), ("Slice", ("Constant", 1), ("Constant", 2), None)))),
        ("a[*b]", ("Subscript", name("a"), (("Starred", name("b")),))),
        (
            "f(a, *b, k=c, **d)",
            (
                "Call",
                name("f"),
                (name("a"), ("Starred", name("b")), ("Keyword", name("k"), name("c")), ("DoubleStarred", name("d"))),
            ),
        ),
        ("a < b not in c", ("Compare", name("a"), ("<", "not in"), (name("b"), name("c")))),
        ("a and not b", ("BoolOp", name("a"), "and", ("UnaryOp", "not", name("b")))),
        ("{**a, b: c}", ("Dict", (("DoubleStarred", name("a")), ("DictItem", name("b"), name("c"))))),
        (
            "[a for b in c if d for e in f]",
            (
                "ListComp",
                name("a"),
                (
                    ("Comprehension", name("b"), name("c"), (name("d"),), False),
                    ("Comprehension", name("e"), name("f"), (), False),
                ),
            ),
        ),
        ("{**a for a in b}", ("DictComp", None, name("a"), (("Comprehension", name("a"), name("b"), (), False),))),
        ("[*a for a in b]", ("ListComp", ("Starred", name("a")), (("Comprehension", name("a"), name("b"), (), False),))),
        ("'a' \"b\" r'\\c'", ("Constant", "ab\\c")),
        ("b'a' b'\\x00'", ("Constant", b"a\0")),
        ("f'a{{{b!r:>{w}}}}'", (
            "JoinedStr",
            (
                ("Constant", "a{"),
                ("FormattedValue", name("b"), "r", ("JoinedStr", (("Constant", ">"), ("FormattedValue", name("w"), "", None)))),
                ("Constant", "}"),
            ),
        )),
        ("f'{a=}' 'b'", ("JoinedStr", (("Constant", "a="), ("FormattedValue", name("a"), "r", None), ("Constant", "b")))),
        ("t'{a = !s}'", ("TemplateStr", (("Constant", "a = "), ("FormattedValue", name("a"), "s", None)))),
        ("t'{a}'", ("TemplateStr", (("FormattedValue", name("a"), "", None),))),
        ("t'{a}' 'b'", ("TemplateStr", (("FormattedValue", name("a"), "", None), ("Constant", "b")))),
        ("rf'\\d{a}'", ("JoinedStr", (("Constant", "\\d"), ("FormattedValue", name("a"), "", None)))),
        ("...", ("Constant", ...)),
        ("None", ("Constant", None)),
        ("0xFF_FF", ("Constant", 65535)),
        ("1_0.5e-1", ("Constant", 1.05)),
        ("2j", ("Constant", 2j)),
        ("(yield)", ("Yield", None)),
        ("(yield from a)", ("YieldFrom", name("a"))),
        ("(a := b)", ("NamedExpr", name("a"), name("b"))),
        (
            "lambda a, /, b=c, *, d, **e: f",
            (
                "Lambda",
                (
                    ("Param", name("a"), None, None, ""),
                    ("Param", None, None, None, "/"),
                    ("Param", name("b"), None, name("c"), ""),
                    ("Param", None, None, None, "*"),
                    ("Param", name("d"), None, None, ""),
                    ("Param", name("e"), None, None, "**"),
                ),
                name("f"),
            ),
        ),
    ],
)  # fmt: skip
def test_an_expression_becomes_this_tree(text: str, expected: object) -> None:
    assert expression(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = b = c", ("Assign", (name("a"), name("b")), name("c"))),
        ("a += b", ("AugAssign", name("a"), "+", name("b"))),
        ("a: b", ("AnnAssign", name("a"), name("b"), None)),
        ("type A[T: int] = b", ("TypeAlias", name("A"), (("TypeParam", name("T"), name("int"), None, ""),), name("b"))),
        ("del a, b", ("Delete", (name("a"), name("b")))),
        ("del (a, b)", ("Delete", (("Tuple", (name("a"), name("b"))),))),
        (
            "from ..a.b import c as d",
            ("ImportFrom", ("Attribute", name("a"), name("b")), (("Alias", name("c"), name("d")),), 2),
        ),
        ("from . import *", ("ImportFrom", None, (("Alias", name("*"), None),), 1)),
        ("lazy import a", ("Import", (("Alias", name("a"), None),))),
        ("raise a from b", ("Raise", name("a"), name("b"))),
        ("assert a, b", ("Assert", name("a"), name("b"))),
        ("global a, b", ("Global", (name("a"), name("b")))),
        (
            "if a: b\nelif c: d\nelse: e",
            (
                "If",
                name("a"),
                (("Expr", name("b")),),
                (("If", name("c"), (("Expr", name("d")),), (("Expr", name("e")),)),),
            ),
        ),
        (
            "try: a\nexcept* (b) as c: d\nelse: e\nfinally: f",
            (
                "Try",
                (("Expr", name("a")),),
                (("ExceptHandler", name("b"), name("c"), (("Expr", name("d")),)),),
                (("Expr", name("e")),),
                (("Expr", name("f")),),
                True,
            ),
        ),
        (
            "with (a as b, c): d; e",
            (
                "With",
                (("WithItem", name("a"), name("b")), ("WithItem", name("c"), None)),
                (("Expr", name("d")), ("Expr", name("e"))),
                False,
            ),
        ),
        (
            "@a\nclass B[T, *U, **V](c, k=d): pass",
            (
                "ClassDef",
                (name("a"),),
                name("B"),
                (
                    ("TypeParam", name("T"), None, None, ""),
                    ("TypeParam", name("U"), None, None, "*"),
                    ("TypeParam", name("V"), None, None, "**"),
                ),
                (name("c"), ("Keyword", name("k"), name("d"))),
                (("Pass",),),
            ),
        ),
        (
            "async def f(*a: b) -> c: return",
            (
                "FunctionDef",
                (),
                name("f"),
                (),
                (("Param", name("a"), name("b"), None, "*"),),
                name("c"),
                (("Return", None),),
                True,
            ),
        ),
        (
            "match a:\n case {1: b, **c} if d: pass\n case E(f, g=None) | [*_]: pass",
            (
                "Match",
                name("a"),
                (
                    (
                        "MatchCase",
                        ("MatchMapping", (("Constant", 1),), (("MatchAs", None, name("b")),), name("c")),
                        name("d"),
                        (("Pass",),),
                    ),
                    (
                        "MatchCase",
                        (
                            "MatchOr",
                            (
                                (
                                    "MatchClass",
                                    name("E"),
                                    (
                                        ("MatchAs", None, name("f")),
                                        ("MatchKeyword", name("g"), ("MatchValue", ("Constant", None))),
                                    ),
                                ),
                                ("MatchSequence", (("MatchStar", None),)),
                            ),
                        ),
                        None,
                        (("Pass",),),
                    ),
                ),
            ),
        ),
    ],
)
def test_a_statement_becomes_this_tree(text: str, expected: object) -> None:
    assert shape(lowered(text)[0].fields[0][0]) == expected


def test_no_class_of_libcst_is_left_out() -> None:
    punctuation = (cst.BaseBinaryOp, cst.BaseBooleanOp, cst.BaseUnaryOp, cst.BaseCompOp, cst.BaseAugOp)
    wrappers = (
        "Annotation AsName AssignTarget Asynchronous CompIf ComparisonTarget Decorator Element Else Finally From "
        "IndentedBlock MatchMappingElement MatchOrElement MatchSequenceElement NameItem Parameters ParamSpec "
        "SimpleStatementLine SimpleStatementSuite SubscriptElement TypeParameters TypeVar TypeVarTuple "
        "AssignEqual Colon Comma Comment Dot EmptyLine Newline ParenthesizedWhitespace Semicolon SimpleWhitespace "
        "TrailingWhitespace LeftCurlyBrace LeftParen LeftSquareBracket RightCurlyBrace RightParen RightSquareBracket "
        "FormattedStringExpression FormattedStringText TemplatedStringExpression TemplatedStringText"
    ).split()
    concrete = {
        value.__name__
        for value in vars(cst).values()
        if isinstance(value, type) and issubclass(value, cst.CSTNode) and not inspect.isabstract(value)
        if not issubclass(value, punctuation)
    }
    assert concrete - set(wrappers) - {"Name"} <= {source.__name__ for source in ENTRIES}
