"""README says what is so: its tables are current and its commands run, in the order in which it gives them."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli import COMMANDS
from kg.collect.samples import samples_dir
from kg.publish.readme import with_tables

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def commands() -> list[list[str]]:
    lines = "\n".join(blocks("sh")).replace("\\\n", " ").splitlines()
    return [shlex.split(line, comments=True) for line in lines if line.startswith("kg ")]


def lay_samples(folder: Path) -> None:
    """README names the samples by their path in a checkout."""
    (folder / "kg" / "collect").mkdir(parents=True)
    (folder / "kg" / "collect" / "samples").symlink_to(samples_dir())


def test_the_tables_are_those_of_the_ontology() -> None:
    assert with_tables(README) == README, "README's tables are stale; run `kg ontology`"


def test_every_command_that_readme_names_exists() -> None:
    assert {words[1] for words in commands()} <= set(COMMANDS)
    assert len(commands()) >= 5


@pytest.mark.model
def test_readme_s_commands_run_as_written(tmp_path: Path) -> None:
    lay_samples(tmp_path)
    for words in commands():
        if words[1] in ("serve", "mcp"):
            continue  # they run until they are stopped
        run = [sys.executable, "-m", "kg", *words[1:]]
        done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, f"{shlex.join(words)}\n{done.stdout}\n{done.stderr}"


@pytest.mark.model
def test_readme_s_python_runs_as_written(tmp_path: Path) -> None:
    lay_samples(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(blocks("python"))],
        cwd=tmp_path, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
    assert (tmp_path / "out" / "graph.ttl").is_file()


def test_nothing_stands_at_the_top_but_what_the_design_allows() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    top = {line.split("/")[0] for line in tracked.splitlines()}
    allowed = {"pyproject.toml", "README.md", "LICENSE", "kg", "ontology", "exports", "tests"}
    assert {name for name in top if not name.startswith(".")} <= allowed


def test_modules_keep_to_400_lines() -> None:
    long = {p.name for p in (ROOT / "kg").rglob("*.py") if len(p.read_text(encoding="utf-8").splitlines()) > 400}
    assert long == set()
