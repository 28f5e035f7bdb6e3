"""What the tests of the fake share: the two versions of a file, and the types of their fixtures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx

ROOT = "/repos/lab/model"
BASE = "".join(f"line {number}\n" for number in range(1, 41))
HEAD = BASE.replace("line 10\n", "LINE 10\nLINE 10b\n").replace("line 30\n", "LINE 30\n")

Connect = Callable[..., httpx.Client]
Ask = Callable[..., dict[str, Any]]
