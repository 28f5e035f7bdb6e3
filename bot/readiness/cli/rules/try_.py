"""`readiness rules try`: runs one pattern over real code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from readiness.errors import ExitCode

if TYPE_CHECKING:
    from readiness.pattern.find import CompiledFormula
    from readiness.source.python import PythonSource


@click.command("try", short_help="Try a pattern on real code.")
@click.argument("pattern")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
def command(pattern: str, path: Path) -> int:
    """Show every place below PATH that looks like PATTERN, and what its metavariables stand for."""
    from readiness.cli.rules._files import units
    from readiness.pattern.formula import Match
    from readiness.report._text import counted
    from readiness.rulebook.knowledge import compiled_with_knowledge

    compiled = compiled_with_knowledge(Match(pattern))
    places = sum(_show(compiled, unit.python) for unit in units(path) if unit.python is not None)
    click.echo(f"{counted(places, 'place')}.", err=True)
    return ExitCode.CLEAN if places else ExitCode.FINDINGS


def _show(compiled: CompiledFormula, source: PythonSource) -> int:
    """Print the places in one program; how many there are."""
    from readiness.kinds.base import shortened
    from readiness.pattern.find import find
    from readiness.report._text import visible

    matches = find(compiled, source)
    for match in matches:
        place = source.locate(match.start, match.end)
        cell = "" if place.cell is None else f" cell {place.cell + 1}"
        code = shortened(source.text[match.start : match.end])
        click.echo(visible(f"{place.path}{cell}:{place.line}:{place.column}: {code}"))
        for name, text in sorted(match.texts().items()):
            click.echo(visible(f"    {name} = {shortened(text)}"))
    return len(matches)
