"""Draw the pictures: a review of a change of the example project on the fake GitHub of the tests, and the page of a report.

Run `make pictures`; it takes Chromium.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / "tests" / "github"), str(ROOT / "examples"), str(HERE)]

from change import changed  # noqa: E402 - of the example project
from page import comment, page, thread  # noqa: E402

from chromium import visit  # noqa: E402 - it drives the browser of the tests
from fakegithub import FakeGitHub, PullRequest, Thread, job  # noqa: E402 - it is part of the tests

EXAMPLE = ROOT / "examples" / "readmission"
WIDTH = 860
SCALE = 1.5


def main() -> None:
    """Review the change, and draw what the bot has written."""
    with FakeGitHub() as github:
        before = {path.relative_to(EXAMPLE).as_posix(): path.read_text("utf-8") for path in _files()}
        repo = github.create_repo("lab/readmission", before)
        after = changed(before)
        pull = github.person("jo").open_pull(repo, after)
        run = job(github, "pull_request", pull)
        command = [sys.executable, "-m", "readiness", "review"]
        subprocess.run(command, env={**run.env, "PYTHONPATH": str(ROOT / "bot")}, cwd=run.workspace, check=False)
        for name, content in _pictures(pull, {**before, **after}):
            _draw(page(content), HERE / name)
    _report()


def _report() -> None:
    """The page of a report: its beginning, a flow in the dark theme, what a phone shows; and the page of a mentor."""
    page_of_check, page_of_mentor = _said("check"), _said("mentor")
    flow = {"evaluate": "document.querySelector('.steps').scrollIntoView({ block: 'center' })"}
    _draw(page_of_check, HERE / "page.png", {"size": [1000, 1100]})
    _draw(page_of_check, HERE / "page-dark.png", {"size": [1000, 900]}, flow, dark=True)
    _draw(page_of_check, HERE / "page-phone.png", {"size": [390, 844]})
    _draw(page_of_mentor, HERE / "mentor.png", {"size": [1000, 1500]})


def _said(command: str) -> str:
    """What a command says of the example project as a page."""
    words = [sys.executable, "-m", "readiness", command, ".", "--format", "html", "--no-cache"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "bot")}
    return subprocess.run(words, env=environment, cwd=EXAMPLE, capture_output=True, text=True, check=False).stdout


def _files() -> Iterator[Path]:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=EXAMPLE, capture_output=True, check=True).stdout
    return (EXAMPLE / name for name in names.decode().split("\0") if name)


def _pictures(pull: PullRequest, files: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The summary, and the first comment with a suggestion on a file and on a notebook."""
    yield "summary.png", comment(pull.conversation[-1].body)
    suggesting = [one for one in pull.threads if "```suggestion" in one.comments[0].body]
    yield "comment.png", _shown(next(one for one in suggesting if one.path.endswith(".py")), files)
    yield "notebook.png", _shown(next(one for one in suggesting if one.path.endswith(".ipynb")), files)


def _shown(one: Thread, files: dict[str, str]) -> str:
    line = one.line or 1
    replaced = files[one.path].splitlines()[(one.start_line or line) - 1 : line]
    return thread(one.path, one.diff_hunk, line, one.comments[0].body, replaced)


def _draw(html: str, picture: Path, *steps: dict[str, Any], **options: Any) -> None:
    """The whole page, or what the window shows after these steps."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "page.html")
        source.write_text(html, encoding="utf-8")
        name = "screenshot" if steps else "screenshotOfAll"
        visit(source, *steps, {name: str(picture)}, **{"width": WIDTH, "height": 100, "scale": SCALE, **options})


if __name__ == "__main__":
    main()
