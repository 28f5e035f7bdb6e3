"""What a run without permissions hands to one with them: rule ids, places and values, in a file that may be forged.

A pull request from a fork controls everything that its own run writes. So the receiving side takes over nothing that it
cannot check: texts are those of its own rules, severities those of the base branch's policy, places must lie in the
change, and a message must be what the rule's template can give.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Annotated

import msgspec

from readiness.engine.outcome import Outcome
from readiness.engine.rulebooks import rulebook_of
from readiness.errors import ReadinessError
from readiness.finding import Confidence, Finding, Location, Severity, Skipped, Stage, Step, StepRole
from readiness.judge.judge import Judge
from readiness.judge.policy import Policy
from readiness.judge.rank import FIRST_OF_SEVERAL
from readiness.judge.select import choose
from readiness.kinds.base import MAX_VALUE, PLAIN_NAME
from readiness.mentor.teaching import teaching
from readiness.review.analysis import Analysis
from readiness.review.model import Pull
from readiness.rulebook.book import Rulebook
from readiness.rulebook.schema import Rule
from readiness.score.sheet import read_sheet
from readiness.score.tally import tally
from readiness.settings import Settings

_PLACE = r"(?:cell \d{1,9}, )?line \d{1,9}"
VERSION = 1
MAX_BYTES = 4 * 1024 * 1024
MAX_FINDINGS = 2_000
MAX_STEPS = 50
_UNTOLD = "it could not be analysed; the run that tried says why"
_CAUSE = rf"uses of `[^`\n]{{1,{MAX_VALUE}}}`"
_SEVERAL = FIRST_OF_SEVERAL.replace(".", r"\.").format(count=r"\d{1,9}", cause=_CAUSE)
_REFERENCE = re.compile(r"\$(?:\.\.\.)?[A-Za-z_][A-Za-z_0-9]*(?:\.[a-z_]+)*")

Id = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_.-]{1,100}$")]
Path = Annotated[str, msgspec.Meta(min_length=1, max_length=4096)]
Count = Annotated[int, msgspec.Meta(ge=0, le=10_000_000)]
Line = Annotated[int, msgspec.Meta(ge=1, le=10_000_000)]
Commit = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{40,64}$")]
Print = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{16}$")]


class _Closed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing but what is named, of exactly these types."""


class HandedStep(_Closed, frozen=True):
    """A place in the same file on the way of a flow, without its text."""

    role: StepRole
    line: Line
    file_line: Line
    cell: Count | None = None


class HandedFinding(_Closed, frozen=True):
    """One finding without any text but its message and its sketch, which are checked against the rule."""

    rule: Id
    path: Path
    line: Line
    end_line: Line
    file_line: Line
    file_end_line: Line
    message: Annotated[str, msgspec.Meta(max_length=2_000)]
    fingerprint: Print
    cell: Count | None = None
    project: bool = False
    sketch: Annotated[str, msgspec.Meta(max_length=2_000)] = ""
    steps: Annotated[tuple[HandedStep, ...], msgspec.Meta(max_length=MAX_STEPS)] = ()


class HandedSign(_Closed, frozen=True):
    """A place that counts for the score: nothing of it is shown."""

    rule: Id
    path: Path
    cell: Count | None = None


class Handover(_Closed, frozen=True):
    """One run's findings about one commit."""

    version: int
    head: Commit
    analysed: Count
    silenced: Count
    findings: Annotated[tuple[HandedFinding, ...], msgspec.Meta(max_length=MAX_FINDINGS)]
    skipped: Annotated[tuple[Path, ...], msgspec.Meta(max_length=MAX_FINDINGS)] = ()
    signs: Annotated[tuple[HandedSign, ...], msgspec.Meta(max_length=MAX_FINDINGS)] = ()


class BadHandover(ReadinessError):
    """The file is damaged or forged."""


def handed_over(analysis: Analysis, pull: Pull) -> bytes:
    """The file for the second stage."""
    report = analysis.report
    skipped = [item.path for item in report.skipped if not item.expected]
    return msgspec.json.encode(
        Handover(
            version=VERSION,
            head=pull.head,
            analysed=report.analysed,
            silenced=report.silenced,
            findings=tuple(map(_handed, report.findings[:MAX_FINDINGS])),
            skipped=tuple(dict.fromkeys(skipped))[:MAX_FINDINGS],
            signs=tuple(dict.fromkeys(map(_handed_sign, analysis.score.signs)))[:MAX_FINDINGS],
        )
    )


def _handed(finding: Finding) -> HandedFinding:
    at = finding.location
    return HandedFinding(
        rule=finding.rule,
        path=at.path,
        line=at.line,
        end_line=at.end_line,
        file_line=at.file_line,
        file_end_line=at.file_end_line,
        message=finding.message,
        fingerprint=finding.fingerprint,
        cell=at.cell,
        project=finding.project,
        sketch=finding.sketch,
        steps=tuple(map(_handed_step, finding.steps[:MAX_STEPS])),
    )


def _handed_step(step: Step) -> HandedStep:
    return HandedStep(step.role, step.location.line, step.location.file_line, step.location.cell)


def _handed_sign(seen: Finding) -> HandedSign:
    return HandedSign(seen.rule, seen.location.path, seen.location.cell)


def read_handover(data: bytes) -> Handover:
    """Read the file strictly."""
    if len(data) > MAX_BYTES:
        raise BadHandover(f"what was handed over is larger than {MAX_BYTES // 1024**2} MiB")
    try:
        handover = msgspec.json.decode(data, type=Handover)
    except (msgspec.DecodeError, RecursionError) as error:
        raise BadHandover(f"what was handed over is damaged: {error}") from error
    if handover.version != VERSION:
        raise BadHandover(f"what was handed over has version {handover.version}, not {VERSION}")
    return handover


def taken_over(handover: Handover, pull: Pull, settings: Settings) -> Analysis:
    """The findings in our own words, by the policy of the base branch, as far as they lie in the change."""
    rulebook = rulebook_of(settings.rule_paths)
    chosen = choose(rulebook, settings.config)
    findings = {finding.fingerprint: finding for finding in _findings(handover, pull, chosen)}
    shown = Policy(settings.config, rulebook, PurePosixPath()).apply(findings.values())
    told = Judge(settings, rulebook, chosen).report(Outcome((), (), (), frozenset()))
    skipped = tuple(Skipped(path, _UNTOLD) for path in handover.skipped if path in pull.files)
    return Analysis(
        replace(told, findings=tuple(shown), skipped=skipped, analysed=handover.analysed, silenced=handover.silenced),
        tally(read_sheet(), Outcome(tuple(map(_sign, handover.signs)), (), skipped, frozenset())),
        stage=settings.config.stage,
        teaching=teaching(chosen.rules, (finding.rule for finding in shown)),
    )


def _findings(handover: Handover, pull: Pull, rulebook: Rulebook) -> Iterator[Finding]:
    for handed in handover.findings:
        rule = rulebook.by_id.get(handed.rule)
        if rule is not None and rule.id == handed.rule and handed.path in pull.files:
            yield _finding(handed, rule)


def _finding(handed: HandedFinding, rule: Rule) -> Finding:
    return Finding(
        rule=rule.id,
        pillar=rule.pillar,
        severity=rule.severity,
        confidence=rule.confidence,
        stage=rule.stage,
        location=Location(
            path=handed.path,
            line=handed.line,
            end_line=max(handed.line, handed.end_line),
            cell=handed.cell,
            file_line=handed.file_line,
            file_end_line=max(handed.file_line, handed.file_end_line),
        ),
        message=own_words(handed.message, rule),
        next_step="" if _REFERENCE.search(rule.next_step) else rule.next_step,
        sketch=own_sketch(handed.sketch, rule),
        fingerprint=handed.fingerprint,
        project=handed.project,
        steps=tuple(_step(handed.path, step) for step in handed.steps),
    )


def _step(path: str, handed: HandedStep) -> Step:
    place = Location(
        path,
        handed.line,
        end_line=handed.line,
        cell=handed.cell,
        file_line=handed.file_line,
        file_end_line=handed.file_line,
    )
    return Step(handed.role, place, "")


def _sign(handed: HandedSign) -> Finding:
    """What the score counts; a forged one is worth points on the pull request of who forged it, and nothing else."""
    place = Location(handed.path, cell=handed.cell)
    return Finding(handed.rule, "", Severity.NOTE, Confidence.HIGH, Stage.EXPLORATION, place, message="")


def own_words(message: str, rule: Rule) -> str:
    """The message if the rule's template can have given it, otherwise the rule's title."""
    return message if re.fullmatch(f"{_template(rule.message)}(?:{_SEVERAL})?", message) else f"{rule.title}."


def own_sketch(sketch: str, rule: Rule) -> str:
    """The sketch if the rule can have written it over plain names, otherwise none."""
    parts = map(re.escape, _REFERENCE.split(rule.sketch.rstrip()))
    return sketch if re.fullmatch(PLAIN_NAME.join(parts), sketch, re.ASCII) else ""


def _template(message: str) -> str:
    """A pattern for what a template gives: values are short, on one line, and stand between backticks or are numbers."""
    parts, end = [], 0
    for reference in _REFERENCE.finditer(message):
        quoted = message.count("`", 0, reference.start()) % 2 == 1
        value = rf"[^`\n]{{0,{MAX_VALUE}}}"
        parts += [
            re.escape(message[end : reference.start()]),
            value if quoted else rf"(?:`{value}`|[\d.]{{1,20}}|none|{_PLACE})",
        ]
        end = reference.end()
    return "".join([*parts, re.escape(message[end:])])
