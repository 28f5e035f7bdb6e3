"""What names mean: imports, scopes and shadowing.

A name is what the nearest scope that binds it says. If that scope imports it, the name stands for the imported thing
even when it is also assigned there; parameters and local variables of inner scopes hide it. What a star import brings
is unknown, so names that only a star import could bind resolve to nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from readiness.source.canonical import public_module
from readiness.source.tree import Node

_COMPREHENSIONS = frozenset({"ListComp", "SetComp", "GeneratorExp", "DictComp"})
_FUNCTIONS = frozenset({"FunctionDef", "Lambda"})
SCOPES = _FUNCTIONS | _COMPREHENSIONS | {"Module", "ClassDef"}
_BODY = {"FunctionDef": 5, "ClassDef": 4, "Lambda": 1}
# Fields that hold a name which is a label and not a variable.
_LABEL_FIELD = {"Attribute": 1, "Keyword": 0, "MatchKeyword": 0, "FunctionDef": 1, "ClassDef": 1, "Param": 0}
_LABELS_ONLY = frozenset({"Alias", "Global", "ImportFrom", "Nonlocal"})
BINDERS = {
    "FunctionDef": (1,),
    "ClassDef": (1,),
    "Param": (0,),
    "TypeParam": (0,),
    "TypeAlias": (0,),
    "Assign": (0,),
    "AugAssign": (0,),
    "AnnAssign": (0,),
    "For": (0,),
    "WithItem": (1,),
    "NamedExpr": (0,),
    "Comprehension": (0,),
    "ExceptHandler": (1,),
    "Delete": (0,),
    "MatchAs": (1,),
    "MatchStar": (0,),
    "MatchMapping": (2,),
}
"""Kinds that bind names, with the fields that hold them."""

Import = tuple[str, Node]
"""A dotted name, and the statement that imports it."""


@dataclass(slots=True)
class Scope:
    """The names that one module, class, function, lambda or comprehension binds."""

    node: Node
    imports: dict[str, list[Import]] = field(default_factory=dict)
    bound: dict[str, list[Node]] = field(default_factory=dict)
    """Names that are bound in any other way, with what binds them."""
    redirected: dict[str, str] = field(default_factory=dict)
    """Names declared `Global` or `Nonlocal`."""
    shared: set[str] = field(default_factory=set)
    """Names that functions inside set by such a declaration, so that any call may change them."""

    def lookup(self, name: str) -> list[Import] | None:
        """The imports of a name, none if it is something else here, or None if this scope does not bind it."""
        if name in self.imports:
            return self.imports[name]
        return [] if name in self.bound else None


class Names:
    """The scopes of one program, and what its dotted names stand for."""

    def __init__(self, by_kind: dict[str, list[Node]]) -> None:
        self._module = Scope(by_kind["Module"][0])
        self._scopes: dict[int, Scope] = {self._module.node.enter: self._module}
        self._known: dict[int, tuple[str, ...]] = {}
        for kind in ("Global", "Nonlocal"):
            for declaration in by_kind.get(kind, ()):
                redirected = self.scope_of(declaration).redirected
                redirected.update((name.fields[0], kind) for name in declaration.fields[0])
        for kind in ("Import", "ImportFrom"):
            for statement in by_kind.get(kind, ()):
                self._bind_imports(statement)
        for kind, fields in BINDERS.items():
            for binder in by_kind.get(kind, ()):
                for number in fields:
                    self._bind(binder, binder.fields[number])

    def candidates(self, node: Node) -> tuple[str, ...]:
        """Every dotted name that a Name or Attribute may stand for, likeliest first; none if it is not imported."""
        found = self._known.get(node.enter)
        if found is None:
            found = self._known[node.enter] = self._candidates(node)
        return found

    def scope_of(self, node: Node) -> Scope:
        """The innermost scope that a node is evaluated in."""
        return self.scope_at(next(enclosing_scopes(node)))

    def binding_scope(self, node: Node) -> Scope | None:
        """The scope that binds this name, as seen from where it stands."""
        name = node.fields[0]
        for number, outer in enumerate(enclosing_scopes(node)):
            scope = self.scope_at(outer)
            if scope.redirected.get(name) == "Global":
                return self._module
            if outer.kind == "ClassDef" and number > 0:
                continue  # functions do not see the names of the class around them
            if scope.lookup(name) is not None:
                return scope
        return None

    def _candidates(self, node: Node) -> tuple[str, ...]:
        if node.kind == "Attribute":
            attr = node.fields[1].fields[0]
            return tuple([f"{dotted}.{attr}" for dotted in self.candidates(node.fields[0])])
        if node.kind != "Name" or is_label(node):
            return ()
        scope = self.binding_scope(node)
        imports = scope.lookup(node.fields[0]) if scope is not None else None
        return _likeliest_first(imports, node) if imports else ()

    def scope_at(self, node: Node) -> Scope:
        """The scope that a node opens."""
        scope = self._scopes.get(node.enter)
        if scope is None:
            scope = self._scopes[node.enter] = Scope(node)
        return scope

    def _bind_imports(self, statement: Node) -> None:
        for name, dotted in imported_names(statement):
            scope = self._scope_for(statement, name)
            if scope is not None:
                scope.imports.setdefault(name, []).append((dotted, statement))

    def _bind(self, binder: Node, target: Any) -> None:
        for name in bound_names(target):
            scope = self._scope_for(binder, name)
            if scope is not None:
                scope.bound.setdefault(name, []).append(binder)

    def _scope_for(self, binder: Node, name: str) -> Scope | None:
        """The scope in which a node binds a name; None if an outer function has it already (`nonlocal`)."""
        scope = self.scope_at(self._binding_place(binder))
        declared = scope.redirected.get(name)
        if declared is None or scope is self._module:
            return scope
        if declared == "Global":
            self._module.shared.add(name)
            return self._module
        for outer in enclosing_scopes(scope.node):
            self.scope_at(outer).shared.add(name)
        return None

    def _binding_place(self, binder: Node) -> Node:
        parent = binder.parent
        if parent is not None and binder.kind in ("Param", "TypeParam", "Comprehension") and parent.kind in SCOPES:
            return parent
        outer = enclosing_scopes(binder)
        place = next(outer)
        while binder.kind == "NamedExpr" and place.kind in _COMPREHENSIONS:  # PEP 572: binds outside of it
            place = next(outer)
        return place


def enclosing_scopes(node: Node) -> Iterator[Node]:
    """The scopes around the place where a node is evaluated, innermost first.

    Decorators, defaults, annotations and base classes are evaluated outside of what they belong to.
    """
    outer = node.parent
    while outer is not None:
        if outer.kind in SCOPES and (outer.kind not in _BODY or _is_in_body(node, outer)):
            yield outer
        outer = outer.parent
    if node.kind == "Module":
        yield node


def _is_in_body(node: Node, scope: Node) -> bool:
    body = scope.fields[_BODY[scope.kind]]
    return bool(node.enter >= (body[0] if isinstance(body, tuple) else body).enter)


def enclosing_function(node: Node) -> Node:
    """The function, class, lambda or module whose code a node is; comprehensions are part of the code around them."""
    return next(scope for scope in enclosing_scopes(node) if scope.kind not in _COMPREHENSIONS)


def is_target(name: Node) -> bool:
    """True for a name that is being assigned, not read."""
    inner, outer = name, name.parent
    while outer is not None and outer.kind in ("Tuple", "List", "Starred"):
        inner, outer = outer, outer.parent
    if outer is None:
        return False
    for number in BINDERS.get(outer.kind, ()):
        bound = outer.fields[number]
        if bound is inner or (isinstance(bound, tuple) and inner in bound):
            return True
    return False


def is_label(name: Node) -> bool:
    """True for a name that stands for no variable: of an attribute, a keyword argument, a definition, an import."""
    parent = name.parent
    if parent is None or parent.kind in _LABELS_ONLY:
        return True
    number = _LABEL_FIELD.get(parent.kind)
    return number is not None and parent.fields[number : number + 1] == (name,)


def bound_names(target: Any) -> Iterator[str]:
    """The names that an assignment to this target binds; attributes and elements bind none."""
    if isinstance(target, tuple):
        for item in target:
            yield from bound_names(item)
    elif target is not None and target.kind == "Name":
        yield target.fields[0]
    elif target is not None and target.kind in ("Tuple", "List", "Starred"):
        yield from bound_names(target.fields[0])


def imported_names(statement: Node) -> Iterator[tuple[str, str]]:
    """Each name that an import statement binds, with the dotted name it stands for; star imports bind none we know."""
    if statement.kind == "Import":
        for alias in statement.fields[0]:
            name, asname = alias.fields
            dotted = dotted_text(name)
            yield (asname.fields[0], public_module(dotted)) if asname is not None else (first_part(dotted),) * 2
        return
    module, names, level = statement.fields
    origin = "." * level + ("" if module is None else dotted_text(module))
    prefix = origin if level else public_module(origin)
    for alias in names:
        name, asname = alias.fields
        if name.fields[0] != "*":
            separator = "" if prefix.endswith(".") else "."
            bound = asname if asname is not None else name
            yield bound.fields[0], f"{prefix}{separator}{name.fields[0]}"


def dotted_text(name: Node) -> str:
    """`a.b.c` of a dotted Name or Attribute in an import."""
    if name.kind == "Attribute":
        return f"{dotted_text(name.fields[0])}.{name.fields[1].fields[0]}"
    return str(name.fields[0])


def first_part(dotted: str) -> str:
    """`a` of `a.b.c`."""
    return dotted.partition(".")[0]


def _likeliest_first(imports: list[Import], use: Node) -> tuple[str, ...]:
    """The dotted names of a name imported several times, as seen from a use.

    An import that always runs replaces those above it. Of alternatives (`try`, `if`) the first is the usual one.
    """
    if len(imports) == 1:
        return (imports[0][0],)
    seen: list[str] = []
    for dotted, statement in imports:
        same_scope = next(enclosing_scopes(statement)) is next(enclosing_scopes(use))
        if same_scope and statement.enter > use.enter and seen:
            break
        if statement.parent is not None and statement.parent.kind in SCOPES:
            seen = []
        if dotted not in seen:
            seen.append(dotted)
    return tuple(seen)
