"""Which pairs of mentions the encoder scores, and what it is told of each besides the text."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.detect.encoder_labels import TYPES
from kg.detect.wordpieces import ENDS

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
NEAR, ENDED, BETWEEN = 17, 5, 6  # buckets: signed distance, sentence ends between, mentions between
PAIRS = 6  # mention pairs scored for an entity pair: the nearest


@dataclass(frozen=True, slots=True)
class PairTable:
    """Mentions and mention pairs as rows of indices; `entities[group[i]]` is the entity pair of mention pair i.

    `spans` has a row for each mention: weights over the pieces that sum to 1.
    """

    spans: Floats
    types: Ints
    subject: Ints
    object: Ints
    near: Ints
    ends: Ints
    between: Ints
    group: Ints
    entities: tuple[tuple[int, int], ...]


def pair_table(
    mentions: Sequence[tuple[int, int, int]],
    types: Sequence[str],
    ids: Ints,
    allowed: AbstractSet[tuple[str, str]],
    wanted: AbstractSet[tuple[int, int]] | None = None,
) -> PairTable:
    """The table for mentions (entity, first piece, end piece), the entities' types and the text's piece ids.

    Only pairs of types in `allowed` are listed, of those that are `wanted` where that is told; an entity pair may be
    listed in both directions.
    """
    mentions = sorted(mentions, key=lambda row: (row[1], row[2], row[0]))
    ended = np.concatenate([[0], np.cumsum(np.isin(ids, ENDS))])
    owned: dict[int, list[int]] = {}
    for number, (entity, _, _) in enumerate(mentions):
        owned.setdefault(entity, []).append(number)
    possible = ((one, other) for one in sorted(owned) for other in sorted(owned)) if wanted is None else sorted(wanted)
    listed = [
        (one, other)
        for one, other in possible
        if one != other and one in owned and other in owned and (types[one], types[other]) in allowed
    ]
    rows = _rows(mentions, owned, listed)
    spans = np.zeros((len(mentions), len(ids)), dtype=np.float32)
    for number, (_, start, end) in enumerate(mentions):
        spans[number, start:end] = 1.0 / (end - start)
    starts = np.array([start for _, start, _ in mentions], dtype=np.int64)
    subject, object_, group = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    apart = starts[object_] - starts[subject]
    first, last = np.minimum(starts[subject], starts[object_]), np.maximum(starts[subject], starts[object_])
    steps = np.minimum(np.ceil(np.log2(np.abs(apart) + 1)), NEAR // 2).astype(np.int64)
    return PairTable(
        spans,
        np.array([TYPES.index(types[entity]) for entity, _, _ in mentions], dtype=np.int64),
        subject,
        object_,
        NEAR // 2 + np.sign(apart) * steps,
        np.digitize(ended[last] - ended[first], (1, 2, 3, 5)).astype(np.int64),
        np.digitize(np.abs(subject - object_) - 1, (1, 2, 3, 4, 6)).astype(np.int64),
        group,
        tuple(listed),
    )


def _rows(
    mentions: Sequence[tuple[int, int, int]], owned: dict[int, list[int]], listed: Sequence[tuple[int, int]]
) -> list[tuple[int, int, int]]:
    rows: list[tuple[int, int, int]] = []
    for number, (one, other) in enumerate(listed):
        pairs = [(abs(mentions[i][1] - mentions[j][1]), i, j) for i in owned[one] for j in owned[other]]
        rows += [(i, j, number) for _, i, j in sorted(pairs)[:PAIRS]]
    return rows
