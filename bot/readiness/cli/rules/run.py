"""`readiness rules run`: one rule file on one file, one JSON object a line, for tools that compare engines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from readiness.errors import ExitCode, ReadinessError

if TYPE_CHECKING:
    from readiness.engine.unit import Unit
    from readiness.rulebook.schema import Rule


@click.command(short_help="Run one rule on one file or folder.")
@click.argument("rule")
@click.argument("target", type=click.Path(exists=True, path_type=Path))
@click.option("--format", "form", type=click.Choice(["jsonl"]), default="jsonl", show_default=True)
def command(rule: str, target: Path, form: str) -> int:
    """Run RULE (its id, or a rule file of ours or of Semgrep) on TARGET, whatever the role of the files.

    Each line has `rule_id`, the place, and, if the rule mends what it finds, `fix`: the text for the range from
    `start_offset` to `end_offset` (in bytes). What cannot be used gives a line with `error`.
    """
    del form  # there is one so far; naming it keeps scripts valid when another comes
    try:
        records = list(_records(rule, target))
    except ReadinessError as error:
        click.echo(json.dumps({"error": str(error)}))
        return ExitCode.USAGE
    for record in records:
        click.echo(json.dumps(record, ensure_ascii=False))
    return ExitCode.FINDINGS if records else ExitCode.CLEAN


def _records(rule: str, target: Path) -> Iterator[dict[str, object]]:
    from readiness.cli.rules._files import units
    from readiness.cli.rules._rules import named_rules
    from readiness.rulebook.files import rule_files
    from readiness.rulebook.loader import is_semgrep
    from readiness.rulebook.marks import load
    from readiness.rulebook.semgrep import run

    path = Path(rule)
    if path.is_file() and any(is_semgrep(load(file.text, file.name)) for file in rule_files(path)):
        yield from run(path, target)
        return
    rules = named_rules(rule)
    for unit in units(target):
        for one in rules:
            yield from _of_rule(one, unit)


def _of_rule(rule: Rule, unit: Unit) -> Iterator[dict[str, object]]:
    from readiness.engine.kinds import kind_of

    text = unit.python.text if unit.python is not None else unit.text
    for finding in kind_of(rule).analyse(rule, unit):
        record = {"rule_id": finding.rule, **asdict(finding.location), "message": finding.message}
        if finding.fix is not None:
            edit = finding.fix.edits[0]
            before, inside = text[: edit.start].encode(), text[edit.start : edit.end].encode()
            offsets = {"start_offset": len(before), "end_offset": len(before) + len(inside)}
            record |= {**offsets, "fix": edit.replacement}
        yield record
