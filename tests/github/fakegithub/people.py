"""People: they open pull requests, push, comment, reply, resolve, dismiss and merge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakegithub import reviewing
from fakegithub.gitstore import Changes
from fakegithub.reviewing import Place
from fakegithub.state import Comment, IssueComment, PullRequest, Reaction, Repo, Review, Thread, User

if TYPE_CHECKING:
    from fakegithub.fake import FakeGitHub


class Person:
    """Somebody who acts on the fake GitHub directly, without a request."""

    def __init__(self, github: FakeGitHub, user: User) -> None:
        self.github = github
        self.user = user

    def _commit(self, repo: Repo, parent: str, changes: Changes, message: str) -> str:
        for path in (path for path, content in changes.items() if content is None):
            if repo.store.entry(parent, path) is None:
                raise ValueError(f"{path} is not there to be taken away")
        return repo.store.commit(changes, [parent], message, self.github.clock.tick(), self.user.login)

    # --- pull requests ---------------------------------------------------------------------------------------------

    def open_pull(
        self,
        repo: Repo,
        changes: Changes,
        *,
        title: str = "A change",
        body: str = "",
        branch: str = "topic",
        base: str | None = None,
        fork: bool = False,
        draft: bool = False,
    ) -> PullRequest:
        """Open a pull request of one commit, from a branch of the repository or from a fork of one's own."""
        base = base or repo.default_branch
        sha = self._commit(repo, repo.branches[base], changes, title)
        head = self.github.fork(repo, self.user.login) if fork else repo
        head.branches[branch] = sha
        now = self.github.clock.stamp()
        pull = PullRequest(
            id=self.github.new_id(),
            repo=repo,
            number=len(repo.pulls) + 1,
            title=title,
            body=body,
            author=self.user,
            base_ref=base,
            base_sha=repo.branches[base],
            head_repo=head,
            head_ref=branch,
            head_sha=sha,
            created_at=now,
            updated_at=now,
            draft=draft,
        )
        repo.pulls[pull.number] = pull
        return pull

    def push(self, pull: PullRequest, changes: Changes, message: str = "More") -> str:
        """Add a commit to a pull request."""
        return self._move(pull, self._commit(pull.repo, pull.head_sha, changes, message))

    def force_push(self, pull: PullRequest, changes: Changes, message: str = "Again", onto: str | None = None) -> str:
        """Replace a pull request's commits by one on top of a commit, by default of the merge base."""
        parent = onto or self.github.merge_base(pull)
        sha = self._move(pull, self._commit(pull.repo, parent, changes, message))
        for review in pull.reviews:
            review.commit = sha  # as GitHub does: a review's commit does not tell what was reviewed
        return sha

    def rebase(self, pull: PullRequest) -> str:
        """Put the same changes on top of the base branch's present commit."""
        changes = pull.repo.store.changes(self.github.merge_base(pull), pull.head_sha)
        return self.force_push(pull, changes, onto=pull.repo.branches[pull.base_ref])

    def _move(self, pull: PullRequest, sha: str) -> str:
        pull.head_repo.branches[pull.head_ref] = pull.head_sha = sha
        self.github.touch(pull)
        return sha

    def push_to(self, repo: Repo, changes: Changes, branch: str | None = None, message: str = "Elsewhere") -> str:
        """Add a commit to a branch; a new branch starts from the default one."""
        branch = branch or repo.default_branch
        parent = repo.branches.get(branch, repo.branches[repo.default_branch])
        repo.branches[branch] = self._commit(repo, parent, changes, message)
        for pull in repo.pulls.values():
            if pull.base_ref == branch and pull.state == "open":
                pull.base_sha = repo.branches[branch]
        return repo.branches[branch]

    def rename(self, pull: PullRequest, old: str, new: str) -> str:
        """Push a commit that renames a file."""
        store = pull.repo.store
        return self.push(pull, {old: None, new: store.content(store.index(pull.head_sha)[old])}, f"Rename {old}")

    def retarget(self, pull: PullRequest, base: str) -> None:
        """Point a pull request at another branch."""
        pull.base_ref, pull.base_sha = base, pull.repo.branches[base]
        self.github.touch(pull)

    def set_draft(self, pull: PullRequest, draft: bool) -> None:
        """Make a pull request a draft, or ready for review."""
        pull.draft = draft
        self.github.touch(pull)

    def close(self, pull: PullRequest) -> None:
        """Close a pull request unmerged."""
        pull.closed_at = self.github.clock.stamp()

    def reopen(self, pull: PullRequest) -> None:
        """Open a closed pull request again."""
        pull.closed_at = None

    def merge(self, pull: PullRequest) -> str:
        """Merge a pull request, unless there are conflicts or conversations that must be resolved first."""
        unresolved = self.github.threads(pull, resolved=False)
        if pull.base_ref in pull.repo.needs_resolution and unresolved:
            raise MergeBlockedError(f"{len(unresolved)} conversations must be resolved before merging")
        sha = self.github.merge_commit(pull)
        if sha is None:
            raise MergeBlockedError("this branch has conflicts that must be resolved")
        pull.repo.branches[pull.base_ref] = sha
        pull.closed_at = pull.merged_at = self.github.clock.stamp()
        pull.merged_by = self.user
        return sha

    # --- talk ------------------------------------------------------------------------------------------------------

    def say(self, pull: PullRequest, body: str) -> IssueComment:
        """Comment on a pull request as a whole."""
        now = self.github.clock.stamp()
        comment = IssueComment(self.github.new_id(), pull, self.user, body, now, now)
        pull.conversation.append(comment)
        self.github.touch(pull)
        return comment

    def comment(self, pull: PullRequest, path: str, body: str, line: int | None = None, side: str = "RIGHT") -> Comment:
        """Begin a thread on a line, or on a file as a whole."""
        place = Place(path, "line" if line else "file", line, side)
        return reviewing.comment_alone(self.github, reviewing.open_thread(self.github, pull, place), self.user, body)

    def reply(self, thread: Thread, body: str) -> Comment:
        """Answer in a thread."""
        return reviewing.comment_alone(self.github, thread, self.user, body)

    def review(self, pull: PullRequest, event: str, body: str = "I looked.") -> Review:
        """Review a pull request."""
        return reviewing.create_review(self.github, pull, self.user, {"event": event, "body": body})

    def resolve(self, thread: Thread) -> None:
        """Resolve a thread."""
        thread.resolved_by = self.user

    def unresolve(self, thread: Thread) -> None:
        """Open a thread again."""
        thread.resolved_by = None

    def edit(self, comment: Comment | IssueComment, body: str) -> None:
        """Change what a comment says; whoever may write can change what others said."""
        comment.body, comment.updated_at, comment.editor = body, self.github.clock.stamp(), self.user

    def delete(self, comment: Comment | IssueComment) -> None:
        """Delete a comment."""
        if isinstance(comment, Comment):
            reviewing.delete_comment(comment)
        else:
            comment.pull.conversation.remove(comment)

    def minimize(self, comment: Comment | IssueComment | Review, reason: str = "OFF_TOPIC") -> None:
        """Fold a comment away."""
        comment.minimized = reason

    def dismiss(self, review: Review) -> None:
        """Dismiss a review."""
        reviewing.dismiss(review)

    def react(self, comment: Comment | IssueComment, content: str) -> Reaction:
        """Put a sign such as `-1` under a comment."""
        given = Reaction(self.github.new_id(), self.user, content, self.github.clock.stamp())
        comment.reactions.append(given)
        return given


class MergeBlockedError(Exception):
    """GitHub's merge button is grey."""
