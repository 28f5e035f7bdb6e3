"""Installs the bot for the action: an environment of its own, from the hashed lock file, with nothing built on the way."""

import hashlib
import os
import platform
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements" / "runtime.txt"


def main() -> None:
    """`key` names the cache of downloads; `install FOLDER` makes the environment; both tell the next steps."""
    command, *rest = sys.argv[1:]
    if command == "key":
        _tell("key", cache_key())
    else:
        _tell("python", str(install(Path(rest[0]))))


def cache_key() -> str:
    """The same for the same lock file, Python and machine."""
    lock = hashlib.sha256(LOCK.read_bytes()).hexdigest()[:16]
    return "-".join(["readiness", sys.platform, platform.machine(), ".".join(map(str, sys.version_info[:2])), lock])


def install(folder: Path) -> Path:
    """Make the environment and give its interpreter; pip checks every file against the lock, cached or not."""
    venv.create(folder, with_pip=True, clear=True)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    options = ["--require-hashes", "--only-binary", ":all:", "--disable-pip-version-check", "--quiet"]
    subprocess.run([python, "-I", "-m", "pip", "install", *options, "-r", LOCK], check=True)
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = subprocess.run([python, "-I", "-c", where], check=True, capture_output=True, text=True).stdout.strip()
    (Path(packages) / "readiness.pth").write_text(f"{ROOT / 'bot'}\n", encoding="utf-8")
    return python


def _tell(name: str, value: str) -> None:
    """An output of the step, or a line on a terminal."""
    path = os.environ.get("GITHUB_OUTPUT")
    if path:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(f"{name}={value}\n")
    else:
        sys.stdout.write(f"{value}\n")


if __name__ == "__main__":
    main()
