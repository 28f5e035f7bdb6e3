"""Patches tell which lines of the new side can be commented on."""

from __future__ import annotations

import difflib

from hypothesis import given
from hypothesis import strategies as st

from readiness.review.hunks import around, hunk_of, read_patch, touches

TEXT = st.lists(st.sampled_from(["a", "b", "+c", "-d", "@@ -1 +1 @@", ""]), max_size=30)


@given(TEXT, TEXT)
def test_the_new_side_of_a_patch_is_read_back(old, new):
    patch = "\n".join(list(difflib.unified_diff(old, new, lineterm="", n=3))[2:])
    read = read_patch(patch)
    changed = {
        n
        for tag, _, _, a, b in difflib.SequenceMatcher(None, old, new).get_opcodes()
        if tag != "equal"
        for n in range(a + 1, b + 1)
    }
    assert {line for part in read.added for line in part} == changed
    assert all(hunk_of(line, read.hunks) for line in changed)
    assert all(1 <= line <= len(new) for hunk in read.hunks for line in hunk)


def test_a_deletion_leaves_its_context():
    assert read_patch("@@ -1,4 +1,3 @@\n a\n-b\n c\n d").hunks == (range(1, 4),)


def test_the_mark_of_a_missing_line_end_is_no_line():
    assert read_patch("@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file").added == (
        range(1, 2),
    )


def test_hunks_around_changed_lines_join_when_they_meet():
    assert around([range(10, 11), range(15, 16), range(40, 41)], 41) == (range(7, 19), range(37, 42))


def test_lines_touch_a_range_if_they_share_a_line():
    assert touches([range(5, 7)], 6, 9)
    assert not touches([range(5, 7)], 7, 9)
