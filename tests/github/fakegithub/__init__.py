"""A stateful GitHub behind a real port, held to GitHub's published contracts."""

from fakegithub.fake import BOT, JOB_PERMISSIONS, READ_ONLY, ContractError, Exchange, FakeGitHub
from fakegithub.faults import Fault
from fakegithub.gitstore import Special, executable, submodule, symlink
from fakegithub.people import MergeBlockedError, Person
from fakegithub.state import Comment, IssueComment, PullRequest, Repo, Review, Thread

__all__ = [
    "BOT",
    "JOB_PERMISSIONS",
    "READ_ONLY",
    "Comment",
    "ContractError",
    "Exchange",
    "FakeGitHub",
    "Fault",
    "IssueComment",
    "MergeBlockedError",
    "Person",
    "PullRequest",
    "Repo",
    "Review",
    "Special",
    "Thread",
    "executable",
    "submodule",
    "symlink",
]
