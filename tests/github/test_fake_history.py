"""Whatever happens on a pull request: both interfaces tell the same, and a comment stands at its own text or nowhere."""

from __future__ import annotations

from typing import Any

import httpx
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from fakegithub import FakeGitHub, PullRequest, anchor
from samples import ROOT

DOCUMENT = """
{ repository(owner: "lab", name: "model") { pullRequest(number: 1) {
  reviewThreads(first: 100) { nodes {
    path line startLine originalLine isOutdated isResolved subjectType comments(first: 100) { nodes { databaseId body } }
  } } } } }
"""
START = [f"line {number}" for number in range(1, 31)]


def text(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


class AnyHistory(RuleBasedStateMachine):
    """A pull request that edits one file, and people who talk about it."""

    def __init__(self) -> None:
        super().__init__()
        self.github = FakeGitHub()
        self.github.__enter__()
        repo = self.github.create_repo("lab/model", {"model.py": text(START), "other.py": "x = 1\n"})
        self.ada = self.github.person("ada")
        self.pull: PullRequest = self.ada.open_pull(repo, {"model.py": text([*START[:9], "changed", *START[10:]])})
        headers = {"Authorization": f"Bearer {self.github.token()}"}
        self.client = httpx.Client(base_url=self.github.api_url, headers=headers, timeout=60, trust_env=False)
        self.words: dict[int, str] = {}

    def teardown(self) -> None:
        self.client.close()
        self.github.__exit__(None, None, None)

    def lines(self) -> list[str]:
        store = self.pull.repo.store
        return store.blob(store.index(self.pull.head_sha)["model.py"].sha).decode().splitlines()

    def edited(self, at: int, words: list[str], drop: int) -> str:
        lines = self.lines()
        return text([*lines[:at], *words, *lines[at + drop :], "the end"])

    @rule(
        at=st.integers(0, 30),
        words=st.lists(st.sampled_from(["new", "line 3", "changed"]), max_size=3),
        drop=st.integers(0, 3),
    )
    def push(self, at: int, words: list[str], drop: int) -> None:
        self.ada.push(self.pull, {"model.py": self.edited(at, words, drop)})

    @rule(at=st.integers(0, 30), drop=st.integers(0, 3))
    def force_push(self, at: int, drop: int) -> None:
        self.ada.force_push(self.pull, {"model.py": self.edited(at, ["forced"], drop)})

    @rule(number=st.integers(0, 9))
    def move_base(self, number: int) -> None:
        self.ada.push_to(self.pull.repo, {"other.py": f"x = {number}\n"})

    @rule()
    def rebase(self) -> None:
        self.ada.rebase(self.pull)

    @rule(data=st.data())
    def comment(self, data: st.DataObject) -> None:
        file = self.github.file_diff(self.pull, "model.py")
        shown = [row for row in (file.lines if file else ()) if row.new is not None]
        if shown:
            row = data.draw(st.sampled_from(shown))
            made = self.ada.comment(self.pull, "model.py", "why?", row.new)
            self.words[made.thread.id] = row.text

    @precondition(lambda self: self.pull.threads)
    @rule(data=st.data(), deed=st.sampled_from(["reply", "resolve", "unresolve", "delete"]))
    def talk(self, data: st.DataObject, deed: str) -> None:
        thread = data.draw(st.sampled_from(self.pull.threads))
        match deed:
            case "reply":
                self.ada.reply(thread, "because")
            case "resolve":
                self.ada.resolve(thread)
            case "unresolve":
                self.ada.unresolve(thread)
            case "delete":
                self.ada.delete(thread.comments[-1])

    @invariant()
    def comments_stand_at_their_text(self) -> None:
        lines = self.lines()
        for thread in self.pull.threads:
            now = anchor(self.github, thread)
            if now is not None and now.line is not None:
                assert lines[now.line - 1] == self.words[thread.id]

    @invariant()
    def no_thread_is_empty(self) -> None:
        assert all(thread.comments for thread in self.pull.threads)

    @invariant()
    def both_interfaces_agree(self) -> None:
        comments = self.client.get(f"{ROOT}/pulls/1/comments", params={"per_page": 100}).json()
        answer = self.client.post(self.github.graphql_url, json={"query": DOCUMENT}).json()
        threads = answer["data"]["repository"]["pullRequest"]["reviewThreads"]["nodes"]
        in_rest = {c["id"]: (c["line"], c["original_line"], c["body"]) for c in comments}
        assert in_rest == {key: value for thread in threads for key, value in by_comment(thread).items()}
        assert all(thread["isOutdated"] == (thread["line"] is None) for thread in threads)
        resolved = [thread.resolved_by is not None for thread in self.pull.threads]
        assert [thread["isResolved"] for thread in threads] == resolved


def by_comment(thread: dict[str, Any]) -> dict[int, tuple[int | None, int, str]]:
    """What GraphQL tells of each comment in a thread."""
    comments = thread["comments"]["nodes"]
    return {item["databaseId"]: (thread["line"], thread["originalLine"], item["body"]) for item in comments}


TestAnyHistory = AnyHistory.TestCase
TestAnyHistory.settings = settings(max_examples=15, stateful_step_count=12, deadline=None)
