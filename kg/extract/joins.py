"""Joined facts: what the other likely facts of the article say about a pair, such as that their leaders met."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kg.schema import load_schema

Matrix = NDArray[np.float32]

# Paths from subject to object over the relations' likely facts; `~` walks one backwards.
PATHS = (
    "cooperatesWith cooperatesIn",
    "cooperatesIn ~cooperatesIn",
    "signed ~signed",
    "~leads metWith leads",
    "~leads visited",
    "visited ~leads",
    "metWith leads",
    "metWith visited",
    "participatedIn ~participatedIn",
    "leads cooperatesWith ~leads",
    "participatedIn heldIn",
    "visited locatedIn",
    "visited ~locatedIn",
    "metWith participatedIn",
    "visited ~heldIn",
    "leads participatedIn",
    "~leads participatedIn",
    "leads signed",
    "~leads signed",
    "cooperatesWith signed",
    "metWith signed",
    "heldIn locatedIn",
    "heldIn ~locatedIn",
    "~participatedIn visited",
    "locatedIn locatedIn",
    "~heldIn heldIn",
    "~visited visited",
    "connects locatedIn",
    "connects ~locatedIn",
    "~receivedAward metWith",
    "conferredBy leads",
    "conferredBy ~leads",
    "receivedAward conferredBy",
    "leads locatedIn",
    "leads leads",
    "leads ~leads",
    "memberOf memberOf",
    "operatesIn locatedIn",
    "operatesIn ~locatedIn",
    "participatedIn ~signed",
    "~operatesIn cooperatesWith",
    "memberOf ~memberOf",
    "leads memberOf",
    "~leads memberOf",
    "metWith metWith",
    "visited ~visited",
    "leads cooperatesIn",
    "cooperatesWith cooperatesWith",
    "signed ~participatedIn",
    "leads heldIn",
    "locatedIn ~visited",
    "leads operatesIn",
    "locatedIn cooperatesWith",
    "locatedIn ~locatedIn",
)


def walk(first: Matrix, second: Matrix) -> Matrix:
    """The best product over the entity between: `out[i, k] = max over j of first[i, j] * second[j, k]`."""
    out: Matrix = (first[:, :, None] * second[None, :, :]).max(axis=1)
    return out


class Joins:
    """The likely facts of one article as matrices, from stage-1 probabilities of its candidates."""

    def __init__(
        self, size: int, relations: Sequence[str], subjects: NDArray[np.intp], objects: NDArray[np.intp], scores: Matrix
    ) -> None:
        self.size, self.relations = size, list(relations)
        self.subjects, self.objects = subjects, objects
        self.by: dict[str, Matrix] = {}
        filled = np.nan_to_num(scores, nan=0.0)
        for column, name in enumerate(self.relations):
            matrix = np.zeros((size, size), np.float32)
            matrix[subjects, objects] = filled[:, column]
            if load_schema().relations[name].symmetric:
                matrix = np.maximum(matrix, matrix.T)
            self.by[name] = matrix
        self.by["leads"] = np.maximum(self.by["leaderOf"], self.by["officialOf"])

    def _step(self, name: str) -> Matrix:
        return self.by[name[1:]].T if name.startswith("~") else self.by[name]

    def features(self, asked: NDArray[np.intp] | None = None) -> Matrix:
        """One row a candidate: paths, then for each relation the best fact of subject and object, itself left out.

        `asked` are the candidates that are wanted, by default all.
        """
        subjects, objects = (
            (self.subjects, self.objects) if asked is None else (self.subjects[asked], self.objects[asked])
        )
        columns = []
        for path in PATHS:
            steps = [self._step(name) for name in path.split()]
            reached = walk(steps[0], steps[1])
            if len(steps) == 3:
                reached = walk(reached, steps[2])
            columns.append(reached[subjects, objects])
        for name in self.relations:
            columns += self._rivals(self.by[name], subjects, objects)
        return np.stack(columns, axis=1) if columns else np.zeros((len(subjects), 0), np.float32)

    def _rivals(self, matrix: Matrix, subjects: NDArray[np.intp], objects: NDArray[np.intp]) -> list[Matrix]:
        """Best other fact of the subject, of the object, of the object as subject, of the subject as object."""
        if not self.size:
            return [np.zeros(0, np.float32)] * 5
        own = matrix[subjects, objects]
        rows, columns = _best_two(matrix), _best_two(matrix.T)
        other = np.where(own >= rows[0][subjects], rows[1][subjects], rows[0][subjects])
        rival = np.where(own >= columns[0][objects], columns[1][objects], columns[0][objects])
        higher = (matrix[subjects] > own[:, None]).sum(axis=1).astype(np.float32)
        return [other, rival, rows[0][objects], columns[0][subjects], higher]


def _best_two(matrix: Matrix) -> tuple[Matrix, Matrix]:
    if matrix.shape[1] < 2:
        return matrix.max(axis=1), np.zeros(len(matrix), np.float32)
    top = np.partition(matrix, -2, axis=1)
    return top[:, -1], top[:, -2]
