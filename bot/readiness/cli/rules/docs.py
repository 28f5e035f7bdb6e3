"""`readiness rules docs`: writes the pages of all built-in rules, or checks that they are up to date."""

from __future__ import annotations

from pathlib import Path

import click

from readiness.errors import ExitCode


@click.command(short_help="Write the documentation pages of the rules.")
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), default=Path("docs"), show_default=True)
@click.option("--check", is_flag=True, help="Write nothing; fail if a page is out of date.")
def command(output: Path, check: bool) -> int:
    """Write one page for each built-in rule, an index, and what other tools look for."""
    from readiness.rulebook.docs import outdated, pages, write
    from readiness.rulebook.loader import load_rulebook

    wanted = pages(load_rulebook())
    changed = outdated(output, wanted) if check else write(output, wanted)
    for name in changed:
        click.echo(f"{'out of date' if check else 'written'}: {output / name}")
    if check and changed:
        click.echo("Run `readiness rules docs` and commit the pages.", err=True)
        return ExitCode.FINDINGS
    return ExitCode.CLEAN
