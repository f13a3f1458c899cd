"""`kg train` refuses what it cannot learn from before it touches any weights."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.detect.words_training import _lower_case, make_words
from kg.errors import KGError

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


def test_a_folder_without_vectors_is_no_source_of_words(tmp_path: Path) -> None:
    table = tmp_path / "words.npz"
    with pytest.raises(KGError, match="no vectors"):
        make_words(tmp_path, table)
    assert not table.exists()


def test_a_word_is_known_by_its_lower_case_key_first() -> None:
    spelled = [("Apple", 1), ("apple", 2), ("Oslo", 3), ("1st", 4), ("co-op", 5), ("x.y", 6)]
    assert _lower_case(spelled) == {"apple": 2, "co-op": 5, "oslo": 3}
