"""Whatever people, pushes and broken servers do between runs, the review keeps its promises on the fake GitHub.

Each history ends with one open thread at most for a fingerprint, nobody's words touched, and every finding told.
"""

from __future__ import annotations

import json
import sys
from collections import Counter

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from fakegithub import READ_ONLY, DiffLimits, Fault
from readiness.review.github import connection, gateway, graphql
from readiness.review.marker import finding_marker
from readiness.review.model import Comment

HEAD = "from sklearn.model_selection import train_test_split\nimport pandas\nimport numpy\n\n"
STATEMENTS = {
    "split": ("unseeded-split", "train, test = train_test_split(rows)\n"),
    "other split": ("unseeded-split", "left, right = train_test_split(others)\n"),
    "path": ("hardcoded-path", 'rows = pandas.read_csv("/home/ada/rows.csv")\n'),
    "nan": ("nan-comparison", "gaps = counts[counts == numpy.nan]\n"),
}
BLOCKER = "hardcoded-path"
POLICY = """
select: [unseeded-split, hardcoded-path, nan-comparison]
severity: {hardcoded-path: error, nan-comparison: note}
jobs: 1
"""
NAMES = ("train.py", "fit.py", "long.py")
PATHS = st.sampled_from(NAMES)
FILLER = "# One of many lines, so that the platform shows no patch.\n" * 80
WRITERS, PEOPLE = st.sampled_from(["grace", "linus"]), st.sampled_from(["ada", "grace", "mallory"])
WORDS = st.sampled_from(["Why?", "Fixed.", "readiness: wontfix", "readiness: wontfix it is a demo"])
WRITES = ("POST|PATCH|DELETE", "", r'^(?!\{"query": ?"\\nquery )')
READS = st.sampled_from([("GET", "", ""), ("POST", "graphql", r'^\{"query": ?"\\nquery ')])
REQUESTS = st.one_of(st.just(WRITES), READS)
WRONG = st.sampled_from(
    [
        {"status": 502},
        {"lost": True},
        {"silent": True},
        {"status": 403, "message": "You have exceeded a secondary rate limit.", "headers": {"Retry-After": "0"}},
        {"status": 403, "message": "Resource not accessible by integration"},
    ]
)


def is_bot(user):
    return user.login == "github-actions[bot]"


def is_ours(comment):
    return is_bot(comment.author) and comment.review.state != "PENDING"


def marker_of(thread):
    """What the bot remembers in a thread that people can see."""
    first = thread.comments[0]
    return finding_marker(Comment("", 0, "", first.body, ours=True)) if is_ours(first) else None


def prints_of(thread):
    marker = marker_of(thread)
    return set(marker.fingerprints) if marker else set()


def is_open(thread):
    marker = marker_of(thread)
    return bool(marker) and not (thread.resolved_by or marker.fixed or thread.comments[0].minimized)


class History(RuleBasedStateMachine):
    """One pull request, with what the author has written and what people have decided.

    `files` are statements by path; `prints` tells what each fingerprint stood for; `decided` are fingerprints with the
    number after which no thread may speak of them.
    """

    new_lab = None

    def __init__(self):
        super().__init__()
        self.lab = self.new_lab(POLICY)
        self.lab.github.__enter__()
        self.lab.github.diff_limits = DiffLimits(lines=60)
        self.lab.repo.roles["linus"] = "write"
        self.files = {"train.py": {"split", "path"}}
        self.above = Counter()
        self.broken = set()
        self.pull = self.lab.open(self.text("train.py"))
        self.human = []
        self.decided = {}
        self.answered = set()
        self.prints = {}

    def teardown(self):
        try:
            if sys.exc_info()[0] is None:
                self.run_undisturbed(can_resolve=False)
                self.run_again_writes_nothing()
        finally:
            self.lab.github.__exit__(*sys.exc_info())

    # --- the author --------------------------------------------------------------------------------------------------

    def text(self, path):
        lines = "".join(line for name, (_, line) in STATEMENTS.items() if name in self.files[path])
        filler = FILLER if path == "long.py" else ""
        return HEAD + "# Moved.\n" * self.above[path] + filler + lines + "def broken(:\n" * (path in self.broken)

    def push(self, *, force=False):
        there = {} if force else self.lab.repo.store.index(self.pull.head_sha)
        gone = {path: None for path in NAMES if path in there and path not in self.files}
        changes = gone | {path: self.text(path) for path in self.files}
        (self.lab.ada.force_push if force else self.lab.ada.push)(self.pull, changes)

    @rule(path=PATHS, statement=st.sampled_from(sorted(STATEMENTS)), force=st.booleans())
    def introduce_or_mend(self, path, statement, force):
        self.files[path] = self.files.get(path, set()) ^ {statement}
        self.push(force=force)

    @rule(path=PATHS, act=st.sampled_from(["move down", "break", "rename", "delete", "rebase"]))
    def edit(self, path, act):
        if act == "rebase":
            self.lab.ada.push_to(self.lab.repo, {"unrelated.txt": f"{self.lab.github.new_id()}\n"})
            self.lab.ada.rebase(self.pull)
        elif path in self.files:
            if act == "move down":
                self.above[path] += 1
            elif act == "break":
                self.broken ^= {path}  # a second time mends it
            elif act == "rename":
                self.rename(path)
            elif len(self.files) > 1:
                del self.files[path]
                self.broken.discard(path)
            self.push()

    def rename(self, path):
        new = next((name for name in NAMES if name not in self.files), path)
        self.files[new] = self.files.pop(path)
        self.above[new] = self.above.pop(path, 0)
        self.broken = {new if name == path else name for name in self.broken}

    # --- people ------------------------------------------------------------------------------------------------------

    def own_threads(self):
        return [thread for thread in self.pull.threads if prints_of(thread)]

    def decide(self, thread):
        """From now on nothing of this is said in a new thread."""
        self.decided |= dict.fromkeys(prints_of(thread), self.lab.github.new_id())

    @precondition(lambda self: self.own_threads())
    @rule(number=st.integers(0, 4), who=PEOPLE, words=WORDS)
    def reply(self, number, who, words):
        threads = self.own_threads()
        thread = threads[number % len(threads)]
        self.human.append((self.lab.github.person(who).reply(thread, words), words))
        self.answered.add(thread.id)
        if words.endswith("demo") and who != "mallory":
            self.decide(thread)

    @precondition(lambda self: self.own_threads())
    @rule(number=st.integers(0, 9), who=WRITERS, act=st.sampled_from(["delete", "resolve", "hide", "edit", "reopen"]))
    def act(self, number, who, act):
        threads = self.own_threads()
        thread, person = threads[number % len(threads)], self.lab.github.person(who)
        if act == "reopen":
            others = [one for one in self.pull.threads if one is not thread]
            again = any(prints_of(one) & prints_of(thread) for one in others)  # who reopens a second one wants both
            hidden = thread.comments[0].minimized  # and stays so: who wants to hear of it again shows it
            if not again and not hidden and thread.id not in self.answered:
                person.unresolve(thread)
                for name in prints_of(thread):
                    self.decided.pop(name, None)
            return
        if act != "resolve" or not marker_of(thread).fixed:  # who resolves a comment that says "Fixed" tidies up
            self.decide(thread)
        if act == "resolve":
            person.resolve(thread)
        elif act == "hide":
            person.minimize(thread.comments[0])
        elif act == "delete":
            person.delete(thread.comments[0])
        else:
            person.edit(thread.comments[0], "Never mind.")
        self.edit(path=sorted(self.files)[0], act="move down")  # the next run has a reason to look again

    @rule(
        who=PEOPLE, act=st.sampled_from(["comment", "copy a comment", "say", "copy the summary", "delete the summary"])
    )
    def talk(self, who, act):
        person, summaries = self.lab.github.person(who), [one for one in self.pull.conversation if is_bot(one.author)]
        own = [thread.comments[0].body for thread in self.own_threads()]
        if act == "delete the summary":
            if summaries:
                self.lab.grace.delete(summaries[0])
        elif act in ("comment", "copy a comment"):
            body = own[0] if own and act != "comment" else "What is this?"
            self.human.append((person.comment(self.pull, sorted(self.files)[0], body), body))
        else:
            body = summaries[0].body if summaries and act != "say" else "Nice."
            self.human.append((person.say(self.pull, body), body))

    # --- runs --------------------------------------------------------------------------------------------------------

    def review(self, token=None):
        before = self.written()
        result = self.lab.run(self.pull, "--report", "all.json", token=token)
        assert "fault of the readiness bot" not in result.err, result.err
        assert "Traceback" not in result.err
        report = result.job.workspace / "all.json"
        findings = json.loads(report.read_text())["findings"] if report.exists() else []
        written = before | self.written()  # a push that overtakes the run may come before it reads or after
        self.prints |= {
            one["fingerprint"]: (written[one["path"], one["line"], one["rule"]], one["path"]) for one in findings
        }
        return result, findings

    def written(self):
        """The statements by path, line and rule."""
        return {
            (path, number, rule): line
            for path in self.files
            for number, line in enumerate(self.text(path).splitlines(keepends=True), start=1)
            for rule, statement in STATEMENTS.values()
            if line == statement
        }

    def names(self, finding):
        """The fingerprints of a finding: its own, and those of the same line in files that are gone."""
        own, _ = self.prints[finding["fingerprint"]]
        gone = {name for name, (line, path) in self.prints.items() if line == own and path not in self.files}
        return gone | {finding["fingerprint"]}

    @rule(
        path=PATHS, request=REQUESTS, wrong=WRONG, performed=st.booleans(), skip=st.integers(0, 2), down=st.booleans()
    )
    def run_disturbed(self, path, request, wrong, performed, skip, down):
        """There is something new to say, and the server fails while it is said."""
        missing = sorted(STATEMENTS.keys() - self.files.get(path, set()))
        self.files[path] = self.files.get(path, set()) | set(missing[:1])
        self.push()
        times = 10_000 if down and skip and "silent" not in wrong else 1
        performed = performed and wrong.get("status") != 403
        self.lab.github.faults = [Fault(*request, performed=performed, skip=skip, times=times, **wrong)]
        self.review()
        self.lab.github.faults = []

    @rule(request=REQUESTS, skip=st.integers(0, 2), path=PATHS)
    def run_overtaken_by_a_push(self, request, skip, path):
        def push():
            self.files[path] = self.files.get(path, set()) ^ {"path"}
            self.push()

        self.lab.github.faults = [Fault(*request, skip=skip, action=push)]
        self.review()
        self.lab.github.faults = []

    @rule()
    def run_without_permissions(self):
        before = self.said()
        result, findings = self.review(self.lab.github.token(permissions=READ_ONLY))
        assert self.said() == before
        assert [
            one for one in findings if one["message"].replace("`", "") not in result.job.summary.replace("`", "")
        ] == []

    @rule(can_resolve=st.booleans())
    def run_undisturbed(self, can_resolve):
        token = self.lab.resolver() if can_resolve else self.lab.github.token()
        result, findings = self.review(token)
        assert Counter((one["rule"], one["path"]) for one in findings) == Counter(self.expected())
        self.every_finding_is_told(findings)
        self.no_dead_thread_is_open(findings)
        self.nothing_decided_is_said_again()
        self.the_gate_is_right(result.code, findings)

    def run_again_writes_nothing(self):
        before = self.lab.writes()
        self.review()
        assert self.lab.writes() == before

    def expected(self):
        """What there is to find, without the files that cannot be parsed."""
        sound = {path: names for path, names in self.files.items() if path not in self.broken}
        return [(STATEMENTS[name][0], path) for path, names in sound.items() for name in names]

    def every_finding_is_told(self, findings):
        told = set().union(*(prints_of(thread) for thread in self.pull.threads if is_open(thread)))
        summary = self.summary().splitlines()
        for one in findings:
            place = f"`{one['path']}` line {one['line']}"
            listed = any(place in line and one["rule"] in line for line in summary)
            assert self.names(one) & told or listed, one
            if one["rule"] == BLOCKER and self.names(one).isdisjoint(self.decided):
                assert self.names(one) & told, one

    def no_dead_thread_is_open(self, findings):
        if self.broken:
            return
        current = set().union(*map(self.names, findings))
        dead = [thread for thread in self.pull.threads if is_open(thread) and current.isdisjoint(prints_of(thread))]
        assert [thread for thread in dead if thread.id not in self.answered] == []

    def nothing_decided_is_said_again(self):
        for thread in self.pull.threads:
            assert all(thread.id < self.decided.get(name, sys.maxsize) for name in prints_of(thread))

    def the_gate_is_right(self, code, findings):
        blockers = set().union(*(self.names(one) for one in findings if one["rule"] == BLOCKER))
        if self.broken:
            assert code == 3
        elif blockers.isdisjoint(self.decided):
            assert code == bool(blockers)

    def said(self):
        return [(one.id, one.body) for one in (*self.pull.comments(), *self.pull.conversation)]

    def summary(self):
        own = [one.body for one in self.pull.conversation if is_bot(one.author)]
        return own[0] if own else ""

    # --- always ------------------------------------------------------------------------------------------------------

    @invariant()
    def no_fingerprint_has_two_open_threads(self):
        counted = Counter(name for thread in self.pull.threads if is_open(thread) for name in prints_of(thread))
        assert [name for name, count in counted.items() if count > 1] == []

    @invariant()
    def what_people_wrote_is_untouched(self):
        there = [*self.pull.comments(), *self.pull.conversation]
        for comment, body in self.human:
            assert (comment.body, comment.editor, comment.minimized) == (body, None, None)
            assert comment in there
        began = [thread for thread in self.pull.threads if not is_ours(thread.comments[0])]
        assert all(not thread.resolved_by or thread.resolved_by.type == "User" for thread in began)

    @invariant()
    def there_is_one_summary_at_most(self):
        assert len([one for one in self.pull.conversation if is_bot(one.author)]) <= 1


# The server's threads wait for requests while the bot forks its workers.
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_the_review_keeps_its_promises_in_any_history(new_lab, monkeypatch):
    monkeypatch.setattr(gateway, "PAUSE", 0)
    monkeypatch.setattr(graphql, "PAUSE", 0)
    monkeypatch.setattr(connection, "TIMEOUT", 3)  # a busy machine answers later than an idle one
    machine = type("OneHistory", (History,), {"new_lab": staticmethod(new_lab)})
    few = settings.default.max_examples // 4
    run_state_machine_as_test(machine, settings=settings(max_examples=few, stateful_step_count=10, deadline=None))
