"""Trains the choice of the sentences shown for a fact, from the sentences that the gold says state it."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.detect.annotated import Annotated
from kg.detect.assembly import Assembled
from kg.detect.training import fold_numbers
from kg.extract.candidates import read_candidates, relation_names
from kg.extract.gold import article_of
from kg.extract.lessons import (
    RIGHT,
    Lesson,
    gold_page,
    open_reader,
    prepare_lessons,
    read_docs,
    told_spans,
)
from kg.extract.proofs import SURE, WEIGHTS, Sentences, glimpse
from kg.extract.training import FOLDS, Pool, fit_columns
from kg.extract.trees import Forest

log = logging.getLogger(__name__)
Floats = NDArray[np.float32]
ROUNDS = 60
TREES = {
    "objective": "binary", "learning_rate": 0.1, "num_leaves": 15, "min_data_in_leaf": 30, "feature_fraction": 0.6,
    "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0, "verbose": -1, "num_threads": 1,
    "deterministic": True, "force_row_wise": True,
}  # fmt: skip


Fact = tuple[list[list[float]], list[bool]]


def _facts(record: Mapping[str, Any], annotated: Annotated, lesson: Lesson, sights: Floats) -> Iterator[Fact]:
    """For each right fact of a lesson its sentences' rows, and whether each states it; `sights` are out of fold."""
    reader = open_reader(annotated)
    told, sentences = told_spans(record, reader.page.entities), Sentences(reader.page, reader.roles)
    relations, start = relation_names(), 0
    for row, candidate in enumerate(read_candidates(reader)):
        seen, start = range(start, start + len(candidate.sights)), start + len(candidate.sights)
        for column in np.flatnonzero((lesson.labels[row] == RIGHT) & lesson.mask[row]).tolist():
            glimpses = [glimpse(candidate.sights[n - seen.start], float(sights[n, column])) for n in seen]
            numbers, rows = sentences.weigh(candidate.subject, candidate.object, column, glimpses)
            spans = told(candidate.subject, relations[column], candidate.object)
            if spans and rows:
                bounds = map(reader.page.bounds, numbers)
                yield rows, [any(min(end, stop) > max(at, begin) for begin, stop in spans) for at, end in bounds]


def _unseeing_sights(pool: Pool, seed: int) -> Floats:
    """Stage 1's log-odds of each sight, by models that had not seen its article."""
    out = np.zeros((len(pool.sight_rows), pool.mask.shape[1]), np.float32)
    folds = pool.row_fold[pool.sight_rows]
    for fold in range(FOLDS):
        kept = folds != fold
        mask = pool.mask[pool.sight_rows[kept]]
        weights, bias = fit_columns(pool.sights.matrix[kept], pool.sight_labels[kept], mask, seed, False)
        out[~kept] = pool.sights.matrix[~kept] @ weights + bias
    return out


def _fit(rows: Floats, labels: NDArray[np.bool_], seed: int) -> Any:
    import lightgbm

    data = lightgbm.Dataset(rows, labels.astype(np.float32))
    return lightgbm.train({**TREES, "seed": seed}, data, num_boost_round=ROUNDS)


def measure(scores: Floats, labels: NDArray[np.bool_], facts: NDArray[np.intp]) -> tuple[float, float, float]:
    """The share of facts whose first sentence states it, whose shown ones do, and how many are shown of a fact."""
    order = np.lexsort((-scores, facts))
    groups = np.split(order, np.flatnonzero(np.diff(facts[order])) + 1)
    shown = [group[: 1 if scores[group[0]] >= SURE else 2] for group in groups]
    first = np.mean([labels[group[0]] for group in groups])
    return float(first), float(np.mean([labels[g].any() for g in shown])), float(np.mean([len(g) for g in shown]))


def fit_proofs(
    table: Floats, truth: NDArray[np.bool_], facts: NDArray[np.intp], folds: NDArray[np.intp], path: Path, seed: int
) -> Floats:
    """Writes the weights; returns each row's probability by cross-validation. `facts` tells the rows of one fact."""
    scores = np.zeros(len(table), np.float32)
    for fold in np.unique(folds):
        scores[folds == fold] = _fit(table[folds != fold], truth[folds != fold], seed).predict(table[folds == fold])
    log.info("proofs: first states %.3f, shown state %.3f, %.2f shown a fact", *measure(scores, truth, facts))
    np.savez_compressed(path, **Forest.from_lightgbm(_fit(table, truth, seed)).arrays("proofs"))  # type: ignore[arg-type]
    return scores


def train_proofs(
    records: Sequence[Mapping[str, Any]], found: Sequence[Assembled], path: Path = WEIGHTS, seed: int = 7
) -> Floats:
    """Trains on the right facts of gold records, on the gold's entities and on those found; writes the weights."""
    docs = read_docs(records)
    folds = [*fold_numbers(len(records), FOLDS, seed)] * 2
    lessons = prepare_lessons(records, docs, found)
    sights, start = _unseeing_sights(Pool(lessons, np.array(folds, np.intp)), seed), 0
    pages = [
        *map(gold_page, records, docs),
        *(Annotated(article_of(r), d, *f) for r, d, f in zip(records, docs, found, strict=True)),
    ]
    rows, labels, fact_of, fold_of = list[list[float]](), list[bool](), list[int](), list[int]()
    for n, (lesson, page) in enumerate(zip(lessons, pages, strict=True)):
        own, start = sights[start : start + len(lesson.sight_rows)], start + len(lesson.sight_rows)
        for numbers, stated in _facts(records[n % len(records)], page, lesson, own):
            fact_of += [fact_of[-1] + 1 if fact_of else 0] * len(numbers)
            fold_of += [folds[n]] * len(numbers)
            rows += numbers
            labels += stated
    facts, fold = np.array(fact_of, np.intp), np.array(fold_of, np.intp)
    return fit_proofs(np.array(rows, np.float32), np.array(labels), facts, fold, path, seed)


__all__ = ["fit_proofs", "measure", "train_proofs"]
