"""Trains the scorer from articles with facts told by hand. Deterministic for a seed; needs scikit-learn and LightGBM.

Both stages learn from the gold's entities and from entities found by a tagger that had not seen the article: with the
first alone the scorer trusts names too much, with the second alone it learns from fewer facts. Stage 2 learns from what
stage 1 said of articles that it had not seen.
"""

from __future__ import annotations

import json
import logging
import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.detect.assembly import Assembled
from kg.detect.encoder import Encoder
from kg.detect.training import fold_numbers
from kg.errors import KGError
from kg.extract.candidates import relation_names
from kg.extract.joins import Joins
from kg.extract.lessons import (
    RIGHT,
    STATUSES,
    UNTOLD,
    WRONG,
    Codes,
    Lesson,
    full_sight_codes,
    prepare_lessons,
    read_docs,
    whole_codes,
)
from kg.extract.opinions import settle
from kg.extract.scorer import NEVER, WEIGHTS, blend, sigmoid, unasserted_features
from kg.extract.trees import Forest

log = logging.getLogger(__name__)
Floats = NDArray[np.float32]
FOLDS = 5
LEAST = 2 * FOLDS  # articles that must tell a relation, so that each fold has some to learn from
RARE = 4  # a feature that fewer pairs show is not learned
STRENGTH = 0.3  # inverse of the L2 penalty of stage 1
ROUNDS = 150
TREES = {
    "objective": "binary", "learning_rate": 0.05, "num_leaves": 15, "min_data_in_leaf": 20, "feature_fraction": 0.3,
    "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0, "verbose": -1, "num_threads": 1,
    "deterministic": True, "force_row_wise": True,
}  # fmt: skip


class Table:
    """Rows of codes as a sparse matrix over the codes that are frequent enough."""

    def __init__(self, rows: Sequence[Codes], vocabulary: Codes | None = None) -> None:
        import scipy.sparse

        flat = np.concatenate(rows) if rows else np.zeros(0, np.uint32)
        if vocabulary is None:
            codes, counts = np.unique(flat, return_counts=True)
            vocabulary = codes[counts >= RARE]
        self.vocabulary = vocabulary
        places = np.minimum(np.searchsorted(vocabulary, flat), max(0, len(vocabulary) - 1))
        known = vocabulary[places] == flat
        ends = np.cumsum([0, *map(len, rows)])
        starts = np.concatenate([[0], np.cumsum(known)])[ends]
        values = np.ones(int(known.sum()), np.float32)
        self.matrix = scipy.sparse.csr_matrix((values, places[known], starts), shape=(len(rows), len(vocabulary)))


def _fit_linear(matrix: Any, labels: NDArray[np.bool_], seed: int) -> tuple[Floats, float]:
    from sklearn.linear_model import LogisticRegression

    if not labels.any():
        return np.zeros(matrix.shape[1], np.float32), NEVER
    model = LogisticRegression(C=STRENGTH, solver="liblinear", dual=True, tol=0.1, max_iter=30, random_state=seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # thirty passes are enough, converged or not
        model.fit(matrix, labels)
    return model.coef_[0].astype(np.float32), float(model.intercept_[0])


def fit_columns(
    matrix: Any, labels: NDArray[np.int8], mask: NDArray[np.bool_], seed: int, both: bool
) -> tuple[Floats, Floats]:
    """A linear model for each relation; with `both`, another column each for facts told without being asserted."""
    width = labels.shape[1]
    weights = np.zeros((matrix.shape[1], width * (1 + both)), np.float32)
    bias = np.full(width * (1 + both), NEVER, np.float32)
    for column in range(width):
        rows = np.flatnonzero(mask[:, column] & (labels[:, column] >= WRONG))
        told = labels[rows, column]
        weights[:, column], bias[column] = _fit_linear(matrix[rows], told == RIGHT, seed)
        if both:
            weights[:, width + column], bias[width + column] = _fit_linear(matrix[rows], told > RIGHT, seed)
    return weights, bias


@dataclass
class Pool:
    """All lessons end to end."""

    lessons: Sequence[Lesson]
    folds: NDArray[np.intp]  # of each lesson

    def __post_init__(self) -> None:
        counts = [len(lesson.subjects) for lesson in self.lessons]
        self.starts = np.cumsum([0, *counts])
        self.row_fold = np.repeat(self.folds, counts)
        self.mask = np.concatenate([lesson.mask for lesson in self.lessons])
        self.labels = np.concatenate([lesson.labels for lesson in self.lessons])
        self.sight_rows = np.concatenate(
            [lesson.sight_rows + start for lesson, start in zip(self.lessons, self.starts, strict=False)]
        )
        self.sight_labels = np.concatenate([lesson.sight_labels for lesson in self.lessons])
        self.pairs = Table([codes for lesson in self.lessons for codes in whole_codes(lesson)])
        self.sights = Table([codes for lesson in self.lessons for codes in full_sight_codes(lesson)])


def _best_sights(pool: Pool, scores: Floats) -> Floats:
    best = np.full(pool.mask.shape, NEVER, np.float32)
    np.maximum.at(best, pool.sight_rows, scores)
    return best


@dataclass(frozen=True, slots=True)
class First:
    """Stage 1: the models of pairs and of sights."""

    pair: tuple[Floats, Floats]
    sight: tuple[Floats, Floats]


def fit_first(pool: Pool, rows: NDArray[np.bool_], seed: int) -> First:
    """Stage 1 on some of the pool's rows."""
    sights = rows[pool.sight_rows]
    mask = pool.mask[pool.sight_rows]
    return First(
        fit_columns(pool.pairs.matrix[rows], pool.labels[rows], pool.mask[rows], seed, True),
        fit_columns(pool.sights.matrix[sights], pool.sight_labels[sights], mask[sights], seed, False),
    )


def score_out_of_fold(pool: Pool, seed: int) -> tuple[Floats, Floats]:
    """What stage 1 says of each row when trained without the row's fold: by pair, by best sight."""
    width = pool.mask.shape[1]
    pair = np.zeros((len(pool.mask), 2 * width), np.float32)
    sight = np.zeros((len(pool.sight_rows), width), np.float32)
    for fold in range(FOLDS):
        kept = pool.row_fold != fold
        first = fit_first(pool, kept, seed)
        pair[~kept] = pool.pairs.matrix[~kept] @ first.pair[0] + first.pair[1]
        out = ~kept[pool.sight_rows]
        sight[out] = pool.sights.matrix[out] @ first.sight[0] + first.sight[1]
        log.info("stage 1, fold %d of %d", fold + 1, FOLDS)
    best = _best_sights(pool, sight)
    log.info("stage 1: the best sight's sentence states %.3f of the right facts", evidence_share(pool, sight, best))
    return pair, best


def evidence_share(pool: Pool, sight: Floats, best: Floats) -> float:
    """Of the right facts that some sentence shows, the share whose best sight stands in a sentence that states them."""
    top = sight >= best[pool.sight_rows]
    stated = np.zeros(pool.mask.shape, bool)
    np.logical_or.at(stated, pool.sight_rows, top & (pool.sight_labels == RIGHT))
    asked = (pool.labels == RIGHT) & (best > NEVER)
    return float(stated[asked].mean()) if asked.any() else 0.0


def dense_rows(pool: Pool, pair: Floats, sight: Floats, relations: Sequence[str]) -> Floats:
    """Stage 2's rows, as `scorer.second_stage` makes them."""
    width = len(relations)
    parts = []
    for lesson, start, end in zip(pool.lessons, pool.starts, pool.starts[1:], strict=False):
        one, other, best = pair[start:end, :width], pair[start:end, width:], sight[start:end]
        mask = lesson.mask
        opinions = settle(lesson.opinions, one)
        likely = np.where(mask, sigmoid(blend(one, best, opinions)), np.float32(0))
        joins = Joins(lesson.size, relations, lesson.subjects, lesson.objects, likely).features()
        scores = [np.where(mask, part, NEVER) for part in (one, best, other, opinions)]
        parts.append(np.concatenate([*scores, joins, lesson.numbers], axis=1))
    return np.concatenate(parts).astype(np.float32)


def _fit_trees(rows: Floats, labels: NDArray[np.bool_], seed: int) -> Any:
    import lightgbm

    data = lightgbm.Dataset(rows, labels.astype(np.float32))
    return lightgbm.train({**TREES, "seed": seed}, data, num_boost_round=ROUNDS)


def fit_second(pool: Pool, dense: Floats, seed: int, kept: NDArray[np.bool_]) -> list[Any]:
    """A booster for each relation."""
    boosters = []
    for column in range(pool.mask.shape[1]):
        rows = np.flatnonzero(kept & pool.mask[:, column] & (pool.labels[:, column] >= WRONG))
        boosters.append(_fit_trees(dense[rows], pool.labels[rows, column] == RIGHT, seed))
    return boosters


def unasserted_rows(
    pool: Pool, dense: Floats, pair: Floats, likely: Floats
) -> tuple[NDArray[np.intp], NDArray[np.intp], Floats]:
    """(row, relation) of every candidate fact, and what tells whether it is told without being asserted."""
    at, column = np.nonzero(pool.mask & (pool.labels >= WRONG))
    return at, column, unasserted_features(dense[at], pair[at], likely[at, column], column, pool.mask.shape[1])


@dataclass(frozen=True, slots=True)
class OutOfFold:
    """What each row was given by models that had not seen its article."""

    pair: Floats
    sight: Floats
    dense: Floats
    likely: Floats  # stage 2's probabilities
    unasserted: Floats


def read_out_of_fold(pool: Pool, relations: Sequence[str], seed: int) -> OutOfFold:
    """Both stages by cross-validation."""
    pair, sight = score_out_of_fold(pool, seed)
    dense = dense_rows(pool, pair, sight, relations)
    likely = np.zeros(pool.mask.shape, np.float32)
    for fold in range(FOLDS):
        kept = pool.row_fold != fold
        for n, booster in enumerate(fit_second(pool, dense, seed, kept)):
            out = np.flatnonzero(~kept & pool.mask[:, n])
            likely[out, n] = booster.predict(dense[out])
        log.info("stage 2, fold %d of %d", fold + 1, FOLDS)
    at, column, rows = unasserted_rows(pool, dense, pair, likely)
    told = pool.labels[at, column] > RIGHT
    unasserted = np.zeros(pool.mask.shape, np.float32)
    for fold in range(FOLDS):
        kept = pool.row_fold[at] != fold
        booster = _fit_trees(rows[kept], told[kept], seed)
        unasserted[at[~kept], column[~kept]] = booster.predict(rows[~kept])
    return OutOfFold(pair, sight, dense, likely, unasserted)


def fit_statuses(pool: Pool, seed: int, kept: NDArray[np.bool_] | None = None) -> tuple[Floats, Floats]:
    """A linear model for each status over the pairs told with one."""
    told = np.where(pool.mask & (pool.labels > RIGHT), pool.labels, 0).max(axis=1)
    rows = np.flatnonzero(told > 0) if kept is None else np.flatnonzero((told > 0) & kept)
    fits = [_fit_linear(pool.pairs.matrix[rows], told[rows] == 2 + n, seed) for n in range(len(STATUSES))]
    return np.stack([weights for weights, _ in fits], axis=1), np.array([bias for _, bias in fits], np.float32)


def fit_knots(likely: Floats, right: NDArray[np.bool_]) -> Floats:
    """Calibration: the isotonic curve from score to share of right facts, thinned to its corners."""
    from sklearn.isotonic import IsotonicRegression

    model = IsotonicRegression(y_min=0.001, y_max=0.995, out_of_bounds="clip").fit(likely, right)
    grid = np.linspace(0, 1, 41)
    return np.stack([grid, model.predict(grid)]).astype(np.float32)


def best_threshold(likely: Floats, right: NDArray[np.bool_], told: int) -> tuple[float, float]:
    """(threshold, F1): the calibrated probability above which keeping a fact gains; `told` facts are to be found."""
    order = np.argsort(-likely, kind="stable")
    hits = np.cumsum(right[order])
    scores = 2 * hits / (np.arange(1, len(order) + 1) + told)
    best = int(np.argmax(scores))
    return float(likely[order[best]]), float(scores[best])


def _thin(table: Table, weights: Floats) -> tuple[Codes, NDArray[np.float16]]:
    """The weights in half precision, without the rows that say nothing."""
    kept = np.abs(weights).max(axis=1) > 0.02
    thin = np.where(np.abs(weights) > 0.004, weights, 0.0).astype(np.float16)
    return table.vocabulary[kept], thin[kept]


def train_scorer(
    lessons: Sequence[Lesson],
    folds: Sequence[int],
    path: Path = WEIGHTS,
    seed: int = 7,
    told: int = 0,
    judged: int = 0,
    notes: Mapping[str, Any] | None = None,
) -> OutOfFold:
    """Trains on all lessons and writes the weights; returns the cross-validated scores.

    The first `judged` of the lessons on found entities, which come last, set the calibration and the thresholds (0: all
    do); `told` counts the facts to be found in them.
    """
    relations = relation_names()
    pool = Pool(lessons, np.array(folds, np.intp))
    out = read_out_of_fold(pool, relations, seed)
    everything = np.ones(len(pool.mask), bool)
    first = fit_first(pool, everything, seed)
    arrays: dict[str, NDArray[Any]] = {}
    for name, table, (weights, bias) in (
        ("pair", pool.pairs, first.pair), ("sight", pool.sights, first.sight),
        ("status", pool.pairs, fit_statuses(pool, seed)),
    ):  # fmt: skip
        arrays[f"{name}.hashes"], arrays[f"{name}.weights"] = _thin(table, weights)
        arrays[f"{name}.bias"] = bias
    for name, booster in zip(relations, fit_second(pool, out.dense, seed, everything), strict=True):
        arrays |= Forest.from_lightgbm(booster).arrays(name)
    at, column, rows = unasserted_rows(pool, out.dense, out.pair, out.likely)
    arrays |= Forest.from_lightgbm(_fit_trees(rows, pool.labels[at, column] > RIGHT, seed)).arrays("unasserted")
    card = {
        "relations": relations,
        "statuses": list(STATUSES),
        "seed": seed,
        **_calibrate(pool, out, arrays, told, judged),
        **(notes or {}),
    }
    arrays["card"] = np.frombuffer(json.dumps(card, sort_keys=True).encode(), np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]
    return out


def _calibrate(pool: Pool, out: OutOfFold, arrays: dict[str, NDArray[Any]], told: int, judged: int) -> dict[str, Any]:
    """Writes the calibration curve, from found entities alone; returns the thresholds."""
    half = len(pool.lessons) // 2  # lessons on found entities follow those on the gold's
    part = slice(pool.starts[half], pool.starts[half + judged] if judged else None)
    known = pool.mask[part] & (pool.labels[part] != UNTOLD)
    likely, labels = out.likely[part][known], pool.labels[part][known]
    arrays["knots"] = fit_knots(likely, labels == RIGHT)
    calibrated = np.interp(likely, *arrays["knots"])
    threshold, score = best_threshold(calibrated, labels == RIGHT, told or int((labels == RIGHT).sum()))
    unasserted = out.unasserted[part][known]
    cut, _ = best_threshold(unasserted, labels > RIGHT, int((labels > RIGHT).sum()))
    return {"threshold": round(threshold, 4), "unasserted_threshold": round(cut, 4), "cross_validated": round(score, 4)}


def check_enough(records: Sequence[Mapping[str, Any]]) -> None:
    """Raises KGError when a learned relation is told in too few articles for the folds."""
    told = Counter(name for record in records for name in {fact[1] for fact in record["triples"]})
    few = [f"{name} ({told[name]})" for name in relation_names() if told[name] < LEAST]
    if few:
        raise KGError(f"{LEAST} articles must tell each relation; too few tell {', '.join(few)}: add articles")


def train(
    records: Sequence[Mapping[str, Any]],
    found: Sequence[Assembled],
    path: Path = WEIGHTS,
    seed: int = 7,
    encoders: Sequence[Encoder] = (),
    judged: int = 0,
) -> OutOfFold:
    """Trains the scorer on gold records and on what a tagger found in each, out of fold, with the tagger's folds.

    The first `judged` records set calibration and thresholds (0: all do): give the real news first, what is made after.
    """
    docs = read_docs(records)
    folds = fold_numbers(len(records), FOLDS, seed)
    told = sum(fact[1] in relation_names() for record in records[: judged or None] for fact in record["triples"])
    return train_scorer(prepare_lessons(records, docs, found, encoders), [*folds, *folds], path, seed, told, judged)
