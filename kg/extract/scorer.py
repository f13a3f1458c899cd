"""The learned scorer: candidates of a page -> the probability of each relation, in two stages.

Stage 1 are linear models over sparse features, one of whole pairs and one of single sights. Stage 2 are boosted trees
over their scores, dense measures, and joins with the other likely facts of the article. All is numpy.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.extract.candidates import Candidate
from kg.extract.features import PairReader
from kg.extract.joins import Joins
from kg.extract.measures import measure
from kg.extract.trees import Forest

WEIGHTS = Path(__file__).with_name("weights") / "scorer.npz"
NEVER = -12.0  # log-odds where the types do not allow a relation
PRUNED = -4.5  # blended log-odds below which stage 2 is not asked; by cross-validation no fact it would keep is lost
MUTED = -5.5  # log-odds of stage 1 below which a fact is not told at all
_CHUNK = 256  # rows whose weights are gathered together: they stay in the processor's cache
Floats = NDArray[np.float32]


def sigmoid(scores: NDArray[Any]) -> Floats:
    """Probabilities of log-odds."""
    out: Floats = (1.0 / (1.0 + np.exp(-np.clip(scores, -30, 30)))).astype(np.float32)
    return out


class Bags:
    """Sets of feature codes, many at once: the distinct codes sorted, and for each member its set and its code."""

    def __init__(self, bags: Sequence[Collection[int]]) -> None:
        sizes = np.fromiter(map(len, bags), np.intp, len(bags))
        flat = np.fromiter(chain.from_iterable(bags), np.uint32, int(sizes.sum()))
        self.codes, self.inverse = np.unique(flat, return_inverse=True)
        self.owner = np.repeat(np.arange(len(bags)), sizes)


class Linear:
    """Linear models, one a column, over hashed features: `hashes` sorted, a row of `weights` for each."""

    def __init__(self, hashes: NDArray[np.uint32], weights: Floats, bias: Floats) -> None:
        self.hashes, self.bias = hashes, bias
        self.weights = weights.astype(np.float32)

    def score(self, codes: Collection[int]) -> Floats:
        """Log-odds of each column for a set of features; unknown ones count nothing."""
        bags = Bags([codes])
        total: Floats = self.sums(bags, bags.owner, 1)[0] + self.bias
        return total

    def sums(self, bags: Bags, rows: NDArray[np.intp], count: int) -> Floats:
        """The weights of each of `count` rows, added up. `rows` gives each member's row; a code counts once a row."""
        total = np.zeros((count, len(self.bias)), np.float32)
        if not len(self.hashes):
            return total
        places = np.minimum(np.searchsorted(self.hashes, bags.codes), len(self.hashes) - 1)
        known = (self.hashes[places] == bags.codes)[bags.inverse]
        size = len(self.hashes)
        keys = np.sort(rows[known] * size + places[bags.inverse[known]])
        keys = keys[_begins(keys)]
        owners = keys // size
        members = keys - owners * size
        cuts = [0, *range(_CHUNK, count, _CHUNK), count]
        for start, end in pairwise(np.searchsorted(owners, cuts).tolist()):
            first = np.flatnonzero(_begins(owners[start:end]))
            if len(first):
                gathered = self.weights.take(members[start:end], axis=0)
                total[owners[start + first]] = np.add.reduceat(gathered, first, axis=0)
        return total


def _begins(ordered: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Where a run of equal numbers begins. Sorting and this take a tenth of what `np.unique` does."""
    out = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=out[1:])
    return out


@dataclass(frozen=True, slots=True)
class Scores:
    """What stage 1 says of a page's candidates: log-odds by pair, by best sight, and which sight that is."""

    pair: Floats
    sight: Floats
    best: NDArray[np.intp]


def allowed(candidates: Sequence[Candidate], relations: Sequence[str]) -> NDArray[np.bool_]:
    """Which relations the types of each candidate allow."""
    column = {name: n for n, name in enumerate(relations)}
    mask = np.zeros((len(candidates), len(relations)), bool)
    for row, candidate in enumerate(candidates):
        mask[row, [column[name] for name in candidate.relations]] = True
    return mask


def pair_codes(candidate: Candidate) -> set[int]:
    """All features of a candidate: its own and those of its sights."""
    return set(candidate.codes).union(*(sight.codes for sight in candidate.sights))


def blend(pair: Floats, sight: Floats, opinions: Floats) -> Floats:
    """Log-odds by all that is known before stage 2; the encoder's opinion weighs as much as both models of stage 1."""
    out: Floats = ((pair + np.maximum(sight, -9.0) + 2 * opinions) / 4).astype(np.float32)
    return out


def second_stage(
    reader: PairReader,
    candidates: Sequence[Candidate],
    mask: NDArray[np.bool_],
    first: Scores,
    opinions: Floats,
    relations: Sequence[str],
    asked: NDArray[np.intp],
) -> Floats:
    """What the trees read of the candidates asked for, a row each. All candidates count as likely facts beside them."""
    width = len(relations)
    subjects = np.array([candidate.subject for candidate in candidates], np.intp)
    objects = np.array([candidate.object for candidate in candidates], np.intp)
    one = first.pair[:, :width]
    likely = np.where(mask, sigmoid(blend(one, first.sight, opinions)), np.float32(0))
    joins = Joins(len(reader.page.entities), relations, subjects, objects, likely).features(asked)
    rows = [candidates[row] for row in asked]
    numbers = np.array([measure(reader, c.subject, c.object, c.sights) for c in rows], np.float32)
    parts = (one, first.sight, first.pair[:, width:], opinions)
    scores = [np.where(mask[asked], part[asked], NEVER) for part in parts]
    return np.concatenate([*scores, joins, numbers], axis=1).astype(np.float32)


def unasserted_features(dense: Floats, pair: Floats, likely: Floats, column: NDArray[np.intp], width: int) -> Floats:
    """Rows for the booster that all relations share: the relation, both scores of stage 1, stage 2's, and the rest."""
    lines = np.arange(len(dense))
    own, other = pair[lines, column], pair[lines, width + column]
    top = pair[:, width:].max(axis=1)
    return np.column_stack([column, own, other, top, likely, dense[:, 2 * width :]]).astype(np.float32)


class Scorer:
    """The weights in memory."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self.card: dict[str, Any] = json.loads(bytes(arrays["card"]).decode())
        self.relations: list[str] = self.card["relations"]
        self.pairs = Linear(arrays["pair.hashes"], arrays["pair.weights"], arrays["pair.bias"])
        self.sights = Linear(arrays["sight.hashes"], arrays["sight.weights"], arrays["sight.bias"])
        self.forests = {name: Forest.of(arrays, name) for name in self.relations}
        self.unasserted = Forest.of(arrays, "unasserted")
        self.statuses = Linear(arrays["status.hashes"], arrays["status.weights"], arrays["status.bias"])
        self.knots = arrays["knots"]

    def first(self, candidates: Sequence[Candidate]) -> Scores:
        """Stage 1."""
        width, count = len(self.relations), len(candidates)
        seen = np.fromiter((len(candidate.sights) for candidate in candidates), np.intp, count)
        sights = [sight.codes for candidate in candidates for sight in candidate.sights]
        owner = np.concatenate([np.arange(count), np.repeat(np.arange(count), seen)])
        bags = Bags([*(candidate.codes for candidate in candidates), *sights])
        pair = self.pairs.sums(bags, owner[bags.owner], count) + self.pairs.bias
        parts = self.sights.sums(bags, bags.owner, len(owner))
        sight = np.full((count, width), NEVER, np.float32)
        best = np.full((count, width), -1, np.intp)
        starts = count + np.cumsum(seen) - seen
        for number in range(seen.max(initial=0)):
            rows = np.flatnonzero(seen > number)
            scores = parts[rows] + parts[starts[rows] + number] + self.sights.bias
            better = scores > sight[rows]
            sight[rows] = np.where(better, scores, sight[rows])
            best[rows] = np.where(better, number, best[rows])
        return Scores(pair, sight, best)

    def calibrate(self, probabilities: Floats) -> Floats:
        """The share of right facts among those that the trees score so."""
        out: Floats = np.interp(probabilities, self.knots[0], self.knots[1]).astype(np.float32)
        return out


@cache
def load_scorer(path: Path = WEIGHTS) -> Scorer | None:
    """The shipped scorer, loaded once; None where its file is absent."""
    if not path.is_file():
        return None
    with np.load(path) as arrays:
        return Scorer({name: arrays[name] for name in arrays.files})
