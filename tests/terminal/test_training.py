"""`kg train` refuses what it cannot learn from before it touches any weights."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main

pytestmark = pytest.mark.model


def test_too_few_articles_are_told_by_relation_and_nothing_is_written(tmp_path: Path) -> None:
    weights = sorted((Path(__file__).parents[2] / "kg").rglob("weights/**/*.*"))
    before = {path: path.stat().st_mtime_ns for path in weights}
    record = {
        "id": "a", "text": "Ana met Ben.", "entities": [{"name": n, "type": "Person"} for n in ("Ana", "Ben")],
        "triples": [["Ana", "metWith", "Ben"]],
    }  # fmt: skip
    gold = tmp_path / "gold.jsonl"
    gold.write_text("".join(json.dumps({**record, "id": str(n)}) + "\n" for n in range(12)), encoding="utf-8")
    done = CliRunner().invoke(main, ["train", str(gold)])
    assert done.exit_code == 1
    assert "too few tell conferredBy (0)" in done.stderr
    assert "metWith" not in done.stderr
    assert before == {path: path.stat().st_mtime_ns for path in weights}
