"""The project's scorer gives what `gold/score.py` gives, on told facts and on every way of spoiling them."""

import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kg.extract.scoring import Found, Score, match, names_entity

RELATIONS = ("leaderOf", "metWith", "cooperatesIn", "said", "tradeTurnover", "connects")


@pytest.fixture(scope="module")
def reference(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("gold_score", shared / "gold" / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def spoil(name: str, rng: random.Random) -> str:
    words = name.split()
    return rng.choice(
        [name, name.upper(), "the " + name, name + "s", " ".join(words[1:]) or name, " ".join(reversed(words)), "Ana"]
    )


def facts_of(record: dict[str, Any], rng: random.Random) -> list[Found]:
    found = []
    for fact in record["triples"] + record["optional"]:
        subject, relation, obj, *value = fact
        if rng.random() < 0.2:
            relation = rng.choice(RELATIONS)
        if rng.random() < 0.2:
            subject, obj = obj, subject
        for _ in range(rng.choice([1, 1, 2])):
            names = tuple(spoil(subject, rng) for _ in range(2))
            others = tuple(spoil(obj, rng) for _ in range(2))
            figure = rng.choice([*value, "$9,000.5 million", None])
            found.append(Found(names[0], names, relation, others[0], others, figure))
    return found


@pytest.mark.shared
def test_equal_to_the_reference_scorer(shared: Path, reference: ModuleType) -> None:
    rng = random.Random(7)
    lines = (shared / "gold" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    for record in map(json.loads, lines):
        found = facts_of(record, rng)
        rows = [(f.subject, list(f.subject_names), f.relation, f.object, list(f.object_names), f.value) for f in found]
        hits, misses, wrong = reference.match(record, rows)
        ours = match(record, found)
        assert (ours[0], ours[1]) == (hits, misses), record["id"]
        assert sorted((f.relation, f.subject_names) for f in ours[2]) == sorted((w[1], tuple(w[0])) for w in wrong)


def test_a_fact_found_twice_counts_once_and_an_optional_one_not_at_all() -> None:
    record = {
        "entities": [{"name": "Ana Petrova", "type": "Person"}, {"name": "Oslo", "type": "City"}],
        "triples": [["Ana Petrova", "visited", "Oslo"]],
        "optional": [["Ana Petrova", "leaderOf", "Oslo"]],
    }
    names = (("Ana Petrova",), ("Oslo",))
    found = [Found("a", names[0], relation, "o", names[1]) for relation in ("visited", "visited", "leaderOf", "said")]
    score = Score()
    score.add(*match(record, found))
    assert (score.right, score.missed, score.wrong) == ({"visited": 1}, {}, {"said": 1})
    assert score.measure() == (0.5, 1.0, pytest.approx(2 / 3))


@pytest.mark.parametrize(
    ("name", "told", "same"),
    [
        ("Vucic", {"name": "Vučić", "type": "Person"}, True),
        ("energy and gas", {"name": "energy", "type": "Sector"}, True),
        ("Bank of Norway", {"name": "Bank of Sweden", "type": "Organization"}, False),
        ("the Netherlands", {"name": "Holland", "aliases": ["Netherlands"], "type": "Country"}, True),
    ],
)
def test_names_match_as_the_guidelines_say(name: str, told: dict[str, Any], same: bool) -> None:
    assert names_entity([name], told) is same
