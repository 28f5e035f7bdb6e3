"""A stateful GitHub behind a real port, held to GitHub's published contracts."""

from fakegithub.fake import BOT, JOB_PERMISSIONS, READ_ONLY, ContractError, Exchange, FakeGitHub
from fakegithub.faults import Fault
from fakegithub.gitstore import Special, executable, submodule, symlink
from fakegithub.patches import DiffLimits
from fakegithub.people import MergeBlockedError, Person
from fakegithub.reviewing import anchor
from fakegithub.runner import Job, check_out, finish_run, job, upload
from fakegithub.state import Comment, IssueComment, PullRequest, Repo, Review, Thread, WorkflowRun

__all__ = [
    "BOT",
    "JOB_PERMISSIONS",
    "READ_ONLY",
    "Comment",
    "ContractError",
    "DiffLimits",
    "Exchange",
    "FakeGitHub",
    "Fault",
    "IssueComment",
    "Job",
    "MergeBlockedError",
    "Person",
    "PullRequest",
    "Repo",
    "Review",
    "Special",
    "Thread",
    "WorkflowRun",
    "anchor",
    "check_out",
    "executable",
    "finish_run",
    "job",
    "submodule",
    "symlink",
    "upload",
]
