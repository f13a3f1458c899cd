"""What `kg evaluate` makes of right, wrong, missed and optional facts, and of confidence."""

import json
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.evaluation import Evaluation, read_gold
from kg.extract.scoring import Score


def test_the_calibration_error_is_the_weighted_gap_of_confidence_and_precision() -> None:
    judged = [(0.9, True)] * 9 + [(0.9, False)] + [(0.5, True)] * 10
    assert Evaluation(judged=judged).calibration_error() == pytest.approx(0.25)
    assert Evaluation().calibration_error() == 0.0


def test_the_dial_gives_precision_and_recall_of_what_is_kept() -> None:
    facts = Score()
    facts.right["metWith"], facts.missed["metWith"], facts.wrong["metWith"] = 3, 1, 1
    judged = [(0.9, True), (0.8, True), (0.4, True), (0.4, False)]
    rows = list(Evaluation(facts, judged=judged).dial([0.0, 0.5]))
    assert rows == [(0.0, 0.75, 0.75, 0.75), (0.5, 1.0, 0.5, pytest.approx(2 / 3))]


def test_a_line_that_is_no_gold_record_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "a", "text": "x", "entities": [], "triples": []}) + '\n{"id": "b"}\n', "utf-8")
    with pytest.raises(SourceError, match=r"gold\.jsonl:2: lacks entities, text, triples"):
        read_gold(path)
