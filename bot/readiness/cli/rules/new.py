"""`readiness rules new`: writes a rule to start from; it is complete, commented and passes its own examples."""

from __future__ import annotations

import re
from pathlib import Path

import click

from readiness.errors import UsageError

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SKELETON = """\
# A rule is one file: its name is the rule's id, and the folder its pillar. `readiness rules test {path}` runs the examples.
# yaml-language-server: $schema=rule.schema.json   (written by `readiness rules schema > rule.schema.json`)
title: {title}
kind: code # code | absence | notebook | document | repository
severity: warning # error | warning | note
confidence: medium # how likely a reader agrees: high | medium | low (hidden unless asked for)
stage: candidate # speaks from here on: exploration < candidate < production
lesson: {rule_id} # the idea behind the rule, in one word or two

# Python with holes: `$X` is any one thing, `...` any number of arguments or statements, `<... x ...>` x somewhere inside.
# Names are resolved through imports, so write `pandas.read_csv(...)` and `pd.read_csv(...)` is found.
match:
  all:
    - pandas.read_csv($PATH, ...)
    - not: pandas.read_csv(..., dtype=$TYPES, ...)
with:
  $PATH: {{not_regex: 'example'}}

# What is found is shown by name. Recommendation first; the reason and the smallest next step stand on their own.
message: "Name the column types when reading `$PATH`."
why: Types that are guessed change with the rows, and a changed type changes every number after it.
next_step: Pass `dtype` with the columns that the program uses.
learn:
  - https://pandas.pydata.org/docs/reference/api/pandas.read_csv.html

# Examples are the rule's tests and its documentation. A good one for every way in which the rule might speak in error.
examples:
  - bad: |
      import pandas as pd
      rows = pd.read_csv("rows.csv")
    lines: [2]
  - good: |
      import pandas as pd
      rows = pd.read_csv("rows.csv", dtype={{"age": "int16"}})
"""


@click.command(short_help="Write a rule to start from.")
@click.argument("rule_id", metavar="ID")
@click.option(
    "--into", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="The folder; default: here."
)
def command(rule_id: str, into: Path) -> None:
    """Write ID.yaml, a small rule that works and says what each part is for."""
    if not _ID.fullmatch(rule_id):
        raise UsageError(
            f"`{rule_id}` is no id for a rule", advice="Write words in lower case with hyphens: `unseeded-split`."
        )
    path = into / f"{rule_id}.yaml"
    if path.exists():
        raise UsageError(f"{path} exists already", advice="Choose another id, or edit that file.")
    into.mkdir(parents=True, exist_ok=True)
    title = rule_id.replace("-", " ").capitalize()
    path.write_text(SKELETON.format(path=path, title=title, rule_id=rule_id), encoding="utf-8")
    click.echo(f"{path} written. Next: readiness rules test {path}")
