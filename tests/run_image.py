"""Run the steps of the Dockerfile in a plain Debian root, for machines without a container engine.

    sudo python tests/run_image.py ROOT

ROOT is a folder as `debootstrap` makes it, with python3 and python3-venv; it is copied for every stage. At the end the
entry point checks the example project, which belongs to another user than the one of the image.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
EXAMPLE = REPOSITORY / "examples" / "readmission"
SOMEBODY = 12345
"""Neither root nor the user of the image, as the owner of a mounted repository is."""


@dataclass
class Stage:
    """A root with what the instructions so far have set."""

    root: Path
    workdir: str = "/"
    user: str = "0"
    environment: dict[str, str] = field(default_factory=dict)
    entrypoint: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)

    def run(self, *command: str) -> int:
        """A command as the container would run it."""
        path = {"PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"}
        passed = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_"))}
        change = ["chroot", f"--userspec={self.user}:{self.user}", str(self.root)]
        inside = ["/bin/sh", "-c", f'cd {shlex.quote(self.workdir)} && exec "$@"', "sh", *command]
        return subprocess.run([*change, *inside], env={**passed, **path, **self.environment}, check=False).returncode

    def at(self, path: str) -> Path:
        """Where a path of the image is on this machine."""
        return self.root / os.path.join(self.workdir, path).lstrip("/")  # noqa: PTH118 - an absolute path replaces it


def instructions(text: str) -> Iterator[tuple[str, str]]:
    """The name and the rest of each instruction; lines that a backslash joins are one, comments are none."""
    lines = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    for line in re.sub(r"\\\n", " ", lines).splitlines():
        name, _, rest = line.partition(" ")
        if name:
            yield name, rest.strip()


def build(plain: Path, folder: Path) -> Stage:
    """Carry out every instruction; the last stage is the image."""
    stages: list[Stage] = []
    for name, rest in instructions((REPOSITORY / "Dockerfile").read_text(encoding="utf-8")):
        if name == "FROM":
            stages.append(Stage(folder / str(len(stages))))
            subprocess.run(["cp", "--archive", "--reflink=auto", plain, stages[-1].root], check=True)
            stages[-1].run("python3", "-m", "venv", "/usr/local")  # the official image has its Python there, with pip
        else:
            carry_out(name, rest, stages)
    return stages[-1]


def carry_out(name: str, rest: str, stages: list[Stage]) -> None:
    """One instruction in the current stage."""
    stage = stages[-1]
    match name:
        case "RUN":
            if stage.run("/bin/sh", "-c", rest):
                raise SystemExit(f"error: this step failed: RUN {rest}")
        case "COPY":
            copy(rest.split(), stages)
        case "WORKDIR":
            stage.workdir = rest
            stage.at(".").mkdir(parents=True, exist_ok=True)
        case "USER":
            stage.user = rest
        case "ENV":
            pairs = (pair.partition("=") for pair in shlex.split(rest))
            stage.environment.update((key, value) for key, _, value in pairs)
        case "ENTRYPOINT":
            stage.entrypoint = json.loads(rest)
        case "CMD":
            stage.command = json.loads(rest)
        case _:
            raise SystemExit(f"error: this script does not know {name}; teach it")


def copy(words: list[str], stages: list[Stage]) -> None:
    """Files of the repository, or of the stage that `--from` names; there is only one to name."""
    origin = stages[0].root if words[0].startswith("--from=") else REPOSITORY
    *sources, target = words[1:] if words[0].startswith("--from=") else words
    for source in sources:
        found, place = origin / source.lstrip("/"), stages[-1].at(target)
        if found.is_dir():
            shutil.copytree(found, place, symlinks=True, dirs_exist_ok=True)
        else:
            (place if target.endswith("/") else place.parent).mkdir(parents=True, exist_ok=True)
            shutil.copy(found, place)


def main() -> None:
    """Build, then check the example as `docker run` would."""
    with tempfile.TemporaryDirectory() as folder:
        image = build(Path(sys.argv[1]), Path(folder))
        (image.root / "dev/shm").mkdir(exist_ok=True)
        (image.root / "dev/shm").chmod(0o1777)  # a container has one
        shutil.copytree(EXAMPLE, image.at("."), dirs_exist_ok=True)
        subprocess.run(["git", "init", "--quiet", image.at(".")], check=True)
        subprocess.run(["chown", "--recursive", str(SOMEBODY), image.at(".")], check=True)
        if image.run("git", "status", "--short"):
            raise SystemExit("error: git does not trust the mounted repository")
        code = image.run(*image.entrypoint, *image.command)
        if code != 1:
            raise SystemExit(f"error: the example has findings, so the image should have ended with 1, not {code}")
        sys.stdout.write("\nThe image works: it found what is wrong with the example.\n")


if __name__ == "__main__":
    main()
