"""The tree that patterns, facts and flows work on: Python's own node names, without whitespace or parentheses.

Rules never ask for spaces. `quick` makes this tree from the standard library's; `exact` makes the same one, node for
node, from libcst's, which knows where everything stands. Kinds and fields are those of the standard library's `ast`, with these differences, made so that every part of a
program that a pattern can bind is a node of its own:

- names of functions, classes, attributes, keywords, parameters and imports are `Name` nodes;
- a call has one `args` tuple in source order: plain nodes, `Starred`, `Keyword`, `DoubleStarred`;
- an f-string is `JoinedStr` whose values are `Constant` text and `FormattedValue`, `{x=}` the text `x=` and a field; implicit
  concatenation of plain strings is one `Constant`, a mixed one a single `JoinedStr`;
- operators are strings such as "+" and "not in"; a chained comparison keeps `ops` and `comparators`;
- `elif` is an `If` alone in `orelse`, as in `ast`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

FIELDS: dict[str, tuple[str, ...]] = {
    "Module": ("body",),
    # statements
    "FunctionDef": ("decorators", "name", "type_params", "params", "returns", "body", "is_async"),
    "ClassDef": ("decorators", "name", "type_params", "bases", "body"),  # bases: as Call.args
    "Return": ("value",),
    "Delete": ("targets",),
    "Assign": ("targets", "value"),
    "AugAssign": ("target", "op", "value"),
    "AnnAssign": ("target", "annotation", "value"),
    "TypeAlias": ("name", "type_params", "value"),
    "For": ("target", "iter", "body", "orelse", "is_async"),
    "While": ("test", "body", "orelse"),
    "If": ("test", "body", "orelse"),
    "With": ("items", "body", "is_async"),
    "WithItem": ("context", "target"),
    "Match": ("subject", "cases"),
    "MatchCase": ("pattern", "guard", "body"),
    "Raise": ("exc", "cause"),
    "Try": ("body", "handlers", "orelse", "finalbody", "is_star"),
    "ExceptHandler": ("type", "name", "body"),
    "Assert": ("test", "msg"),
    "Import": ("names",),
    "ImportFrom": ("module", "names", "level"),  # module: dotted Name/Attribute or None; level: int
    "Alias": ("name", "asname"),  # name: dotted Name/Attribute, or Name "*"
    "Global": ("names",),
    "Nonlocal": ("names",),
    "Expr": ("value",),
    "Pass": (),
    "Break": (),
    "Continue": (),
    # expressions
    "Name": ("id",),
    "Constant": ("value",),  # str, bytes, int, float, complex, bool, None, Ellipsis
    "JoinedStr": ("values",),
    "FormattedValue": ("value", "conversion", "spec"),
    "TemplateStr": ("values",),
    "Attribute": ("value", "attr"),
    "Subscript": ("value", "slice"),  # slice: a tuple of its elements
    "Slice": ("lower", "upper", "step"),
    "Call": ("func", "args"),
    "Keyword": ("name", "value"),
    "Starred": ("value",),
    "DoubleStarred": ("value",),
    "BinOp": ("left", "op", "right"),
    "BoolOp": ("left", "op", "right"),
    "UnaryOp": ("op", "operand"),
    "Compare": ("left", "ops", "comparators"),
    "IfExp": ("test", "body", "orelse"),
    "Lambda": ("params", "body"),
    "NamedExpr": ("target", "value"),
    "List": ("elts",),
    "Tuple": ("elts",),
    "Set": ("elts",),
    "Dict": ("items",),
    "DictItem": ("key", "value"),
    "ListComp": ("elt", "generators"),
    "SetComp": ("elt", "generators"),
    "GeneratorExp": ("elt", "generators"),
    "DictComp": ("key", "value", "generators"),
    "Comprehension": ("target", "iter", "ifs", "is_async"),
    "Await": ("value",),
    "Yield": ("value",),
    "YieldFrom": ("value",),
    "Param": ("name", "annotation", "default", "star"),  # star: "", "*", "**", or "/" and bare "*" with no name
    "TypeParam": ("name", "bound", "default", "star"),
    # patterns of `match` statements
    "MatchValue": ("value",),
    "MatchAs": ("pattern", "name"),
    "MatchOr": ("patterns",),
    "MatchSequence": ("patterns",),
    "MatchMapping": ("keys", "patterns", "rest"),
    "MatchClass": ("cls", "patterns"),
    "MatchStar": ("name",),
    "MatchKeyword": ("name", "pattern"),
}

_PLACES = {kind: {name: place for place, name in enumerate(names)} for kind, names in FIELDS.items()}

STATEMENTS = frozenset(
    "FunctionDef ClassDef Return Delete Assign AugAssign AnnAssign TypeAlias For While If With Match Raise Try Assert "
    "Import ImportFrom Global Nonlocal Expr Pass Break Continue".split()
)
SCOPES = frozenset({"Module", "FunctionDef", "ClassDef", "Lambda"})


class Node:
    """One node: its kind, the values of `FIELDS[kind]` in order, and its place in the walk.

    A field holds a node, a tuple of nodes, a plain value, or None. `enter` and `leave` are pre-order numbers:
    `a` contains `b` exactly if `a.enter <= b.enter and b.leave <= a.leave`, so containment needs no text positions.
    `origin` is what the node was made from: a node of `ast`, or of libcst once a place in the text was asked for.
    """

    __slots__ = ("enter", "fields", "kind", "leave", "origin", "parent")

    def __init__(self, kind: str, fields: tuple[Any, ...], origin: Any = None) -> None:
        self.kind = kind
        self.fields = fields
        self.origin = origin
        self.parent: Node | None = None
        self.enter = -1
        self.leave = -1

    def __reduce__(self) -> tuple[type[Node], tuple[str, tuple[Any, ...]]]:
        """What it says, without its place: a node that is kept belongs to a pattern, and to no program."""
        return Node, (self.kind, self.fields)

    def get(self, name: str) -> Any:
        """The value of the field with this name."""
        return self.fields[_PLACES[self.kind][name]]

    def children(self) -> Iterator[Node]:
        """The nodes directly below this one, in the order of its fields."""
        for value in self.fields:
            if isinstance(value, Node):
                yield value
            elif isinstance(value, tuple):
                yield from (item for item in value if isinstance(item, Node))

    def __repr__(self) -> str:
        inside = ", ".join(f"{n}={v!r}" for n, v in zip(FIELDS.get(self.kind, ()), self.fields, strict=False))
        return f"{self.kind}({inside})"
