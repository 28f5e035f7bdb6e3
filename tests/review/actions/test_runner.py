"""What the runner reads cannot be forged by what was reviewed, and is never too long for it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readiness.finding import Severity
from readiness.review.actions.runner import within, workflow_commands, write_job_summary, write_outputs


@given(st.text(), st.integers(200, 600))
def test_a_text_is_cut_after_a_whole_line_and_never_longer_than_allowed(text, limit):
    cut = within(text, limit)
    assert len(cut.encode()) <= max(limit, len(text.encode(errors="replace")))
    assert len(cut.encode()) <= limit or cut == text


def test_a_long_text_says_that_it_was_cut():
    cut = within("line\n" * 1_000, 1_000)
    assert "The list was cut here" in cut
    assert cut.startswith("line\nline\n")


def test_outputs_are_read_back_whatever_they_hold(tmp_path):
    file = tmp_path / "output"
    write_outputs({"GITHUB_OUTPUT": str(file)}, {"verdict": "ready\nevil=1", "findings": 3})
    lines = file.read_text().splitlines()
    name, delimiter = lines[0].split("<<")
    assert (name, lines.index(delimiter)) == ("verdict", 3)


def test_nothing_is_written_where_no_runner_is(tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    write_outputs({}, {"verdict": "ready"})
    write_job_summary({}, "text")
    assert (list(tmp_path.iterdir()), capfd.readouterr()) == ([], ("", ""))


def test_ten_annotations_of_each_sort_and_the_worst_first(finding, analysis):
    notes = [finding(line=n, severity=Severity.NOTE) for n in range(1, 15)]
    errors = [finding("bad", line=n, severity=Severity.ERROR) for n in range(1, 15)]
    lines = workflow_commands(analysis([*notes, *errors]).report).splitlines()
    assert [line.split()[0] for line in lines] == ["::error"] * 10 + ["::notice"] * 10


def test_a_message_stays_on_its_line(finding, analysis):
    hostile = finding(path="a,b:c\n.py", message="one\n::error::two\r%0A")
    (line,) = workflow_commands(analysis([hostile]).report).splitlines()
    assert "file=a%2Cb%3Ac%0A.py" in line
    assert line.count("::error::") == 1
    assert "%250A" in line
