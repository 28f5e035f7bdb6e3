"""Reviews and comments as GitHub's REST interface shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakegithub import reviewing
from fakegithub.render import Links, reactions, user
from fakegithub.state import Comment, IssueComment, Reaction, Review
from fakegithub.web import Json

if TYPE_CHECKING:
    from fakegithub.fake import FakeGitHub


def review(links: Links, item: Review) -> Json:
    """A `pull-request-review`."""
    page = f"{links.pull_page(item.pull)}#pullrequestreview-{item.id}"
    body: Json = {
        "id": item.id,
        "node_id": item.node_id,
        "user": user(links, item.author),
        "body": item.body,
        "state": item.state,
        "html_url": page,
        "pull_request_url": links.pull(item.pull),
        "_links": {"html": {"href": page}, "pull_request": {"href": links.pull(item.pull)}},
        "commit_id": item.commit,
        "author_association": item.pull.repo.association(item.author),
    }
    return body | ({"submitted_at": item.submitted_at} if item.submitted_at else {})


def comment(github: FakeGitHub, item: Comment) -> Json:
    """A `pull-request-review-comment`; one that is outdated has no line and no position."""
    links, thread = github.links, item.thread
    url = f"{links.repo(thread.pull.repo)}/pulls/comments/{item.id}"
    page = f"{links.pull_page(thread.pull)}#discussion_r{item.id}"
    now = reviewing.anchor(github, thread)
    body: Json = {
        "url": url,
        "pull_request_review_id": item.review.id,
        "id": item.id,
        "node_id": item.node_id,
        "diff_hunk": thread.diff_hunk,
        "path": thread.path,
        "position": now.position if now else None,
        "original_position": thread.position,
        "commit_id": thread.pull.head_sha if now else thread.commit,
        "original_commit_id": thread.commit,
        "user": user(links, item.author),
        "body": item.body,
        "created_at": item.created_at,
        "updated_at": item.updated_at,
        "html_url": page,
        "pull_request_url": links.pull(thread.pull),
        "author_association": thread.pull.repo.association(item.author),
        "_links": {"self": {"href": url}, "html": {"href": page}, "pull_request": {"href": links.pull(thread.pull)}},
        "reactions": reactions(url, item.reactions),
        "line": now.line if now else None,
        "original_line": thread.line,
        "start_line": now.start_line if now else None,
        "original_start_line": thread.start_line,
        "start_side": thread.start_side,
        "side": thread.side,
        "subject_type": thread.subject,
    }
    return body | ({"in_reply_to_id": item.in_reply_to} if item.in_reply_to else {})


def issue_comment(links: Links, item: IssueComment) -> Json:
    """An `issue-comment`."""
    issue = f"{links.repo(item.pull.repo)}/issues/{item.pull.number}"
    url = f"{links.repo(item.pull.repo)}/issues/comments/{item.id}"
    return {
        "id": item.id,
        "node_id": item.node_id,
        "url": url,
        "html_url": f"{links.pull_page(item.pull)}#issuecomment-{item.id}",
        "body": item.body,
        "user": user(links, item.author),
        "created_at": item.created_at,
        "updated_at": item.updated_at,
        "issue_url": issue,
        "author_association": item.pull.repo.association(item.author),
        "performed_via_github_app": None,
        "reactions": reactions(url, item.reactions),
    }


def reaction(links: Links, item: Reaction) -> Json:
    """A `reaction`."""
    return {
        "id": item.id,
        "node_id": f"REA_{item.id}",
        "user": user(links, item.user),
        "content": item.content,
        "created_at": item.created_at,
    }
