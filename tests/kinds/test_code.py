"""Kind `code` reports every place, with its fix, and may search texts that are no code."""

from __future__ import annotations

from collections.abc import Callable

from readiness.finding import Edit, Finding

Run = Callable[..., list[Finding]]
Places = Callable[..., list[tuple[str, int]]]

CALL = "kind: code\nmatch: pandas.read_csv($PATH, ...)\n"
KEY = "kind: code\nmask: [$1]\nmatch:\n  regex: '\\b(key-[0-9]{6})\\b'\n"


def test_every_place_is_reported(places: Places) -> None:
    code = "import pandas as pd\npd.read_csv(a)\nx = pd.read_csv(b)\nread_csv(c)\n"
    assert places(CALL, code) == [("snippet.py", 2), ("snippet.py", 3)]


def test_the_message_names_what_was_found(run: Run) -> None:
    (finding,) = run(CALL + 'message: "Look at `$PATH`."\n', "import pandas\npandas.read_csv('a.csv')\n")
    assert finding.message == "Look at `'a.csv'`."
    assert finding.bindings == {"$PATH": "'a.csv'"}
    assert finding.source_lines == ("pandas.read_csv('a.csv')",)


def test_a_fix_is_offered(run: Run) -> None:
    (finding,) = run(CALL + "fix: {replace: load($PATH), safety: safe}\n", "import pandas\npandas.read_csv(a)\n")
    assert finding.fix is not None
    assert finding.fix.edits == (Edit(14, 32, "load(a)"),)
    assert finding.fix.safe


def test_only_files_of_the_wanted_roles_are_read(places: Places) -> None:
    files = dict.fromkeys(
        ("a.py", "tests/test_a.py", "vendor/a.py", "examples/a.py"), "import pandas\npandas.read_csv(a)\n"
    )
    assert places(CALL, files) == [("a.py", 2)]
    assert places(CALL + "where: {in: [test, example]}\n", files) == [
        ("tests/test_a.py", 2),
        ("examples/a.py", 2),
    ]


def test_only_files_on_the_wanted_paths_are_read(places: Places) -> None:
    files = dict.fromkeys(("src/a.py", "src/old/a.py", "jobs/a.py"), "import pandas\npandas.read_csv(a)\n")
    where = 'where: {paths: ["src/**"], not_paths: ["**/old/**"]}\n'
    assert places(CALL + where, files) == [("src/a.py", 2)]


def test_only_files_that_import_what_is_needed_are_read(places: Places) -> None:
    read = "import pandas\npandas.read_csv(a)\n"
    files = {"a.py": read, "b.py": f"import sklearn.svm\n{read}", "c.py": f"import sklearnex\n{read}"}
    assert places(CALL + "where: {needs: [sklearn]}\n", files) == [("b.py", 3)]


def test_notebooks_can_be_left_out(places: Places) -> None:
    cells = [{"code": "import pandas\npandas.read_csv(a)"}]
    assert places(CALL, cells) == [("notebook.ipynb", 2)]
    assert places(CALL + "where: {files: [python]}\n", cells) == []


def test_outputs_prose_and_configuration_are_searched_if_asked(run: Run) -> None:
    where = "where: {text: [code, outputs, markdown, config]}\n"
    cells = [
        {"markdown": "first\nkey-111111"},
        {"code": "f('key-222222')", "n": 1, "outputs": ["a\nkey-333333 key-444444"]},
    ]
    found = run(KEY + where, cells)
    assert [(finding.location.cell, finding.location.line) for finding in found] == [(1, 1), (0, 2), (1, 1), (1, 1)]
    assert len({finding.location.file_line for finding in found}) == 3
    files = {"settings.yaml": "a: key-111111", "README.md": "\nkey-111111", ".env": "A=1\nB=key-111111"}
    assert [(f.location.path, f.location.line) for f in run(KEY + where, files)] == [
        ("settings.yaml", 1),
        ("README.md", 2),
        (".env", 2),
    ]


def test_some_searches_are_for_other_texts_only(places: Places) -> None:
    rule = "kind: code\nmatch: login(...)\ntexts: ['key-[0-9]{6}']\nwhere: {text: [code, config]}\n"
    files = {"settings.yaml": "a: key-111111\nlogin()", "a.py": "login()  # key-111111\n# key-111111\n"}
    assert places(rule, files) == [("settings.yaml", 1), ("a.py", 1)]


def test_only_code_is_searched_if_nothing_else_is_asked_for(places: Places) -> None:
    assert places(KEY, {"settings.yaml": "a: key-111111", "a.py": "# key-111111"}) == [("a.py", 1)]


def test_a_masked_value_stands_nowhere_in_a_finding(run: Run) -> None:
    rule = KEY + 'message: "Revoke `$1`."\nwhere: {text: [code, outputs, config]}\n'
    files = {"a.py": "login('key-123456')  # key-123456\n", ".env": "K=key-123456"}
    for finding in [*run(rule, files), *run(rule, [{"code": "f()", "outputs": ["key-123456"]}])]:
        assert "123456" not in repr(finding)
        assert "****" in finding.message
