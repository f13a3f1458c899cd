"""The scorer's parts on numbers small enough to check by hand."""

from __future__ import annotations

import numpy as np
import pytest

from kg.extract.joins import PATHS, Joins, walk
from kg.extract.names import bucket, code
from kg.extract.scorer import Bags, Linear
from kg.extract.trees import Forest, _below


def forest() -> Forest:
    """Two trees: `x0 <= 1.5 ? -1 : (x1 <= 0 ? 2 : 3)` and the leaf 0.5."""
    return Forest(
        np.array([0, 5], np.int32),
        np.array([0, 0, 1, 0, 0, 0], np.int32),
        np.array([1.5, np.inf, 0, np.inf, np.inf, np.inf], np.float32),
        np.array([1, 1, 3, 3, 4, 5], np.int32),
        np.array([2, 1, 4, 3, 4, 5], np.int32),
        np.array([0, -1, 0, 2, 3, 0.5], np.float32),
    )


def test_trees_add_up_their_leaves():
    rows = np.array([[1.5, 9], [2, 0], [2, 1]], np.float32)
    assert forest().scores(rows).tolist() == [-0.5, 2.5, 3.5]


def test_a_forest_survives_its_arrays():
    again = Forest.of(forest().arrays("met"), "met")
    assert all(np.array_equal(getattr(again, name), getattr(forest(), name)) for name in Forest.__slots__)


def test_a_threshold_is_never_rounded_up():
    assert all(_below(number) <= number for number in (0.1, 0.7, 1 / 3, 123456.789, -0.1))


def test_trees_agree_with_the_library_that_trained_them():
    lightgbm = pytest.importorskip("lightgbm")
    random = np.random.default_rng(0)
    rows = random.normal(size=(400, 5)).astype(np.float32)
    labels = (rows[:, 0] + rows[:, 1] ** 2 > 0.5).astype(np.float32)
    booster = lightgbm.train(
        {"objective": "binary", "num_leaves": 7, "verbose": -1, "num_threads": 1}, lightgbm.Dataset(rows, labels), 20
    )
    ours = Forest.from_lightgbm(booster).scores(rows)
    assert np.allclose(ours, booster.predict(rows, raw_score=True), atol=1e-4)


def test_unknown_features_count_nothing():
    linear = Linear(np.array([3, 7], np.uint32), np.array([[1.0, 2.0], [4.0, 8.0]], np.float32), np.float32([0.5, 0]))
    assert linear.score({7, 99}).tolist() == [4.5, 8.0]
    assert linear.score(set()).tolist() == [0.5, 0.0]


def test_features_hash_the_same_everywhere():
    assert code("mid=so:of") == 4058192705
    assert code("b", code("a")) == code("ab")
    assert [bucket(n) for n in (0, 3, 4, 8, 25, 26)] == ["0", "3", "4-5", "6-8", "15-25", "26+"]


def test_a_walk_takes_the_best_way():
    first = np.array([[0, 0.5], [0, 0]], np.float32)
    second = np.array([[0, 0], [0.4, 0.2]], np.float32)
    assert walk(first, second)[0].tolist() == pytest.approx([0.2, 0.1])


def test_leaders_who_met_join_their_countries():
    relations = sorted(
        {name.strip("~") for path in PATHS for name in path.split()} - {"leads"} | {"officialOf", "leaderOf"}
    )
    # 0 leads 1, 2 leads 3, 0 met 2; asked: do 1 and 3 cooperate?
    subjects, objects = np.array([0, 2, 0, 1]), np.array([1, 3, 2, 3])
    scores = np.full((4, len(relations)), np.nan, np.float32)
    scores[0, relations.index("leaderOf")] = 0.9
    scores[1, relations.index("leaderOf")] = 0.8
    scores[2, relations.index("metWith")] = 0.5
    rows = Joins(4, relations, subjects, objects, scores).features()
    assert rows[3, PATHS.index("~leads metWith leads")] == pytest.approx(0.36)
    assert rows[0, PATHS.index("metWith leads")] == 0.0


def test_many_sets_are_added_up_as_one_is():
    random = np.random.default_rng(0)
    hashes = np.unique(random.integers(0, 2**32, 500, np.uint32))
    weights = random.normal(size=(len(hashes), 3)).astype(np.float32)
    linear = Linear(hashes, weights, np.zeros(3, np.float32))
    sets = [random.choice(hashes, n % 7).tolist() + random.choice(hashes, 2).tolist() + [n] for n in range(600)]
    bags = Bags([[], *sets])
    sums = linear.sums(bags, bags.owner, 601)
    assert sums[0].tolist() == [0, 0, 0]
    place = {code: n for n, code in enumerate(hashes.tolist())}
    for codes, row in zip(sets, sums[1:], strict=True):
        assert np.allclose(row, weights[[place[code] for code in set(codes) if code in place]].sum(axis=0), atol=1e-5)
