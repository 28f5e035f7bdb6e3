"""The change that a rule proposes for one match: a template, a regular expression, a deletion or a new argument."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from readiness.finding import Edit, Fix
from readiness.pattern.fix_imports import Imported, imports_for
from readiness.pattern.regexes import compile_regex

if TYPE_CHECKING:
    from readiness.pattern.bindings import Binding
    from readiness.pattern.find import Match
    from readiness.rulebook.parts import FixSpec
    from readiness.source.python import PythonSource
    from readiness.source.tree import Node

_REFERENCE = re.compile(r"\$(?:\.\.\.)?[A-Z_][A-Z0-9_]*")
_EMPTY_ARGUMENT = re.compile(r"(?<=[(\[{,])\s*\0\s*,\s*|,?\s*\0")


def build_fix(spec: str | FixSpec, match: Match, source: PythonSource) -> Fix | None:
    """The fix for this match; None if this place cannot be mended in the way that the rule describes."""
    if isinstance(spec, str):
        return Fix((replacement(spec, match),))
    imported = imports_for(spec.imports, match.first, source)
    edit = None if imported is None else _edit(spec, match, source, imported)
    return None if imported is None or edit is None else Fix((edit, *imported.edits), spec.safety == "safe", spec.title)


def _edit(spec: FixSpec, match: Match, source: PythonSource, imported: Imported) -> Edit | None:
    if spec.replace is not None:
        return replacement(imported.written(spec.replace), match)
    if spec.regex is not None:
        edit = substitution(spec.regex.pattern, imported.written(spec.regex.replacement), spec.regex.count, match)
        return edit if edit.replacement != source.text[edit.start : edit.end] else None
    if spec.add_argument is not None:
        return _argument(render(imported.written(spec.add_argument), match.bindings), match, source)
    return _deletion(match, source)


def replacement(template: str, match: Match) -> Edit:
    """The matched text becomes the template; its later lines are indented as far as the match is."""
    start, end = match.start, match.end
    column = start - match.place.source.text.rfind("\n", 0, start) - 1
    lines = render(template.rstrip("\n"), match.bindings).split("\n")
    return Edit(start, end, ("\n" + " " * column).join(lines))


def substitution(pattern: str, template: str, count: int | None, match: Match) -> Edit:
    """Replace what the regular expression finds in the matched text; backslash 1 is its first group."""
    text = match.place.source.text[match.start : match.end]
    return Edit(match.start, match.end, compile_regex(pattern).sub(template, text, count=count or 0))


def render(template: str, bindings: Mapping[str, Binding]) -> str:
    """The template with the code of the metavariables; an empty `$...XS` takes its comma with it."""

    def code(reference: re.Match[str]) -> str:
        bound = bindings.get(reference.group())
        if bound is None:
            return reference.group()
        return bound.text or "\0"

    return _EMPTY_ARGUMENT.sub("", _REFERENCE.sub(code, template))


def _deletion(match: Match, source: PythonSource) -> Edit:
    """Statements go with their lines; the last statement of a block leaves `pass` behind."""
    start, end = match.start, match.end
    statement = source.enclosing_statement(match.first)
    if source.span(statement)[0] != start or statement.leave > match.last.leave:
        return Edit(start, end, "")
    if _is_alone(statement, match.last):
        return Edit(start, end, "pass")
    line_start = source.text.rfind("\n", 0, start) + 1
    line_end = source.text.find("\n", end)
    line_end = len(source.text) if line_end < 0 else line_end + 1
    whole_lines = not source.text[line_start:start].strip() and not source.text[end:line_end].strip()
    return Edit(line_start, line_end, "") if whole_lines else Edit(start, end, "pass")


def _is_alone(first: Node, last: Node) -> bool:
    blocks = (value for value in first.parent.fields if isinstance(value, tuple)) if first.parent else ()
    block: tuple[Node, ...] = next((value for value in blocks if first in value), ())
    return (
        first.parent is not None
        and first.parent.kind != "Module"
        and block[:1] == (first,)
        and block[-1].leave <= last.leave
    )


def _argument(argument: str, match: Match, source: PythonSource) -> Edit | None:
    """Put a keyword argument behind the last argument of the matched call."""
    call = _call(match.first)
    if call is None:
        return None
    name = argument.partition("=")[0].strip()
    args: tuple[Node, ...] = call.fields[1]
    if any(arg.kind == "GeneratorExp" or (arg.kind == "Keyword" and arg.fields[0].fields == (name,)) for arg in args):
        return None
    if args:
        end = source.span(args[-1])[1]
        return Edit(end, end, f", {argument}")
    end = source.span(call)[1] - 1
    return Edit(end, end, argument)


def _call(node: Node) -> Node | None:
    while node.kind in ("Expr", "Assign", "AnnAssign", "Return", "Await", "AugAssign"):
        value = node.fields[-1]
        if value is None:
            return None
        node = value
    return node if node.kind == "Call" else None
