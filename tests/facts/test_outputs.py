import pytest

from readiness.facts.outputs import output_fact
from readiness.source.cells import Output, Text


def fact(text):
    lines = tuple(range(1, text.count("\n") + 2))
    return output_fact(Output("stream", "stdout", len(text), ("text/plain",), Text(text, lines)))


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("/home/ana.lopez/risk.py:3: FutureWarning", "/home/ana.lopez"),
        ("see /Users/ben/risk", "/Users/ben"),
        (r"C:\Users\eva\risk", r"C:\Users\eva"),
        (r"'C:\\Users\\eva\\risk'", r"C:\\Users\\eva"),
        ("/home/jovyan/risk.py and /home/ana/risk.py", "/home/ana"),
        ("/home/runner/work /Users/runner/x", ""),
        ("go to /home/ or https://example.org/home/page", ""),
        ("no path", ""),
    ],
)
def test_an_output_shows_the_folder_of_a_person(text, home):
    assert fact(text).home == home


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("a@clinic.org, A@clinic.org; b.c@mail.co.uk", 2),
        ("x = a @ b", 0),
        ("someone@example.org test@test.com", 0),
        ("git@github", 0),
    ],
)
def test_addresses_are_counted_once_each(text, count):
    assert fact(text).emails == count
