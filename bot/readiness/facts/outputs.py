"""The facts of one output of a notebook: how large it is, and what of persons it shows."""

from __future__ import annotations

import re

from readiness.facts.cells import OutputFact
from readiness.source.cells import Output

_HOME = re.compile(r"(?:/home/|/Users/|(?<![A-Za-z])[A-Za-z]:\\+Users\\+)(?P<user>[A-Za-z][\w.-]*)(?=[/\\])")
# Accounts that machines and platforms set up; they tell nothing of a person.
_NOBODY = frozenset(
    "app azureuser ci circleci codespace databricks default docker ec2-user gitpod hadoop jenkins jovyan jupyter lib linuxbrew me name public "
    "root runner sagemaker-user shared studio-lab-user ubuntu user username vagrant vscode work worker you".split()
)
_EMAIL = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9_][\w.+-]*@(?!example\b|test\b)[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,6}\b"
)


def output_fact(output: Output) -> OutputFact:
    """The record of an output, without its data."""
    text = output.text
    return OutputFact(output.type, output.name, output.size, output.mime, _home(text), _emails(text))


def _home(text: str) -> str:
    if "/home/" not in text and "Users" not in text:
        return ""
    return next((found[0] for found in _HOME.finditer(text) if found["user"].lower() not in _NOBODY), "")


def _emails(text: str) -> int:
    return len({found.lower() for found in _EMAIL.findall(text)}) if "@" in text else 0
