"""Measures how well `kg` reads the gold articles, and keeps the floors in `floors.json`.

    python tests/quality/measure.py [--gold ../shared/gold] [--update] [--lower]

Prints what was measured beside the floors. `--update` raises each floor to what was measured less `SLACK`; a floor
that would fall stays, unless `--lower` says that it may.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

from kg.evaluation import Evaluation, evaluate

FLOORS = Path(__file__).parent / "floors.json"
SLACK = 0.02
"""What a measure may fall short of its last value before the gate closes: two or three facts of the whole."""

LEAST = 20
"""Relations and types with fewer gold items than this have no floor of their own: one item moves them too far."""


def digest(path: Path) -> str:
    """The SHA-256 of the gold file, so that floors are never compared across data."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def measures(result: Evaluation) -> dict[str, float]:
    """Name -> value, higher is better."""
    precision, recall, f1 = result.facts.measure()
    values = {
        "facts precision": precision,
        "facts recall": recall,
        "facts F1": f1,
        "entities F1": result.entities.measure()[2],
        "calibration": 1 - result.calibration_error(),
    }
    for kind, score in (("facts", result.facts), ("entities", result.entities)):
        for name in score.relations:
            if score.right[name] + score.missed[name] >= LEAST:
                values[f"{kind} F1 {name}"] = score.measure(name)[2]
    return {name: round(value, 4) for name, value in values.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=Path(__file__).parents[3] / "shared" / "gold")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--lower", action="store_true")
    args = parser.parse_args()
    path = args.gold / "dev.jsonl"
    kept = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {"digest": "", "floors": {}}
    old = kept["floors"] if kept["digest"] == digest(path) else {}
    values = measures(evaluate(path))
    for name, value in values.items():
        print(f"{name:36} {value:.3f}  floor {old.get(name, 0):.3f}")
    if args.update:
        new = {name: round(max(value - SLACK, 0), 3) for name, value in values.items()}
        floors = {name: floor if args.lower else max(floor, old.get(name, 0)) for name, floor in new.items()}
        record = {"data": path.name, "digest": digest(path), "floors": floors}
        FLOORS.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
