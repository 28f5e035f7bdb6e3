"""`readiness rules test`: runs the examples of rules; a failing one shows what was really found, ready to paste."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from readiness.errors import ExitCode
from readiness.report._text import counted

if TYPE_CHECKING:
    from readiness.rulebook.book import Rulebook
    from readiness.rulebook.examples import Trial


@click.command(short_help="Run the examples of rules.")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--quiet", is_flag=True, help="Show failing rules only.")
def command(path: Path | None, quiet: bool) -> int:
    """Run the examples of the rules in PATH (a file or folder), or of all built-in rules."""
    from readiness.rulebook.examples import try_examples
    from readiness.rulebook.loader import load_rulebook

    tested = load_rulebook([path], builtin=False) if path else load_rulebook()
    known = _with_builtin(tested)
    failed = 0
    for rule in tested.rules:
        trials = list(try_examples(rule, known))
        problems = [line for trial in trials if trial.problems for line in _report(trial)]
        failed += bool(problems)
        if problems or not quiet:
            state = click.style("FAILED", fg="red") if problems else click.style("ok", fg="green")
            click.echo(f"{rule.id}  {state}  {counted(len(trials), 'example')}")
        for line in problems:
            click.echo(line)
    click.echo(f"{counted(len(tested.rules), 'rule')} tested, {failed} failed.")
    return ExitCode.FINDINGS if failed else ExitCode.CLEAN


def _with_builtin(tested: Rulebook) -> Rulebook:
    """The tested rules with those that comments in examples may name."""
    from readiness.rulebook.book import Rulebook
    from readiness.rulebook.loader import load_rulebook

    others = (rule for rule in load_rulebook().rules if rule.id not in tested.by_id)
    return Rulebook((*tested.rules, *others))


def _report(trial: Trial) -> Iterator[str]:
    """What went wrong with an example, and the keys that would make it pass if what was found is right."""
    for problem in trial.problems:
        yield f"  {trial.name}: {problem}"
    for finding in trial.findings:
        place = finding.location
        cell = "" if place.cell is None else f" cell {place.cell}"
        yield f"  # {place.path}{cell}:{place.line}:{place.column} {finding.message}"
    if trial.name.startswith("bad"):
        yield f"    lines: [{', '.join(str(finding.location.line) for finding in trial.findings)}]"
        if trial.fixed is not None:
            yield "    fixed: |"
            yield from (f"      {line}" for line in trial.fixed.splitlines())
