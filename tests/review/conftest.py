"""A pull request in memory: plans are carried out on it at once, and people can act on it between two runs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from itertools import count

import pytest

from readiness.engine.outcome import Outcome
from readiness.finding import Confidence, Finding, Location, Severity, Stage
from readiness.judge.report import Report, RuleInfo
from readiness.review.analysis import Analysis
from readiness.review.applied import Applied, with_done
from readiness.review.model import Comment, Pull, PullFile, Thread
from readiness.review.plan import Acknowledge, Delete, Fold, Plan, PostReview, Resolve, Unfold, Withdraw, Write, plan
from readiness.review.render.comment import comment, folded
from readiness.review.render.summary import summary
from readiness.review.settings import ReviewConfig
from readiness.score.sheet import read_sheet
from readiness.score.tally import tally

UNSEEN = tally(read_sheet(), Outcome((), (), (), frozenset()))
"""The score of a project in which no model is trained."""
BOT, AUTHOR, WRITER, STRANGER = "github-actions[bot]", "ada", "grace", "mallory"


def make_finding(rule: str = "unseeded-split", path: str = "a.py", line: int = 10, **changes: object) -> Finding:
    """A finding whose fingerprint is made of what tells it from others."""
    severity = changes.pop("severity", Severity.WARNING)
    end = changes.pop("end_line", line)
    name = changes.pop("name", f"{rule}:{path}:{line}")
    cell = changes.pop("cell", None)

    plain = Finding(
        rule=rule,
        pillar="reproducibility",
        severity=severity,  # type: ignore[arg-type]
        confidence=Confidence.HIGH,
        stage=Stage.EXPLORATION,
        location=Location(path, line=line, end_line=end, file_line=line, file_end_line=end, cell=cell),  # type: ignore[arg-type]
        message=f"Give the split on line {line} a seed.",
        next_step="Pass `random_state`.",
        source_lines=("train_test_split(rows)",),
        fingerprint=hashlib.sha256(str(name).encode()).hexdigest()[:16],
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def make_analysis(findings: Iterable[Finding] = (), **changes: object) -> Analysis:
    """An analysis with these findings; `skipped`, the `lessons` of rules and `suggestions` may be given too."""
    findings = tuple(findings)
    lessons: dict[str, str] = changes.pop("lessons", {})  # type: ignore[assignment]
    rules = tuple(
        RuleInfo(
            rule,
            "Title",
            "reproducibility",
            Severity.WARNING,
            why="It matters.",
            learn=("https://learn.example",),
            lesson=lessons.get(rule, ""),
        )
        for rule in dict.fromkeys(finding.rule for finding in findings)
    )
    skipped = changes.pop("skipped", ())
    return Analysis(Report(findings, skipped, analysed=3, rules=rules), changes.pop("score", UNSEEN), **changes)  # type: ignore[arg-type]


def make_pull(**changes: object) -> Pull:
    """A pull request with two changed files of a hundred lines, of which 1 to 50 are in the diff."""
    files = {path: PullFile(path, hunks=(range(1, 51),)) for path in ("a.py", "b.py", "n.ipynb")}
    plain = Pull(
        "acme/model", 7, head="a" * 40, base="b" * 40, merge_base="c" * 40, author=AUTHOR, own_login=BOT, files=files,
        writers=frozenset({WRITER}), diff_hash="d" * 16, url="https://github.example/acme/model",
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


@dataclass
class World:
    """The platform: what is stored on the pull request."""

    pull: Pull = field(default_factory=make_pull)
    config: ReviewConfig = field(default_factory=ReviewConfig)
    can_resolve: bool = True
    reviews: int = 0
    writes: int = 0
    thumbs: list[int] = field(default_factory=list)
    _ids: count[int] = field(default_factory=lambda: count(1))

    def run(self, findings: Iterable[Finding] = (), *, stop_after: int | None = None, **changes: object) -> Plan:
        """One run of the bot; `stop_after` is a crash after that many writes, before the summary."""
        analysis = make_analysis(findings, **changes)
        made = plan(analysis, self.pull, self.config)
        applied = Applied()
        for number, write in enumerate(made.writes):
            if stop_after is not None and number >= stop_after:
                return made
            self._write(write, analysis)
            applied = with_done(applied, write)
        if stop_after is None:
            self._summary(summary(made, applied, analysis, self.pull, self.config))
        return made

    def push(self, head: str, touched: dict[str, tuple[range, ...]] | None = None, **changes: object) -> None:
        """A new commit."""
        self.pull = replace(self.pull, head=head * 40, diff_hash=head * 16, touched=touched, **changes)  # type: ignore[arg-type]

    def reply(self, thread: int, author: str, body: str, **changes: object) -> None:
        """Somebody answers in a thread."""
        association = "COLLABORATOR" if author == WRITER else "NONE"
        number = next(self._ids)
        answer = Comment(f"C{number}", number, author, body, association=association)
        self.change(thread, comments=(*self.pull.threads[thread].comments, replace(answer, **changes)))  # type: ignore[arg-type]

    def change(self, thread: int, **changes: object) -> None:
        """Somebody changes a thread."""
        threads = list(self.pull.threads)
        threads[thread] = replace(threads[thread], **changes)  # type: ignore[arg-type]
        self.pull = replace(self.pull, threads=tuple(threads))

    def delete(self, thread: int) -> None:
        """Somebody deletes our comment; a thread without replies goes with it."""
        kept = self.pull.threads[thread].comments[1:]
        threads = list(self.pull.threads)
        threads[thread : thread + 1] = [replace(threads[thread], comments=kept)] if kept else []
        self.pull = replace(self.pull, threads=tuple(threads))

    def bodies(self) -> list[str]:
        """What our threads say."""
        return [thread.comments[0].body for thread in self.pull.threads]

    def summary_body(self) -> str:
        """What our summary says; empty if there is none."""
        return next((one.body for one in self.pull.conversation if one.ours), "")

    def _write(self, write: Write, analysis: Analysis) -> None:
        self.writes += 1
        match write:
            case PostReview(topics):
                self.reviews += 1
                new = [self._thread(topic, comment(topic, analysis, self.pull, self.config)) for topic in topics]
                self.pull = replace(self.pull, threads=(*self.pull.threads, *new))
            case Resolve(own):
                self.change(self._index(own.thread.id), resolved=True, resolved_by=BOT)
            case Fold(own):
                self._edit(own.thread.id, folded(own, self.pull))
            case Unfold(own, topic):
                self._edit(own.thread.id, comment(topic, analysis, self.pull, self.config, own))
            case Delete(own):
                self.delete(self._index(own.thread.id))
            case Withdraw(second):
                kept = tuple(one for one in self.pull.conversation if one is not second)
                self.pull = replace(self.pull, conversation=kept)
            case Acknowledge(reply):
                self.thumbs.append(reply)

    def _thread(self, topic: object, body: str) -> Thread:
        number = next(self._ids)
        ours = Comment(f"C{number}", number, BOT, body, ours=True, bot=True)
        anchor = topic.anchor  # type: ignore[attr-defined]
        return Thread(f"T{number}", anchor.path, (ours,), line=anchor.line, can_resolve=self.can_resolve)

    def _index(self, thread: str) -> int:
        return next(index for index, one in enumerate(self.pull.threads) if one.id == thread)

    def _edit(self, thread: str, body: str) -> None:
        index = self._index(thread)
        first, *rest = self.pull.threads[index].comments
        self.change(index, comments=(replace(first, body=body), *rest))

    def _summary(self, body: str | None) -> None:
        if body is None:
            return
        self.writes += 1
        others = tuple(one for one in self.pull.conversation if not one.ours)
        number = next(self._ids)
        ours = Comment(f"C{number}", number, BOT, body, ours=True, bot=True)
        self.pull = replace(self.pull, conversation=(*others, ours))


@pytest.fixture
def world() -> World:
    """A pull request that nobody has reviewed."""
    return World()


@pytest.fixture(scope="session")
def new_world() -> Callable[[], World]:
    """For tests that need many."""
    return World


@pytest.fixture(scope="session")
def finding() -> Callable[..., Finding]:
    """Make a finding."""
    return make_finding


@pytest.fixture(scope="session")
def analysis() -> Callable[..., Analysis]:
    """Make an analysis."""
    return make_analysis


@pytest.fixture(scope="session")
def pull() -> Callable[..., Pull]:
    """Make a pull request."""
    return make_pull
