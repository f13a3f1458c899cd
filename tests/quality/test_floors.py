"""The gate: no measure on the gold articles falls under its floor. `measure.py` says how floors move."""

import importlib.util
import json
from pathlib import Path

import pytest

from kg.evaluation import Evaluation, evaluate

HERE = Path(__file__).parent
spec = importlib.util.spec_from_file_location("measure", HERE / "measure.py")
assert spec and spec.loader
measure = importlib.util.module_from_spec(spec)
spec.loader.exec_module(measure)

pytestmark = [pytest.mark.model, pytest.mark.shared]


@pytest.fixture(scope="module")
def result(shared: Path) -> Evaluation:
    return evaluate(shared / "gold" / "dev.jsonl")


def test_the_floors_belong_to_these_data(shared: Path) -> None:
    kept = json.loads(measure.FLOORS.read_text(encoding="utf-8"))
    assert kept["digest"] == measure.digest(shared / "gold" / "dev.jsonl")


def test_nothing_falls_under_its_floor(result: Evaluation) -> None:
    floors = json.loads(measure.FLOORS.read_text(encoding="utf-8"))["floors"]
    values = measure.measures(result)
    assert {n: values.get(n, 0.0) for n, floor in floors.items() if values.get(n, 0.0) < floor} == {}


def test_every_measure_has_a_floor(result: Evaluation) -> None:
    floors = json.loads(measure.FLOORS.read_text(encoding="utf-8"))["floors"]
    assert set(measure.measures(result)) == set(floors)
