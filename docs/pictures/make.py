"""Draw the pictures of a review: the bot reviews a change of the example project on the fake GitHub of the tests.

Run `make pictures`; it takes Chromium.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / "tests" / "github"), str(ROOT / "examples"), str(HERE)]

from change import changed  # noqa: E402 - of the example project
from page import comment, page, thread  # noqa: E402

from fakegithub import FakeGitHub, PullRequest, Thread, job  # noqa: E402 - it is part of the tests

EXAMPLE = ROOT / "examples" / "readmission"
WIDTH = 860
SCALE = "1.5"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --hide-scrollbars"
).split()


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


def _draw(html: str, picture: Path) -> None:
    """Ask for the height of the page first, since a screenshot shows the window and not the page."""
    measured = html.replace("</body>", "<script>document.title = document.body.scrollHeight</script></body>")
    found = re.search(r"<title>(\d+)</title>", _browse(measured, 100, "--dump-dom"))
    if found is None:
        raise SystemExit("error: the browser did not tell the height of the page")
    _browse(html, int(found[1]), f"--force-device-scale-factor={SCALE}", f"--screenshot={picture}")


def _browse(html: str, height: int, *options: str) -> str:
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise SystemExit(f"error: none of {', '.join(BROWSERS)} was found; install Chromium to draw the pictures")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "page.html")
        source.write_text(html, encoding="utf-8")
        size = f"--window-size={WIDTH},{height}"
        command = [browser, *FLAGS, f"--user-data-dir={folder}/profile", size, *options, source.as_uri()]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    main()
