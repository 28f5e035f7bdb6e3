"""docs/configuration.md names every key of the configuration with its default, and no other."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

from readiness.config import Config
from readiness.config_search import find_config
from readiness.review.settings import ReviewConfig

PAGE = Path(__file__).parents[2] / "docs/configuration.md"
WORDS: dict[str, object] = {
    "its own defaults": ReviewConfig(),
    "all processors": None,
    "none": "",
    "[]": (),
    "{}": {},
    "false": False,
}


def test_every_key_has_a_row_with_its_default() -> None:
    rows = re.findall(r"^\| `(\w+)` \| `?([^|`]*?)`? \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    said = {key: WORDS.get(default, default) for key, default in rows}
    defaults = asdict(Config()) | {"review": ReviewConfig()}
    assert said == {
        name: default if name not in ("stage", "fail_on") else str(default) for name, default in defaults.items()
    }


def test_both_ways_to_write_the_example_mean_the_same(tmp_path: Path) -> None:
    text = PAGE.read_text(encoding="utf-8")
    blocks = dict(re.findall(r"```(\w+)[^\n]*\n(.*?)```", text, re.DOTALL)[:2])
    written = []
    for name, language in (("readiness.yaml", "yaml"), ("pyproject.toml", "toml")):
        folder = tmp_path / language
        folder.mkdir()
        (folder / name).write_text(blocks[language], encoding="utf-8")
        written.append(find_config(folder, folder).config)
    assert written[0] == written[1] != Config()


def test_the_configuration_in_the_readme_is_valid(tmp_path: Path) -> None:
    readme = PAGE.parents[1].joinpath("README.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```yaml file=\S*readiness\.yaml\n(.*?)```", readme, re.DOTALL)
    (tmp_path / "readiness.yaml").write_text(block, encoding="utf-8")
    assert find_config(tmp_path, tmp_path).config != Config()
