"""A page in headless Chromium, for tests, pictures and benchmarks: the steps are carried out by `chromium.mjs`."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
DRIVER = Path(__file__).with_name("chromium.mjs")


class NoBrowser(Exception):
    """This machine has no Chromium."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What a visit gave: seconds until the page was drawn, what the browser complained about, one result for each step."""

    seconds: float
    complaints: list[str]
    results: list[Any]


def visit(
    page: Path, *steps: dict[str, Any], dark: bool = False, width: int = 1000, height: int = 900, scale: float = 1
) -> Visit:
    """Open a file and carry out the steps, each with one name and what it is given: `{"press": "Tab"}`."""
    options = {
        "url": page.resolve().as_uri(),
        "browser": browser(),
        "steps": steps,
        "colorScheme": "dark" if dark else "light",
        "viewport": {"width": width, "height": height},
        "deviceScaleFactor": scale,
    }
    done = subprocess.run(
        ["node", DRIVER], input=json.dumps(options), capture_output=True, text=True, check=False, timeout=120
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return Visit(**json.loads(done.stdout))


def browser() -> str:
    """Where Chromium is."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        raise NoBrowser(f"none of {', '.join(BROWSERS)} was found; install Chromium")
    return found
