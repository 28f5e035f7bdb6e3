"""Names that a notebook uses before anything above has defined them, read from top to bottom as it would be run anew.

In doubt it is silent: a name that may come from a magic, a star import, a cell in another language or a cell that
does not parse is taken as defined from there on, and a name used inside a function only counts if no cell defines it.
"""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from readiness.facts.cells import UndefinedName
from readiness.facts.python import is_variable
from readiness.source.cells import Cell
from readiness.source.names import enclosing_scopes, is_target
from readiness.source.notebook import NotebookSource
from readiness.source.python import PythonSource
from readiness.source.tree import Node

# What kernels and platforms put into every notebook's namespace.
_AMBIENT = frozenset(
    "display get_ipython In Out exit quit open __file__ __name__ __doc__ __spec__ __loader__ __package__ __builtin__ "
    "__builtins__ dbutils spark sc sqlContext sqlc sql table displayHTML getArgument "
    "basestring cmp execfile file long raw_input reduce reload unichr unicode xrange".split()
)
_HISTORY = re.compile(r"_+|_i+|_[io]h|_dh|_i?\d+|_deepnote\w*|__vsc\w*")
# A bare word that IPython reads as a magic.
_AUTOMAGIC = frozenset(
    "alias cd cls clear conda config cp debug dirs env hist history ls lsmagic magic man matplotlib mkdir mv pip pwd "
    "pylab quickref reset rm time timeit who who_ls whos".split()
)
# Magics after which any name may exist.
_OPEN_MAGICS = frozenset("edit import_notebook load loadpy macro nbrun pylab recall rep rerun run".split())
_OPEN_CALLS = frozenset({"exec", "execfile", "globals", "locals", "vars"})
_IPYTHON_CALLS = frozenset({"ex", "magic", "run_cell", "run_cell_magic", "run_line_magic", "user_ns"})
_HARMLESS_MAGICS = frozenset("autoreload cd config env load_ext matplotlib pip reload_ext set_env time".split())
# Cells in these languages share no names with the Python ones.
_SEPARATE_LANGUAGES = frozenset(
    "bash cmd html javascript js latex markdown md perl python python2 python3 ruby script sh svg system writefile "
    "file".split()
)
_WORD = re.compile(r"[^\W\d]\w*")
# What an exercise leaves to its reader.
_LEFT_OPEN = re.compile(
    r"^[ \t]*#+ *(?:todo|your code|write your|implement|fill in|complete)\b", re.IGNORECASE | re.MULTILINE
)
_EVALUATED_LATER = frozenset({"FunctionDef", "Lambda", "GeneratorExp"})
_LOOPS = frozenset({"For", "While"})
_CATCHES_NAME_ERROR = frozenset({"NameError", "Exception", "BaseException", "UnboundLocalError"})


def undefined_names(notebook: NotebookSource) -> tuple[UndefinedName, ...]:
    """Each undefined name once, at its first use."""
    return tuple(_Reading(notebook, notebook.program).undefined()) if notebook.program else ()


class _Reading:
    """One notebook's definitions and uses, by the pre-order numbers of its tree and the lines of its program."""

    def __init__(self, notebook: NotebookSource, program: PythonSource) -> None:
        self._notebook = notebook
        self._program = program
        self._defined = _definitions(program)
        self._open_from = _first_open_node(program)

    def undefined(self) -> Iterator[UndefinedName]:
        """The names that are read but not defined, in the order of their first use."""
        seen: set[str] = set()
        for use in self._program.by_kind.get("Name", ()):
            name = str(use.get("id"))
            if name not in seen and _is_read(use) and self._is_undefined(name, use):
                seen.add(name)
                yield self._fact(name, use)

    def _is_undefined(self, name: str, use: Node) -> bool:
        if hasattr(builtins, name) or name in _AMBIENT or _HISTORY.fullmatch(name):
            return False
        scope = self._program.names.binding_scope(use)
        if scope is not None and scope.node.kind != "Module":
            return False
        later = any(outer.kind in _EVALUATED_LATER for outer in enclosing_scopes(use))
        first = self._defined.get(name)
        if first is not None and (later or first[0] < use.enter or _in_same_loop(first[1], use)):
            return False
        return not (
            _is_type_parameter(name, use)
            or _is_guarded(use)
            or _is_exceptional(use)
            or self._never_runs(use)
            or self._is_command(name, use)
            or self._may_be_defined(name, use, later=later)
        )

    def _never_runs(self, use: Node) -> bool:
        """True below an `if` whose condition is known not to hold."""
        conditions = [node.get("test") for node in _ancestors(use) if node.kind == "If"]
        known = [self._program.constant(test) for test in conditions if not test.enter <= use.enter <= test.leave]
        return any(found is not None and not found.value for found in known)

    def _is_command(self, name: str, use: Node) -> bool:
        """True in what IPython takes for a magic without its sign: `pwd`, `watermark -iv`."""
        parents = list(islice(_ancestors(use), 2))
        if parents[0].kind == "Expr":
            return name in _AUTOMAGIC
        if [parent.kind for parent in parents] != ["BinOp", "Expr"] or parents[0].get("op") != "-":
            return False
        first = parents[0].get("left")
        return first.kind == "Name" and first.get("id") not in self._defined

    def _may_be_defined(self, name: str, use: Node, *, later: bool) -> bool:
        """Whether something that cannot be read may define the name before this use."""
        line = self._line(use)
        if _LEFT_OPEN.search(self._notebook.cell_at(line).source):
            return True
        if later:
            return self._open_from is not None or self._open_line is not None or name in self._possible
        if self._open_from is not None and self._open_from < use.enter:
            return True
        if self._open_line is not None and self._open_line < line:
            return True
        return self._possible.get(name, line) < line

    @cached_property
    def _open_line(self) -> int | None:
        """The line of the program from which on a magic, or who solves an exercise, may have defined anything."""
        lines = [self._notebook.program_line(cell.index, 1) for cell in self._code if _is_left_open(cell)]
        lines += [
            self._notebook.program_line(cell.index, magic.line + 1)
            for cell in self._code
            for magic in cell.magics
            if magic.name in _OPEN_MAGICS or (magic.name == "store" and magic.args.strip() == "-r")
        ]
        return min(lines, default=None)

    @cached_property
    def _possible(self) -> dict[str, int]:
        """Words of magics and of cells that could not be read, each with the line of the program that has it first."""
        possible: dict[str, int] = {}
        for cell in self._code:
            for offset, text in _unread_words(cell, whole=cell.index in self._notebook.unread):
                line = self._notebook.program_line(cell.index, offset + 1)
                for word in _WORD.findall(text):
                    possible.setdefault(word, line)
        return possible

    @property
    def _code(self) -> list[Cell]:
        return [cell for cell in self._notebook.cells if cell.type == "code"]

    def _line(self, node: Node) -> int:
        return self._program.lines.position(self._program.span(node)[0])[0]

    def _fact(self, name: str, use: Node) -> UndefinedName:
        hit = self._program.hit(*self._program.span(use))
        first = self._defined.get(name)
        later_cell = self._notebook.cell_at(self._line(first[1])).index if first is not None else None
        return UndefinedName(name, hit, hit.location.cell or 0, first is not None, later_cell)


def _unread_words(cell: Cell, *, whole: bool) -> Iterator[tuple[int, str]]:
    """Texts that may name what a cell defines without our seeing it; -1 is the line above the cell."""
    if whole or (cell.masked.foreign and cell.magics[0].name.lower() not in _SEPARATE_LANGUAGES):
        yield 0, cell.source
    for magic in cell.magics:
        if magic.name not in ("!", "?"):
            yield magic.line, magic.args


def _is_left_open(cell: Cell) -> bool:
    """True for a cell of an exercise that has no code yet."""
    lines = [line.strip() for line in cell.source.splitlines()]
    return bool(_LEFT_OPEN.search(cell.source)) and all(not line or line.startswith("#") for line in lines)


def _definitions(program: PythonSource) -> dict[str, tuple[int, Node]]:
    """Name -> the pre-order number after which it is defined at module level, and the node that defines it first."""
    module = program.names.scope_at(program.tree)
    found: dict[str, tuple[int, Node]] = {}
    for name in module.imports.keys() | module.bound.keys():
        binders = [statement for _, statement in module.imports.get(name, ())]
        binders += [binder for binder in module.bound.get(name, ()) if binder.kind != "Delete"]
        starts = [(_defined_after(binder), binder) for binder in binders]
        if starts:
            found[name] = min(starts, key=lambda start: start[0])
    return found


def _defined_after(binder: Node) -> int:
    """The pre-order number after which the names that a node binds can be read."""
    if binder.kind == "For":
        return int(binder.get("iter").leave)
    if binder.kind == "NamedExpr":  # the element of a comprehension is written before the condition that binds it
        return _statement(binder).enter
    if binder.kind in ("ExceptHandler", "MatchAs", "MatchStar", "MatchMapping"):
        return binder.enter
    return binder.leave


def _is_read(use: Node) -> bool:
    """True if the value of the name is needed where it stands, rather than given to it."""
    keeps = use.parent is not None and use.parent.kind in ("AugAssign", "Delete")
    return is_variable(use) and (keeps or not is_target(use))


def _first_open_node(program: PythonSource) -> int | None:
    """The pre-order number from which on any name may exist: a star import, `exec`, `globals()`, a magic as a call."""
    nodes = [node.enter for node in program.by_kind.get("ImportFrom", ()) if _is_star(node)]
    for name in _OPEN_CALLS:
        nodes += [call.enter for call in program.calls_by_name.get(name, ()) if call.get("func").kind == "Name"]
    for name in _IPYTHON_CALLS:
        nodes += [call.enter for call in program.calls_by_name.get(name, ()) if not _is_harmless(call)]
    return min(nodes, default=None)


def _is_star(statement: Node) -> bool:
    return any(alias.get("name").fields[0] == "*" for alias in statement.get("names"))


def _is_harmless(call: Node) -> bool:
    if call.get("func").kind == "Name":
        return True  # a function of that name, not IPython's shell
    first = next(iter(call.get("args")), None)
    words = _WORD.findall(str(first.get("value"))) if first is not None and first.kind == "Constant" else []
    return bool(words) and words[0] in _HARMLESS_MAGICS


def _statement(node: Node) -> Node:
    while node.parent is not None and node.kind not in ("Expr", "Assign", "If", "While", "Return", "Assert"):
        node = node.parent
    return node


def _ancestors(node: Node) -> Iterator[Node]:
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def _in_same_loop(definition: Node, use: Node) -> bool:
    """A later round of a loop may read what an earlier round has defined further down."""
    return any(loop.kind in _LOOPS and loop.enter < definition.enter <= loop.leave for loop in _ancestors(use))


def _is_guarded(use: Node) -> bool:
    """True inside a `try` that catches a missing name."""
    for node in _ancestors(use):
        if node.kind == "Try" and node.get("body") and use.enter <= node.get("body")[-1].leave:
            caught = [handler.get("type") for handler in node.get("handlers")]
            names = {name.get("id") for kind in caught if kind is not None for name in _names_in(kind)}
            if None in caught or names & _CATCHES_NAME_ERROR:
                return True
    return False


def _is_exceptional(use: Node) -> bool:
    """True where a good run may not come by: in the handler of an error, or where an `if` does not hold."""
    inner = use
    for node in _ancestors(use):
        otherwise = node.get("orelse") if node.kind == "If" else ()
        if node.kind == "ExceptHandler" or any(inner is part for part in otherwise):
            return True
        inner = node
    return False


def _names_in(node: Node) -> Iterator[Node]:
    if node.kind == "Name":
        yield node
    elif node.kind == "Tuple":
        for item in node.get("elts"):
            yield from _names_in(item)


def _is_type_parameter(name: str, use: Node) -> bool:
    """True for `T` in the annotations of `def f[T](x: T)`, which stand outside of its body."""
    owners = (node for node in _ancestors(use) if node.kind in ("FunctionDef", "ClassDef", "TypeAlias"))
    return any(param.get("name").get("id") == name for node in owners for param in node.get("type_params"))
