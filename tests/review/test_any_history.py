"""Whatever happens between runs, no finding is lost, none has two open threads, and nobody's words are touched."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from readiness.finding import Severity, Skipped
from readiness.review.marker import finding_marker

PEOPLE = ("ada", "grace", "mallory")
FINDINGS = st.lists(
    st.tuples(st.sampled_from(["r1", "r2", "r3"]), st.sampled_from(["a.py", "b.py"]), st.integers(1, 4)),
    unique=True,
    max_size=8,
)


def machine(new_world, make_finding):  # noqa: C901 - each method is one thing that can happen
    class History(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            self.world = new_world()
            self.findings = []
            self.human = []
            self.pushes = 0

        @rule(wanted=FINDINGS, touched=st.booleans(), force=st.booleans())
        def push(self, wanted, touched, force):
            self.pushes += 1
            self.findings = [
                make_finding(*one, severity=Severity.ERROR if one[0] == "r3" else Severity.WARNING) for one in wanted
            ]
            lines = {"a.py": (range(1, 51),), "b.py": (range(1, 51),)} if touched else {}
            self.world.push(f"{self.pushes % 16:x}", None if force else lines)
            if force:
                for index in range(len(self.world.pull.threads)):
                    self.world.change(index, line=None, outdated=True)

        @rule(failed=st.sampled_from(["", "a.py", "."]))
        def run(self, failed):
            skipped = (Skipped(failed, "no"),) if failed else ()
            findings = [one for one in self.findings if one.location.path != failed]
            board = self.world.run(findings, skipped=skipped).board
            placed = [*(f for topic in board.new for f in topic.findings), *board.listed]
            placed += [p.finding for p in (*board.open, *board.returned, *board.accepted, *board.silenced)]
            assert Counter(one.fingerprint for one in placed) == Counter(one.fingerprint for one in findings)

        @rule(steps=st.integers(0, 2))
        def run_that_crashes(self, steps):
            self.world.run(self.findings, stop_after=steps)

        @rule()
        def run_again_writes_nothing(self):
            self.world.run(self.findings)
            before = self.world.writes
            self.world.run(self.findings)
            assert self.world.writes == before

        @rule(can=st.booleans())
        def permission_changes(self, can):
            self.world.can_resolve = can
            for index in range(len(self.world.pull.threads)):
                self.world.change(index, can_resolve=can)

        @precondition(lambda self: self.world.pull.threads)
        @rule(
            data=st.data(),
            who=st.sampled_from(PEOPLE),
            words=st.sampled_from(["why?", "readiness: wontfix it is fine", "fixed", "readiness: wontfix"]),
        )
        def reply(self, data, who, words):
            index = data.draw(st.integers(0, len(self.world.pull.threads) - 1))
            self.world.reply(index, who, words)
            self.human.append(self.world.pull.threads[index].comments[-1])

        @precondition(lambda self: self.world.pull.threads)
        @rule(data=st.data(), who=st.sampled_from(PEOPLE), act=st.sampled_from(["resolve", "reopen", "hide", "delete"]))
        def act(self, data, who, act):
            index = data.draw(st.integers(0, len(self.world.pull.threads) - 1))
            first, *rest = self.world.pull.threads[index].comments
            if not first.ours:
                return
            if act == "delete":
                self.world.delete(index)
            elif act == "hide":
                self.world.change(index, comments=(replace(first, minimized=True), *rest))
            elif act == "resolve" or not self.is_said_elsewhere(index):
                self.world.change(index, resolved=act == "resolve", resolved_by=who)

        def is_said_elsewhere(self, index):
            """A person who reopens a thread beside an open one wants both."""
            markers = [finding_marker(thread.comments[0]) for thread in self.world.pull.threads]
            others = (marker for n, marker in enumerate(markers) if n != index and marker)
            return any(set(marker.fingerprints) & set(markers[index].fingerprints) for marker in others)

        @invariant()
        def no_fingerprint_has_two_open_threads(self):
            markers = [
                finding_marker(t.comments[0]) for t in self.world.pull.threads if not t.resolved and t.comments[0].ours
            ]
            counted = Counter(name for marker in markers if marker and not marker.fixed for name in marker.fingerprints)
            assert all(count == 1 for count in counted.values())

        @invariant()
        def what_people_wrote_is_untouched(self):
            there = [comment for thread in self.world.pull.threads for comment in thread.comments]
            assert all(comment in there for comment in self.human)

    return History


def test_conduct_holds_for_any_history(new_world, finding):
    run_state_machine_as_test(
        machine(new_world, finding), settings=settings(max_examples=80, stateful_step_count=20, deadline=None)
    )
