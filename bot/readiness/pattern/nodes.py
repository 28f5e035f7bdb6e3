"""The kinds of node that only patterns have, and which nodes of a program are expressions.

A compiled pattern is a tree of the same `Node` class as a program; these kinds stand for its holes.
"""

from __future__ import annotations

import ast

from readiness.source.tree import STATEMENTS, Node

METAVARIABLE = "Metavariable"  # ($X,): any one node, the same wherever $X stands
MANY = "ManyMetavariable"  # ($...X,): any run of neighbours
DOTS = "Dots"  # (): any run of neighbours, or any one expression
DEEP = "Deep"  # (inner,): an expression that holds `inner` somewhere
TYPED = "Typed"  # ($X, type): an expression known to have this type
CHAIN = "Chain"  # (value,): `value` followed by any attributes and calls
DOTTED = "Dotted"  # (text,): a name or dotted name in an expression, such as `a.b.c`
ANY_STRING = "AnyString"  # (): "..."
CONCATENATION = "Concatenation"  # (): "..." "...", strings that stand side by side
STRING_HOLE = "StringHole"  # ($X,): "$X", the content of any string
STRING_REGEX = "StringRegex"  # (compiled,): "=~/re/"
STRING_TEMPLATE = "StringTemplate"  # (compiled, names): "/home/$USER/..."

IMPORTED = "ImportedName"
"""(text,): what a name of the program stands for through an import; made while matching, with the name's interval."""

ASSIGNMENTS = frozenset({"Assign", "AnnAssign", "NamedExpr"})
EXPRESSIONS = frozenset(
    "Name Constant JoinedStr TemplateStr Attribute Subscript Call BinOp BoolOp UnaryOp Compare IfExp Lambda NamedExpr "
    "List Tuple Set Dict ListComp SetComp GeneratorExp DictComp Await Yield YieldFrom Starred DoubleStarred".split()
)
KEYWORDS = {
    "Assert": "assert",
    "Break": "break",
    "ClassDef": "class",
    "Continue": "continue",
    "Delete": "del",
    "ExceptHandler": "except",
    "For": "for",
    "FunctionDef": "def",
    "Global": "global",
    "If": "if",
    "Nonlocal": "nonlocal",
    "Pass": "pass",
    "Raise": "raise",
    "Return": "return",
    "Try": "try",
    "While": "while",
    "With": "with",
}
"""Kinds of statement that patterns of the same kind alone can match, by the word that they begin with."""
_NAME_FIELDS = {
    "FunctionDef": ("name",),
    "ClassDef": ("name",),
    "Attribute": ("attr",),
    "Keyword": ("name",),
    "Param": ("name",),
    "TypeParam": ("name",),
    "TypeAlias": ("name",),
    "Alias": ("name", "asname"),
    "ImportFrom": ("module",),
    "Global": ("names",),
    "Nonlocal": ("names",),
    "ExceptHandler": ("name",),
    "MatchAs": ("name",),
    "MatchStar": ("name",),
    "MatchMapping": ("rest",),
    "MatchKeyword": ("name",),
}
BLOCKS = {
    "Module": ("body",),
    "FunctionDef": ("body",),
    "ClassDef": ("body",),
    "For": ("body", "orelse"),
    "While": ("body", "orelse"),
    "If": ("body", "orelse"),
    "With": ("body",),
    "Try": ("body", "orelse", "finalbody"),
    "ExceptHandler": ("body",),
    "MatchCase": ("body",),
}


def names_only(kind: str, field: str) -> bool:
    """True if this field holds a name that is no expression: of an attribute, a keyword, a definition, an import."""
    return field in _NAME_FIELDS.get(kind, ())


def is_expression(node: Node) -> bool:
    """True for a node that stands where Python evaluates an expression."""
    if node.kind not in EXPRESSIONS:
        return False
    parent = node.parent
    if parent is None:
        return True
    if node.kind == "BoolOp" and parent.kind == "BoolOp":
        return not _goes_on(node, parent)
    return parent.kind not in _NAME_FIELDS or not any(
        _holds(parent.get(field), node) for field in _NAME_FIELDS[parent.kind]
    )


def _goes_on(node: Node, parent: Node) -> bool:
    """True for `a or b` in `a or b or c`, which is one operation of three operands."""
    if parent.fields[0] is not node or parent.fields[1] != node.fields[1]:
        return False
    if isinstance(node.origin, ast.AST):  # which has one node for the whole operation
        return node.origin is parent.origin
    return not node.origin.lpar


def _holds(value: object, node: Node) -> bool:
    return value is node or (isinstance(value, tuple) and node in value)


def is_statement(node: Node) -> bool:
    """True for a statement."""
    return node.kind in STATEMENTS


def literal_name(node: Node) -> str | None:
    """`a.b.c` as it is written, if the node is nothing but a dotted name."""
    if node.kind == "Name":
        return str(node.fields[0])
    parts: list[str] = []
    while node.kind == "Attribute":
        value, attribute = node.fields
        if attribute.kind != "Name":
            return None
        parts.append(attribute.fields[0])
        node = value
    if node.kind not in ("Name", IMPORTED):
        return None
    parts.append(node.fields[0])
    return ".".join(reversed(parts))


def expression_of(node: Node) -> Node:
    """A statement that is nothing but an expression covers the same text: the expression stands for it."""
    return node.fields[0] if node.kind == "Expr" else node
