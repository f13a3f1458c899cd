"""How names and facts gain from more articles: trains on shares of four fifths of the gold, tests on the last fifth.

    python tests/benchmarks/learning_curve.py GOLD.jsonl... [--shares 8 4 2 1]

Names: exact spans with their type by the tagger without the encoder. Facts: the scorer on the gold's own entities,
without the encoder's opinions, F1 at its best threshold. Needs `pip install kg[train]`.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from kg.detect.training import Lesson as Text
from kg.detect.training import fold_numbers, prepare, train_tagger
from kg.evaluation import read_gold
from kg.extract.candidates import relation_names
from kg.extract.lessons import RIGHT, UNTOLD, gold_lessons
from kg.extract.training import FOLDS, Pool, best_threshold, dense_rows, fit_first, fit_second, score_out_of_fold

SEED = 7


def names_score(seen: Sequence[Text], unseen: Sequence[Text]) -> float:
    """F1 of the names in the unseen articles."""
    right = found = told = 0
    with TemporaryDirectory() as folder:
        tagger = train_tagger(seen, Path(folder))
        for text in unseen:
            gold = {span for layer in text.gold.values() for span in layer}
            made = {(f.start, f.end, f.type) for f in tagger.find_in(text.doc, text.sentences) if f.sure}
            right, found, told = right + len(gold & made), found + len(made), told + len(gold)
    return 2 * right / (found + told)


def facts_score(seen: Sequence[Any], unseen: Sequence[Any], told: int) -> float:
    """F1 of the facts between the gold's entities in the unseen articles."""
    relations = relation_names()
    inner = fold_numbers(len(seen), FOLDS, SEED)
    pool = Pool([*seen, *unseen], np.array([*inner, *[FOLDS] * len(unseen)], np.intp))
    kept = pool.row_fold < FOLDS
    known = Pool(seen, np.array(inner, np.intp))
    pair, sight = score_out_of_fold(known, SEED)
    boosters = fit_second(known, dense_rows(known, pair, sight, relations), SEED, np.ones(len(known.mask), bool))
    first = fit_first(pool, kept, SEED)
    pair = np.asarray(pool.pairs.matrix @ first.pair[0] + first.pair[1], np.float32)
    sights = np.asarray(pool.sights.matrix @ first.sight[0] + first.sight[1], np.float32)
    best = np.full(pool.mask.shape, -12.0, np.float32)
    np.maximum.at(best, pool.sight_rows, sights)
    dense = dense_rows(pool, pair, best, relations)[~kept]
    mask, labels = pool.mask[~kept], pool.labels[~kept]
    likely = np.zeros(mask.shape, np.float32)
    for column, booster in enumerate(boosters):
        rows = np.flatnonzero(mask[:, column])
        likely[rows, column] = booster.predict(dense[rows])
    judged = mask & (labels != UNTOLD)
    return best_threshold(likely[judged], labels[judged] == RIGHT, told)[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--shares", nargs="+", type=int, default=[8, 4, 2, 1])
    args = parser.parse_args()
    records = [record for path in args.gold for record in read_gold(path)]
    folds = fold_numbers(len(records), FOLDS, SEED)
    texts, lessons = prepare(records), gold_lessons(records)
    test = [n for n, fold in enumerate(folds) if fold == 0]
    rest = [n for n, fold in enumerate(folds) if fold != 0]
    told = sum(fact[1] in relation_names() for n in test for fact in records[n]["triples"])
    for share in args.shares:
        part = rest[::share]
        names = names_score([texts[n] for n in part], [texts[n] for n in test])
        facts = facts_score([lessons[n] for n in part], [lessons[n] for n in test], told)
        print(f"{len(part):5} articles  names F1 {names:.3f}  facts on gold entities F1 {facts:.3f}", flush=True)


if __name__ == "__main__":
    main()
