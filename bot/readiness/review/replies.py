"""What people say to the bot in a thread: `readiness: wontfix because the seed is set by the scheduler`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from readiness.review.model import Comment, Thread

_COMMAND = re.compile(r"^\s*readiness:\s*(wontfix|false[- ]positive|ignore)\b[\s:]*(.*)$", re.IGNORECASE | re.MULTILINE)
_BECAUSE = re.compile(r"^(?:because|since|as|-|—)\s+", re.IGNORECASE)
_DONE = re.compile(r"\b(?:fixed|done|addressed|mended|resolved)\b", re.IGNORECASE)
_INSIDERS = frozenset({"OWNER", "MEMBER", "COLLABORATOR"})
MAX_REASON = 200


@dataclass(frozen=True, slots=True)
class Waiver:
    """Somebody wants a finding to be left as it is; without a reason nobody can judge that later."""

    by: str
    reason: str
    comment: int = 0
    """The number of the reply that says so."""


def human_replies(thread: Thread) -> tuple[Comment, ...]:
    """What people answered; other programs do not count."""
    return tuple(comment for comment in thread.comments[1:] if not comment.ours and not comment.bot)


def waiver(thread: Thread, author: str, rule: str) -> Waiver | None:
    """The last word of the author or a collaborator that asks to leave the finding, if there is one."""
    for comment in reversed(human_replies(thread)):
        found = _COMMAND.search(comment.body)
        if found and not comment.edited_by_other and _may_ask(comment, author):
            return Waiver(comment.author, _reason(found[2], rule), comment.number)
    return None


def says_done(thread: Thread, author: str) -> bool:
    """Whether the thread ends with us, or with the author who says that it is fixed."""
    last = thread.comments[-1]
    return last.ours or (last.author == author and _DONE.search(last.body) is not None)


def _may_ask(comment: Comment, author: str) -> bool:
    return comment.author == author or comment.association in _INSIDERS


def _reason(text: str, rule: str) -> str:
    text = " ".join(text.split())
    if text == rule or text.startswith(f"{rule} "):
        text = text[len(rule) :].strip()
    return _BECAUSE.sub("", text)[:MAX_REASON]
